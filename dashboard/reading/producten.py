"""What the product table says beside P and Q: what is still to come, where the year ends, and a signal."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.access.tables_analyse import REGELKAART
from dashboard.filters import Filters
from dashboard.reading.keuzes import read_productboom
from dashboard.reading.pq import NIVEAUS
from dashboard.reading.prognose import read_prognose
from dashboard.reading.verloop import rule

NAGEKOMEN = """
WITH geld AS (
    SELECT wet, productgroep AS deel, sum(nagekomen_cent)::BIGINT AS nagekomen_cent FROM bron.nagekomen
    WHERE @maanden AND @wet AND ($aanbieder::varchar IS NULL OR aanbieder_agb = $aanbieder)
    GROUP BY wet, productgroep),
mensen AS (
    SELECT wet, productgroep AS deel, count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE @maanden AND @wet AND ($aanbieder::varchar IS NULL OR aanbieder_agb = $aanbieder)
    GROUP BY wet, productgroep)
SELECT wet, deel, nagekomen_cent, coalesce(clienten, 0) AS clienten
FROM geld LEFT JOIN mensen USING (wet, deel) ORDER BY wet, deel
"""
LEEG = {"wet": pl.String(), "deel": pl.String()}


def find_jaar(lezer: Lezer, f: Filters) -> int | None:
    """The year that the period is the running part of, so that its end is a forecast; None otherwise."""
    laatste = lezer.meta.laatste_levermaand
    if laatste is None or f.wijk is not None or f.aanbieder is not None:
        return None
    return laatste.year if f.periode.sleutel == str(laatste.year) else None


def read_jaareinde(lezer: Lezer, f: Filters, niveau: str) -> pl.DataFrame:
    """Per wet and part: prognose_cent and nagekomen_cent of the running year; nothing below product."""
    if niveau not in NIVEAUS[:3]:
        return pl.DataFrame(schema=LEEG | {"prognose_cent": pl.Int64(), "nagekomen_cent": pl.Int64()})
    df = read_prognose(lezer, f).filter((pl.col("niveau") == niveau) & pl.col("standaard"))
    return df.select(
        "wet", pl.col(niveau).alias("deel"), pl.col("p50_cent").alias("prognose_cent"), "nagekomen_cent"
    )


def read_nagekomen(lezer: Lezer, f: Filters, niveau: str) -> pl.DataFrame:
    """Per wet and productgroep: what is still to come of the months asked; of a large aanbieder too.

    Only of a productgroep that lies within one hoofdproduct: of the others the parts are not known apart.
    """
    if niveau != "productgroep" or f.wijk is not None:
        return pl.DataFrame(schema=LEEG | {"nagekomen_cent": pl.Int64()})
    df = lezer.read(NAGEKOMEN, rule(f, "nagekomen_cent"), f.params)
    boom = read_productboom(lezer).group_by("wet", pl.col("productgroep").alias("deel"))
    een = boom.agg(pl.col("hoofdproduct").n_unique().alias("n")).filter(pl.col("n") == 1)
    return df.join(een, on=["wet", "deel"], how="semi").select("wet", "deel", "nagekomen_cent")


def read_signalen(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per wet and productgroep in the newest month of the control chart of realisatie within the period:
    maand, richting (hoog, laag; None without a signal) and signaal (what rule it broke).
    """
    schema = LEEG | {"maand": pl.Date(), "richting": pl.String(), "signaal": pl.String()}
    if f.wijk is not None or f.aanbieder is not None:
        return pl.DataFrame(schema=schema)
    df = lezer.read(REGELKAART, Clienten("clienten", ("waarde", "gemiddelde", "ondergrens", "bovengrens")))
    df = df.filter(
        (pl.col("maat") == "realisatie")
        & ~pl.col("niet_getoond")
        & (pl.col("maand") >= f.periode.van)
        & (pl.col("maand") < f.periode.tot)
        & pl.col("gemiddelde").is_not_null()
    ).filter(pl.col("maand") == pl.col("maand").max())
    cel = pl.col("cel").str.split_exact("|", 1)
    return df.select(
        cel.struct.field("field_0").alias("wet"),
        cel.struct.field("field_1").alias("deel"),
        "maand",
        "richting",
        "signaal",
    )
