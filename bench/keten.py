"""The whole chain on the whole synthetic city: seconds, memory, and the floor beneath loading.

The floor is what the same bytes cost when nothing is checked, keyed or kept: unzip every message and run it
through expat without a handler, and read every CSV as text with Polars.
Run: python -m bench.keten [--clients N] [--map DIR]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.meting import Meting, measure

PY = sys.executable
VLOER = """
import sys, zipfile
from pathlib import Path
import polars as pl
from xml.parsers import expat
bron = Path(sys.argv[1])
for csv in sorted(bron.rglob("*.csv")):
    pl.read_csv(csv, separator=";", infer_schema=False)
for pad in sorted(bron.rglob("*.zip")):
    with zipfile.ZipFile(pad) as z:
        for naam in z.namelist():
            expat.ParserCreate().Parse(z.read(naam), True)
"""


def measure_chain(map_: Path, clients: int | None) -> list[Meting]:
    """Generate, load and build under `map_`; returns one Meting a step, the floor of loading among them."""
    voorbeeld, lake, uit = map_ / "voorbeeld", map_ / "lake", map_ / "stuurinfo.duckdb"
    env = os.environ | {"STUURINFO_KEY_FILE": str(voorbeeld / "voorbeeldsleutel.txt")}
    env.pop("STUURINFO_KEY", None)
    aantal = ["--clients", str(clients)] if clients else []
    return [
        measure("maken", [PY, "-m", "sample_data", "generate", "--out", str(voorbeeld), *aantal]),
        measure("vloer van laden", [PY, "-c", VLOER, str(voorbeeld)]),
        measure("laden", [PY, "-m", "etl", "load", str(voorbeeld), "--lake", str(lake), "--json"], env),
        measure("bouwen", [PY, "-m", "warehouse", "build", "--lake", str(lake), "--out", str(uit)]),
    ]


def main() -> None:
    """Measure and print one table."""
    vraag = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    vraag.add_argument("--clients", type=int)
    vraag.add_argument("--map", type=Path, help="where to work; default a temporary folder that is removed")
    gekozen = vraag.parse_args()
    map_ = gekozen.map or Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        metingen = measure_chain(map_, gekozen.clients)
        omvang = sum(p.stat().st_size for p in (map_ / "voorbeeld").rglob("*") if p.is_file()) / 1e6
        bestanden = subprocess.run(
            [PY, "-m", "etl", "log", "--lake", str(map_ / "lake"), "--json"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.count('"sha256"')
    finally:
        if not gekozen.map:
            shutil.rmtree(map_, ignore_errors=True)
    vloer = next(m.seconden for m in metingen if m.naam.startswith("vloer"))
    print(f"voorbeeld: {omvang:,.0f} MB, {bestanden} bestanden in het laadlog\n")
    print(f"{'stap':<18}{'seconden':>10}{'piek MB':>10}{'x vloer':>10}")
    for meting in metingen:
        keer = f"{meting.seconden / vloer:.1f}" if meting.naam == "laden" else ""
        print(f"{meting.naam:<18}{meting.seconden:>10.1f}{meting.piek_mb:>10.0f}{keer:>10}")


if __name__ == "__main__":
    main()
