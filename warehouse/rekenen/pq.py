"""Why the expenditure changed: K = C x W x s x m x a x u x p per cell, decomposed exactly (METHODEN §1, §2).

A cell is a product x zwaarte x eenheid (g) inside a level (L). Effects are computed per cell and only ever
summed, so that drilling down always adds up.
"""

import numpy as np
import polars as pl

from warehouse.rekenen.shapley import Floats, mean_of_others, round_in_groups, round_to_sum, shapley

LEVEL = ["gemeentecode", "wet", "hoofdproduct", "productgroep", "cel"]
CELL = [*LEVEL, "product", "zwaarte", "eenheid"]
MEASURES: dict[str, pl.DataType] = {
    "clienten": pl.Int64(),
    "clientdagen": pl.Int64(),
    "product_clienten": pl.Int64(),
    "productdagen": pl.Int64(),
    "toegewezen_volume": pl.Float64(),
    "volume": pl.Float64(),
    "realisatie_cent": pl.Int64(),
    "overig_cent": pl.Int64(),
}
"""Ingredients of a cell: clienten and clientdagen are those of the whole level, the rest of the cell."""
CELLS: dict[str, pl.DataType] = dict.fromkeys(CELL, pl.String()) | MEASURES
FACTORS = [
    "clienten",
    "duur",
    "stapeling",
    "mix",
    "toegewezen_intensiteit",
    "uitnutting",
    "tariefindex",
    "prijs",
]
MIX, INTENSITY = FACTORS.index("mix"), FACTORS.index("toegewezen_intensiteit")
EFFECTS = [
    *(f"effect_{name}_cent" for name in FACTORS[: INTENSITY + 2]),
    "effect_geleverde_intensiteit_cent",
    "effect_tariefindex_cent",
    "effect_prijs_cent",
    "effect_overig_cent",
]
"""The columns that sum to verschil_cent in every row."""
INGREDIENTS = [
    *(
        f"{name}_{t}{unit}"
        for t in (0, 1)
        for name, unit in (
            ("clientdagen", ""),
            ("productdagen", ""),
            ("toegewezen_volume", ""),
            ("volume", ""),
            ("bedrag", "_cent"),
        )
    ),
    "tariefindex",
]
"""What the factors follow from: clientdagen of the level; the rest of the cell, 0 where it has no factors."""
DAYS_A_WEEK = 7.0


