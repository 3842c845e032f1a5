"""What every figure means, and out of which tables and messages it comes: words only, no figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Geen

WOORDEN = Geen("betekenis en herkomst van tabellen: geen cijfers en geen personen")
BEGRIPPEN = "SELECT begrip, titel, definitie, formule, eenheid, bron, model FROM vrij.begrip ORDER BY titel"
MODELLEN = "SELECT naam, omschrijving FROM vrij.model ORDER BY naam"
KOLOMMEN = "SELECT tabel, kolom, betekenis FROM vrij.kolom ORDER BY tabel, nr"
HERKOMST = "SELECT tabel, leest_uit, soort FROM vrij.herkomst ORDER BY tabel, soort, leest_uit"
HOOGSTENS = 60


@dataclass(frozen=True)
class Woord:
    """Something that is explained: a begrip, a table or a column; `doel` is the title to open it by."""

    soort: str
    naam: str
    betekenis: str
    doel: str


@dataclass(frozen=True)
class Spoor:
    """Where a table comes from, layer by layer; `direct` are the tables that it reads itself."""

    berichten: tuple[str, ...] = ()
    extracten: tuple[str, ...] = ()
    lake: tuple[str, ...] = ()
    kern: tuple[str, ...] = ()
    mart: tuple[str, ...] = ()
    direct: frozenset[str] = field(default_factory=frozenset)


def read_begrippen(lezer: Lezer) -> pl.DataFrame:
    """Every begrip by title: begrip, titel, definitie, formule, eenheid, bron, model."""
    return lezer.read(BEGRIPPEN, WOORDEN)


def read_modellen(lezer: Lezer) -> dict[str, str]:
    """Every published table (`mart.pq_maand`) with what a row of it is."""
    return {n: str(o or "") for n, o in lezer.read(MODELLEN, WOORDEN).rows()}


def read_kolommen(lezer: Lezer, tabel: str) -> dict[str, str]:
    """Columns of a mart in order, with their meaning; none for a table of kern."""
    df = lezer.read(KOLOMMEN, WOORDEN).filter(pl.col("tabel") == tabel.removeprefix("mart."))
    return {k: str(b or "") for k, b in df.select("kolom", "betekenis").rows()}


def read_spoor(lezer: Lezer, tabel: str) -> Spoor:
    """Lineage of one table; empty for a table that this snapshot does not know."""
    return trace(lezer.read(HERKOMST, WOORDEN).rows(), tabel)


def trace(rijen: Iterable[tuple[str, str, str]], tabel: str) -> Spoor:
    """Follow (table, reads, kind) from `tabel` to the messages, each table once."""
    leest: dict[str, list[tuple[str, str]]] = {}
    for t, uit, soort in rijen:
        leest.setdefault(t, []).append((uit, soort))
    gezien: dict[str, set[str]] = {s: set() for s in ("bericht", "extract", "lake", "kern", "mart")}
    rij, klaar = [tabel], {tabel}
    while rij:
        for uit, soort in leest.get(rij.pop(), []):
            gezien[soort].add(uit)
            if soort in ("lake", "kern", "mart") and uit not in klaar:
                klaar.add(uit)
                rij.append(uit)
    lagen = {s: tuple(sorted(namen)) for s, namen in gezien.items()}
    return Spoor(
        berichten=lagen["bericht"],
        extracten=lagen["extract"],
        lake=lagen["lake"],
        kern=lagen["kern"],
        mart=lagen["mart"],
        direct=frozenset(uit for uit, soort in leest.get(tabel, []) if soort in ("lake", "kern", "mart")),
    )


def title_tabel(tabel: str) -> str:
    """How a table is called among the begrippen: `Tabel pq maand`."""
    laag, _, naam = tabel.partition(".")
    return f"Tabel {naam.replace('_', ' ')}" + (" (kern)" if laag == "kern" else "")


def find_words(lezer: Lezer, zoek: str) -> list[Woord]:
    """What is explained with every word of `zoek` in its name or meaning; all begrippen without one."""
    begrippen = [
        Woord("begrip", r["titel"], r["definitie"], r["titel"])
        for r in read_begrippen(lezer).iter_rows(named=True)
    ]
    delen = zoek.casefold().split()
    if not delen:
        return begrippen
    tabellen = [Woord("tabel", n, o, title_tabel(n)) for n, o in read_modellen(lezer).items()]
    kolommen = [
        Woord("kolom", f"{t}.{k}", str(b or ""), title_tabel(f"mart.{t}"))
        for t, k, b in lezer.read(KOLOMMEN, WOORDEN).rows()
    ]
    alles = [*begrippen, *tabellen, *kolommen]
    return [
        w for w in alles if all(d in f"{w.naam} {w.betekenis}".replace("_", " ").casefold() for d in delen)
    ]
