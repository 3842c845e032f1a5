"""The only way to a figure: a query, its parameters, and the rule by which small cells are taken out."""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

import duckdb
import polars as pl

from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Momentopname, Snapshot
from dashboard.access.suppress import (
    Bescherming,
    Clienten,
    Geen,
    Gemiddelde,
    Stromen,
    protect,
    tekst_niet_getoond,
)

Waarde = str | int | date | None
T = TypeVar("T")

# What most reads filter on; said once, bound always. A filter that is NULL holds for every row.
TEKENS = {
    "@filter": """@wet AND @hoofdproduct
        AND ($productgroep::varchar IS NULL OR productgroep = $productgroep)
        AND ($product::varchar IS NULL OR product = $product)
        AND ($wijk::varchar IS NULL OR wijkcode = $wijk)
        AND ($aanbieder::varchar IS NULL OR aanbieder_agb = $aanbieder)""",
    "@wet": "($wet::varchar IS NULL OR wet = $wet)",
    "@hoofdproduct": "($hoofdproduct::varchar IS NULL OR hoofdproduct = $hoofdproduct)",
    "@maanden": "levermaand >= $van AND levermaand < $tot",
    # as months, not as year(levermaand): so only the rows of that year are read
    "@jaar": "levermaand >= make_date($jaar, 1, 1) AND levermaand < make_date($jaar + 1, 1, 1)",
}


@dataclass(frozen=True)
class Afgeleid:
    """A relation that has to be calculated before a question can be asked of it, as effects of two periods.

    naam: how the question calls it. bronnen: the queries it is made of, as strict as the question itself;
    they leave the door only through the question. reken: takes their frames in this order; a function of the
    module level, for the outcome is kept under its name.
    """

    naam: str
    bronnen: tuple[str, ...]
    reken: Callable[..., pl.DataFrame]


class NietToegestaanError(Exception):
    """A query asks for what its rule of protection does not cover; a fault of the code, never shown with
    content.
    """


class Voorraad:
    """Answers that were protected already, by generation and reach; bounded in number and age."""

    def __init__(self, hoogstens: int = 512, seconden: float = 3600.0) -> None:
        self.hoogstens, self.seconden = hoogstens, seconden
        self._slot = threading.Lock()
        self._rijen: OrderedDict[tuple[Hashable, ...], tuple[float, Any]] = OrderedDict()

    def get(self, sleutel: tuple[Hashable, ...]) -> Any:
        """Return the answer kept under `sleutel`, or None when there is none or it is too old."""
        with self._slot:
            gevonden = self._rijen.get(sleutel)
            if gevonden is None or time.monotonic() - gevonden[0] > self.seconden:
                return None
            self._rijen.move_to_end(sleutel)
            return gevonden[1]

    def put(self, sleutel: tuple[Hashable, ...], antwoord: Any) -> None:
        """Keep an answer; the longest unused one goes when there are too many."""
        with self._slot:
            self._rijen[sleutel] = (time.monotonic(), antwoord)
            self._rijen.move_to_end(sleutel)
            while len(self._rijen) > self.hoogstens:
                self._rijen.popitem(last=False)


VOORRAAD = Voorraad()
AFGELEID = Voorraad(hoogstens=16)
"""Calculated relations, not yet protected: they stay inside the door."""
_VRAAG = re.compile(r"\s*(WITH|SELECT|FROM)\b", re.IGNORECASE)
_TEKST = re.compile(r"'[^']*'")
_SCHEMA = re.compile(r"\b(\w+)\s*\.\s*(?=\w)")
_OP_VOLGORDE = re.compile(r"\bORDER\s+BY\b(?!.*\b(FROM|SELECT)\b)", re.IGNORECASE | re.DOTALL)
_PARAM = re.compile(r"\$(\w+)")


def compose(sql: str, is_stad: bool) -> str:
    """Fill in the shared conditions and choose the schema.

    `bron` stands for the city, or for the own aanbieders once one of them is asked for.
    """
    for teken, voorwaarde in TEKENS.items():
        sql = sql.replace(teken, voorwaarde)
    return sql.replace("bron.", "stad." if is_stad else "eigen.")


def check_rule(sql: str, regel: Bescherming, *, is_bron: bool = False) -> None:
    """Refuse a query that reaches further than its rule protects; raises NietToegestaanError.

    is_bron: what it gives is only calculated with, so that the order of its rows tells nothing.
    """
    if not _VRAAG.match(sql) or ";" in _TEKST.sub("", sql):
        raise NietToegestaanError("alleen één vraag om gegevens mag, geen opdracht")
    schemas = {s.lower() for s in _SCHEMA.findall(sql)}
    if schemas & {"wh", "mart", "kern", "meta", "memory", "system", "information_schema"} or '"' in sql:
        raise NietToegestaanError("een vraag noemt tabellen in plaats van zichten")
    if "ander" in schemas and not isinstance(regel, Gemiddelde):
        raise NietToegestaanError("alle aanbieders samen zijn alleen als gemiddelde te lezen")
    if isinstance(regel, Geen) and schemas & {"stad", "eigen", "ander"}:
        raise NietToegestaanError("wat over personen gaat is niet zonder kleinste cel te lezen")
    if isinstance(regel, Clienten) and regel.adds_up and not is_bron and not _OP_VOLGORDE.search(sql):
        # of two cells as small, now one and then the other would be emptied, and both be known
        raise NietToegestaanError("wat optelt tot een totaal is alleen in een vaste volgorde te lezen")
    if isinstance(regel, Clienten | Stromen) and regel.eigen and "stad" in schemas:
        raise NietToegestaanError("de kleine cel van eigen aanbieders geldt niet voor de stad")


