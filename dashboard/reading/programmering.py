"""Plan against realisation: the lines of the jaarprogrammering, what became of them, and what has no plan."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten, Geen, Stromen
from dashboard.access.tables_sturing import AFWIJKING, GEWORDEN
from dashboard.filters import Filters
from dashboard.numbers import add_months
from dashboard.reading.ontleding import EFFECTEN
from warehouse.rekenen.programma import add_quantities

NIVEAUS = ("stad", "wijk", "aanbieder")
PAD = ("hoofdproduct", "productgroep", "product", "zwaarte")
CEL = ("wet", *PAD, "wijkcode", "aanbieder_agb")
TELT_OP = tuple(CEL[:n] for n in (5, 4, 3, 2, 1))
"""The wijken of a line add up to that line; lines add up to a product, a group, a hoofdproduct, a wet."""
GELD_IN_EURO = "83"
"""Unit 'euro': its volume is the amount itself, so price and intensity say nothing."""

REGELS = """
SELECT p.bron, p.maanden, {cel}, p.reden, coalesce(p.clienten, 0) AS clienten, d.eenheid,
       d.doel_klantcontacten, d.doel_doorverwijzingen, d.doel_instroom, d.doel_clienten, d.doel_duur_weken,
       d.doel_intensiteit, d.doel_uitnutting, d.doel_prijs_cent, d.doel_volume::DOUBLE AS doel_volume,
       d.doel_cent, d.vastgesteld_op, d.instroom, d.duur_weken, d.intensiteit, d.uitnutting, d.prijs_cent,
       d.volume::DOUBLE AS volume, p.doel_tot_nu_cent, {maten}
FROM {schema}.pq_programma p
LEFT JOIN {schema}.programma d ON d.jaar = p.jaar AND p.bron = 'programmering' AND {gelijk}
WHERE p.jaar = $jaar AND p.bron <> 'begroting' AND {niveau}
    AND ($wet::varchar IS NULL OR p.wet = $wet)
    AND ($hoofdproduct::varchar IS NULL OR p.hoofdproduct = $hoofdproduct)
    AND ($productgroep::varchar IS NULL OR p.productgroep = $productgroep)
    AND ($product::varchar IS NULL OR p.product = $product)
ORDER BY p.doel_tot_nu_cent DESC, p.realisatie_cent DESC, {cel}
"""
# Which levels a programme has: lines of a plan, no persons (0). Of aanbieders only the own ones.
LAGEN = """
SELECT CASE WHEN wijkcode IS NULL THEN 'stad' ELSE 'wijk' END AS niveau, count(*) AS regels, 0 AS clienten
FROM stad.programma WHERE jaar = $jaar GROUP BY 1
"""
LAGEN_EIGEN = """
SELECT count(*) AS regels, 0 AS clienten FROM eigen.programma
WHERE jaar = $jaar AND aanbieder_agb IS NOT NULL
"""
BEGROOT = """
SELECT wet, hoofdproduct, sum(bedrag_cent)::BIGINT AS bedrag_cent FROM vrij.begroting_jaar
WHERE jaar = $jaar AND soort = 'product' AND @wet AND @hoofdproduct GROUP BY wet, hoofdproduct ORDER BY ALL
"""
CONTACTEN = """
SELECT sum(contacten)::BIGINT AS contacten, sum(doorverwijzingen)::BIGINT AS doorverwijzingen,
       count(DISTINCT maand) AS maanden
