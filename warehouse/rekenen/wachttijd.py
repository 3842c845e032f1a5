"""Waiting times with cases that are still open: Kaplan–Meier median and share within a term (METHODEN §12).

Leaving open cases out makes a service that finishes nothing look fast. An open case says that it took at
least so long, and that is what it counts for.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def survival(days: Floats, done: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Kaplan–Meier: the days on which something was done, and the share not yet done after each of them.

    `days` is the time to the event, or to the last day it was known not to have happened (`done` false). A
    case that left on the day of an event still counts as waiting on that day.
    """
    moments, place = np.unique(days, return_inverse=True)
    events = np.bincount(place, weights=done, minlength=moments.size)
    left = np.bincount(place, minlength=moments.size)
    at_risk = days.size - np.concatenate([[0], np.cumsum(left)[:-1]])
    share = np.cumprod(1 - events / at_risk)
    return moments[events > 0], share[events > 0]


def median_wait(days: Floats, done: NDArray[np.bool_]) -> float:
    """First day on which at least half was done; not a number while that is not known yet."""
    moments, share = survival(days, done)
    # 1e-9: a half is a half, whatever the products of fractions say
    reached = np.flatnonzero(share <= 0.5 + 1e-9)
    return float(moments[reached[0]]) if reached.size else float("nan")


def share_within(days: Floats, done: NDArray[np.bool_], term: float) -> float:
    """Share done within `term` days (the last day included); not a number while no case is that old."""
    if days.size == 0 or (days.max() < term and not done[days == days.max()].all()):
        return float("nan")
    moments, share = survival(days, done)
    passed = share[moments <= term]
    return float(1 - passed[-1]) if passed.size else 0.0
