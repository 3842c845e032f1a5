"""Lays rows out as the arrays of a forecast, and a forecast out as rows."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from warehouse.rekenen.afloop import Array, Mask
from warehouse.rekenen.prognose import Kennis
from warehouse.rekenen.prognose_simulatie import Plafonds

SEGMENT = ["wet", "hoofdproduct", "productgroep", "product"]
ZONDER_PRODUCT = "niet gespecificeerd"


@dataclass(frozen=True)
class Bouwstenen:
    """One municipality laid out: its segments, what became known when, and the triangles."""

    segmenten: pl.DataFrame
    kennis: Kennis
    bij: Array
    gezien: int
    """First month whose declarations were followed from their start."""


def place(rows: pl.DataFrame, segments: pl.DataFrame, value: str, shape: tuple[int, int, int]) -> Array:
    """Sum rows into segments x months x moments, cumulative over moments.

    Rows have SEGMENT, maand_nr, bekend_nr and the column `value`. What is before the first month or moment
    counts in the first; what is after the last month is left out, and what became known after the last moment
    (in the month that is not over) counts in the last.
    """
    result = np.zeros(shape)
    found = rows.join(segments.with_row_index("nr"), on=SEGMENT, how="inner").filter(
        pl.col("maand_nr") < shape[1]
    )
    where = (
        found["nr"].to_numpy().astype(np.int64),
        np.maximum(found["maand_nr"].to_numpy().astype(np.int64), 0),
        np.clip(found["bekend_nr"].to_numpy().astype(np.int64), 0, shape[2] - 1),
    )
    np.add.at(result, where, found[value].to_numpy().astype(np.float64))
    return np.asarray(result.cumsum(axis=2))


def lay_out(
    realised: pl.DataFrame,
    promised: pl.DataFrame,
    flows: pl.DataFrame,
    months: int,
    calendar: int,
    width: int,
) -> Bouwstenen:
    """Lay the rows of one municipality out; months count from 0, `calendar` is the calendar month of 0.

    Promises without a product stand in for products of the same productgroep that have none of their own.
    """
    segments = realised.select(SEGMENT).unique().sort(SEGMENT)
    end = months - 1 - (months - 1 + calendar) % 12 + 12
    square = (segments.height, months, months)
    wide = (segments.height, end, months)
    own = place(promised, segments, "delta_cent", wide)
    general = place(
        segments.join(
            promised.filter(pl.col("product") == ZONDER_PRODUCT).drop("product"),
            on=SEGMENT[:3],
            how="inner",
        ),
        segments,
        "delta_cent",
        wide,
    )
    has_own = (own != 0).any(axis=(1, 2), keepdims=True)
    known = Kennis(
        place(realised, segments, "delta_cent", square),
        np.where(has_own, own, general),
        place(flows, segments, "begonnen", square),
        place(flows, segments, "beeindigd", square),
        calendar,
    )
    increments = np.zeros((segments.height, months, width))
    found = realised.join(segments.with_row_index("nr"), on=SEGMENT, how="inner").filter(
        (pl.col("bekend_nr") < months) & (pl.col("maand_nr") >= 0)
    )
    step = np.maximum((found["bekend_nr"] - found["maand_nr"]).to_numpy().astype(np.int64), 0)
    near = step < width
    where = (
        found["nr"].to_numpy().astype(np.int64)[near],
        found["maand_nr"].to_numpy().astype(np.int64)[near],
        step[near],
    )
    np.add.at(increments, where, found["delta_cent"].to_numpy().astype(np.float64)[near])
    lowest = realised["bekend_nr"].min()
    return Bouwstenen(segments, known, increments, max(0, int(str(lowest)) - 1))


def ceilings(segments: pl.DataFrame, per_provider: pl.DataFrame, contracts: pl.DataFrame) -> Plafonds | None:
    """Ceilings of the year's contracts; None where there are none.

    Args:
        segments: SEGMENT per segment.
        per_provider: SEGMENT, aanbieder_agb, jaar_cent (of the year), recent_cent (of twelve months).
        contracts: wet, aanbieder_agb, plafond_cent.

    """
    contracts = contracts.sort(["wet", "aanbieder_agb"]).with_row_index("aanbieder_nr")
    if contracts.is_empty():
        return None
    rows = per_provider.join(segments.with_row_index("nr"), on=SEGMENT, how="inner")
    total = np.zeros(segments.height)
    np.add.at(total, rows["nr"].to_numpy().astype(np.int64), _euros(rows["recent_cent"]))
    rows = rows.join(contracts, on=["wet", "aanbieder_agb"], how="inner")
    where = (rows["nr"].to_numpy().astype(np.int64), rows["aanbieder_nr"].to_numpy().astype(np.int64))
    realised = np.zeros((segments.height, contracts.height))
    recent = np.zeros_like(realised)
    np.add.at(realised, where, rows["jaar_cent"].to_numpy().astype(np.float64))
    np.add.at(recent, where, _euros(rows["recent_cent"]))
    share = recent / np.where(total > 0, total, 1.0)[:, None]
    return Plafonds(contracts["plafond_cent"].to_numpy().astype(np.float64), realised, share)


def _euros(values: pl.Series) -> Array:
    """Amounts above zero as floats."""
    return np.asarray(np.maximum(values.to_numpy().astype(np.float64), 0.0))


def levels(segments: pl.DataFrame, fixed: pl.DataFrame) -> tuple[pl.DataFrame, Mask, Mask]:
    """All rows that a forecast is told for, and which segments and fixed amounts each of them sums.

    Returns:
        niveau with SEGMENT (empty where the level sums over it), levels x segments, levels x fixed.

    """
    parts = []
    depth = {"totaal": 0, "wet": 1, "hoofdproduct": 2, "productgroep": 3, "product": 4}
    both = pl.concat([segments.select(SEGMENT), fixed.select(SEGMENT)])
    for niveau, keys in depth.items():
        source = both if keys <= 2 else segments
        kept = [
            pl.col(name) if number < keys else pl.lit(None, pl.String).alias(name)
            for number, name in enumerate(SEGMENT)
        ]
        parts.append(source.select(pl.lit(niveau).alias("niveau"), *kept).unique().sort(SEGMENT))
    rows = pl.concat(parts)

    def members(frame: pl.DataFrame) -> Mask:
        result = np.ones((rows.height, frame.height), dtype=bool)
        for name in SEGMENT:
            wanted, given = rows[name].to_list(), frame[name].to_list()
            same = [[w is None or w == g for g in given] for w in wanted]
            result &= np.array(same, dtype=bool).reshape(result.shape)
        return result

    return rows.with_columns(wet=pl.col("wet").fill_null("totaal")), members(segments), members(fixed)