@lru_cache(maxsize=2048)
def _prepare(sql: str, is_stad: bool, regel: Bescherming) -> tuple[str, tuple[str, ...]]:
    """The query in full, checked against its rule, and the parameters that it uses."""
    tekst = compose(sql, is_stad)
    check_rule(tekst, regel)
    return tekst, tuple(dict.fromkeys(_PARAM.findall(tekst)))


@lru_cache(maxsize=256)
def _prepare_source(sql: str, is_stad: bool, regel: Bescherming) -> str:
    """A source of a calculated relation in full, checked against the rule of what is asked of it."""
    tekst = compose(sql, is_stad)
    check_rule(tekst, regel, is_bron=True)
    return tekst


class Lezer:
    """Reads one snapshot on behalf of one role; hands out frames in which small cells are already empty."""

    def __init__(self, snapshot: Snapshot, bereik: Bereik) -> None:
        self._snapshot = snapshot
        self.bereik = bereik

    @property
    def meta(self) -> Momentopname:
        """What the snapshot says of itself."""
        return self._snapshot.meta

    @property
    def niet_getoond(self) -> str:
        """The words for a suppressed cell under this role."""
        return tekst_niet_getoond(self.bereik.kleinste_cel)

    @property
    def reden_niet_getoond(self) -> str:
        """The same for tables that add up, where a second row may be emptied to guard the first."""
        return f"minder dan {self.bereik.kleinste_cel} cliënten, of anders tot zo'n groep te herleiden"

    def may_see_aanbieder(self, agb: str) -> bool:
        """Say whether figures of this aanbieder by itself are open to the role."""
        return self.bereik.aanbieders is None or agb in self.bereik.aanbieders

    def read(
        self,
        sql: str,
        regel: Bescherming,
        params: Mapping[str, Waarde] | None = None,
        afgeleid: Afgeleid | None = None,
    ) -> pl.DataFrame:
        """Run a SELECT with bound parameters and take out what the role may not see.

        sql: a constant of the code, with the shared conditions and the schema `bron` of `compose`. afgeleid:
        a relation that it asks too, made of queries with the same schema and under the same rule.
        Raises NietToegestaanError when the rule does not cover the query, TimeoutError after 20 seconds.
        """
        return self.read_each(sql, (regel,), params, afgeleid)[0]

    def read_each(
        self,
        sql: str,
        regels: Sequence[Bescherming],
        params: Mapping[str, Waarde] | None = None,
        afgeleid: Afgeleid | None = None,
    ) -> list[pl.DataFrame]:
        """The same for several rules: a frame under each, for one run of the query."""
        alles = params or {}
        is_stad = alles.get("aanbieder") is None
        rijen: pl.DataFrame | None = None
        uit: list[pl.DataFrame] = []
        for regel in regels:
            tekst, namen = _prepare(sql, is_stad, regel)
            gebruikt = {k: alles.get(k) for k in namen}
            van = () if afgeleid is None else afgeleid.bronnen
            bronnen = tuple(_prepare_source(b, is_stad, regel) for b in van)
            sleutel = self._key(tekst, regel, bronnen, *gebruikt.items())
            df = VOORRAAD.get(sleutel)
            if df is None:
                if rijen is None:
                    rijen = self._run(tekst, gebruikt, self._derive(afgeleid, bronnen))
                df = protect(rijen, regel, self.bereik.kleinste_cel, self.bereik.cel_eigen)
                VOORRAAD.put(sleutel, df)
            uit.append(df)
        return uit

    def keep(self, naam: str, make: Callable[[], T], *van: Hashable) -> T:
        """What `make` made of this snapshot within this reach before, else what it makes now.

        naam, van: what it is, and all that it depends on apart from snapshot and reach. `make` uses nothing
        but what this reader gives.
        """
        sleutel = self._key(naam, *van)
        gemaakt = VOORRAAD.get(sleutel)
        if gemaakt is None:
            gemaakt = make()
            VOORRAAD.put(sleutel, gemaakt)
        return cast(T, gemaakt)

    def _key(self, *wat: Hashable) -> tuple[Hashable, ...]:
        return (str(self._snapshot.bestand), self.meta.generatie, self.bereik, *wat)

    def _derive(self, afgeleid: Afgeleid | None, bronnen: tuple[str, ...]) -> dict[str, pl.DataFrame]:
        """The calculated relation by its name, not yet protected; nothing where none is asked."""
        if afgeleid is None:
            return {}
        sleutel = self._key(afgeleid.reken.__qualname__, bronnen)
        gemaakt = AFGELEID.get(sleutel)
        if gemaakt is None:
            gemaakt = afgeleid.reken(*(self._run(b, {}, {}) for b in bronnen))
            AFGELEID.put(sleutel, gemaakt)
        return {afgeleid.naam: gemaakt}

    def _run(self, sql: str, params: dict[str, Waarde], met: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        try:
            with self._snapshot.cursors.lend(self.bereik.aanbieders) as cursor:
                for naam, df in met.items():
                    cursor.register(naam, df)
                uit: pl.DataFrame = (cursor.execute(sql, params) if params else cursor.execute(sql)).pl()
                for naam in met:
                    cursor.unregister(naam)
                return uit
        except duckdb.InterruptException as fout:
            raise TimeoutError("de vraag duurde te lang") from fout
