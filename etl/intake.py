"""Taking a file in: its bytes, its hash, and what it is. Everything that can be done without the lake.

This is the part of loading that several threads do at once: what it calls mostly lets go of Python's lock.
"""

import hashlib
from dataclasses import dataclass

from etl import envelop
from etl.containers import Bron
from etl.errors import PROGRAMMAFOUTEN, RefusedError
from etl.files import Bestand
from etl.mapping import LEZER_VERSIE
from etl.recognise import KOPGROOTTE, Bericht, Onbekend, is_xml, recognise_message
from etl.schema import find_schemas
from etl.settings import Instellingen
from etl.xml_read import Tekst, require_whole, root_of, to_utf8

_FOUTEN: tuple[type[Exception], ...] = (RefusedError, *PROGRAMMAFOUTEN)


@dataclass
class Inname:
    """A message that was taken in: its file, and the message where it can be read further.

    `fout`: why not. Without message and fault the status of the file says all (unknown, not ours, an error
    message of the GGK).
    """

    bron: Bron
    bestand: Bestand
    bericht: Bericht | None = None
    fout: RefusedError | None = None
    anders: bool = False
    """No XML at all, whatever its name says: a table, or nothing known."""


def take_in(bron: Bron, instellingen: Instellingen) -> Inname:
    """Reads one file that begins as XML; never raises for what is in it."""
    bestand = Bestand(bron.naam, "", soort="bericht", mapping_versie=str(LEZER_VERSIE))
    inname = Inname(bron, bestand)
    try:
        data = bron.read(instellingen.bericht_mb * 1024 * 1024)
        if not data:
            raise RefusedError("leeg")
        if not is_xml(data[:KOPGROOTTE]):
            inname.anders = True
            return inname
        bestand.sha256 = bestand.inhoud_hash = hashlib.sha256(data).hexdigest()
        _recognise(data, inname, instellingen)
    except _FOUTEN as fout:
        inname.fout = fout if isinstance(fout, RefusedError) else RefusedError("onverwacht")
        inname.bericht = None
        bestand.sha256 = bestand.sha256 or bron.digest()
        bestand.inhoud_hash = bestand.inhoud_hash or bestand.sha256
    finally:
        bron.bewaard = None
    return inname


def _recognise(data: bytes, inname: Inname, instellingen: Instellingen) -> None:
    """Fills in what the file is; through an envelope it is what lies in it."""
    bestand = inname.bestand
    tekst = to_utf8(data)
    wortel = root_of(tekst)
    if wortel is not None and envelop.is_error_message(wortel):
        gelezen = envelop.read_error(Tekst(tekst, wortel))
        bestand.berichttype, bestand.ontvangen = "fo01", gelezen.verzonden_op
        bestand.redenen[f"bevinding:ggk:{gelezen.foutcode}"] = 1
        return
    if wortel is not None and envelop.is_envelope(wortel):
        gelezen = envelop.open_envelope(Tekst(tekst, wortel))
        bestand.ontvangen = gelezen.verzonden_op
        bestand.inhoud_hash = hashlib.sha256(gelezen.inhoud).hexdigest()
        tekst = to_utf8(gelezen.inhoud)
    soort = recognise_message(tekst)
    if isinstance(soort, Onbekend):
        bestand.status = "niet van ons" if soort.niet_van_ons else "onbekend"
        bestand.namespace, bestand.mapping_versie = soort.namespace, ""
    else:
        bestand.standaard, bestand.release = soort.standaard, soort.release
        bestand.berichttype, bestand.wet = soort.berichttype, soort.wet
        if soort.mapping is None:
            bestand.status, bestand.namespace, bestand.mapping_versie = (
                "onbekend",
                soort.tekst.wortel.namespace,
                "",
            )
        else:
            bestand.mapping_versie = soort.mapping.versie
            require_whole(soort.tekst)
            if instellingen.xsd_map is not None:
                schemas = find_schemas(instellingen.xsd_map)
                bestand.schema_oordeel = schemas.judge(soort.tekst)
            inname.bericht = soort
    if bestand.status == "onbekend":
        bestand.redenen["onbekend"] = 1
