"""What a mart that may leave as a file needs: the levels that may have it, its reads and their rules."""

from dataclasses import dataclass

from dashboard.access.roles import Niveau
from dashboard.access.suppress import Bescherming, Clienten, Geen

STRATEGISCH: tuple[Niveau, ...] = ("strategisch",)
TACTISCH: tuple[Niveau, ...] = ("tactisch",)
OPERATIONEEL: tuple[Niveau, ...] = ("operationeel",)
STUKKEN = Geen("gepubliceerde stukken, begroting en grootboek: geen personen")


@dataclass(frozen=True)
class Tabel:
    """A mart that can be exported: the levels that may have it, and its reads, put under each other.

    `laag` says that the reads hold the totals of the mart as well, to find what would follow from them; only
    the rows of this layer (column `niveau`) leave.
    """

    niveaus: tuple[Niveau, ...]
    reads: tuple[tuple[str, Bescherming], ...]
    per_aanbieder: bool = False
    laag: str = ""


def make_stad(naam: str, teller: str, *maten: str, niveaus: tuple[Niveau, ...] = TACTISCH) -> Tabel:
    """A mart of the whole city whose column `teller` counts the clients (or households) of its row."""
    sql = f"SELECT * EXCLUDE (gemeentecode) FROM stad.{naam} ORDER BY ALL"  # noqa: S608
    return Tabel(niveaus, ((sql, Clienten(teller, maten)),))


def make_eigen(naam: str, teller: str, *maten: str) -> Tabel:
    """A mart per aanbieder whose column `teller` counts the clients of its row."""
    sql = f"SELECT * EXCLUDE (gemeentecode) FROM eigen.{naam} ORDER BY ALL"  # noqa: S608
    return Tabel(OPERATIONEEL, ((sql, Clienten(teller, maten, eigen=True)),), per_aanbieder=True)


def make_vrij(naam: str, regel: Geen, niveaus: tuple[Niveau, ...] = STRATEGISCH) -> Tabel:
    """A mart without persons."""
    sql = f"SELECT * EXCLUDE (gemeentecode) FROM vrij.{naam} ORDER BY ALL"  # noqa: S608
    return Tabel(niveaus, ((sql, regel),))
