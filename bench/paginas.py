"""Pages against their floors, in one run: server time, bytes, click to last chart, many people, memory.

Floor of the server: an empty Streamlit page under the same bar. Floor of the data: the same queries, bare, on
the same snapshot. A view is first for its session; `koud` is the first of the whole server. A filter change
chooses from the lists on the page, other values than before as far as there are.
Run: python -m bench.paginas --snapshot FILE [--zonder-browser] [--mensen 30] [--duur 120] [--klikken 0]
"""

import argparse
import asyncio
import itertools
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.bezoeker import ROL, Bezoeker, PaginaFoutError
from bench.paginas_browser import measure_clicks
from bench.paginas_vragen import measure_queries
from dashboard.ui.navigatie import PAGINAS

WORTEL = Path(__file__).resolve().parents[1]
LEEG = 'import streamlit as st\nst.title("Leeg")\nst.selectbox("Wet", ["Wmo", "Jeugdwet"])\n'
KEREN = 12


@dataclass(frozen=True)
class Server:
    """A running dashboard (or the empty page): its address and process."""

    adres: str
    pid: int

    @property
    def mb(self) -> float:
        """Memory of the process, in MB."""
        return float(psutil.Process(self.pid).memory_info().rss) / 1e6


@contextmanager
def serve(script: str, map_: Path, snapshot: Path) -> Iterator[Server]:
    """Start a server and stop it after."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        poort = int(s.getsockname()[1])
    env = os.environ | {
        "STUURINFO_DEMO": "1",
        "STUURINFO_SNAPSHOT": str(snapshot),
        "STUURINFO_LOG": str(map_ / "log"),
        "STUURINFO_NOTITIES": str(map_ / "notities.sqlite"),
    }
    opdracht = [sys.executable, "-m", "streamlit", "run", script, "--server.address", "127.0.0.1"]
    opdracht += ["--server.port", str(poort), "--server.headless", "true"]
    with (map_ / "server.log").open("wb") as uit:
        proces = subprocess.Popen(opdracht, cwd=WORTEL, env=env, stdout=uit, stderr=subprocess.STDOUT)
    adres = f"http://127.0.0.1:{poort}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{adres}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.2)
        yield Server(adres, proces.pid)
    finally:
        proces.terminate()
        proces.wait(20)


def p95(reeks: Sequence[float]) -> float:
    """The 95th percentile by rank: of few, the largest."""
    return sorted(reeks)[min(len(reeks) - 1, -(-len(reeks) * 95 // 100) - 1)]


def ms(reeks: Sequence[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    return f"{statistics.median(reeks) * 1000:.0f} / {p95(reeks) * 1000:.0f}"


@dataclass(frozen=True)
class Pagina:
    """What a page cost the server: seconds of a cold view, of first views and of filter changes; bytes."""

    koud: float
    eerste: list[float]
    wissels: list[float]
    bytes: int


async def measure_page(server: Server, pad: str, rol: str, keren: int = KEREN) -> Pagina:
    """Open a page in sessions of its own, and change its filters."""
    eerste, wissels, grootst = [], [], 0
    for _ in range(keren):
        async with Bezoeker(server.adres, rol) as b:
            antwoord = await b.open(pad)
            eerste.append(antwoord.seconden)
            grootst = max(grootst, antwoord.bytes)
    async with Bezoeker(server.adres, rol) as b:
        await b.open(pad)
        for lijst, optie in itertools.islice(list_choices(b), keren):
            if lijst in b.lijsten and optie in b.lijsten[lijst].options:
                wissels.append((await b.choose(lijst, optie)).seconden)
    return Pagina(eerste[0], eerste[1:], wissels, grootst)


def list_choices(b: Bezoeker) -> Iterator[tuple[str, str]]:
    """Choices of the filters on the page, one list after the other, so that no two views are the same."""
    rijen = [
        [(naam, optie) for optie in lijst.options]
        for naam, lijst in sorted(b.lijsten.items())
        if naam not in ("Rol", "Weghalen") and len(lijst.options) > 1
    ]
    return (keuze for ronde in itertools.zip_longest(*rijen) for keuze in ronde if keuze is not None)


async def _visit(server: Server, rol: str, tot: float, zaad: int, uit: list[float]) -> int:
    """One person for the whole time; returns the number of errors."""
    lot, fouten = random.Random(zaad), 0
    paden = [p.pad for p in PAGINAS if ROL[p.niveau] == rol]
    async with Bezoeker(server.adres, rol) as b:
        await asyncio.sleep(lot.uniform(0, 10))
        while time.monotonic() < tot:
            try:
                keuzes = list(list_choices(b))
                if keuzes and lot.random() < 0.6:
                    uit.append((await b.choose(*lot.choice(keuzes))).seconden)
                else:
                    uit.append((await b.open(lot.choice(paden))).seconden)
            except PaginaFoutError as fout:
                print("fout:", fout)
                fouten += 1
            await asyncio.sleep(min(lot.expovariate(1 / 10), 60))
    return fouten


async def measure_crowd(server: Server, mensen: int, duur: float) -> tuple[list[float], int]:
    """Many people at once, each acting every ten seconds on average: seconds of each act, and errors."""
    uit: list[float] = []
    rollen = ("directie", "budgethouder", "budgethouder", "contractmanager")
    tot = time.monotonic() + duur
    fouten = await asyncio.gather(
        *(_visit(server, rollen[n % len(rollen)], tot, n, uit) for n in range(mensen))
    )
    return uit, sum(fouten)


async def measure_memory(server: Server, klikken: int) -> list[float]:
    """MB of the server after each tenth part of so many views in one session after another."""
    lot, uit = random.Random(1), []
    paden = [p for p in PAGINAS if p.niveau != "beheer"]
    for n in range(klikken):
        if n % 20 == 0:
            p = lot.choice(paden)
            async with Bezoeker(server.adres, ROL[p.niveau]) as b:
                await b.open(p.pad)
                for lijst, optie in lot.sample(list(list_choices(b)), k=min(19, len(list(list_choices(b))))):
                    if lijst in b.lijsten and optie in b.lijsten[lijst].options:
                        await b.choose(lijst, optie)
        if n % max(1, klikken // 10) == 0:
            uit.append(server.mb)
    return [*uit, server.mb]


def run(args: argparse.Namespace) -> None:
    """Measure and print."""
    snapshot = args.snapshot.resolve()
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk)
        leeg = map_ / "leeg.py"
        leeg.write_text(LEEG)
        with serve(str(leeg), map_, snapshot) as server:
            vloer = asyncio.run(measure_page(server, "", "directie"))
        print(f"vloer: lege pagina, eerste {ms(vloer.eerste)} ms, wissel {ms(vloer.wissels)} ms")
        vragen = measure_queries(snapshot)
        with serve("server.py", map_, snapshot) as server:
            print("\npagina | koud ms | eerste med/p95 ms | wissel med/p95 ms | kale vragen ms | kB")
            for p in PAGINAS:
                if args.pagina and p.pad not in args.pagina:
                    continue
                m = asyncio.run(measure_page(server, p.pad, ROL[p.niveau]))
                wissel = ms(m.wissels) if m.wissels else "geen filters"
                print(
                    f"{p.pad} | {m.koud * 1000:.0f} | {ms(m.eerste)} | {wissel} |"
                    f" {vragen[p.pad] * 1000:.0f} | {m.bytes / 1000:.0f}"
                )
            if not args.zonder_browser:
                for regel in measure_clicks(server.adres, args.pagina):
                    print(regel)
            if args.mensen:
                voor = server.mb
                tijden, fouten = asyncio.run(measure_crowd(server, args.mensen, args.duur))
                print(
                    f"\n{args.mensen} mensen, {args.duur:.0f} s: {len(tijden)} handelingen, {ms(tijden)} ms,"
                    f" {fouten} fouten, geheugen {voor:.0f} → {server.mb:.0f} MB"
                )
            if args.klikken:
                verloop = asyncio.run(measure_memory(server, args.klikken))
                print(f"geheugen over {args.klikken} weergaven: {' '.join(f'{w:.0f}' for w in verloop)} MB")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.paginas", description=__doc__)
    parser.add_argument("--snapshot", type=Path, required=True)
    parser.add_argument("--zonder-browser", action="store_true")
    parser.add_argument("--pagina", action="append", default=[], help="alleen deze (vaker te noemen)")
    parser.add_argument("--mensen", type=int, default=30)
    parser.add_argument("--duur", type=float, default=120)
    parser.add_argument("--klikken", type=int, default=0, help="weergaven om het geheugen te volgen")
    run(parser.parse_args())


if __name__ == "__main__":
    main()
