"""Aanbieders compared fairly: gathers the measures per client and has them judged (METHODEN §10).

Five measures: cost, volume (at the mean price of the stratum, so that hours and nights may be added), price
(cost against the same volume at the price of the others), length of ended trajecten, and rejected lines.
"""

import duckdb
import polars as pl

from warehouse.rekenen.vergelijking import compare, compare_proportion

READS = ("tussen.aanbieder_client", "tussen.traject", "tussen.afkeur_maand", "peil.bekend", "peil.instelling")
WRITES = ("tussen.aanbieder_vergelijking",)

# a stratum is product x zwaarte x age; the unit is in it because volumes of two units cannot be added
CLIENTS = """
SELECT jaar, gemeentecode, wet, productgroep, product, zwaarte, leeftijdsgroep, eenheid, aanbieder_agb,
    client_nr, volume, CAST(realisatie_cent AS DOUBLE) AS kosten
FROM tussen.aanbieder_client
ORDER BY client_nr, jaar, aanbieder_agb, product, zwaarte, eenheid, wet, productgroep, gemeentecode
"""
TRAJECTEN = """
SELECT CAST(year(CAST(tot - INTERVAL 1 DAY AS DATE)) AS BIGINT) AS jaar, gemeentecode, wet, productgroep,
    product, zwaarte, leeftijdsgroep, 'dag' AS eenheid, aanbieder_agb, client_nr, 'duur' AS maat,
    CAST(sum(duur_dagen) AS DOUBLE) AS waarde, CAST(count(*) AS DOUBLE) AS gewicht, count(*) AS aantal
FROM tussen.traject
GROUP BY ALL
ORDER BY ALL
"""
REGELS = """
SELECT CAST(year(a.levermaand) AS BIGINT) AS jaar, a.gemeentecode, a.wet, a.productgroep, a.aanbieder_agb,
    'afgekeurd aandeel' AS maat, CAST(sum(a.beoordeeld) AS BIGINT) AS aantal,
    CAST(sum(a.afgekeurd) AS BIGINT) AS waarde
FROM tussen.afkeur_maand a
JOIN peil.bekend k ON a.levermaand < k.voorlopig_vanaf
GROUP BY ALL
ORDER BY ALL
"""
MEASURES = {
    "kosten per client": ("kosten", pl.lit(1.0)),
    "volume per client": ("normvolume", pl.lit(1.0)),
    "prijs": ("kosten", pl.col("volume")),
}


def measures_per_client(clients: pl.DataFrame) -> pl.DataFrame:
    """Rows of cost, volume and price out of what each client received (columns of CLIENTS)."""
    stratum = [
        "jaar",
        "gemeentecode",
        "wet",
        "productgroep",
        "product",
        "zwaarte",
        "leeftijdsgroep",
        "eenheid",
    ]
    price = pl.col("kosten").sum().over(stratum) / pl.col("volume").sum().over(stratum)
    clients = clients.with_columns((pl.col("volume") * price).alias("normvolume"))
    keys = [*stratum, "aanbieder_agb", "client_nr"]
    return pl.concat(
        clients.select(
            *keys,
            pl.lit(naam).alias("maat"),
            pl.col(value).alias("waarde"),
            weight.alias("gewicht"),
            pl.lit(1, pl.Int64).alias("aantal"),
        )
        for naam, (value, weight) in MEASURES.items()
    )


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Read the measures, compare the aanbieders and write ``tussen.aanbieder_vergelijking``."""
    others, clients_needed = con.sql(
        "SELECT vergelijk_min_anderen, vergelijk_min_clienten FROM peil.instelling"
    ).fetchall()[0]
    clients = con.sql(CLIENTS).pl()
    sums = measures_per_client(clients)
    sums = pl.concat([sums, con.sql(TRAJECTEN).pl().select(sums.columns)])
    cell = ["jaar", "gemeentecode", "wet", "productgroep", "aanbieder_agb"]
    with_care = clients.group_by(cell).agg(pl.col("client_nr").n_unique().cast(pl.Int64).alias("clienten"))
    lines = (
        con.sql(REGELS)
        .pl()
        .join(with_care, on=cell, how="left")
        .with_columns(pl.col("clienten").fill_null(0))
    )
    judged = pl.concat([compare(sums, others, clients_needed), compare_proportion(lines, clients_needed)])
    con.register("vergeleken_aanbieders", judged)
    con.execute("CREATE TABLE tussen.aanbieder_vergelijking AS SELECT * FROM vergeleken_aanbieders")
    con.unregister("vergeleken_aanbieders")
