"""The one key from which every pseudonym is derived, and the keys per purpose."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from etl.errors import UsageError

VOORBEELD_PREFIX = "voorbeeldsleutel-"


@dataclass(frozen=True)
class Sleutel:
    """The key as read from the environment; `voorbeeld` is true for the generator's public key.

    `vorige`: the keys that the lake had before, oldest first. A lake holds no BSN, so another key can only be
    laid over the pseudonyms that are there; new ones must go the same way (besluit 7).
    """

    waarde: str
    vorige: tuple[str, ...] = ()

    @property
    def voorbeeld(self) -> bool:
        """Whether this is the public key of the sample, with which no real person may be hidden."""
        return self.waarde.startswith(VOORBEELD_PREFIX)

    def for_purpose(self, doel: str) -> str:
        """Key of one purpose (hex), so that a client id can never be matched with a household id."""
        return _derive(self.waarde, doel)

    def chain(self, doel: str) -> list[str]:
        """Keys of one purpose (hex), in the order in which they are laid over a value."""
        return [_derive(waarde, doel) for waarde in (*self.vorige, self.waarde)]

    def seal(self, waarden: tuple[str, ...]) -> list[str]:
        """Former keys, encrypted with this one, as the lake keeps them."""
        geheim = AESGCM(bytes.fromhex(self.for_purpose("vorige sleutels")))
        uit = []
        for waarde in waarden:
            eenmalig = os.urandom(12)
            uit.append((eenmalig + geheim.encrypt(eenmalig, waarde.encode(), None)).hex())
        return uit

    def unseal(self, verzegeld: list[str]) -> "Sleutel":
        """This key with the former ones that it sealed; ValueError where they were not sealed with it."""
        geheim = AESGCM(bytes.fromhex(self.for_purpose("vorige sleutels")))
        try:
            delen = [bytes.fromhex(v) for v in verzegeld]
            return Sleutel(self.waarde, tuple(geheim.decrypt(d[:12], d[12:], None).decode() for d in delen))
        except InvalidTag as fout:
            raise ValueError("niet met deze sleutel verzegeld") from fout

    @property
    def vingerafdruk(self) -> str:
        """What the lake stores to recognise the key again; the key cannot be found from it."""
        return hmac.new(
            self.for_purpose("vingerafdruk").encode(), b"stuurinformatie", hashlib.sha256
        ).hexdigest()[:32]

    def __repr__(self) -> str:
        return "Sleutel(...)"


def _derive(waarde: str, doel: str) -> str:
    return hmac.new(waarde.encode(), doel.encode(), hashlib.sha256).hexdigest()


def read_key(lake: Path, naam: str = "STUURINFO_KEY") -> Sleutel:
    """The key of the environment variable `naam` or `naam`_FILE; UsageError where there is none.

    A key inside the lake would be backed up and copied along with what it protects, so that is refused.
    """
    waarde = os.environ.get(naam, "").strip()
    bestand = os.environ.get(f"{naam}_FILE", "").strip()
    if not waarde and bestand:
        pad = Path(bestand)
        if pad.resolve().is_relative_to(lake.resolve()):
            raise UsageError(
                "De sleutel staat in de map van het lake. Zet het sleutelbestand op een andere plek "
                f"en wijs het aan met {naam}_FILE."
            )
        try:
            waarde = pad.read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as fout:
            raise UsageError(f"Het sleutelbestand van {naam}_FILE is niet te lezen: {pad}") from fout
    if not waarde:
        raise UsageError(
            f"Er is geen sleutel. Zet {naam}, of {naam}_FILE met het pad van een bestand met de "
            "sleutel. Zonder sleutel kunnen BSN's niet worden gepseudonimiseerd en wordt er niets geladen."
        )
    return Sleutel(waarde)
