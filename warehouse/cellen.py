"""Reads the ingredients of the P x Q decomposition for any range of months out of published tables.

Clients are counted again for every range and view, so this is the one place where that is done: the build
uses it for the published comparisons and the dashboard for any other choice of periods.
"""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from warehouse.peil import first_of_month
from warehouse.rekenen.pq import CELL, CELLS, LEVEL

READS_INDEX = ("mart.pq_maand", "mart.pq_maand_toen", "kern.tarief", "kern.product")
VIEWS = {"wijk": "wijkcode", "aanbieder": "aanbieder_agb"}
"""View -> the column that tells the cells of a wet x productgroep apart."""
SUFFIX = {"nu": "", "toen": "_toen"}


def marts(peil: str) -> tuple[str, str]:
    """The two published tables that hold what was known: cells of clients, and all cents."""
    return f"mart.client_maand{SUFFIX[peil]}", f"mart.pq_maand{SUFFIX[peil]}"


def read_cells(
    con: duckdb.DuckDBPyConnection, van: date, tot: date, weergave: str, peil: str = "nu"
) -> pl.DataFrame:
    """Ingredients per cell of the levermaanden from `van` up to, not including, `tot` (METHODEN §1).

    A client counts in the level where net volume is above 0. Days of a client in a month are the sum over
    the cells of the level, at most the length of the month: overlap of two products is not known, and
    products of one group mostly follow each other. So stapeling is at least 1. Cents of who has no net
    volume in a month have no Q and stand in overig_cent.

    Args:
        con: connection to a snapshot.
        van: first levermaand.
        tot: first levermaand after the range.
        weergave: 'wijk' or 'aanbieder'.
        peil: 'nu', or 'toen' for what was known twelve months before.

    Returns:
        One row a cell with the columns CELLS, ordered by CELL: clienten [personen], clientdagen and
        productdagen [dagen], toegewezen_volume and volume [eenheid], realisatie_cent and overig_cent [cent].

    """
    cel = VIEWS[weergave]
    clients, amounts = (
        f"(SELECT * REPLACE (coalesce(eenheid, 'onbekend') AS eenheid), coalesce({cel}, 'onbekend') AS cel"  # noqa: S608
        f" FROM {table})"
        for table in marts(peil)
    )
    found = read_cells_of(con, [(van, tot)], clients, amounts, LEVEL, CELL)
    return found.select(list(CELLS)).cast(CELLS).sort(CELL)  # type: ignore[arg-type]


def read_cells_of(
    con: duckdb.DuckDBPyConnection,
    periods: Sequence[tuple[date, date]],
    clients: str,
    amounts: str,
    level: Sequence[str],
    cell: Sequence[str],
) -> pl.DataFrame:
    """As read_cells, for many ranges in one pass and out of any two relations.

    Args:
        con: connection.
        periods: first levermaand and first one after it of each range; at most 62 ranges.
        clients: relation with the measures of mart.client_maand and the columns of `level` and `cell`.
        amounts: relation with the measures of mart.pq_maand and the same columns.
        level: columns that tell levels apart.
        cell: columns that tell cells apart, those of `level` included.

    Returns:
        periode_nr (place of the range in `periods`), the columns of `cell` and the measures, in no order.

    """
    return con.execute(_cells_sql(periods, clients, amounts, level, cell)).pl()


def read_index(
    con: duckdb.DuckDBPyConnection,
    eerst: tuple[date, date],
    daarna: tuple[date, date],
    weergave: str,
    peil: str = "nu",
) -> pl.DataFrame:
    """Tariff index per cell between two ranges of months (METHODEN §2, rule 4).

    Per product x aanbieder the contract tariff of the second range divided by that of the first (each the
    mean over the days on which it holds), over the product codes that have a tariff in both; where the codes
    were replaced, over all codes. The cell's index is the mean of these, weighted with the realisation of
    the first range (Laspeyres). Without a contract tariff in both ranges the quotient is 1, so that the whole
    change of price is real price.

    Args:
        con: connection to a snapshot.
        eerst: first levermaand of the first range and the first after it.
        daarna: the same of the second range.
        weergave: 'wijk' or 'aanbieder'.
        peil: of the realisation of the first range, 'nu' or 'toen'.

    Returns:
        CELL and tariefindex, ordered by CELL.

    """
    periods = {"van_0": eerst[0], "tot_0": eerst[1], "van_1": daarna[0], "tot_1": daarna[1]}
    return con.execute(_index_sql(weergave, peil), periods).pl()