def decompose(
    cells_0: pl.DataFrame, cells_1: pl.DataFrame, index: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Decompose the change of the realisation between two periods, per cell.

    Args:
        cells_0: the cells of period 0, columns CELLS; a cell that is not there has no realisation.
        cells_1: the same of period 1.
        index: CELL and ``tariefindex`` (1.0 = no change of the contract tariffs); absent cells have index 1.

    Returns:
        One row a cell of either period, ordered by CELL: clienten_0/1 (of the level) and product_clienten_0/1
        [personen], realisatie_0/1_cent, verschil_cent, the columns EFFECTS that sum to it to the cent, and
        effect_mix_gecentreerd_cent, which sums to effect_mix_cent over the level, and INGREDIENTS [dagen,
        eenheid, cent, index].

    """
    frame = _side_by_side(cells_0, cells_1, index)
    level = frame.select(pl.struct(LEVEL).rank("dense").cast(pl.Int64) - 1).to_series().to_numpy()
    begin, end, specific = _factors(frame)
    money_0, money_1 = _column(frame, "bedrag_0"), _column(frame, "bedrag_1")
    exact = shapley(begin, end)
    effects = round_to_sum(exact, (money_1 - money_0).astype(np.int64))
    intensity = effects[INTENSITY]
    columns = {f"effect_{name}_cent": effects[k] for k, name in enumerate(FACTORS)}
    columns["effect_toegewezen_intensiteit_cent"] = np.where(specific, intensity, 0)
    columns["effect_geleverde_intensiteit_cent"] = np.where(specific, 0, intensity)
    other = frame["overig_1"] - frame["overig_0"]
    centred = _centred_mix(begin, end, level)
    sums = np.bincount(level, weights=effects[MIX].astype(np.float64)) if len(level) else np.zeros(0)
    columns["effect_mix_gecentreerd_cent"] = round_in_groups(centred, level, sums.astype(np.int64))
    return frame.select(
        *CELL,
        pl.col("niveau_clienten_0").alias("clienten_0"),
        pl.col("niveau_clienten_1").alias("clienten_1"),
        "product_clienten_0",
        "product_clienten_1",
        pl.col("realisatie_cent_0").alias("realisatie_0_cent"),
        pl.col("realisatie_cent_1").alias("realisatie_1_cent"),
        (pl.col("realisatie_cent_1") - pl.col("realisatie_cent_0")).alias("verschil_cent"),
    ).with_columns(
        *(
            (other if name == "effect_overig_cent" else pl.Series(columns[name])).cast(pl.Int64).alias(name)
            for name in [*EFFECTS, "effect_mix_gecentreerd_cent"]
        ),
        *_ingredients(frame),
    )


def _ingredients(frame: pl.DataFrame) -> list[pl.Series]:
    """INGREDIENTS of cells side by side."""
    found = [frame["tariefindex"]]
    for t in (0, 1):
        used = frame[f"bruikbaar_{t}"]
        found.append(frame[f"niveau_clientdagen_{t}"].cast(pl.Float64).alias(f"clientdagen_{t}"))
        for name in ("productdagen", "toegewezen_volume", "volume"):
            found.append((frame[f"{name}_{t}"].cast(pl.Float64) * used).alias(f"{name}_{t}"))
        found.append(frame[f"bedrag_{t}"].alias(f"bedrag_{t}_cent"))
    return sorted(found, key=lambda series: INGREDIENTS.index(series.name))


def raise_cells(cells: pl.DataFrame, final: pl.DataFrame) -> pl.DataFrame:
    """Cells as they will be when all is declared (METHODEN §5).

    What is still to come is taken to be as what has come: volume and product-days of a cell grow with its
    cents, the days of a level with the cents of the level. Clients stay, because who is late in a month has
    mostly been seen in another; so the missing weeks are weeks of known clients. Toewijzingen are not late.

    Args:
        cells: columns CELLS.
        final: CELL and ``eindbedrag_cent``; a cell that is not there stays as it is.

    Returns:
        The cells with clientdagen, productdagen, volume, realisatie_cent and overig_cent raised; days may be
        fractions.

    """
    frame = cells.join(final.select(*CELL, "eindbedrag_cent"), on=CELL, how="left", maintain_order="left")
    end = pl.coalesce("eindbedrag_cent", "realisatie_cent")
    whole, declared = end.sum().over(LEVEL), pl.col("realisatie_cent").sum().over(LEVEL)
    growth = pl.when((pl.col("realisatie_cent") > 0) & (end > 0)).then(end / pl.col("realisatie_cent"))
    of_level = pl.when((declared > 0) & (whole > 0)).then(whole / declared)
    return frame.with_columns(
        pl.col("productdagen", "volume").cast(pl.Float64) * growth.fill_null(1.0),
        pl.col("clientdagen") * of_level.fill_null(1.0),
        (pl.col("overig_cent") * growth.fill_null(1.0)).round().cast(pl.Int64),
        end.alias("realisatie_cent"),
    ).drop("eindbedrag_cent")


def _side_by_side(cells_0: pl.DataFrame, cells_1: pl.DataFrame, index: pl.DataFrame | None) -> pl.DataFrame:
    """Cells of both periods in one frame: measures with suffix _0 and _1, absent ones 0."""
    keys = pl.concat([cells_0.select(CELL), cells_1.select(CELL)]).unique().sort(CELL)
    frame = keys
    for t, cells in enumerate((cells_0, cells_1)):
        own = cells.select(CELL + list(MEASURES)).with_columns(
            # without clients, days or volume there are no factors: all its cents are a correction
            bruikbaar=(pl.col("clienten") > 0)
            & (pl.col("clientdagen") > 0)
            & (pl.col("productdagen") > 0)
            & (pl.col("volume") > 0)
        )
        own = own.with_columns(
            bedrag=pl.when("bruikbaar").then(pl.col("realisatie_cent") - pl.col("overig_cent")).otherwise(0)
        ).with_columns(overig=pl.col("realisatie_cent") - pl.col("bedrag"))
        whole = own.group_by(LEVEL).agg(
            pl.col("clienten").max().alias(f"niveau_clienten_{t}"),
            pl.col("clientdagen").max().alias(f"niveau_clientdagen_{t}"),
            pl.col("productdagen").filter("bruikbaar").sum().alias(f"niveau_productdagen_{t}"),
        )
        own = own.drop("clienten", "clientdagen", "overig_cent")
        own = own.rename({name: f"{name}_{t}" for name in own.columns if name not in CELL})
        frame = frame.join(own, on=CELL, how="left").join(whole, on=LEVEL, how="left")
    tariff = (
        frame.select(CELL).with_columns(tariefindex=pl.lit(1.0))
        if index is None
        else index.select(*CELL, "tariefindex")
    )
    frame = frame.join(tariff, on=CELL, how="left").with_columns(pl.col("tariefindex").fill_null(1.0))
    return frame.with_columns(
        pl.col(pl.Boolean).fill_null(value=False), pl.col(pl.Int64, pl.Float64).fill_null(0)
    ).sort(CELL)


def _column(frame: pl.DataFrame, name: str) -> Floats:
    return frame[name].cast(pl.Float64).to_numpy()


def _ratio(above: Floats, below: Floats) -> Floats:
    """`above` / `below`, 0 where there is nothing to divide by."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _factors(frame: pl.DataFrame) -> tuple[Floats, Floats, np.ndarray]:
    """The eight factors of both periods, and where a and u are apart (else a holds the delivered intensity).

    What is undefined because the cell or its level is not there takes the value of the other period, so that
    a start or an end is a change of mix, or of clients when the whole level starts or ends.
    """
    used = [frame[f"bruikbaar_{t}"].to_numpy() for t in (0, 1)]
    assigned = [_column(frame, f"toegewezen_volume_{t}") for t in (0, 1)]
    specific = (used[0] | used[1]) & np.all([~used[t] | (assigned[t] > 0) for t in (0, 1)], axis=0)
    sides: list[Floats] = []
    whole: list[np.ndarray] = []
    for t in (0, 1):
        clients, days = _column(frame, f"niveau_clienten_{t}"), _column(frame, f"niveau_clientdagen_{t}")
        total, own = _column(frame, f"niveau_productdagen_{t}"), _column(frame, f"productdagen_{t}")
        volume, money = _column(frame, f"volume_{t}"), _column(frame, f"bedrag_{t}")
        there = total > 0
        weeks = np.where(used[t], own, 0.0) / DAYS_A_WEEK
        sides.append(
            np.stack(
                [
                    np.where(there, clients, 0.0),
                    _ratio(days / DAYS_A_WEEK, clients),
                    _ratio(total, days),
                    _ratio(np.where(used[t], own, 0.0), total),
                    _ratio(np.where(specific, assigned[t], volume), weeks),
                    np.where(specific, _ratio(volume, assigned[t]), 1.0),
                    np.ones_like(total),
                    _ratio(money, np.where(used[t], volume, 0.0)),
                ]
            )
        )
        whole.append(there)
    for t in (0, 1):
        sides[t][1:4] = np.where(whole[t], sides[t][1:4], sides[1 - t][1:4])
        sides[t][INTENSITY:] = np.where(used[t], sides[t][INTENSITY:], sides[1 - t][INTENSITY:])
    both = used[0] & used[1]
    growth = np.where(both, frame["tariefindex"].to_numpy(), 1.0)
    sides[1][6] = growth
    sides[1][7] = sides[1][7] / growth
    return sides[0], sides[1], specific


def _centred_mix(begin: Floats, end: Floats, level: np.ndarray) -> Floats:
    """Mix effect against the mean of the level: a growing share of a cheap product is a saving (rule 5).

    The shares of a level change by 0 in total, so taking one constant off per level leaves the sum as it was.
    """
    cost = mean_of_others(begin, end, MIX)
    share = (begin[MIX] + end[MIX]) / 2
    if not len(level):
        return cost
    total = np.bincount(level, weights=share * cost).astype(np.float64)
    mean = _ratio(total, np.bincount(level, weights=share).astype(np.float64))
    centred: Floats = (end[MIX] - begin[MIX]) * (cost - mean[level])
    return centred
