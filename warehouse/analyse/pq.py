"""Why the expenditure changed: the comparisons that are published, and their ingredients (METHODEN §1, §2).

Only periods of comparable maturity are compared: years of which every month is out of its provisional time,
or months as known now against the same months of a year before as known then.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from warehouse.peil import first_of_month
from warehouse.rekenen.cellen import cells_sql, index_sql
from warehouse.rekenen.pq import CELL, CELLS, decompose, raise_cells

READS = (
    *("mart.pq_maand", "mart.pq_maand_toen", "kern.tarief", "kern.product"),
    *("tussen.client_maand", "tussen.indeling", "tussen.pq_cel", "tussen.bereik"),
    *("mart.nagekomen", "peil.bekend", "peil.instelling"),
)
WRITES = ("tussen.pq_effect",)

VIEWS = {"wijk": "wijkcode", "aanbieder": "aanbieder_agb"}
"""View -> the column that tells the cells of a wet x productgroep apart."""
AMOUNTS = {"nu": "mart.pq_maand", "toen": "mart.pq_maand_toen"}
"""What was known, now or a year before -> the published table of all cents."""

YEAR = 12
FULL = "beide jaren volledig"
EQUALLY_YOUNG = "even jong: vorig jaar zoals toen bekend"
ESTIMATED = "op geschat eindbedrag"


@dataclass(frozen=True, order=True)
class Period:
    """Months from `van` up to, not including, `tot`, as known now ('nu') or a year before ('toen').

    `geschat`: raised to what the months will have cost when all is declared.
    """

    van: date
    tot: date
    peil: str = "nu"
    geschat: bool = False


@dataclass(frozen=True)
class Comparison:
    """Two periods that may be compared, and why."""

    naam: str
    rijpheid: str
    eerst: Period
    daarna: Period


def choose_comparisons(first: date, last: date, provisional: date, months_then: int) -> list[Comparison]:
    """Comparisons that are of comparable maturity.

    Args:
        first: first levermaand of the snapshot.
        last: last full levermaand.
        provisional: first month that is still provisional.
        months_then: how many months back 'toen' looks; only 12 makes the months of a year before as old.

    Returns:
        Whole years against the year before, the year to date and the last twelve months, and the year to date
        with both years raised to what they will have cost; as far as both periods lie within the snapshot.

    """
    found: list[Comparison] = []
    end = first_of_month(last, 1)
    for year in range(first.year + (first.month > 1) + 1, end.year):
        later = Period(date(year, 1, 1), date(year + 1, 1, 1))
        mature = later.tot <= provisional
        if mature:
            earlier = Period(date(year - 1, 1, 1), date(year, 1, 1))
            found.append(Comparison("jaar", FULL, earlier, later))
        elif months_then == YEAR:
            found.append(Comparison("jaar", EQUALLY_YOUNG, _year_before(later), later))
    if months_then == YEAR:
        to_date = Period(date(last.year, 1, 1), end)
        rolling = Period(first_of_month(end, -YEAR), end)
        for name, later in (("jaar tot nu", to_date), ("twaalf maanden", rolling)):
            if _year_before(later).van >= first:
                found.append(Comparison(name, EQUALLY_YOUNG, _year_before(later), later))
    now = Period(date(last.year, 1, 1), end, geschat=True)
    before = Period(first_of_month(now.van, -YEAR), first_of_month(now.tot, -YEAR), geschat=True)
    if before.van >= first:
        found.append(Comparison("jaar tot nu", ESTIMATED, before, now))
    return found


def _year_before(period: Period) -> Period:
    """The same months a year before, as known then."""
    return Period(first_of_month(period.van, -YEAR), first_of_month(period.tot, -YEAR), "toen")


# Levels and cells of both views get numbers first: counting clients on two numbers instead of eight names
# takes a fraction of the time. A helper of this step alone, gone when it is done.
_NUMBERED = """
CREATE TABLE tussen.ontleed_cel AS
WITH plek AS (
    SELECT DISTINCT
        gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, zwaarte_rang,
        coalesce(aanbieder_agb, 'onbekend') AS aanbieder_agb, coalesce(wijkcode, 'onbekend') AS wijkcode,
        coalesce(eenheid, 'onbekend') AS eenheid
    FROM tussen.pq_cel
)
SELECT p.*, i.indeling_nr,
    CAST(dense_rank() OVER (ORDER BY gemeentecode, wet, p.hoofdproduct, p.productgroep, wijkcode) AS INTEGER)
        AS niveau_wijk,
    CAST(dense_rank() OVER (
        ORDER BY gemeentecode, wet, p.hoofdproduct, p.productgroep, wijkcode, p.product, p.zwaarte, eenheid
    ) AS INTEGER) AS cel_wijk,
    CAST(dense_rank() OVER (
        ORDER BY gemeentecode, wet, p.hoofdproduct, p.productgroep, aanbieder_agb
    ) AS INTEGER) AS niveau_aanbieder,
    CAST(dense_rank() OVER (
        ORDER BY gemeentecode, wet, p.hoofdproduct, p.productgroep, aanbieder_agb, p.product, p.zwaarte,
            eenheid
    ) AS INTEGER) AS cel_aanbieder
