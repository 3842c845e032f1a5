"""XmR control chart: which month is a signal and which is noise (METHODEN §10, NHS Making Data Count).

The baseline is the first points of a segment and stays as it is: new points never move it. A new segment
begins only where a person said so, with a reason. A signal in a month depends on that month and those before
it, never on later ones, so a chart made again as of the past shows what was shown then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SCREEN = 3.267
WIDTH = 2.66
RUN = 7
MINIMUM = 12

BUITEN = "buiten de grenzen"
KANT = "zeven aan één kant"
TREND = "trend van zeven"
BIJNA = "twee van drie bij een grens"
RULES = (BUITEN, KANT, TREND, BIJNA)
"""In order of weight: a month with more than one signal is named after the first."""


@dataclass(frozen=True)
class Limits:
    """Mean and natural process limits of a baseline."""

    mean: float
    lower: float
    upper: float


def natural_limits(baseline: Floats) -> Limits:
    """Mean ± 2,66 × the mean moving range of the baseline.

    Moving ranges above 3,267 × their mean are left out once: one odd month must not widen the limits. The
    mean itself keeps every point.
    """
    moving = np.abs(np.diff(baseline))
    average = float(np.mean(moving)) if moving.size else 0.0
    kept = moving[moving <= SCREEN * average]
    if kept.size:
        average = float(np.mean(kept))
    mean = float(np.mean(baseline))
    return Limits(mean, mean - WIDTH * average, mean + WIDTH * average)


def _trailing(flags: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Per point: are it and the `length` - 1 points before it all flagged?"""
    counts = np.concatenate([[0], np.cumsum(flags)])
    full = np.zeros(flags.size, dtype=np.bool_)
    if flags.size >= length:
        full[length - 1 :] = counts[length:] - counts[:-length] == length
    return full


def _two_of_three(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Per point: is it flagged, and one of the two before it too?"""
    before = np.zeros(flags.size, dtype=np.bool_)
    before[1:] |= flags[:-1]
    before[2:] |= flags[:-2]
    return flags & before


def find_signals(values: Floats, limits: Limits) -> dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Per rule which points are a signal, (high, low).

    A run or trend is a signal from the point that completes it; each point exactly on the mean ends a run,
    and two equal values end a trend. With limits of no width (every baseline value equal) 'two of three'
    cannot be judged and gives nothing.
    """
    up, down = values > limits.mean, values < limits.mean
    step = np.diff(values)
    rising, falling = (np.concatenate([[False], s]) for s in (step > 0, step < 0))
    near = (limits.upper - limits.mean) * 2 / 3
    has_width = limits.upper > limits.mean
    return {
        BUITEN: (values > limits.upper, values < limits.lower),
        KANT: (_trailing(up, RUN), _trailing(down, RUN)),
        # seven points are six steps
        TREND: (_trailing(rising, RUN - 1), _trailing(falling, RUN - 1)),
        BIJNA: (
            _two_of_three((values > limits.mean + near) & has_width),
            _two_of_three((values < limits.mean - near) & has_width),
        ),
    }


@dataclass(frozen=True)
class Chart:
    """One segment judged: its limits (None with too few points), and per point the rule and the side."""

    limits: Limits | None
    signals: list[str | None]
    sides: list[str | None]
    baseline_points: int


def make_chart(values: Floats, baseline_points: int) -> Chart:
    """Judge the points of one segment, in order of time.

    The baseline is the first `baseline_points` of them (all of them while there are fewer); with fewer than
    12 points there are no limits and no signals. Sides are 'hoog' and 'laag'.
    """
    n = values.size
    used = min(n, max(baseline_points, MINIMUM))
    if n < MINIMUM:
        return Chart(None, [None] * n, [None] * n, n)
    limits = natural_limits(values[:used])
    signals: list[str | None] = [None] * n
    sides: list[str | None] = [None] * n
    found = find_signals(values, limits)
    for rule in RULES:
        for side, flags in zip(("hoog", "laag"), found[rule], strict=True):
            for index in np.flatnonzero(flags):
                if signals[index] is None:
                    signals[index], sides[index] = rule, side
    return Chart(limits, signals, sides, used)
