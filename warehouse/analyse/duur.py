"""Duration of care: the Kaplan-Meier curve of every cell, per year that was followed and over all years.

Period curves: within a year everyone in care is followed from the duration at which the year found them, so
that a change shows in the year it happens, not years later when a cohort has ended.
"""

import duckdb
import numpy as np
import polars as pl

from warehouse.rekenen.overleving import kaplan_meier, onder_risico

READS = ("tussen.duur_groep",)
WRITES = ("tussen.duur_cel", "tussen.duur_punt")

CEL = ["gemeentecode", "niveau", "cel", "jaar"]
STAP_DAGEN = 30
"""Distance between the points of a drawn curve; the estimate itself uses every day."""
CEL_SCHEMA = {
    "gemeentecode": pl.String,
    "niveau": pl.String,
    "cel": pl.String,
    "jaar": pl.Int64,
    "aantal_beeindigd": pl.Int64,
    "aantal_open": pl.Int64,
    "gemiddelde_beeindigd_dagen": pl.Float64,
    "mediaan_km_dagen": pl.Int64,
    "gemiddelde_km_dagen": pl.Float64,
    "gevolgd_tot_dagen": pl.Int64,
}
PUNT_SCHEMA = {
    "gemeentecode": pl.String,
    "niveau": pl.String,
    "cel": pl.String,
    "jaar": pl.Int64,
    "dag": pl.Int64,
    "overleving": pl.Float64,
    "aantal_onder_risico": pl.Int64,
}


def measure_duur(groups: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Estimate the durations per cell and year (METHODEN §4.8).

    Args:
        groups: gemeentecode, niveau, cel, jaar, ingang, duur [days], beeindigd, aantal.

    Returns:
        One row a cell and year (CEL_SCHEMA) and its curve on a grid of STAP_DAGEN (PUNT_SCHEMA).

    """
    cells: list[tuple[object, ...]] = []
    points: list[pl.DataFrame] = []
    # no order is needed: all sums are of whole numbers, and the marts have an order of their own
    for key, group in groups.group_by(CEL):
        start = group["ingang"].to_numpy()
        length = group["duur"].to_numpy()
        ended = group["beeindigd"].to_numpy()
        count = group["aantal"].to_numpy()
        curve = kaplan_meier(start, length, ended, count)
        closed = int(count[ended].sum())
        mean = float((length[ended] * count[ended]).sum() / closed) if closed else None
        last = int(length.max())
        area = curve.gemiddelde(last)
        cells.append((*key, closed, int(count.sum()) - closed, mean, curve.mediaan(), area, last))
        grid = np.arange(0, last, STAP_DAGEN, dtype=np.int64)
        at_risk = onder_risico(start, length, grid + 1, count)
        points.append(
            pl.DataFrame(
                {
                    **{name: [value] * grid.size for name, value in zip(CEL, key, strict=True)},
                    "dag": grid,
                    "overleving": curve.op(grid),
                    "aantal_onder_risico": at_risk,
                },
                schema=PUNT_SCHEMA,
            )
        )
    frame = pl.DataFrame(cells, schema=CEL_SCHEMA, orient="row")
    return frame, pl.concat(points) if points else pl.DataFrame(schema=PUNT_SCHEMA)


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Read the groups of equal duration and write ``tussen.duur_cel`` and ``tussen.duur_punt``."""
    cells, points = measure_duur(con.sql("SELECT * FROM tussen.duur_groep").pl())
    for name, frame in (("duur_cel", cells), ("duur_punt", points)):
        con.register("gemeten_duur", frame)
        con.execute(f"CREATE TABLE tussen.{name} AS SELECT * FROM gemeten_duur")  # noqa: S608
        con.unregister("gemeten_duur")
