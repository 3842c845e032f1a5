"""The effects between two periods of one's own choice: how they are asked and calculated inside the door."""

import polars as pl

from dashboard.access.reader import Afgeleid
from dashboard.filters import Periode
from warehouse.rekenen.cellen import cells_sql, relation_sql
from warehouse.rekenen.pq import CELL, CELLS, LEVEL, decompose, raise_cells

ONTLEED = "ontleed"
"""How a question calls the relation: with the columns of mart.pq_effect."""
INDEX = "SELECT * FROM bron.pq_index(DATE '{}', DATE '{}', DATE '{}', DATE '{}')"
# The part that has been declared is that of the whole productgroep; where none is known, a month is as it is.
EINDBEDRAG = """
SELECT {nr} AS periode_nr, m.gemeentecode, m.wet, m.hoofdproduct, m.productgroep,
    coalesce(m.{per}, 'onbekend') AS cel, m.product, m.zwaarte, coalesce(m.eenheid, 'onbekend') AS eenheid,
    sum(round(m.realisatie_cent / coalesce(n.fractie, 1)))::BIGINT AS eindbedrag_cent
FROM bron.pq_maand m
LEFT JOIN vrij.declaratiegraad n
    ON n.gemeentecode = m.gemeentecode AND n.wet = m.wet AND n.productgroep = m.productgroep
    AND n.levermaand = m.levermaand
WHERE m.levermaand >= DATE '{van}' AND m.levermaand < DATE '{tot}'
GROUP BY ALL
"""


def make_ontleed(eerst: Periode, daarna: Periode, per: str, *, geschat: bool) -> Afgeleid:
    """The relation ONTLEED of two periods: a row a cell, with the columns of mart.pq_effect.

    per: column that tells cells apart, wijkcode or aanbieder_agb. geschat: months count for what they will
    have cost when all is declared (METHODEN §5).
    """
    perioden = [(eerst.van, eerst.tot), (daarna.van, daarna.tot)]
    clienten, bedragen = (relation_sql(f"bron.{naam}", per) for naam in ("client_maand", "pq_maand"))
    vragen = [
        cells_sql(perioden, clienten, bedragen, LEVEL, CELL),
        INDEX.format(*(dag.isoformat() for periode in perioden for dag in periode)),
    ]
    if not geschat:
        return Afgeleid(ONTLEED, tuple(vragen), compare)
    eind = (EINDBEDRAG.format(nr=nr, per=per, van=van, tot=tot) for nr, (van, tot) in enumerate(perioden))
    return Afgeleid(ONTLEED, (*vragen, " UNION ALL ".join(eind)), compare_final)


def compare(cellen: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """The effects between the cells of period 0 and those of period 1, as declared."""
    eerst, daarna = (_cells_of(cellen, nr) for nr in (0, 1))
    return _place(decompose(eerst, daarna, index))


def compare_final(cellen: pl.DataFrame, index: pl.DataFrame, eind: pl.DataFrame) -> pl.DataFrame:
    """The same, both periods raised to what they will have cost."""
    eerst, daarna = (
        raise_cells(_cells_of(cellen, nr), eind.filter(pl.col("periode_nr") == nr)) for nr in (0, 1)
    )
    return _place(decompose(eerst, daarna, index))


def _cells_of(cellen: pl.DataFrame, nr: int) -> pl.DataFrame:
    eigen = cellen.filter(pl.col("periode_nr") == nr).select(list(CELLS))
    return eigen.cast(CELLS).sort(CELL)  # type: ignore[arg-type]


def _place(effecten: pl.DataFrame) -> pl.DataFrame:
    # a cell is of a wijk or of an aanbieder, and only that one is ever asked
    return effecten.with_columns(wijkcode="cel", aanbieder_agb="cel")
