"""Building against its floor and its peer, in one run: wall clock and CPU seconds, memory, ratios, per model.

Floor: the declared lines copied from Parquet into a table of a DuckDB file of the same form, nothing derived.
Peer: bench.maat, pandas over the same lake for kern and the first five marts; its totals must be ours, else
the run stops. Ours: every model, analysis and check; beside it bench.samen, only what the peer makes too, and
the part of the whole that replays or simulates. On a machine that others use too, compare CPU seconds and
take the best of several runs.
Run: python -m bench.warehouse [--maal 1,7] [--map DIR] [--lake DIR] [--geheugen 4500MB] [--keer 1] [--snel]
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from deltalake import DeltaTable

from bench.meting import Meting, measure
from bench.samen import closure, only_for
from bench.vermenigvuldig import multiply_lake

PY = sys.executable
SAMEN = ("kern.declaratieregel", "kern.toewijzing", "kern.levering", "mart.client_maand", "mart.pq_maand")
SAMEN += ("mart.uitnutting_maand", "mart.stroom_maand", "mart.doorstroom")
"""What the peer makes too."""
NASPELEN = ("analyse.nagekomen", "analyse.prognose")
"""Steps that replay the past or simulate the future: told apart, with what is made for them alone."""
VLOER = """
import sys, duckdb
from deltalake import DeltaTable
from warehouse.build import STORAGE
con = duckdb.connect(sys.argv[2], config={"storage_compatibility_version": STORAGE})
con.execute("SET memory_limit = '3GB'")
con.execute("SET preserve_insertion_order = false")
con.execute("CREATE TABLE regel AS SELECT * FROM read_parquet(?)", [DeltaTable(sys.argv[1]).file_uris()])
con.execute("CHECKPOINT")
"""
TOTALEN = """
SELECT
    (SELECT count(*) FROM kern.declaratieregel) AS regels,
    (SELECT sum(realisatie_cent) FROM kern.declaratieregel) AS realisatie_cent,
    (SELECT count(*) FROM kern.toewijzing) AS toewijzingen,
    (SELECT count(*) FROM kern.levering) AS leveringen,
    (SELECT count(DISTINCT client_id) FROM mart.client_maand) AS clienten,
    (SELECT count(*) FROM (SELECT DISTINCT client_id, levermaand FROM mart.client_maand)) AS clientmaanden,
    (SELECT sum(realisatie_cent) FROM mart.pq_maand) AS pq_cent,
    (SELECT sum(clientdagen) FROM mart.pq_maand) AS clientdagen,
    (SELECT sum(toegewezen_cent) FROM mart.uitnutting_maand) AS toegewezen_cent,
    (SELECT sum(geleverd_cent) FROM mart.uitnutting_maand) AS geleverd_cent,
    (SELECT sum(paren) FROM mart.doorstroom) AS paren,
    s.*