def _months_sql(periods: Sequence[tuple[date, date]]) -> str:
    """VALUES (number of the range, month) of every month of every range; a month may be in many."""
    rows: list[str] = []
    for number, (van, tot) in enumerate(periods):
        month = first_of_month(van)
        while month < tot:
            rows.append(f"({number}, DATE '{month.isoformat()}')")
            month = first_of_month(month, 1)
    return ", ".join(rows) if rows else "(0, CAST(NULL AS DATE))"


def _cells_sql(
    periods: Sequence[tuple[date, date]],
    clients: str,
    amounts: str,
    level: Sequence[str],
    cell: Sequence[str],
) -> str:
    """The SELECT of read_cells; names of columns and tables come from this program only."""
    niveau, cel = ", ".join(level), ", ".join(cell)
    # a client in many ranges is one row with a bit for each range, and is counted once per set of ranges: a
    # row for each range, or count(DISTINCT client_id), takes a multiple of the time
    return f"""
    WITH periode AS (
        SELECT * FROM (VALUES {_months_sql(periods)}) AS v(periode_nr, maand)
    ),
    nummers AS (SELECT DISTINCT periode_nr FROM periode),
    maanden AS (
        SELECT maand, date_diff('day', maand, CAST(maand + INTERVAL 1 MONTH AS DATE)) AS maanddagen,
            bit_or(CAST(1 AS BIGINT) << periode_nr) AS bits
        FROM periode
        GROUP BY maand
    ),
    regels AS (
        SELECT {cel}, client_id, levermaand, volume, clientdagen, realisatie_cent, maanddagen, bits
        FROM {clients} m
        JOIN maanden k ON k.maand = m.levermaand
    ),
    niveau_client_maand AS (
        SELECT {niveau}, client_id, levermaand, max(bits) AS bits,
            least(sum(clientdagen), max(maanddagen)) AS dagen
        FROM regels
        GROUP BY {niveau}, client_id, levermaand
    ),
    niveau_client AS (
        SELECT {niveau}, client_id, bit_or(bits) AS bits
        FROM niveau_client_maand
        GROUP BY {niveau}, client_id
    ),
    niveau_clienten AS (
        SELECT periode_nr, {niveau}, CAST(sum(aantal) AS BIGINT) AS clienten
        FROM (SELECT {niveau}, bits, count(*) AS aantal FROM niveau_client GROUP BY {niveau}, bits)
        JOIN nummers ON ((bits >> periode_nr) & 1) = 1
        GROUP BY periode_nr, {niveau}
    ),
    niveau_dagen AS (
        SELECT periode_nr, {niveau}, sum(dagen) AS clientdagen
        FROM (
            SELECT {niveau}, levermaand, sum(dagen) AS dagen
            FROM niveau_client_maand
            GROUP BY {niveau}, levermaand
        )
        JOIN periode ON maand = levermaand
        GROUP BY periode_nr, {niveau}
    ),
    cel_client AS (
        SELECT {cel}, client_id, bit_or(bits) AS bits
        FROM regels
        GROUP BY {cel}, client_id
    ),
    cel_clienten AS (
        SELECT periode_nr, {cel}, CAST(sum(aantal) AS BIGINT) AS product_clienten
        FROM (SELECT {cel}, bits, count(*) AS aantal FROM cel_client GROUP BY {cel}, bits)
        JOIN nummers ON ((bits >> periode_nr) & 1) = 1
        GROUP BY periode_nr, {cel}
    ),
    cel_maand AS (
        SELECT {cel}, levermaand, sum(clientdagen) AS productdagen, sum(volume) AS volume,
            sum(realisatie_cent) AS bedrag_cent
        FROM regels
        GROUP BY {cel}, levermaand
    ),
    cel_som AS (
        SELECT periode_nr, {cel}, sum(productdagen) AS productdagen, sum(volume) AS volume,
            sum(bedrag_cent) AS bedrag_cent
        FROM cel_maand
        JOIN periode ON maand = levermaand
        GROUP BY periode_nr, {cel}
    ),
    alles AS (
        SELECT periode_nr, {cel}, sum(toegewezen_volume) AS toegewezen_volume,
            sum(realisatie_cent) AS realisatie_cent
        FROM {amounts} c
        JOIN periode p ON p.maand = c.levermaand
        GROUP BY periode_nr, {cel}
    )
    SELECT {", ".join("a." + name for name in ("periode_nr", *cell))},
        coalesce(n.clienten, 0) AS clienten, coalesce(d.clientdagen, 0) AS clientdagen,
        coalesce(c.product_clienten, 0) AS product_clienten, coalesce(s.productdagen, 0) AS productdagen,
        a.toegewezen_volume, coalesce(s.volume, 0) AS volume, a.realisatie_cent,
        a.realisatie_cent - coalesce(s.bedrag_cent, 0) AS overig_cent
    FROM alles a
    LEFT JOIN cel_clienten c USING (periode_nr, {cel})
    LEFT JOIN cel_som s USING (periode_nr, {cel})
    LEFT JOIN niveau_clienten n USING (periode_nr, {niveau})
    LEFT JOIN niveau_dagen d USING (periode_nr, {niveau})
    """  # noqa: S608


