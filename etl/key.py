"""The one key from which every pseudonym is derived, and the keys per purpose."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from etl.errors import UsageError

VOORBEELD_PREFIX = "voorbeeldsleutel-"


@dataclass(frozen=True)
class Sleutel:
    """The key as read from the environment; `voorbeeld` is true for the generator's public key."""

    waarde: str

    @property
    def voorbeeld(self) -> bool:
        """Whether this is the public key of the sample, with which no real person may be hidden."""
        return self.waarde.startswith(VOORBEELD_PREFIX)

    def for_purpose(self, doel: str) -> str:
        """Key of one purpose (hex), so that a client id can never be matched with a household id."""
        return hmac.new(self.waarde.encode(), doel.encode(), hashlib.sha256).hexdigest()

    @property
    def vingerafdruk(self) -> str:
        """What the lake stores to recognise the key again; the key cannot be found from it."""
        return hmac.new(
            self.for_purpose("vingerafdruk").encode(), b"stuurinformatie", hashlib.sha256
        ).hexdigest()[:32]

    def __repr__(self) -> str:
        return "Sleutel(...)"


def read_key(lake: Path) -> Sleutel:
    """The key of STUURINFO_KEY or STUURINFO_KEY_FILE; UsageError where there is none.

    A key inside the lake would be backed up and copied along with what it protects, so that is refused.
    """
    waarde = os.environ.get("STUURINFO_KEY", "").strip()
    bestand = os.environ.get("STUURINFO_KEY_FILE", "").strip()
    if not waarde and bestand:
        pad = Path(bestand)
        if pad.resolve().is_relative_to(lake.resolve()):
            raise UsageError(
                "De sleutel staat in de map van het lake. Zet het sleutelbestand op een andere plek "
                "en wijs het aan met STUURINFO_KEY_FILE."
            )
        try:
            waarde = pad.read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as fout:
            raise UsageError(f"Het sleutelbestand van STUURINFO_KEY_FILE is niet te lezen: {pad}") from fout
    if not waarde:
        raise UsageError(
            "Er is geen sleutel. Zet STUURINFO_KEY, of STUURINFO_KEY_FILE met het pad van een bestand met de "
            "sleutel. Zonder sleutel kunnen BSN's niet worden gepseudonimiseerd en wordt er niets geladen."
        )
    return Sleutel(waarde)
