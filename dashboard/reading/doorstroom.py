"""Who went from which product and zwaarte to which, up or down, and how long care lasts."""

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import NIET_GETOOND, Clienten
from dashboard.filters import Filters
from dashboard.reading.stroomtabel import Cel, find_einde
from dashboard.reading.uitnutting import PAD

RICHTINGEN = ("opschalen", "gelijk", "afschalen", "onbekend")

# A transition belongs to the selection when it begins or ends there.
WAAR = """maand >= $van AND maand < least($tot, $einde) AND @wet
    AND (van_product IN (SELECT product FROM vrij.productboom WHERE {pad})
        OR naar_product IN (SELECT product FROM vrij.productboom WHERE {pad}))"""
PAREN = """
SELECT wet, van, naar, any_value(op_of_af) AS richting, sum(paren)::BIGINT AS paren
FROM stad.doorstroom WHERE {waar}
GROUP BY wet, van, naar ORDER BY paren DESC, wet, van, naar
"""
# Two ways to say up or down, a row each; a class of few empties its row.
SCHALEN = """
WITH paren AS (
    SELECT 'zwaarte' AS maat, op_of_af AS richting, paren FROM stad.doorstroom WHERE {waar}
    UNION ALL
    SELECT 'euro per week', op_of_af_euro, paren FROM stad.doorstroom WHERE {waar}),
per_richting AS (SELECT maat, richting, sum(paren)::BIGINT AS n FROM paren GROUP BY maat, richting)
SELECT maat,
    coalesce(sum(n) FILTER (richting = 'opschalen'), 0)::BIGINT AS opschalen,
    coalesce(sum(n) FILTER (richting = 'gelijk'), 0)::BIGINT AS gelijk,
    coalesce(sum(n) FILTER (richting = 'afschalen'), 0)::BIGINT AS afschalen,
    coalesce(sum(n) FILTER (richting = 'onbekend'), 0)::BIGINT AS onbekend, min(n) AS paren
FROM per_richting GROUP BY maat ORDER BY maat DESC
"""
# The mean of what ended is over the few that ended, not over all clients of the row.
DUUR = """
SELECT jaar, clienten, aantal_beeindigd, mediaan_km_dagen, gemiddelde_km_dagen, gevolgd_tot_dagen,
    CASE WHEN aantal_beeindigd >= 10 THEN gemiddelde_beeindigd_dagen END AS gemiddelde_beeindigd_dagen
FROM stad.duur WHERE niveau = $niveau AND cel = $cel ORDER BY jaar NULLS FIRST
"""
DUUR_MATEN = (
    "aantal_beeindigd",
    "mediaan_km_dagen",
    "gemiddelde_km_dagen",
    "gevolgd_tot_dagen",
    "gemiddelde_beeindigd_dagen",
)
CURVE = """
SELECT dag, overleving, aantal_onder_risico FROM stad.duur_curve
WHERE niveau = $niveau AND cel = $cel AND jaar IS NULL ORDER BY dag
"""


def _params(lezer: Lezer, f: Filters) -> dict[str, Waarde]:
    return f.params | {"einde": find_einde(lezer)}


def _fill(sql: str) -> str:
    return sql.replace("{waar}", WAAR).replace("{pad}", PAD)


def read_paren(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per van and naar the transitions of the period, the most frequent first; small ones empty."""
    return lezer.read(_fill(PAREN), Clienten("paren", telt_op=()), _params(lezer, f))


def read_schalen(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Two rows (zwaarte, euro per week) with the transitions up, level, down and unknown (RICHTINGEN)."""
    return lezer.read(_fill(SCHALEN), Clienten("paren", RICHTINGEN), _params(lezer, f))


def read_duur(lezer: Lezer, cel: Cel) -> pl.DataFrame:
    """Duration of a cell over all years (jaar NULL) and per year that was followed."""
    params: dict[str, Waarde] = {"niveau": cel.niveau, "cel": cel.cel}
    return lezer.read(DUUR, Clienten("clienten", DUUR_MATEN), params)


def read_curve(lezer: Lezer, cel: Cel) -> pl.DataFrame:
    """Share that has care for longer than so many days, as far as enough people were followed."""
    params: dict[str, Waarde] = {"niveau": cel.niveau, "cel": cel.cel}
    df = lezer.read(CURVE, Clienten("aantal_onder_risico", ("overleving",)), params)
    return df.filter(~pl.col(NIET_GETOOND) & pl.col("overleving").is_not_null())
