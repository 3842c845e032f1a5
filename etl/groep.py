"""Messages that are read alike, and the numbering of their lines."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from etl.fields import codes_of
from etl.files import Bestand
from etl.mapping import Mapping
from etl.xml_read import Tekst


@dataclass
class Groep:
    """Messages that are read alike, waiting to be checked together: checks run on columns, not on files."""

    mapping: Mapping
    standaard: str
    release: str
    bestanden: list[Bestand] = field(default_factory=list)
    teksten: list[Tekst] = field(default_factory=list)
    gemeentecodes: frozenset[str] = frozenset()
    """Own municipalities; messages of others are not ours. Empty takes all."""

    @cached_property
    def lijsten(self) -> dict[str, list[str]]:
        """Code lists of this standard and release; without any, codes are not checked."""
        return codes_of(self.standaard, self.release)


def number_lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds `regel_nr`: the ordinal of a row within its message, from 1. Rows are in the order of the
    messages.
    """
    f = frame.get_column("f").to_numpy()
    eerste = np.searchsorted(f, f, side="left")
    return frame.with_columns(
        pl.col("f").cast(pl.Int64), pl.Series("regel_nr", np.arange(len(f)) - eerste + 1, dtype=pl.Int64)
    )


def not_increasing(frame: pl.DataFrame, sleutels: list[str]) -> set[int]:
    """The messages in which the ordinals of a level do not go up from row to row: one stands there twice."""
    if frame.height < 2:
        return set()
    hoger = np.zeros(frame.height - 1, dtype=bool)
    for sleutel in reversed(sleutels):
        waarden = frame.get_column(sleutel).to_numpy().astype(np.int64)
        stap = np.diff(waarden)
        hoger = (stap > 0) | ((stap == 0) & hoger)
    return set(frame.get_column("f").to_numpy()[1:][~hoger].tolist())
