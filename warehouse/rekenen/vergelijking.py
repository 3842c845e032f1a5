"""What is expected of an aanbieder with its clients: leave-one-out means per stratum (METHODEN §10)."""

import numpy as np
import polars as pl

from warehouse.rekenen import trechter
from warehouse.rekenen.trechter import Floats

GROUP = ["jaar", "gemeentecode", "wet", "productgroep", "maat"]
STRATUM = [*GROUP, "product", "zwaarte", "leeftijdsgroep", "eenheid"]
CELL = [*GROUP, "aanbieder_agb"]
LIMITS = ("grens_95_onder", "grens_95_boven", "grens_998_onder", "grens_998_boven", "phi", "tau2")
DECIMALS = 9
SMALLEST_ERROR = 0.001
"""Prices hardly vary by chance; an error below a per mille is rounding of cents, not knowledge."""
SCHEMA = {
    "jaar": pl.Int64,
    "gemeentecode": pl.String,
    "wet": pl.String,
    "productgroep": pl.String,
    "maat": pl.String,
    "aanbieder_agb": pl.String,
    "clienten": pl.Int64,
    "aantal": pl.Int64,
    "vergelijkbaar_aandeel": pl.Float64,
    "waargenomen": pl.Float64,
    "verwacht": pl.Float64,
    "verhouding": pl.Float64,
    "standaardfout": pl.Float64,
    "grens_95_onder": pl.Float64,
    "grens_95_boven": pl.Float64,
    "grens_998_onder": pl.Float64,
    "grens_998_boven": pl.Float64,
    "phi": pl.Float64,
    "tau2": pl.Float64,
    "oordeel": pl.String,
}