def _index_sql(weergave: str, peil: str) -> str:
    """The SELECT of read_index; names of columns and tables come from the constants above only."""
    cel, suffix = VIEWS[weergave], SUFFIX[peil]
    cell = ", ".join(CELL)
    return f"""
    WITH periode AS (
        SELECT 0 AS nr, CAST($van_0 AS DATE) AS van, CAST($tot_0 AS DATE) AS tot
        UNION ALL SELECT 1, CAST($van_1 AS DATE), CAST($tot_1 AS DATE)
    ),
    geldig AS (
        SELECT
            t.gemeentecode, t.wet, t.aanbieder_agb, t.productcode, t.eenheid, p.product, p.zwaarte, k.nr,
            t.tarief_cent,
            date_diff('day',
                greatest(coalesce(t.geldig_van, k.van), p.geldig_van, k.van),
                least(coalesce(t.geldig_tot + 1, k.tot), coalesce(p.geldig_tot + 1, k.tot), k.tot)) AS dagen
        FROM kern.tarief t
        JOIN (
            SELECT DISTINCT gemeentecode, wet, productcode, product, zwaarte, geldig_van, geldig_tot
            FROM kern.product
        ) p ON p.gemeentecode = t.gemeentecode AND p.wet = t.wet AND p.productcode = t.productcode
        JOIN periode k ON true
        WHERE t.tarief_cent > 0
    ),
    per_code AS (
        SELECT
            gemeentecode, wet, aanbieder_agb, product, zwaarte, productcode, eenheid,
            sum(CASE WHEN nr = 0 THEN tarief_cent * dagen END) / sum(CASE WHEN nr = 0 THEN dagen END) AS t_0,
            sum(CASE WHEN nr = 1 THEN tarief_cent * dagen END) / sum(CASE WHEN nr = 1 THEN dagen END) AS t_1
        FROM geldig
        WHERE dagen > 0
        GROUP BY gemeentecode, wet, aanbieder_agb, product, zwaarte, productcode, eenheid
    ),
    per_product AS (
        SELECT
            gemeentecode, wet, aanbieder_agb, product, zwaarte,
            coalesce(
                sum(CASE WHEN t_0 IS NOT NULL THEN t_1 END ORDER BY productcode, eenheid)
                    / sum(CASE WHEN t_1 IS NOT NULL THEN t_0 END ORDER BY productcode, eenheid),
                CASE WHEN count(DISTINCT eenheid) = 1 THEN
                    sum(t_1 ORDER BY productcode) / count(t_1) / (sum(t_0 ORDER BY productcode) / count(t_0))
                END
            ) AS verhouding
        FROM per_code
        GROUP BY gemeentecode, wet, aanbieder_agb, product, zwaarte
    ),
    gewicht AS (
        SELECT
            gemeentecode, wet, hoofdproduct, productgroep, coalesce({cel}, 'onbekend') AS cel, product,
            zwaarte, coalesce(eenheid, 'onbekend') AS eenheid, aanbieder_agb, sum(realisatie_cent) AS cent
        FROM mart.pq_maand{suffix}
        WHERE levermaand >= $van_0 AND levermaand < $tot_0
        GROUP BY ALL
        HAVING sum(realisatie_cent) > 0
    )
    SELECT {", ".join("g." + name for name in CELL)},
        sum(g.cent * coalesce(p.verhouding, 1.0) ORDER BY g.aanbieder_agb) / sum(g.cent) AS tariefindex
    FROM gewicht g
    LEFT JOIN per_product p
        ON p.gemeentecode = g.gemeentecode AND p.wet = g.wet AND p.aanbieder_agb = g.aanbieder_agb
        AND p.product = g.product AND p.zwaarte = g.zwaarte
    GROUP BY {", ".join("g." + name for name in CELL)}
    ORDER BY {cell}
    """  # noqa: S608