FROM (
    SELECT sum(instroom) AS instroom, sum(bijkomend) AS bijkomend, sum(doorstroom_in) AS doorstroom_in,
        sum(afgevallen) AS afgevallen, sum(uitstroom) AS uitstroom, sum(eind) AS eind
    FROM mart.stroom_maand
) s
"""
AFRONDING = {"toegewezen_cent": 1e-6, "geleverd_cent": 1e-6}
"""Where the peer counts in floats and we in decimals: the largest relative difference that is rounding."""


@dataclass(frozen=True)
class Bouw:
    """One size of lake: its lines, the floor, the build with its seconds and rows per step, its file."""

    maal: int
    regels: int
    vloer: Meting
    bouw: Meting
    samen: Meting | None
    seconden: dict[str, float]
    rijen: dict[str, int]
    bestand: Path


def make_lake(map_: Path) -> Path:
    """The lake of the default city, generated and loaded once."""
    stad, lake = map_ / "stad", map_ / "lake"
    if not (lake / "lake.json").is_file():
        env = os.environ | {"STUURINFO_KEY_FILE": str(stad / "voorbeeldsleutel.txt")}
        env.pop("STUURINFO_KEY", None)
        measure("maken", [PY, "-m", "sample_data", "generate", "--out", str(stad)])
        measure("laden", [PY, "-m", "etl", "load", str(stad), "--lake", str(lake)], env)
    return lake


def best_of(keer: int, naam: str, opdracht: list[str], weg: Path) -> Meting:
    """The run that took the least CPU of `keer`; what it writes at `weg` is removed before each."""
    metingen = []
    for _ in range(keer):
        for pad in weg.parent.glob(f"{weg.stem}.*"):
            pad.unlink()
        metingen.append(measure(naam, opdracht))
    return min(metingen, key=lambda meting: meting.cpu_seconden)


def measure_build(lake: Path, map_: Path, maal: int, geheugen: str, keer: int, samen: bool) -> Bouw:
    """Floor and build of one lake, and the build of what the peer makes where `samen` asks it."""
    regels = DeltaTable(str(lake / "declaratieregel"))
    aantal = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [regels.file_uris()]).fetchall()[0][0]
    kopie = map_ / f"vloer_{maal}.duckdb"
    vloer = best_of(
        keer, f"vloer, {maal} x", [PY, "-c", VLOER, str(lake / "declaratieregel"), str(kopie)], kopie
    )
    kopie.unlink(missing_ok=True)
    deel = None
    if samen:
        uit = map_ / f"samen_{maal}.duckdb"
        opdracht = [PY, "-m", "bench.samen", str(lake), str(uit), geheugen, *SAMEN]
        deel = best_of(keer, f"wat de maat maakt, {maal} x", opdracht, uit)
    uit = map_ / f"bouw_{maal}.duckdb"
    opdracht = [PY, "-m", "warehouse", "build", "--lake", str(lake), "--out", str(uit), "--json"]
    opdracht += ["--generaties", "1", "--memory", geheugen]
    bouw = best_of(keer, f"bouwen, {maal} x", opdracht, uit)
    uitkomst = json.loads(bouw.uitvoer.strip().splitlines()[-1])
    return Bouw(maal, aantal, vloer, bouw, deel, uitkomst["seconden"], uitkomst["rijen"], uit)


def our_totals(bestand: Path) -> dict[str, int]:
    """The totals of a snapshot that the peer tells too."""
    with duckdb.connect(str(bestand.resolve()), read_only=True) as con:
        rij = con.execute(TOTALEN)
        namen = [kolom[0] for kolom in rij.description or []]
        return {naam: int(waarde) for naam, waarde in zip(namen, rij.fetchall()[0], strict=True)}


def compare_totals(ons: Mapping[str, int], maat: Mapping[str, int]) -> list[str]:
    """Where the totals differ by more than rounding."""
    return [
        f"{naam}: wij {waarde}, de maat {maat[naam]}"
        for naam, waarde in ons.items()
        if abs(waarde - maat[naam]) > AFRONDING.get(naam, 0) * abs(waarde)
    ]


def _goal(wat: str, doel: str, gemeten: float, goed: bool) -> None:
    print(f"{wat:<58}{doel:>10}{gemeten:>10.2f}  {'gehaald' if goed else 'niet gehaald'}")


def _print_steps(klein: Bouw, groot: Bouw | None, tonen: int = 30) -> None:
    """The dearest steps of the largest build, beside the smallest."""
    basis = groot or klein
    print(f"\n{'stap':<30}{'seconden':>10}{'aandeel':>9}{'rijen':>13}{'per regel x':>13}")
    som = sum(basis.seconden.values())
    for naam, seconden in sorted(basis.seconden.items(), key=lambda paar: -paar[1])[:tonen]:
        keer = ""
        if groot and klein.seconden[naam] > 0.05:
            keer = f"{seconden / klein.seconden[naam] / (groot.regels / klein.regels):.2f}"
        rijen = f"{basis.rijen[naam]:,}" if naam in basis.rijen else ""
        print(f"{naam:<30}{seconden:>10.2f}{seconden / som:>9.1%}{rijen:>13}{keer:>13}")


def _print_goals(bouwen: list[Bouw], maat: Meting | None) -> None:
    """Each goal beside what was measured."""
    klein, groot = bouwen[0], bouwen[-1]
    samen = closure(SAMEN)
    print(f"\n{'doel':<58}{'hoogstens':>10}{'gemeten':>10}")
    if groot is not klein:
        regels = groot.regels / klein.regels
        _goal("piek bij de grootste [GB]", "6", groot.bouw.piek_mb / 1000, groot.bouw.piek_mb <= 6000)
        for wat, keer in (
            ("tijd", groot.bouw.seconden / klein.bouw.seconden),
            ("CPU", groot.bouw.cpu_seconden / klein.bouw.cpu_seconden),
        ):
            # per ten times the lines: a ratio of 1,05 a line is the 10,5 of the goal
            _goal(f"tien keer de regels: keer de {wat}", "10,5", 10 * keer / regels, keer / regels <= 1.05)
    naspelen = only_for(NASPELEN)
    for b in bouwen:
        zonder = 1 - sum(s for naam, s in b.seconden.items() if naam in naspelen) / sum(b.seconden.values())
        for wat, keer in (
            ("tijd", b.bouw.seconden / b.vloer.seconden),
            ("CPU", b.bouw.cpu_seconden / b.vloer.cpu_seconden),
        ):
            _goal(f"{b.regels:,} regels: keer de vloer in {wat}, alles", "8", keer, keer <= 8)
            # the seconds of the steps are wall clock; their share of it is taken to be that of the CPU too
            deel = keer * zonder
            _goal(f"{b.regels:,} regels: zonder naspelen en simuleren", "8", deel, deel <= 8)
    deel = sum(klein.seconden[naam] for naam in samen if naam in klein.seconden)
    apart = {naam: s for naam, s in klein.seconden.items() if naam in naspelen}
    print(f"\nwat de maat ook maakt kost ons {deel:.1f} van {sum(klein.seconden.values()):.1f} s aan stappen")
    print("apart (naspelen en simuleren): " + ", ".join(f"{n} {s:.1f} s" for n, s in apart.items()))
    if maat:
        print(f"\n{'doel':<58}{'minstens':>10}{'gemeten':>10}")
        for wie, onze in (("hele bouw", klein.bouw), ("alleen wat die ook maakt", klein.samen)):
            if onze is None:
                continue
            for wat, keer in (
                ("tijd", maat.seconden / onze.seconden),
                ("CPU", maat.cpu_seconden / onze.cpu_seconden),
            ):
                _goal(f"sneller dan de maat, {wie}, in {wat}", "4", keer, keer >= 4)
            minder = maat.piek_mb / onze.piek_mb
            _goal(f"geheugen van de maat tegen het onze, {wie}", "2", minder, minder >= 2)


def main() -> None:
    """Measure and print."""
    vraag = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    vraag.add_argument("--maal", default="1,7", help="how many times the default city, e.g. 1,7")
    vraag.add_argument("--map", type=Path, help="where to work; default a temporary folder that is removed")
    vraag.add_argument("--lake", type=Path, help="lake of the default city; default generated and loaded")
    vraag.add_argument("--keer", type=int, default=1, help="runs of each, of which the best is told")
    vraag.add_argument("--snel", action="store_true", help="without the peer")
    vraag.add_argument("--geheugen", default="4500MB", help="memory for the engine, as build --memory")
    gekozen = vraag.parse_args()
    map_ = gekozen.map or Path(tempfile.mkdtemp(prefix="bench-"))
    map_.mkdir(parents=True, exist_ok=True)
    try:
        lake = gekozen.lake or make_lake(map_)
        bouwen = []
        for maal in sorted({int(deel) for deel in gekozen.maal.split(",")}):
            plek = map_ / f"lake_{maal}"
            if maal > 1 and not (plek / "lake.json").is_file():
                multiply_lake(lake, plek, maal)
            samen = not gekozen.snel and not bouwen
            bron = lake if maal == 1 else plek
            bouwen.append(measure_build(bron, map_, maal, gekozen.geheugen, gekozen.keer, samen))
        maat = None
        if not gekozen.snel:
            eerste = bouwen[0]
            bron = lake if eerste.maal == 1 else map_ / f"lake_{eerste.maal}"
            maat = measure("maat: pandas", [PY, "-m", "bench.maat", str(bron), str(map_ / "maat")])
            verschil = compare_totals(our_totals(eerste.bestand), json.loads(maat.uitvoer.splitlines()[-1]))
            if verschil:
                sys.exit("de maat rekent iets anders uit:\n" + "\n".join(verschil))
        print(
            f"{os.cpu_count()} kernen, belasting {os.getloadavg()[0]:.1f} (boven het aantal kernen: ruis)\n"
        )
        print(f"{'stap':<26}{'regels':>12}{'seconden':>10}{'CPU-s':>10}{'piek MB':>10}{'x vloer':>10}")
        for b in bouwen:
            for meting in (b.vloer, b.samen, b.bouw):
                if meting is None:
                    continue
                keer = f"{meting.cpu_seconden / b.vloer.cpu_seconden:.1f}" if meting is not b.vloer else ""
                print(
                    f"{meting.naam:<26}{b.regels:>12,}{meting.seconden:>10.1f}{meting.cpu_seconden:>10.1f}"
                    f"{meting.piek_mb:>10.0f}{keer:>10}"
                )
        if maat:
            print(
                f"{maat.naam:<26}{bouwen[0].regels:>12,}{maat.seconden:>10.1f}{maat.cpu_seconden:>10.1f}"
                f"{maat.piek_mb:>10.0f}"
            )
        _print_steps(bouwen[0], bouwen[-1] if len(bouwen) > 1 else None)
        _print_goals(bouwen, maat)
    finally:
        if not gekozen.map:
            shutil.rmtree(map_, ignore_errors=True)


if __name__ == "__main__":
    main()
