"""What a report says, apart from how it is drawn: the page, the workbook and the PDF take it from here."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Tabel:
    """A table: its figures as the door gave them, and its rows in words.

    titel says the finding, onder what is measured; kolommen: heading to 'tekst', 'kort' (never broken off),
    'zin' (needs some width) or 'getal'; leeg stands in the place of a table without rows, noot under one that
    has them; begrip is the definition behind it, wat says in a download what it holds, blad is its sheet in
    the workbook ('': none).
    """

    sleutel: str
    titel: str
    onder: str
    df: pl.DataFrame
    kolommen: Mapping[str, str]
    rijen: Sequence[Sequence[str]]
    leeg: str = "Niets om te tonen."
    noot: str = ""
    begrip: str = ""
    wat: str = ""
    blad: str = ""


@dataclass(frozen=True)
class Staaf:
    """One bar: None is a value that is not shown; vorig is the thin bar of a year before."""

    label: str
    waarde: float | None
    tekst: str
    vorig: float | None = None
    voorlopig: bool = False


@dataclass(frozen=True)
class Staven:
    """Bars from zero, standing (months) or lying (names); alt says in words what they show.

    naam says what a bar is; values are divided by `schaal` for the axis; lijn is a level with its name.
    """

    alt: str
    staven: Sequence[Staaf]
    naam: str
    schaal: float = 1.0
    liggend: bool = False
    lijn: tuple[float, str] | None = None
    noot: str = ""

    @property
    def is_leeg(self) -> bool:
        """Say whether there is nothing to draw."""
        return not any(s.waarde for s in self.staven)


@dataclass(frozen=True)
class Alinea:
    """A paragraph."""

    tekst: str


@dataclass(frozen=True)
class Lijst:
    """Names with what belongs to them: facts, definitions."""

    punten: Sequence[tuple[str, str]]


Deel = Tabel | Staven | Alinea | Lijst


@dataclass(frozen=True)
class Hoofdstuk:
    """A heading with what stands under it."""

    titel: str
    delen: Sequence[Deel]


@dataclass(frozen=True)
class Rapport:
    """A whole report; voet stands at the foot of every page, feiten under the title."""

    titel: str
    soort: str
    voet: str
    feiten: Sequence[tuple[str, str]]
    hoofdstukken: Sequence[Hoofdstuk]

    def tabellen(self) -> Iterator[Tabel]:
        """All tables, in the order of the report."""
        for h in self.hoofdstukken:
            yield from (d for d in h.delen if isinstance(d, Tabel))

    def bladen(self) -> dict[str, pl.DataFrame]:
        """The frames of the tables that have a sheet of their own."""
        return {t.blad: t.df for t in self.tabellen() if t.blad}


def make_ticks(laagste: float, hoogste: float, hoeveel: int = 4) -> list[float]:
    """Round values from at or below the lowest to at or above the highest, zero among them, about so many."""
    laagste, hoogste = min(0.0, laagste), max(0.0, hoogste)
    if hoogste == laagste:
        return [0.0, 1.0]
    ruw = (hoogste - laagste) / hoeveel
    tien = 10.0 ** math.floor(math.log10(ruw))
    stap = tien * next(k for k in (1, 2, 2.5, 5, 10) if k * tien >= ruw * 0.999999)
    onder, boven = math.floor(laagste / stap + 1e-9), math.ceil(hoogste / stap - 1e-9)
    return [stap * i for i in range(onder, boven + 1)]