FROM stad.klantcontact_maand WHERE contacten IS NOT NULL AND maand >= $van AND maand < $tot
"""


def find_jaar(f: Filters) -> int:
    """A programme is of a calendar year: that of the last month of the period."""
    return add_months(f.periode.tot, -1).year


def find_niveaus(lezer: Lezer, f: Filters) -> list[str]:
    """Levels at which the year has lines: stad, wijk, aanbieder (only own ones)."""
    params = f.params | {"jaar": find_jaar(f)}
    stad = lezer.read(LAGEN, Clienten(), params)["niveau"].to_list()
    eigen = lezer.read(LAGEN_EIGEN, Clienten(eigen=True), params)["regels"].sum()
    return [n for n in NIVEAUS if n in stad or (n == "aanbieder" and eigen)]


def read_regels(lezer: Lezer, f: Filters, niveau: str = "stad") -> pl.DataFrame:
    """The lines of the year at one level, and at the level of the stad what was delivered without one.

    Beside the columns of the marts: doel_*_nu, what the plan means for the months until now, and
    `is_kind`: the line lies within a coarser one, so adding both would count twice.
    """
    if niveau not in NIVEAUS:
        raise ValueError(f"geen niveau: {niveau}")
    waar = {"stad": "p.wijkcode IS NULL", "wijk": "p.wijkcode IS NOT NULL"}
    sql = (
        REGELS.replace("{cel}", ", ".join(f"p.{k}" for k in CEL))
        .replace("{gelijk}", " AND ".join(f"p.{k} IS NOT DISTINCT FROM d.{k}" for k in CEL))
        .replace("{maten}", ", ".join(f"p.{k}" for k in AFWIJKING))
        .replace("{schema}", "eigen" if niveau == "aanbieder" else "stad")
        .replace("{niveau}", waar.get(niveau, "p.aanbieder_agb IS NOT NULL"))
    )
    geworden = [k for k in GEWORDEN if k not in AFWIJKING]
    regel = Clienten(
        "clienten", (*geworden, *AFWIJKING), niveau == "aanbieder", telt_op=TELT_OP[0], ook_op=TELT_OP[1:]
    )
    df = lezer.read(sql, regel, f.params | {"jaar": find_jaar(f)})
    return _add_targets(df, lezer.bereik.kleinste_cel)


def _add_targets(df: pl.DataFrame, cel: int) -> pl.DataFrame:
    """What the plan means until now, by the same rule as the effects; a small inflow is not shown."""
    doel = df.select(
        "maanden",
        "eenheid",
        *(pl.col(f"doel_{k}").alias(k) for k in ("instroom", "clienten", "duur_weken", "intensiteit")),
        pl.col("doel_uitnutting").alias("uitnutting"),
        pl.col("doel_volume").alias("volume"),
        pl.col("doel_cent").alias("bedrag_cent"),
        pl.col("volume").alias("real_volume"),
        pl.col("clienten").alias("real_clienten"),
    )
    nu = add_quantities(doel)
    weken = pl.col("doel_dagen") / 7 / pl.when(pl.col("doel_clienten") > 0).then(pl.col("doel_clienten"))
    extra = nu.select(
        pl.col("doel_clienten").alias("doel_clienten_nu"),
        (pl.col("instroom") * pl.col("maanden") / 12).alias("doel_instroom_nu"),
        weken.alias("doel_duur_weken_nu"),
        pl.col("doel_volume").alias("doel_volume_nu"),
    )
    klein = (pl.col("instroom") > 0) & (pl.col("instroom") < cel)
    instroom = pl.when(~klein.fill_null(False)).then(pl.col("instroom"))
    kind = pl.Series("is_kind", _find_children(df), dtype=pl.Boolean)
    return pl.concat([df, extra], how="horizontal").with_columns(kind, instroom.alias("instroom"))


def _find_children(df: pl.DataFrame) -> list[bool]:
    """Say of every row whether another one covers it: same place, and a path that ends earlier."""
    paden = df.select("bron", "wet", "wijkcode", "aanbieder_agb", *PAD).rows()
    er_zijn = set(paden)
    return [any(rij[:4] + ouder in er_zijn for ouder in _parents(rij[4:])) for rij in paden]


def _parents(pad: Sequence[str | None]) -> list[tuple[str | None, ...]]:
    """Every path that covers this one: some of its steps left out."""
    uit: list[tuple[str | None, ...]] = [()]
    for stap in pad:
        uit = [(*p, s) for p in uit for s in dict.fromkeys((stap, None))]
    return [p for p in uit if p != tuple(pad)]


def sum_up(regels: pl.DataFrame) -> dict[str, int]:
    """Target, realisation, difference and effects over the lines that are shown and cover no other.

    What is delivered without a plan stands apart as `ongepland`; `verborgen` counts lines not shown.
    """
    telt = regels.filter(~pl.col("is_kind"))
    toon = telt.filter(~pl.col("niet_getoond"))
    plan = toon.filter(pl.col("bron") == "programmering")
    kolommen = ["doel_tot_nu_cent", "realisatie_cent", "verschil_cent", "effect_niet_verdeeld_cent"]
    kolommen += [f"effect_{e}_cent" for e in EFFECTEN]
    los = toon.filter(pl.col("bron") != "programmering")["realisatie_cent"].sum()
    return {k: int(plan[k].sum()) for k in kolommen} | {
        "ongepland": int(los),
        "verborgen": telt.height - toon.height,
    }


def read_zonder_plan(lezer: Lezer, f: Filters, regels: pl.DataFrame) -> pl.DataFrame:
    """Hoofdproducten that the budget has and the programme has not: wet, hoofdproduct, bedrag_cent."""
    df = lezer.read(
        BEGROOT, Geen("begroting: boekhouding zonder personen"), f.params | {"jaar": find_jaar(f)}
    )
    plan = regels.filter(pl.col("bron") == "programmering").select("wet", "hoofdproduct").unique()
    return df.join(plan, on=["wet", "hoofdproduct"], how="anti")


def read_contacten(lezer: Lezer, f: Filters) -> dict[str, int | None]:
    """Klantcontacten and doorverwijzingen of all wijkteams in the months of the year that are complete."""
    laatste = lezer.meta.laatste_levermaand
    jaar = find_jaar(f)
    tot = date(jaar + 1, 1, 1)
    if laatste is not None and laatste.year == jaar:
        tot = add_months(laatste, 1)
    params = {"van": date(jaar, 1, 1), "tot": tot}
    df = lezer.read(CONTACTEN, Stromen(("doorverwijzingen",), ("contacten",)), params)
    return {k: df[k][0] for k in ("contacten", "doorverwijzingen", "maanden")}
