"""Looking back at the estimates of nagekomen declaraties: what would have been said, and what it became.

For each past month-end only what was known then is used: the triangle up to that month, and the exposure
as known then. Axes as in afloop: segment, origin (levermaand, oldest first), development; a moment is the end
of the month with that origin's number.
"""

from dataclasses import dataclass

import numpy as np

from warehouse.rekenen.afloop import (
    Array,
    Mask,
    bornhuetter_ferguson,
    cape_cod,
    chain_ladder,
    cumulative_triangle,
    development,
    mack_mse,
)

LADDER, BF = 0, 1
METHODEN = ("kettingladder", "Bornhuetter-Ferguson")


@dataclass(frozen=True)
class Vensters:
    """How many of the newest origins count: for the pattern, and for the expected uitnutting q."""

    patroon: int
    uitnutting: int


@dataclass(frozen=True)
class Schatting:
    """Ultimates and standard errors of all methods at one moment: axes method, segment, origin."""

    ultimate: Array
    standaardfout: Array


def estimate(
    increments: Array, exposure: Array, moment: int, windows: Vensters, observed: int = 0
) -> Schatting:
    """Estimate every origin up to `moment` with what was known at the end of that month.

    Args:
        increments: segments x origins x developments, euros by month of becoming known.
        exposure: segments x origins, toegewezen euros as known at `moment`.
        moment: index of the last month that has passed.
        windows: how far the pattern and q look back.
        observed: first origin whose development was followed from its start; older ones (loaded as one
            history) get an estimate but say nothing about the pattern.

    """
    origins = moment + 1
    ages = moment - np.arange(origins)
    cumulative = cumulative_triangle(increments[:, :origins], ages)
    reported = np.take_along_axis(
        cumulative, np.minimum(ages, cumulative.shape[-1] - 1)[None, :, None], axis=-1
    )[..., 0]
    cumulative[:, : max(0, observed)] = np.nan
    pattern = development(cumulative, windows.patroon)
    recent = slice(max(0, observed, origins - windows.uitnutting), origins)
    exposed = np.maximum(exposure[:, :origins], 0.0)
    q = cape_cod(reported[:, recent], exposed[:, recent], ages[recent], pattern)
    ultimates = np.stack(
        [chain_ladder(reported, ages, pattern), bornhuetter_ferguson(reported, exposed, q, ages, pattern)]
    )
    errors = np.sqrt(np.stack([mack_mse(each, ages, pattern) for each in ultimates]))
    return Schatting(ultimates, errors)


@dataclass(frozen=True)
class Terugblik:
    """Estimates of the past by age: axes method, segment, age, moment; NaN where there is none.

    werkelijk has no method axis: what the month became.
    """

    ultimate: Array
    standaardfout: Array
    werkelijk: Array


def replay(
    increments: Array,
    exposure: Array,
    known: Array,
    mature: int,
    ages: int,
    windows: Vensters,
    observed: int = 0,
) -> Terugblik:
    """Replay every past month-end for the origins that are mature now.

    Args:
        increments: segments x origins x developments.
        exposure: segments x origins x moments, toegewezen euros as known at each moment.
        known: segments x origins, euros known now.
        mature: age from which an origin counts as fully known.
        ages: ages 0 to ages - 1 are looked at.
        windows: how far the pattern and q look back.
        observed: first origin whose development was followed from its start; older ones are not looked at.

    """
    segments, moments, _ = increments.shape
    shape = (len(METHODEN), segments, ages, moments)
    ultimate, error = np.full(shape, np.nan), np.full(shape, np.nan)
    actual = np.full(shape[1:], np.nan)
    last_mature = moments - 1 - mature
    for moment in range(observed + windows.uitnutting, moments):
        if moment - ages + 1 > last_mature:
            break
        first = max(0, moment + 1 - windows.patroon - increments.shape[-1])
        part = estimate(
            increments[:, first : moment + 1],
            exposure[:, first : moment + 1, moment],
            moment - first,
            windows,
            observed - first,
        )
        for age in range(min(ages, moment + 1)):
            origin = moment - age
            if max(first, observed) <= origin <= last_mature:
                ultimate[:, :, age, moment] = part.ultimate[:, :, origin - first]
                error[:, :, age, moment] = part.standaardfout[:, :, origin - first]
                actual[:, age, moment] = known[:, origin]
    return Terugblik(ultimate, error, actual)


@dataclass(frozen=True)
class Oordeel:
    """What the replay says per method, segment and age: number, bias, mean error and coverage of the band."""

    aantal: Array
    afwijking: Array
    fout: Array
    dekking: Array


def judge(seen: Terugblik, z: float) -> Oordeel:
    """Judge the methods: errors as a fraction of what the months became, weighted by euros.

    z is the half-width of the band in standard errors (1.2816 for 80 %).
    """
    both = ~np.isnan(seen.ultimate) & ~np.isnan(seen.werkelijk)
    actual = np.where(both, seen.werkelijk, 0.0)
    miss = np.where(both, seen.ultimate - seen.werkelijk, 0.0)
    inside = both & (np.abs(miss) <= z * np.nan_to_num(seen.standaardfout))
    count = both.sum(axis=-1).astype(float)
    size = np.abs(actual).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        bias = np.where(size > 0, miss.sum(axis=-1) / size, np.nan)
        error = np.where(size > 0, np.abs(miss).sum(axis=-1) / size, np.nan)
        cover = np.where(count > 0, inside.sum(axis=-1) / count, np.nan)
    return Oordeel(count, bias, error, cover)


def choose(verdict: Oordeel, least: int) -> tuple[Mask, Mask]:
    """Which segments and ages take Bornhuetter-Ferguson, and which of these choices rest on the replay.

    With fewer than `least` replayed months for either method there is no choice to make: then the exposure
    decides, because it does not blow up what little has been reported.
    """
    enough: Mask = (verdict.aantal.min(axis=0) >= least) & ~np.isnan(verdict.fout).any(axis=0)
    better: Mask = np.nan_to_num(verdict.fout[BF], nan=np.inf) <= np.nan_to_num(
        verdict.fout[LADDER], nan=np.inf
    )
    return np.where(enough, better, True), enough


def pick(estimate_now: Schatting, take_bf: Mask) -> tuple[Array, Array, Mask]:
    """Ultimate, standard error and 'is Bornhuetter-Ferguson' per segment and origin.

    Where the chosen method has no answer the other one counts; where neither has, NaN.
    """
    usable = np.isfinite(estimate_now.ultimate)
    bf = np.where(take_bf, usable[BF], usable[BF] & ~usable[LADDER])
    ultimate = np.where(bf, estimate_now.ultimate[BF], estimate_now.ultimate[LADDER])
    error = np.where(bf, estimate_now.standaardfout[BF], estimate_now.standaardfout[LADDER])
    return ultimate, np.where(np.isfinite(ultimate), error, np.nan), bf
