"""Forecasts as rows: of the year that runs, and of the years that are over beside what they became."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from warehouse.rekenen.afloop import Array
from warehouse.rekenen.prognose import LINEAIR, METHODEN, Voorspelling
from warehouse.rekenen.prognose_opmaak import SEGMENT, Bouwstenen, ceilings, levels
from warehouse.rekenen.prognose_simulatie import cap
from warehouse.rekenen.prognose_terugblik import Keuzes, Moment, paths_of
from warehouse.rekenen.prognose_vast import Vast, fixed_amounts, fixed_years

QUANTILES = [0.1, 0.5, 0.9]
PROGNOSE = {
    "gemeentecode": pl.String,
    "jaar": pl.Int64,
    "niveau": pl.String,
    **dict.fromkeys(SEGMENT, pl.String),
    "methode": pl.String,
    "p10_cent": pl.Int64,
    "p50_cent": pl.Int64,
    "p90_cent": pl.Int64,
    "begroting_cent": pl.Int64,
    "kans_overschrijding": pl.Float64,
    "gerealiseerd_cent": pl.Int64,
    "nagekomen_cent": pl.Int64,
    "standaard": pl.Boolean,
}
TOETS = {
    "gemeentecode": pl.String,
    "wet": pl.String,
    "jaar": pl.Int64,
    "peilmaand": pl.Int64,
    "methode": pl.String,
    "p10_cent": pl.Int64,
    "p50_cent": pl.Int64,
    "p90_cent": pl.Int64,
    "werkelijk_cent": pl.Int64,
    "achteraf": pl.Boolean,
}


def align_late(now: Moment, segments: pl.DataFrame, late: pl.DataFrame) -> Array:
    """What is still to be declared of the year per segment; each productgroep has that of mart.nagekomen.

    Args:
        now: the forecast of today.
        segments: SEGMENT per segment.
        late: wet, productgroep, nagekomen_cent of the year's full months.

    """
    told = now.voorspelling
    frame = segments.with_columns(
        eigen=pl.Series(told.nagekomen), maat=pl.Series(np.maximum(told.gerealiseerd, 1.0))
    )
    group = ["wet", "productgroep"]
    joined = frame.join(late, on=group, how="left", maintain_order="left").with_columns(
        pl.col("nagekomen_cent").fill_null(0)
    )
    gap = pl.col("nagekomen_cent") - pl.col("eigen").sum().over(group)
    share = pl.col("maat") / pl.col("maat").sum().over(group)
    return joined.select(pl.col("eigen") + gap * share).to_series().to_numpy()


def verdict_rows(
    blocks: Bouwstenen, moments: list[Moment], fixed: Vast, first: date, mature: int, choices: Keuzes
) -> pl.DataFrame:
    """Replays of the years that are over: wet, jaar, peilmaand, methode, quantiles and what it became."""
    laws = blocks.segmenten["wet"].unique().sort().to_list()
    number = np.array([laws.index(wet) for wet in blocks.segmenten["wet"]], dtype=np.int64)
    sums = np.concatenate([np.ones((1, number.size)), (number == np.arange(len(laws))[:, None])])
    names = ["totaal", *laws]
    months = blocks.kennis.realisatie.shape[2]
    rows = []
    for now in moments:
        start, end = blocks.kennis.months_of_year(now.maand)
        if months - end < mature:
            break
        actual = sums @ blocks.kennis.realisatie[:, max(start, 0) : end, -1].sum(axis=1)
        paid = fixed_years(fixed, names, start, end, months - 1)
        expected = fixed_years(fixed, names, start, end, now.maand)
        year = paths_of(moments, now, number, choices.terugblik_paden, choices.vooraf)
        bands = np.quantile(year @ sums.T, QUANTILES, axis=1)
        for method, name in np.ndindex(len(METHODEN), len(names)):
            low, middle, high = bands[:, method, name] + expected[name]
            rows.append(
                {
                    "wet": names[name],
                    "jaar": first.year + now.jaar,
                    "peilmaand": now.maand - start + 1,
                    "methode": METHODEN[method],
                    "p10_cent": round(low),
                    "p50_cent": round(middle),
                    "p90_cent": round(high),
                    "werkelijk_cent": round(actual[name] + paid[name]),
                }
            )
    kept = {name: kind for name, kind in TOETS.items() if name not in ("gemeentecode", "achteraf")}
    return pl.DataFrame(rows, schema=kept)


def choose_method(verdict: pl.DataFrame, least: int) -> str:
    """The method with the smallest mean absolute error of the total, over replays without hindsight.

    With fewer than `least` replayed months there is nothing to choose on: then the plainest method is shown.
    """
    known = verdict.filter(~pl.col("achteraf") & (pl.col("wet") == "totaal") & (pl.col("werkelijk_cent") > 0))
    errors = (
        known.group_by("methode")
        .agg(
            fout=((pl.col("p50_cent") - pl.col("werkelijk_cent")).abs() / pl.col("werkelijk_cent")).mean(),
            aantal=pl.len(),
        )
        .filter(pl.col("aantal") >= least)
        .sort("fout", "methode")
    )
    return str(errors["methode"][0]) if errors.height else METHODEN[0]


def year_rows(
    blocks: Bouwstenen,
    moments: list[Moment],
    fixed: Vast,
    budget: pl.DataFrame,
    plafond: tuple[pl.DataFrame, pl.DataFrame],
    choices: Keuzes,
) -> pl.DataFrame:
    """The forecast of the year that runs, for all levels and methods.

    Args:
        blocks: the municipality.
        moments: its forecasts, the last of which is today's.
        fixed: amounts that messages do not hold.
        budget: wet, hoofdproduct (empty for all of a wet), bedrag_cent.
        plafond: per_provider and contracts as for ``ceilings``.
        choices: the settings.

    """
    now = moments[-1]
    start, end = blocks.kennis.months_of_year(now.maand)
    laws = blocks.segmenten["wet"].unique().sort().to_list()
    number = np.array([laws.index(wet) for wet in blocks.segmenten["wet"]], dtype=np.int64)
    paths = paths_of(moments, now, number, choices.paden, choices.vooraf)
    limits = ceilings(blocks.segmenten, *plafond)
    if limits is not None:
        paths = np.stack([cap(each, now.voorspelling.gerealiseerd, limits) for each in paths])
    rows, of_segment, of_fixed = levels(blocks.segmenten, fixed.namen)
    expected = of_fixed @ fixed_amounts(fixed, start, end, now.maand)
    booked = of_fixed @ fixed.geboekt(start, now.maand)
    totals = paths @ of_segment.T + expected
    bands = np.quantile(totals, QUANTILES, axis=1)
    keys = ["niveau", "wet", "hoofdproduct"]
    budgets = rows.join(budget, on=keys, how="left", nulls_equal=True, maintain_order="left")["bedrag_cent"]
    limit = budgets.cast(pl.Float64).fill_null(np.nan).to_numpy()
    above = (totals > limit).mean(axis=1)
    parts = []
    for number_of, method in enumerate(METHODEN):
        low, middle, high = np.rint(bands[:, number_of]).astype(np.int64)
        parts.append(
            rows.with_columns(
                jaar=pl.lit(0),
                methode=pl.lit(method),
                p10_cent=pl.Series(low),
                p50_cent=pl.Series(middle),
                p90_cent=pl.Series(high),
                begroting_cent=pl.Series(limit).fill_nan(None).cast(pl.Int64),
                kans_overschrijding=pl.Series(np.where(np.isnan(limit), np.nan, above[number_of])).fill_nan(
                    None
                ),
                gerealiseerd_cent=pl.Series(
                    np.rint(of_segment @ now.voorspelling.gerealiseerd + booked)
                ).cast(pl.Int64),
                nagekomen_cent=pl.Series(np.rint(of_segment @ now.voorspelling.nagekomen)).cast(pl.Int64),
            )
        )
    return pl.concat(parts)


def keep_linear(told: Voorspelling, before: Array) -> Voorspelling:
    """The linear forecast knows no nagekomen declaraties: what these take more, its rest takes less."""
    rest = told.rest.copy()
    rest[LINEAIR] -= told.nagekomen - before
    return replace(told, rest=rest)
