"""Kaplan-Meier: how long care lasts, with those still in care and those who were in care before we looked.

A mean of ended spells alone is biased while the stock grows: the short ones end first. Here a spell counts as
at risk from the duration at which it came under observation (left truncation) until it ended or the
observation stopped (right censoring). Source: Kaplan and Meier (1958); METHODEN §4.8.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Overleving:
    """A survival curve: per duration with an end the number at risk, the ends, and the share beyond."""

    dag: Ints
    onder_risico: Ints
    beeindigd: Ints
    overleving: Floats

    def op(self, dagen: Ints) -> Floats:
        """Share that lasts longer than each of `dagen` [fraction]; 1 before the first end."""
        place = np.searchsorted(self.dag, dagen, side="right")
        return np.concatenate(([1.0], self.overleving))[place]

    def mediaan(self) -> int | None:
        """Shortest duration that at most half lasts beyond [days]; None when the curve stays above half."""
        # a product of fractions that is exactly a half on paper can end a hair above it
        reached = np.flatnonzero(self.overleving <= 0.5 + 1e-12)
        return int(self.dag[reached[0]]) if reached.size else None

    def gemiddelde(self, tot_dag: int) -> float:
        """Mean duration as far as `tot_dag`: the area under the curve [days]."""
        inside = self.dag < tot_dag
        edges = np.concatenate(([0], self.dag[inside], [tot_dag]))
        heights = np.concatenate(([1.0], self.overleving[inside]))
        return float(np.sum(np.diff(edges) * heights))


def kaplan_meier(
    ingang: Ints, duur: Ints, beeindigd: NDArray[np.bool_], aantal: Ints | None = None
) -> Overleving:
    """Estimate the survival curve of durations.

    Args:
        ingang: duration at which the spell came under observation [days], 0 when seen from its first day.
        duur: duration at which it ended or was last seen [days], above ingang.
        beeindigd: whether it ended at duur; else it was still running.
        aantal: number of spells that a row stands for, 1 each when left out.

    Raises ValueError where a duration is not above its entry.

    """
    if np.any(duur <= ingang) or np.any(ingang < 0):
        raise ValueError("een duur moet na de ingang liggen, en die niet voor dag 0")
    weight = np.ones(len(duur), dtype=np.int64) if aantal is None else aantal
    days = np.unique(duur[beeindigd])
    ended = np.bincount(
        np.searchsorted(days, duur[beeindigd]), weights=weight[beeindigd], minlength=days.size
    )
    at_risk = onder_risico(ingang, duur, days, weight)
    survival: Floats = np.cumprod(1.0 - ended / at_risk, dtype=np.float64)
    return Overleving(days.astype(np.int64), at_risk, ended.astype(np.int64), survival)


def onder_risico(ingang: Ints, duur: Ints, dagen: Ints, aantal: Ints | None = None) -> Ints:
    """Count of spells at risk of ending at each of `dagen`: entered before it and not gone before it."""
    weight = np.ones(len(duur), dtype=np.int64) if aantal is None else aantal

    def below(values: Ints) -> Ints:
        order = np.argsort(values, kind="stable")
        total = np.concatenate(([0], np.cumsum(weight[order])))
        return total[np.searchsorted(values[order], dagen, side="left")]

    return (below(ingang) - below(duur)).astype(np.int64)
