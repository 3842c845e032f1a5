"""The question by which cells of the decomposition are counted, for any periods out of any relations.

Text of SQL only, nothing is read here: the build asks it of its own tables, the dashboard of what its door
opens. Clients are counted again for every range, and this is the one place that says how (METHODEN §1, §2).
"""

from collections.abc import Sequence
from datetime import date

from warehouse.rekenen.pq import CELL


def relation_sql(table: str, cel: str) -> str:
    """A table of mart.client_maand or mart.pq_maand as a relation with the columns of CELL.

    Args:
        table: its name.
        cel: the column that tells the cells of a wet x productgroep apart: wijkcode or aanbieder_agb.

    """
    return (
        "(SELECT * REPLACE (coalesce(eenheid, 'onbekend') AS eenheid), "  # noqa: S608
        f"coalesce({cel}, 'onbekend') AS cel FROM {table})"
    )


def _months_sql(periods: Sequence[tuple[date, date]]) -> str:
    """SELECT of number of the range and month, of every month of every range; a month may be in many."""
    ranges = (
        f"SELECT {number} AS periode_nr, CAST(unnest(generate_series(DATE '{van.replace(day=1).isoformat()}',"
        f" DATE '{tot.isoformat()}' - INTERVAL 1 DAY, INTERVAL 1 MONTH)) AS DATE) AS maand"
        for number, (van, tot) in enumerate(periods)
    )
    return " UNION ALL ".join(ranges) or "SELECT 0 AS periode_nr, CAST(NULL AS DATE) AS maand"


def cells_sql(
    periods: Sequence[tuple[date, date]],
    clients: str,
    amounts: str,
    level: Sequence[str],
    cell: Sequence[str],
) -> str:
    """SELECT of the ingredients per range and cell; names of columns and tables come from this program only.

    Args:
        periods: first levermaand and first one after it of each range; at most 62 ranges.
        clients: relation with the measures of mart.client_maand and the columns of `level` and `cell`.
        amounts: relation with the measures of mart.pq_maand and the same columns.
        level: columns that tell levels apart.
        cell: columns that tell cells apart, those of `level` included.

    Returns:
        A query of periode_nr (place of the range in `periods`), the columns of `cell` and the measures of
        ``warehouse.rekenen.pq``, in no order. A client counts in the level where net volume is above 0.

    """
    niveau, cel = ", ".join(level), ", ".join(cell)
    # a client in many ranges is one row with a bit for each range, and is counted once per set of ranges: a
    # row for each range, or count(DISTINCT client_id), takes a multiple of the time
    return f"""
    WITH periode AS (
        {_months_sql(periods)}
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


def index_sql(cel: str, amounts: str, tariffs: str, products: str, days: Sequence[str]) -> str:
    """SELECT of the tariff index per cell between two ranges of months (METHODEN §2, rule 4).

    Args:
        cel: column that tells cells apart, wijkcode or aanbieder_agb.
        amounts: name of mart.pq_maand as known for the first range.
        tariffs: name of kern.tarief.
        products: name of kern.product.
        days: how the query calls van and tot of the first range, and van and tot of the second.

    Returns:
        A query of CELL and tariefindex, ordered by CELL.

    """
    van_0, tot_0, van_1, tot_1 = days
    cell = ", ".join(CELL)
    return f"""
    WITH periode AS (
        SELECT 0 AS nr, CAST({van_0} AS DATE) AS van, CAST({tot_0} AS DATE) AS tot
        UNION ALL SELECT 1, CAST({van_1} AS DATE), CAST({tot_1} AS DATE)
    ),
    geldig AS (
        SELECT
            t.gemeentecode, t.wet, t.aanbieder_agb, t.productcode, t.eenheid, p.product, p.zwaarte, k.nr,
            t.tarief_cent,
            date_diff('day',
                greatest(coalesce(t.geldig_van, k.van), p.geldig_van, k.van),
                least(coalesce(t.geldig_tot + 1, k.tot), coalesce(p.geldig_tot + 1, k.tot), k.tot)) AS dagen
        FROM {tariffs} t
        JOIN (
            SELECT DISTINCT gemeentecode, wet, productcode, product, zwaarte, geldig_van, geldig_tot
            FROM {products}
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
        FROM {amounts}
        WHERE levermaand >= {van_0} AND levermaand < {tot_0}
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
