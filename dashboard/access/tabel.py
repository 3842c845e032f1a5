"""What a mart that may leave as a file needs: the levels that may have it, its reads and their rules."""

from dataclasses import dataclass

from dashboard.access.roles import Niveau
from dashboard.access.suppress import Bescherming


@dataclass(frozen=True)
class Tabel:
    """A mart that can be exported: the levels that may have it, and its reads, put under each other."""

    niveaus: tuple[Niveau, ...]
    reads: tuple[tuple[str, Bescherming], ...]
    per_aanbieder: bool = False
