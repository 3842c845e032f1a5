"""Run a command and watch it: seconds of wall clock and CPU, and the memory peak of it and all it starts."""

import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Meting:
    """What one run of a command cost."""

    naam: str
    seconden: float
    piek_mb: float
    cpu_seconden: float = 0.0
    """User and system time together: what a busy machine changes little."""
    uitvoer: str = ""


def measure(naam: str, opdracht: list[str], env: dict[str, str] | None = None) -> Meting:
    """Run `opdracht`, output hidden unless it fails; returns its seconds and summed RSS peak in MB.

    Raises SystemExit with the command's own output when it fails; exit 1 of `etl load` (lines in quarantine)
    is no failure.
    """
    begin = time.perf_counter()
    cpu_begin = _cpu_of_children()
    proces = subprocess.Popen(opdracht, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    piek = 0.0
    klaar = threading.Event()

    def watch() -> None:
        nonlocal piek
        while not klaar.wait(0.1):
            try:
                wortel = psutil.Process(proces.pid)
                rss = sum(p.memory_info().rss for p in [wortel, *wortel.children(recursive=True)])
            except psutil.Error:
                continue
            piek = max(piek, rss / 1e6)

    kijker = threading.Thread(target=watch, daemon=True)
    kijker.start()
    uitvoer, _ = proces.communicate()
    klaar.set()
    kijker.join()
    if proces.returncode not in (0, 1):
        sys.exit(f"{naam} mislukte ({proces.returncode}):\n{uitvoer}")
    seconden, cpu = time.perf_counter() - begin, _cpu_of_children() - cpu_begin
    return Meting(naam, seconden, piek, cpu, uitvoer)


def _cpu_of_children() -> float:
    """User and system seconds of all ended children of this process."""
    gebruik = resource.getrusage(resource.RUSAGE_CHILDREN)
    return gebruik.ru_utime + gebruik.ru_stime