def number(rows: pl.DataFrame, keys: list[str], naam: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each combination of `keys` a number in their order; returns the rows and the combinations.

    Grouping and sorting by one number is many times faster than by ten texts.
    """
    found = rows.select(keys).unique().sort(keys).with_row_index(naam)
    return rows.join(found, on=keys, how="left", maintain_order="left"), found


def expect(rows: pl.DataFrame, minimum_others: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What is expected of each row: its weight times the mean of the other aanbieders in its stratum.

    Args:
        rows: the columns of STRATUM, aanbieder_agb, waarde and gewicht (1 for a mean per client), client_nr
        and aantal.
        minimum_others: rows that a stratum must have of other aanbieders; with fewer `verwacht` is null and
        the row can be compared with nothing.

    Returns:
        The rows in the same order as cel_nr, client_nr, aantal, waarde and verwacht, and the cells by number.

    """
    rows, own = number(rows, [*STRATUM, "aanbieder_agb"], "eigen_nr")
    own, _ = number(own, STRATUM, "stratum_nr")
    own, cells = number(own, CELL, "cel_nr")
    own = own.select("eigen_nr", "stratum_nr", "cel_nr")
    sums = rows.group_by("eigen_nr").agg(
        pl.col("waarde", "gewicht").sum(), pl.len().cast(pl.Int64).alias("rijen")
    )
    others = (
        sums.join(own, on="eigen_nr")
        .with_columns(
            (pl.col(naam).sum().over("stratum_nr") - pl.col(naam)).alias(f"{naam}_ander")
            for naam in ("waarde", "gewicht", "rijen")
        )
        .with_columns(
            pl.when(
                (pl.col("rijen_ander") >= max(minimum_others, 1))
                & (pl.col("gewicht_ander") > 0)
                & (pl.col("waarde_ander") > 0)
            )
            .then(pl.col("waarde_ander") / pl.col("gewicht_ander"))
            .alias("gemiddelde")
        )
    )
    mean = others.select("eigen_nr", "cel_nr", "gemiddelde")
    return rows.join(mean, on="eigen_nr", how="left", maintain_order="left").select(
        "cel_nr",
        "client_nr",
        "aantal",
        "waarde",
        (pl.col("gewicht") * pl.col("gemiddelde")).alias("verwacht"),
    ), cells


def compare(rows: pl.DataFrame, minimum_others: int, minimum_clients: int) -> pl.DataFrame:
    """Compare aanbieders on skewed sums (cents, volume, days): O, E, bootstrap error, limits, verdict.

    `rows` as for `expect`. O and E are over the rows that can be compared; `vergelijkbaar_aandeel` says how
    much of the value that is.
    """
    numbered, found = expect(rows, minimum_others)
    per_client = (
        numbered.filter(pl.col("verwacht").is_not_null())
        .group_by("cel_nr", "client_nr")
        .agg(pl.col("waarde", "verwacht", "aantal").sum())
        .sort("cel_nr", "client_nr")
    )
    cells = per_client.group_by("cel_nr", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("clienten"),
        pl.col("aantal").sum().cast(pl.Int64),
        pl.col("waarde").sum().alias("waargenomen"),
        pl.col("verwacht").sum(),
    )
    observed, predicted = per_client["waarde"].to_numpy(), per_client["verwacht"].to_numpy()
    counts = cells["clienten"].to_numpy()
    starts = np.concatenate([[0], np.cumsum(counts)])[:-1]
    errors = [
        trechter.error_bootstrap(observed[a : a + n], predicted[a : a + n])
        if n >= minimum_clients
        else float("nan")
        for a, n in zip(starts, counts, strict=True)
    ]
    cells = cells.with_columns(
        pl.Series("standaardfout", np.maximum(errors, SMALLEST_ERROR), pl.Float64).round(DECIMALS)
    )
    whole = numbered.group_by("cel_nr").agg(pl.col("waarde").sum().alias("geheel"))
    joined = (
        found.join(whole, on="cel_nr")
        .join(cells, on="cel_nr", how="left")
        .with_columns(
            pl.col("clienten", "aantal").fill_null(0),
            pl.col("waargenomen").fill_null(0.0),
            (pl.col("waargenomen") / pl.col("verwacht")).alias("verhouding"),
        )
    )
    return judge(
        joined.with_columns(
            (pl.col("waargenomen") / pl.col("geheel")).round(DECIMALS).alias("vergelijkbaar_aandeel"),
            pl.col("verhouding").log().alias("afstand"),
        ),
        minimum_clients,
    )


def compare_proportion(rows: pl.DataFrame, minimum_clients: int) -> pl.DataFrame:
    """Compare aanbieders on a proportion; `rows`: the columns of CELL, clienten, aantal (n) and waarde (r).

    The target is the proportion of all aanbieders of the group together; limits are on the arcsine scale and
    given as a ratio to the target.
    """
    rows = rows.filter(pl.col("aantal") > 0).with_columns(
        (pl.col("waarde").sum().over(GROUP) / pl.col("aantal").sum().over(GROUP)).alias("doel"),
        pl.lit(1.0).alias("vergelijkbaar_aandeel"),
    )
    r, n, target = (rows[naam].cast(pl.Float64).to_numpy() for naam in ("waarde", "aantal", "doel"))
    rows = rows.with_columns(
        pl.col("waarde").cast(pl.Float64).alias("waargenomen"),
        pl.Series("verwacht", n * target),
        pl.Series("standaardfout", trechter.error_proportion(n)),
        pl.Series("afstand", np.arcsin(np.sqrt(r / n)) - np.arcsin(np.sqrt(target))),
    ).with_columns((pl.col("waargenomen") / pl.col("verwacht")).alias("verhouding"))
    return judge(rows, minimum_clients)


def _limits(s: Floats, theta: float | None, tau2: float) -> list[Floats]:
    """The limits of one group as ratios, as LIMITS; `theta` for a proportion, None for a ratio."""
    limits: list[Floats] = []
    for z in (trechter.Z_95, trechter.Z_998):
        if theta is None:
            limits += trechter.limits_ratio(s, tau2, z)
        else:
            low, high = trechter.limits_proportion(theta, (1 / (2 * s)) ** 2, tau2, z)
            limits += [low / theta, high / theta]
    return limits


def judge(cells: pl.DataFrame, minimum_clients: int) -> pl.DataFrame:
    """Add limits with overdispersion and the verdict per group; too few clients gives neither.

    `cells`: CELL, clienten, standaardfout, afstand (on the transformed scale), verhouding, and doel where it
    is a proportion. Verdict by the limits of 99,8 %.
    """
    cells = number(cells, GROUP, "groep_nr")[0].sort("groep_nr", "aanbieder_agb")
    s, y = cells["standaardfout"].to_numpy(), cells["afstand"].to_numpy()
    target = cells["doel"].to_numpy() if "doel" in cells.columns else None
    usable = (cells["clienten"].to_numpy() >= minimum_clients) & (s > 0) & np.isfinite(s) & np.isfinite(y)
    groups = cells["groep_nr"].to_numpy()
    found = np.full((len(LIMITS), cells.height), np.nan)
    for group in np.unique(groups[usable]):
        rows = np.flatnonzero((groups == group) & usable)
        theta = None if target is None else float(target[rows[0]])
        if theta is not None and theta <= 0:
            continue
        spread = trechter.estimate_spread(y[rows], s[rows])
        found[:4, rows] = _limits(s[rows], theta, spread.tau2)
        found[4:, rows] = [[spread.phi], [spread.tau2]]
    ratio = pl.col("verhouding").round(DECIMALS)
    verdict = (
        pl.when(pl.col("phi").is_null())
        .then(pl.lit("te weinig clienten"))
        .when(ratio > pl.col("grens_998_boven"))
        .then(pl.lit("boven"))
        .when(ratio < pl.col("grens_998_onder"))
        .then(pl.lit("onder"))
        .otherwise(pl.lit("binnen de grenzen"))
    )
    limits = [pl.Series(naam, found[i]).fill_nan(None).round(DECIMALS) for i, naam in enumerate(LIMITS)]
    return (
        cells.with_columns(limits)
        .with_columns(
            verdict.alias("oordeel"),
            ratio.alias("verhouding"),
            pl.when(pl.col("phi").is_not_null()).then(pl.col("standaardfout").round(DECIMALS)),
            pl.col("waargenomen", "verwacht").round(4),
        )
        .select([pl.col(naam).cast(kind) for naam, kind in SCHEMA.items()])
    )
