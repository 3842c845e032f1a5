"""Arguments of one run and the calendar arithmetic that every module shares.

Dates are integers inside the generator: a *dag* is days since 1970-01-01, a *maand* is year * 12 + month - 1.
Integers keep the NumPy code short and exact; they become dates only where something is written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

Dagen = npt.NDArray[np.int64]
Getallen = npt.NDArray[np.float64]
Aantallen = npt.NDArray[np.int64]
Vlaggen = npt.NDArray[np.bool_]
Wijze = Literal["messages", "extracts", "mixed"]

GEMEENTE = "0392"
STANDAARD_CLIENTEN = 13_800  # 9.500 Wmo + 4.300 Jeugd a year
AANDEEL_WMO = 9_500 / 13_800
STANDAARD_ZAAD = 392
SIM_BEGIN = 2012 * 12  # warm-up starts here, so that the stock at 2018-01 has a natural age
VENSTER_MAANDEN = 6  # months by receipt that --as mixed delivers as messages
NOOIT = 10**6  # a dag later than any date in use
SWITCH = 2021 * 12  # release 3.0: 303/304 became 323/325


@dataclass(frozen=True)
class Instellingen:
    """One run: where to, how large, which months (first levermaand, last month of receipt), seed, form."""

    uit: Path
    clienten: int
    van: int
    tot: int
    zaad: int
    wijze: Wijze

    @property
    def schaal(self) -> float:
        """Size against the whole city (1.0 = 13.800 clients in an average year)."""
        return self.clienten / STANDAARD_CLIENTEN

    @property
    def hele_stad(self) -> bool:
        """True when amounts of the documents can stand beside the realisation unscaled."""
        return self.clienten == STANDAARD_CLIENTEN

    @property
    def van_dag(self) -> int:
        """First day of the first levermaand."""
        return maandbegin(self.van)

    @property
    def tot_dag(self) -> int:
        """Last day of the last month of receipt; what would arrive later is not written."""
        return maandbegin(self.tot + 1) - 1

    @property
    def berichten_van(self) -> int:
        """First month of receipt that is delivered as messages instead of extracts."""
        if self.wijze == "messages":
            return self.van
        if self.wijze == "extracts":
            return self.tot + 1
        return max(self.van, self.tot - VENSTER_MAANDEN + 1)

    def rng(self, stroom: int) -> np.random.Generator:
        """Independent random stream: what one module draws never shifts the draws of another."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.zaad, stroom])))


def maandbegin(maand: int) -> int:
    """Dag of the first day of a maand."""
    return (dt.date(maand // 12, maand % 12 + 1, 1) - dt.date(1970, 1, 1)).days


def maandtabel(eerste: int, laatste: int) -> Dagen:
    """Dagen on which the months eerste..laatste begin, plus the month after: one look-up array."""
    return np.array([maandbegin(m) for m in range(eerste, laatste + 2)], dtype=np.int64)


MAAND0 = 1900 * 12
_BEGIN = maandtabel(MAAND0, 2150 * 12)


def begin_van(maand: Aantallen) -> Dagen:
    """Vectorised `maandbegin`."""
    return _BEGIN[maand - MAAND0]


def maand_van(dag: Dagen) -> Aantallen:
    """Maand in which each dag falls."""
    return np.searchsorted(_BEGIN, dag, side="right").astype(np.int64) - 1 + MAAND0


def jaar_van(dag: Dagen) -> Aantallen:
    """Calendar year of each dag."""
    return maand_van(dag) // 12


def werkdagen_later(dag: Dagen, aantal: Aantallen) -> Dagen:
    """Dag that lies ``aantal`` working days (Monday to Friday) after ``dag``."""
    basis = dag.astype("datetime64[D]")
    return np.busday_offset(basis, aantal, roll="forward").astype(np.int64)


def werkdag_na(dag: Dagen, aantal: Aantallen) -> Dagen:
    """The ``aantal``-th working day after ``dag``; 0 is the day itself, or the Monday after a weekend."""
    basis = dag.astype("datetime64[D]")
    later = np.busday_offset(basis, aantal, roll="backward")
    return np.where(aantal > 0, later, np.busday_offset(basis, 0, roll="forward")).astype(np.int64)


def werkdagen_tussen(van: Dagen, tot: Dagen) -> Aantallen:
    """Working days after ``van`` up to and including ``tot``."""
    uit = np.busday_count((van + 1).astype("datetime64[D]"), (tot + 1).astype("datetime64[D]"))
    return np.asarray(uit, dtype=np.int64)


def als_datum(kolom: str, naam: str | None = None) -> pl.Expr:
    """Expression that turns a dag column into a Date; NOOIT and null become null."""
    k = pl.col(kolom)
    return pl.when(k < NOOIT).then(k).otherwise(None).cast(pl.Int32).cast(pl.Date).alias(naam or kolom)


def lees_maand(tekst: str) -> int:
    """Maand from ``JJJJ-MM``; ValueError when it is not one."""
    d = dt.datetime.strptime(tekst, "%Y-%m")
    return d.year * 12 + d.month - 1


def schrijf_maand(maand: int) -> str:
    """``JJJJ-MM`` of a maand."""
    return f"{maand // 12:04d}-{maand % 12 + 1:02d}"
