"""The GGK's envelope around a message, and its error messages (NASLAG 1.4; StUF koppelvlak ggk0210).

Only what is needed is read out of them: the moment, the message, and the code of an error. Organisations,
places and descriptions of an error can name a person, so they are not kept.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from etl.errors import RefusedError
from etl.xml_read import Tekst, Wortel, require_whole

_GGK = "http://www.stufstandaarden.nl/koppelvlak/ggk"
_STUF = "http://www.egem.nl/StUF/"
_TIJDSTIP = re.compile(rb"<(?:[\w.-]+:)?tijdstipBericht\s*>\s*(\d{8,17})\s*<")
_CODE = re.compile(rb"<(?:[\w.-]+:)?code\s*>\s*([A-Za-z]{1,4}\d{1,4})\s*<")
_BESTAND = re.compile(rb"<(?:[\w.-]+:)?xmlBestand(?:\s[^<>]*)?>([^<]*)<")
_TEKST = re.compile(rb"<(?:[\w.-]+:)?tekstBestand[\s>]")


@dataclass(frozen=True)
class Envelop:
    """What an envelope carries: when it was sent, and the message, or the code of a GGK error."""

    verzonden_op: datetime | None
    inhoud: bytes = b""
    foutcode: str = ""


def is_envelope(wortel: Wortel) -> bool:
    """Whether this root is an envelope around a message."""
    return wortel.namespace.startswith(_GGK) and wortel.naam.startswith("envelop")


def is_error_message(wortel: Wortel) -> bool:
    """Whether this root is an error message of the GGK (Fo01, and Fo02 and Fo03 alike)."""
    return wortel.naam.startswith("Fo0") and wortel.namespace.startswith((_STUF, _GGK))


def open_envelope(tekst: Tekst) -> Envelop:
    """The message in an envelope.

    Raises RefusedError: 'envelop_leeg' without a message, 'envelop_twee' with more than one, 'envelop_tekst'
    for the old text format (EI), 'envelop_code' where it is no base64.
    """
    require_whole(tekst)
    gevonden = _BESTAND.findall(tekst.data)
    if not gevonden:
        raise RefusedError("envelop_tekst" if _TEKST.search(tekst.data) else "envelop_leeg")
    if len(gevonden) > 1:
        raise RefusedError("envelop_twee")
    try:
        inhoud = base64.b64decode(b"".join(gevonden[0].split()), validate=True)
    except binascii.Error as fout:
        raise RefusedError("envelop_code") from fout
    if not inhoud:
        raise RefusedError("envelop_leeg")
    return Envelop(_moment(tekst.data), inhoud)


def read_error(tekst: Tekst) -> Envelop:
    """The moment and code of an error message of the GGK; RefusedError where it is not whole."""
    require_whole(tekst)
    code = _CODE.search(tekst.data)
    return Envelop(
        _moment(tekst.data), foutcode=code.group(1).decode("ascii").upper() if code else "onbekend"
    )


def _moment(data: bytes) -> datetime | None:
    """tijdstipBericht as a moment (jjjjmmdd, and as much of uummss as is there); None where it is none."""
    treffer = _TIJDSTIP.search(data)
    if treffer is None:
        return None
    cijfers = treffer.group(1).decode("ascii")[:14].ljust(14, "0")
    try:
        return datetime.strptime(cijfers, "%Y%m%d%H%M%S")
    except ValueError:
        return None
