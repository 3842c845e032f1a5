"""The own aanbieders as rows of one table: what a contract manager needs to see who asks for a talk."""

from collections.abc import Mapping

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.dossier import is_fixed_sum
from dashboard.filters import Filters
from dashboard.reading import aanbieders as lezen
from dashboard.tegels import last_year

BINNEN, BOVEN, ONDER = "binnen de grenzen", "boven", "onder"


def make_tabel(lezer: Lezer, f: Filters, namen: Mapping[str, str]) -> pl.DataFrame:
    """One row an own aanbieder, the largest first; what may not be shown is empty.

    Columns: aanbieder_agb, naam, realisatie_cent, clienten, niet_getoond, vorig_cent, groei, plafond_cent,
    is_vast, uitnutting, productgroep, aandeel, kosten, duur (judgements in words), bevindingen,
    op_het_spel_cent.
    """
    contract = lezen.read_contract(lezer, f)
    vast = contract.select(
        "aanbieder_agb",
        "plafond_cent",
        pl.Series("is_vast", [is_fixed_sum(b) for b in contract["bekostiging"]], dtype=pl.Boolean),
    )
    omzet = lezen.read_omzet(lezer, f)
    eerst = last_year(lezer, f)
    if eerst is None:
        vorig = omzet.clear().select("aanbieder_agb", pl.col("realisatie_cent").alias("vorig_cent"))
    else:
        vorig = lezen.read_omzet(lezer, eerst[0], toen=eerst[1]).select(
            "aanbieder_agb", pl.col("realisatie_cent").alias("vorig_cent")
        )
    uit = (
        omzet.join(vast, on="aanbieder_agb", how="full", coalesce=True)
        .filter(pl.col("aanbieder_agb").is_in(list(namen)))
        .join(vorig, on="aanbieder_agb", how="left")
        .join(
            lezen.read_uitnutting(lezer, f).select("aanbieder_agb", "uitnutting"),
            on="aanbieder_agb",
            how="left",
        )
        .join(_largest(lezen.read_aandeel(lezer, f)), on="aanbieder_agb", how="left")
        .join(lezen.read_spel(lezer, f), on="aanbieder_agb", how="left")
    )
    oordelen = lezen.read_vergelijking(lezer, f)
    for naam, maat in (("kosten", "kosten per client"), ("duur", "duur")):
        uit = uit.join(judge(oordelen, maat).rename({"oordeel": naam}), on="aanbieder_agb", how="left")
    return uit.with_columns(
        pl.col("aanbieder_agb").replace_strict(dict(namen), default=None).alias("naam"),
        pl.col("niet_getoond").fill_null(False),
        pl.col("is_vast").fill_null(False),
        (pl.col("realisatie_cent") / pl.when(pl.col("vorig_cent") > 0).then(pl.col("vorig_cent")) - 1).alias(
            "groei"
        ),
    ).sort(pl.col("realisatie_cent").fill_null(-1), "naam", descending=[True, False])


def _largest(aandeel: pl.DataFrame) -> pl.DataFrame:
    """The productgroep in which each aanbieder earns most; the read has it first."""
    return (
        aandeel.group_by("aanbieder_agb", maintain_order=True)
        .first()
        .select("aanbieder_agb", "productgroep", "aandeel")
    )


def judge(df: pl.DataFrame, maat: str) -> pl.DataFrame:
    """Per aanbieder one judgement on a measure over its productgroepen, in words.

    Outside the limits of 99,8 % counts wherever it happens; otherwise it is as expected where at least one
    productgroep could be judged, and too small to say where none could.
    """
    rijen: list[tuple[str, str]] = []
    for (agb,), deel in df.filter(pl.col("maat") == maat).group_by(["aanbieder_agb"], maintain_order=True):
        hoog = deel.filter(pl.col("oordeel") == BOVEN)["productgroep"].to_list()
        laag = deel.filter(pl.col("oordeel") == ONDER)["productgroep"].to_list()
        if hoog or laag:
            woorden = [f"hoger: {', '.join(hoog)}"] * bool(hoog) + [f"lager: {', '.join(laag)}"] * bool(laag)
            rijen.append((str(agb), "; ".join(woorden)))
        elif (deel["oordeel"] == BINNEN).any():
            rijen.append((str(agb), "zoals verwacht"))
        else:
            klein = (deel["oordeel"] == "te weinig clienten").any()
            rijen.append((str(agb), "te weinig cliënten" if klein else "te weinig anderen"))
    return pl.DataFrame(rijen, schema={"aanbieder_agb": pl.String, "oordeel": pl.String}, orient="row")