FROM plek p
JOIN tussen.indeling i USING (hoofdproduct, productgroep, product, zwaarte, zwaarte_rang)
"""
# The rows of clients with both views' numbers, joined on their names once. Small whole numbers, because the
# grouping by level, client and month makes almost as many groups as there are rows.
_ROWS = """
CREATE TABLE tussen.ontleed_regel AS
SELECT m.peil, o.niveau_wijk, o.cel_wijk, o.niveau_aanbieder, o.cel_aanbieder,
    CAST(m.client_nr AS INTEGER) AS client_id, m.levermaand, CAST(m.clientdagen AS INTEGER) AS clientdagen,
    m.realisatie_cent, CAST(round(m.volume_6000 / 6000.0, 4) AS DECIMAL(18, 4)) AS volume
FROM tussen.client_maand m
JOIN tussen.ontleed_cel o ON o.indeling_nr = m.indeling_nr AND {same_place}
WHERE m.volume_6000 > 0
"""
_SAME_PLACE = """
o.gemeentecode = m.gemeentecode AND o.wet = m.wet AND o.aanbieder_agb = coalesce(m.aanbieder_agb, 'onbekend')
AND o.wijkcode = coalesce(m.wijkcode, 'onbekend') AND o.eenheid = coalesce(m.eenheid, 'onbekend')
"""


def _relations(view: str, peil: str) -> tuple[str, str]:
    """The relations behind mart.client_maand and mart.pq_maand, with numbers for what tells cells apart."""
    clients = f"""
        (SELECT niveau_{view} AS niveau_nr, cel_{view} AS cel_nr, levermaand, client_id, clientdagen,
            realisatie_cent, volume
         FROM tussen.ontleed_regel WHERE peil = '{peil}')"""  # noqa: S608
    amounts = f"""
        (SELECT o.niveau_{view} AS niveau_nr, o.cel_{view} AS cel_nr, m.levermaand, m.toegewezen_volume,
            m.realisatie_cent
         FROM tussen.pq_cel m JOIN (SELECT DISTINCT * EXCLUDE (indeling_nr) FROM tussen.ontleed_cel) o
            ON o.hoofdproduct = m.hoofdproduct AND o.productgroep = m.productgroep AND o.product = m.product
            AND o.zwaarte = m.zwaarte AND o.zwaarte_rang = m.zwaarte_rang AND {_SAME_PLACE}
         WHERE m.peil = '{peil}')"""  # noqa: S608
    return clients, amounts


def _read_all(con: duckdb.DuckDBPyConnection, periods: list[Period], view: str) -> dict[Period, pl.DataFrame]:
    """The cells of each period, out of the helper tables that the marts are made of: they count faster."""
    names = con.sql(
        f"SELECT DISTINCT cel_{view} AS cel_nr, gemeentecode, wet, hoofdproduct, productgroep,"  # noqa: S608
        f" {VIEWS[view]} AS cel, product, zwaarte, eenheid FROM tussen.ontleed_cel"
    ).pl()
    cells: dict[Period, pl.DataFrame] = {}
    for peil in ("nu", "toen"):
        mine = [period for period in periods if period.peil == peil]
        # a period and the same raised to its final cost are read once
        spans = sorted({(period.van, period.tot) for period in mine})
        asked = cells_sql(spans, *_relations(view, peil), ["niveau_nr"], ["niveau_nr", "cel_nr"])
        found = con.execute(asked).pl()
        found = found.join(names, on="cel_nr", how="left")
        for period in mine:
            own = found.filter(pl.col("periode_nr") == spans.index((period.van, period.tot)))
            whole = own.select(list(CELLS)).cast(CELLS).sort(CELL)  # type: ignore[arg-type]
            cells[period] = raise_cells(whole, _read_final(con, period, view)) if period.geschat else whole
    return cells


def _read_final(con: duckdb.DuckDBPyConnection, period: Period, view: str) -> pl.DataFrame:
    """CELL and eindbedrag_cent: every month of a cell divided by the part of it that has been declared.

    The part is that of its wet x productgroep in mart.nagekomen; where none is known, a month is as it is.
    """
    return con.execute(
        f"""
        SELECT
            m.gemeentecode, m.wet, m.hoofdproduct, m.productgroep,
            coalesce(m.{VIEWS[view]}, 'onbekend') AS cel, m.product, m.zwaarte,
            coalesce(m.eenheid, 'onbekend') AS eenheid,
            CAST(sum(CAST(round(m.realisatie_cent / coalesce(n.fractie, 1)) AS BIGINT)) AS BIGINT)
                AS eindbedrag_cent
        FROM mart.pq_maand m
        LEFT JOIN mart.nagekomen n
            ON n.gemeentecode = m.gemeentecode AND n.wet = m.wet AND n.productgroep = m.productgroep
            AND n.levermaand = m.levermaand AND n.aanbieder_agb IS NULL AND n.fractie > 0
        WHERE m.levermaand >= $van AND m.levermaand < $tot
        GROUP BY ALL
        """,  # noqa: S608
        {"van": period.van, "tot": period.tot},
    ).pl()


def read_index(con: duckdb.DuckDBPyConnection, eerst: Period, daarna: Period, view: str) -> pl.DataFrame:
    """Tariff index per cell between two periods: CELL and tariefindex (METHODEN §2, rule 4).

    Per product x aanbieder the contract tariff of the second period divided by that of the first (each the
    mean over the days on which it holds), over the product codes that have a tariff in both; where the codes
    were replaced, over all codes. The cell's index is the mean of these, weighted with the realisation of
    the first period (Laspeyres). Without a contract tariff in both periods the quotient is 1, so that the
    whole change of price is real price.
    """
    days = {"van_0": eerst.van, "tot_0": eerst.tot, "van_1": daarna.van, "tot_1": daarna.tot}
    names = [f"${name}" for name in days]
    sql = index_sql(VIEWS[view], AMOUNTS[eerst.peil], "kern.tarief", "kern.product", names)
    return con.execute(sql, days).pl()


def _label(frame: pl.DataFrame, weergave: str, **columns: object) -> pl.DataFrame:
    """Put what is compared before the cells; `cel` becomes the column of the view."""
    named = {name: pl.lit(value) for name, value in columns.items()}
    place = {
        column: pl.col("cel") if view == weergave else pl.lit(None, dtype=pl.String)
        for view, column in VIEWS.items()
    }
    rest = [name for name in frame.columns if name != "cel"]
    labels = {**named, "weergave": pl.lit(weergave), **place}
    return frame.select(*(value.alias(name) for name, value in labels.items()), *rest)


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Decompose every comparison in both views; write ``tussen.pq_effect``."""
    first, last, provisional, months = con.sql(
        "SELECT b.eerste_levermaand, k.laatste_levermaand, k.voorlopig_vanaf, i.vergelijk_maanden"
        " FROM tussen.bereik b, peil.bekend k, peil.instelling i"
    ).fetchall()[0]
    comparisons = choose_comparisons(first, last, provisional, months)
    periods = sorted({period for c in comparisons for period in (c.eerst, c.daarna)})
    effects = [_empty_effects()]
    con.execute(_NUMBERED)
    con.execute(_ROWS.format(same_place=_SAME_PLACE))
    for view in VIEWS:
        cells = _read_all(con, periods, view)
        for c in comparisons:
            index = read_index(con, c.eerst, c.daarna, view)
            found = decompose(cells[c.eerst], cells[c.daarna], index)
            named = {"vergelijking": c.naam, "rijpheid": c.rijpheid, "peil_0": c.eerst.peil}
            spans = {"van_0": c.eerst.van, "tot_0": c.eerst.tot, "van_1": c.daarna.van, "tot_1": c.daarna.tot}
            effects.append(_label(found, view, **named, **spans))
    con.execute("DROP TABLE tussen.ontleed_regel")
    con.execute("DROP TABLE tussen.ontleed_cel")
    con.register("ontleed", pl.concat(effects))
    con.execute("CREATE TABLE tussen.pq_effect AS SELECT * FROM ontleed")
    con.unregister("ontleed")


def _empty_effects() -> pl.DataFrame:
    """No rows, with the columns of tussen.pq_effect."""
    day = date.min
    empty = pl.DataFrame(schema=CELLS)
    found = decompose(empty, empty)
    words = {"vergelijking": "", "rijpheid": "", "peil_0": ""}
    return _label(found, "wijk", **words, van_0=day, tot_0=day, van_1=day, tot_1=day)
