"""Times of the toegang: median and share within term per quarter, open cases included (METHODEN §12)."""

from itertools import product
from typing import Any

import duckdb
import numpy as np
import polars as pl

from warehouse.rekenen.wachttijd import median_wait, share_within

READS = ("tussen.melding_stap", "peil.instelling")
WRITES = ("tussen.toegang_tijd",)

SMALLEST_GROUP = 10
KEYS = ["gemeentecode", "kwartaal", "wet", "wijkteam", "verwijzer"]
MEDIAN = {
    "onderzoek": "onderzoek_mediaan_dagen",
    "aanvraag": "aanvraag_mediaan_dagen",
    "besluit": "besluit_mediaan_dagen",
    "totaal": "doorlooptijd_mediaan_dagen",
    "wachttijd": "wachttijd_mediaan_dagen",
}
SCHEMA = {
    "gemeentecode": pl.String,
    "kwartaal": pl.Date,
    "wet": pl.String,
    "wijkteam": pl.String,
    "verwijzer": pl.String,
    **dict.fromkeys(MEDIAN.values(), pl.Float64),
    "onderzoek_binnen_termijn": pl.Float64,
    "besluit_binnen_termijn": pl.Float64,
    "toewijzingen": pl.Int64,
    "gestart": pl.Int64,
}


def measure_times(steps: pl.DataFrame, terms: dict[str, int]) -> pl.DataFrame:
    """Median and share within term per cell of KEYS, and for all wijkteams and verwijzers together (null).

    Args:
        steps: the columns of tussen.melding_stap. terms: days allowed per stap.

    Returns:
        The columns of SCHEMA; a time of fewer than ten cases, or one that is not known yet, is null.

    """
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for all_teams, all_referrers in product((False, True), repeat=2):
        wide = steps.with_columns(
            pl.lit(None, pl.String).alias("wijkteam") if all_teams else pl.col("wijkteam"),
            pl.lit(None, pl.String).alias("verwijzer") if all_referrers else pl.col("verwijzer"),
        )
        cells = wide.group_by([*KEYS, "stap"]).agg("dagen", "klaar", pl.len().alias("aantal"))
        days = cells["dagen"].explode().to_numpy().astype(np.float64)
        done = cells["klaar"].explode().to_numpy()
        ends = np.cumsum(cells["aantal"].to_numpy())
        for (*key, step, size), end in zip(
            cells.select([*KEYS, "stap", "aantal"]).iter_rows(), ends, strict=True
        ):
            row = found.setdefault(tuple(key), dict.fromkeys(SCHEMA))
            row |= dict(zip(KEYS, key, strict=True))
            row |= _times(step, days[end - size : end], done[end - size : end], terms)
    return pl.DataFrame(list(found.values()), schema=SCHEMA)


def _times(step: str, days: np.ndarray, done: np.ndarray, terms: dict[str, int]) -> dict[str, Any]:
    """The columns of one step of one cell."""
    row: dict[str, Any] = {}
    if step == "wachttijd":
        row = {"toewijzingen": days.size, "gestart": int(done.sum())}
    if days.size < SMALLEST_GROUP:
        return row
    row[MEDIAN[step]] = _known(median_wait(days, done))
    if step in terms:
        row[f"{step}_binnen_termijn"] = _known(share_within(days, done, terms[step]))
    return row


def _known(value: float) -> float | None:
    """The value, or None where it is not a number."""
    return None if np.isnan(value) else round(value, 9)


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Read the steps and write ``tussen.toegang_tijd``."""
    research, decision = con.sql(
        "SELECT termijn_onderzoek_dagen, termijn_besluit_dagen FROM peil.instelling"
    ).fetchall()[0]
    steps = con.sql(
        "SELECT gemeentecode, kwartaal, wet, wijkteam, verwijzer, stap, dagen, klaar FROM tussen.melding_stap"
    ).pl()
    times = measure_times(steps, {"onderzoek": research, "besluit": decision})
    con.register("tijden_van_toegang", times)
    con.execute("CREATE TABLE tussen.toegang_tijd AS SELECT * FROM tijden_van_toegang")
    con.unregister("tijden_van_toegang")
