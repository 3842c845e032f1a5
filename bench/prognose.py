"""How well the forecast of the year's end does on municipalities that it has not seen.

Makes municipalities with different seeds, loads each, derives the forecasts (the tables of a whole build that
they rest on, no others) and reads how its own forecasts of the past did (mart.prognose_toets) at the end of
one month of the year. The method marked 'standaard' is the one chosen there, over all months of those years.
Run: python -m bench.prognose --zaden 1..30 [--clients N] [--werkers 1] [--peilmaand 6] [--map DIR]
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import polars as pl

from bench.meting import measure
from warehouse.build import run_step
from warehouse.graph import Step, order_steps, read_analyses, read_models
from warehouse.lake_read import latest_fact, open_lake, register_lake
from warehouse.peil import derive_peil, register_peil
from warehouse.settings import Settings

PY = sys.executable
VRAAG = """
SELECT t.methode, t.jaar, t.fout_fractie AS fout, t.binnen_band AS binnen,
    t.methode = (SELECT max(methode) FROM mart.prognose WHERE standaard) AS standaard
FROM mart.prognose_toets t
WHERE t.wet = 'totaal' AND t.peilmaand = ? AND NOT t.achteraf
"""


def seeds(text: str) -> Iterator[int]:
    """Seeds out of '1..30' or '3,7'."""
    for part in text.split(","):
        first, _, last = part.partition("..")
        yield from range(int(first), int(last or first) + 1)


def derive(lake_path: Path, tables: tuple[str, ...], out: Path) -> None:
    """Derive these tables and what they rest on into `out`: as a whole build does, in part of its time."""
    lake = open_lake(lake_path)
    steps = order_steps([*read_models(), *read_analyses()])
    wanted = set(tables)
    needed: list[Step] = []
    for step in reversed(steps):
        if wanted & set(step.writes):
            needed.insert(0, step)
            wanted |= step.reads
    with duckdb.connect(str(out)) as con:
        con.execute("SET memory_limit = '3GB'; SET preserve_insertion_order = false")
        con.execute("ATTACH ':memory:' AS tussen; CREATE SCHEMA kern; CREATE SCHEMA mart")
        known = latest_fact(con, lake)
        assert known is not None
        register_lake(con, lake, known)
        register_peil(con, derive_peil(known, Settings()), Settings())
        for step in needed:
            run_step(con, step)


def look_back(seed: int, clients: int | None, month: int, keep: Path | None) -> pl.DataFrame:
    """Make, load and build one municipality; returns the replays at the end of `month` of all years."""
    place = keep / str(seed) if keep else Path(tempfile.mkdtemp(prefix=f"prognose-{seed}-"))
    city, lake, out = place / "stad", place / "lake", place / "stuurinfo.duckdb"
    env = os.environ | {"STUURINFO_KEY_FILE": str(city / "voorbeeldsleutel.txt")}
    env.pop("STUURINFO_KEY", None)
    size = ["--clients", str(clients)] if clients else []
    make = [PY, "-m", "sample_data", "generate", "--out", str(city), "--seed", str(seed), *size]
    try:
        measure("maken", make)
        measure("laden", [PY, "-m", "etl", "load", str(city), "--lake", str(lake)], env)
        out.unlink(missing_ok=True)
        measure("afleiden", [PY, "-m", "bench.prognose", "--alleen", str(lake), str(out)])
        with duckdb.connect(str(out), read_only=True) as con:
            return con.execute(VRAAG, [month]).pl().with_columns(zaad=pl.lit(seed))
    finally:
        shutil.rmtree(city if keep else place, ignore_errors=True)


def summary(found: pl.DataFrame) -> str:
    """Per method: mean absolute error, bias, ratio to lineair and coverage of the 80 % band."""
    chosen = found.filter(pl.col("standaard")).with_columns(methode=pl.lit("(standaard)"))
    lines = [f"{'methode':<16}{'jaren':>6}{'fout %':>8}{'scheef %':>9}{'x lineair':>10}{'dekking %':>10}"]
    linear = found.filter(pl.col("methode") == "lineair")["fout"].abs().to_numpy().mean()
    for (name,), part in pl.concat([found, chosen]).sort("methode").group_by("methode", maintain_order=True):
        error = part["fout"].abs().to_numpy().mean()
        lines.append(
            f"{name:<16}{part.height:>6}{100 * error:>8.2f}{100 * part['fout'].to_numpy().mean():>9.2f}"
            f"{error / linear:>10.2f}{100 * part['binnen'].to_numpy().mean():>10.0f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print: a line a seed as it comes, then the summary over all of them."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--zaden", default="1..30", help="for instance 1..30 or 3,7")
    ask.add_argument("--clients", type=int)
    ask.add_argument("--werkers", type=int, default=1)
    ask.add_argument("--peilmaand", type=int, default=6)
    ask.add_argument("--map", type=Path, help="keep lakes and snapshots here")
    ask.add_argument("--alleen", nargs=2, type=Path, metavar=("LAKE", "UIT"), help=argparse.SUPPRESS)
    chosen = ask.parse_args()
    if chosen.alleen:
        derive(chosen.alleen[0], ("mart.prognose_toets", "mart.prognose"), chosen.alleen[1])
        return
    all_found = []
    with ThreadPoolExecutor(chosen.werkers) as pool:
        jobs = [
            pool.submit(look_back, seed, chosen.clients, chosen.peilmaand, chosen.map)
            for seed in seeds(chosen.zaden)
        ]
        for job in jobs:
            found = job.result()
            all_found.append(found)
            means = found.group_by("methode").agg(pl.col("fout").abs().mean() * 100).sort("methode")
            own = found.filter(pl.col("standaard"))
            cells = "".join(f"{name:>17} {error:5.2f}" for name, error in means.iter_rows())
            print(
                f"zaad {found['zaad'][0]:>3}{cells}   standaard {own['methode'][0]}, binnen de band"
                f" {own['binnen'].sum()} van {own.height}",
                flush=True,
            )
    print("\n" + summary(pl.concat(all_found)))


if __name__ == "__main__":
    main()
