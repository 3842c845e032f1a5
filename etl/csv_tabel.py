"""Delimited text as a table."""

from collections.abc import Iterator

from etl.containers import Bron
from etl.csv_read import Blok, CsvLezer
from etl.opmaak import SCHEIDINGEN, Opmaak


class CsvTabel:
    """One delimited text in one layout."""

    def __init__(self, bron: Bron, opmaak: Opmaak) -> None:
        self._lezer, self._opmaak = CsvLezer(bron, opmaak), opmaak
        self.kolommen = opmaak.kolommen

    def soorten(self) -> dict[str, str]:
        """Nothing: all is text of one form."""
        return {}

    def vorm(self) -> dict[str, str]:
        """Separator and encoding."""
        return {"scheiding": SCHEIDINGEN[self._opmaak.scheiding], "codering": self._lezer.woord}

    def blocks(self, nodig: list[int]) -> Iterator[Blok]:
        """The lines, with all columns."""
        return self._lezer.blocks()
