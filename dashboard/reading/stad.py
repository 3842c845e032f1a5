"""The city at a glance: where series break, and clients by wijk against its inhabitants."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Geen
from dashboard.filters import Filters
from dashboard.reading.verloop import BOEKHOUDING, rule

KAART = Geen("wijken en inwoners: geen cliënten")

BREUKEN = """
SELECT DISTINCT datum, wet, hoofdproduct, omschrijving FROM vrij.breuk
WHERE ($wet::varchar IS NULL OR wet = $wet OR wet IS NULL)
ORDER BY datum, omschrijving, wet DESC, hoofdproduct
"""
PER_WIJK = """
SELECT wijkcode, count(DISTINCT client_id) AS clienten, wijkcode LIKE 'WK%' AS op_kaart FROM bron.client_maand
WHERE @maanden AND @filter GROUP BY wijkcode ORDER BY wijkcode
"""
WIJKEN = """
SELECT wijkcode, any_value(wijknaam) AS wijknaam, any_value(stadsdeel) AS stadsdeel, any_value(rij) AS rij,
       any_value(kolom) AS kolom
FROM vrij.wijk WHERE jaar = (SELECT max(jaar) FROM vrij.wijk) GROUP BY wijkcode ORDER BY wijkcode
"""
INWONERS = """
SELECT wijkcode, sum(inwoners)::BIGINT AS inwoners FROM vrij.bevolking_wijk
WHERE jaar = (SELECT max(jaar) FROM vrij.bevolking_wijk WHERE jaar <= $jaar) GROUP BY wijkcode
"""
MINSTE_INWONERS = 100  # a rate over fewer says more about one household than about a wijk


def read_breuken(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Moments at which a series changes meaning: datum, wet, hoofdproduct (NULL: all), omschrijving."""
    return lezer.read(BREUKEN, BOEKHOUDING, f.params)


def read_wijken(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per wijk on the map: clienten in the period, counted per wijk, inwoners and clienten per 1.000."""
    wijken = lezer.read(WIJKEN, KAART).filter(pl.col("rij").is_not_null())
    inwoners = lezer.read(INWONERS, KAART, {"jaar": f.periode.tot.year})
    clienten = lezer.read(PER_WIJK, rule(f, telt_op=("op_kaart",)), f.params)
    df = wijken.join(inwoners, on="wijkcode", how="left").join(clienten, on="wijkcode", how="left")
    er_is_niets = pl.col("niet_getoond").is_null()
    df = df.with_columns(
        pl.when(er_is_niets).then(0).otherwise(pl.col("clienten")).alias("clienten"),
        pl.col("niet_getoond").fill_null(False),
    )
    genoeg = pl.col("inwoners") >= MINSTE_INWONERS
    return df.with_columns(
        pl.when(genoeg).then(pl.col("clienten") / pl.col("inwoners") * 1000).otherwise(None).alias("per_1000")
    )
