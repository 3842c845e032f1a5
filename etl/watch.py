"""The command watch: loads what lies in a folder and what arrives, and starts a command when it is quiet.

Each load is a process of its own, so that its memory is given back and a file that brings it down does not
end the watch. What was loaded is remembered in memory alone: after a restart everything is offered again,
and what the lake holds is `dubbel`.
"""

import argparse
import contextlib
import json
import shlex
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from watchfiles import watch

from etl.containers import find_files
from etl.errors import UsageError
from etl.files import mask
from etl.key import read_key
from etl.lake import Lake
from etl.stopping import Afgebroken
from etl.words import VOLGORDE, enumerate_nl, format_count

Kenmerk = tuple[int, int]
"""Size and time of change: another one is another file."""
GELEZEN, NIETS_GEDAAN = (0, 1), (2, 130, 143, -2, -15)
"""Exit codes of a load: files have their status; or it was refused or stopped and changed nothing."""
PER_LADING = 500
"""Files per load: as many as fit on a command line, and few enough to see progress."""
_ONAF = (".part", ".partial", ".filepart", ".crdownload", ".tmp")
"""Names under which programs write a file that is not complete yet."""
_LANGSTE_POOS = 600.0
_HARTSLAG = 0.5
_ALLES_NA = 30.0
"""Seconds after which the folder is looked through without a sign: a network drive gives none."""


def run_watch(arg: argparse.Namespace) -> int:
    """Watches until it is stopped (0); UsageError where folder, key or command cannot be used at all."""
    if not arg.map.is_dir():
        raise UsageError(f"Deze map bestaat niet: {mask(str(arg.map))}")
    if not arg.quiet_seconds > 0:
        raise UsageError("--quiet-seconds moet meer dan 0 zijn.")
    Lake(arg.lake).check_key(read_key(arg.lake))
    try:
        dan = shlex.split(arg.then) if arg.then else []
    except ValueError as fout:
        raise UsageError("De opdracht achter --then heeft een aanhalingsteken te weinig.") from fout
    wachter = Wachter(arg.map, arg.lake, dan, arg.quiet_seconds)
    _say(f"Let op de map {mask(str(arg.map))}. Stoppen met Ctrl+C.")
    try:
        wachter.run()
    except Afgebroken:
        wachter.stop()
        _say("Gestopt." + (" De opdracht van --then is nog niet gedraaid." if wachter.te_doen else ""))
    return 0


class Geduld:
    """How long to wait after something failed: every time twice as long, up to a bound."""

    def __init__(self, poos: float) -> None:
        self.poos, self.keren, self.tot = poos, 0, 0.0

    def ready(self) -> bool:
        """Whether it may be tried (again)."""
        return time.monotonic() >= self.tot

    def reset(self) -> None:
        """It went well, or something changed: no waiting."""
        self.keren, self.tot = 0, 0.0

    def fail(self, wat: str) -> None:
        """It failed: says so, and when it is tried again."""
        poos = min(self.poos * 2**self.keren, max(_LANGSTE_POOS, self.poos))
        self.keren += 1
        self.tot = time.monotonic() + poos
        _say(f"{wat}; nieuwe poging over {format_count(round(poos)) if poos >= 1 else '1'} s.")


class Wachter:
    """What is known of the folder, and what is still to be done with it."""

    def __init__(self, map_: Path, lake: Path, dan: list[str], stil: float) -> None:
        self.map, self.lake, self.dan, self.stil = map_, lake, dan, stil
        self.gehad: dict[Path, Kenmerk] = {}
        self.nu: dict[Path, Kenmerk] = {}
        self.sinds: dict[Path, float] = {}
        self.veranderd_op = time.monotonic()
        self.te_doen = False
        """Whether something was loaded for which the command has not run yet."""
        self.laden, self.daarna = Geduld(stil), Geduld(stil)
        self.proces: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """Goes on until something is raised."""
        teken = threading.Event()
        threading.Thread(target=_listen, args=(self.map, teken), daemon=True).start()
        while True:
            teken.clear()
            self.look()
            klaar = self.settled()
            if klaar and self.laden.ready():
                self.load(klaar)
                continue
            if self.te_doen and self.is_quiet() and self.daarna.ready():
                self.then()
            teken.wait(_HARTSLAG if self.te_doen or self.waiting() else _ALLES_NA)

    def look(self) -> None:
        """Takes in what lies in the folder now, and since when it has been as it is."""
        moment, eerder = time.monotonic(), self.nu
        self.nu = {}
        try:
            bronnen = find_files([self.map], self.lake)
        except (UsageError, OSError):
            return  # a network drive that is away for a while
        for bron in bronnen:
            pad = bron.pad
            if pad is None or pad.name.startswith(".") or pad.suffix.lower() in _ONAF:
                continue
            with contextlib.suppress(OSError):
                stand = pad.stat()
                self.nu[pad] = (stand.st_size, stand.st_mtime_ns)
        for pad, kenmerk in self.nu.items():
            if eerder.get(pad) != kenmerk:
                self.sinds[pad] = self.veranderd_op = moment
        self.sinds = {p: s for p, s in self.sinds.items() if p in self.nu}

    def settled(self) -> list[Path]:
        """Files not had yet that have stopped growing."""
        rust = time.monotonic() - min(self.stil, 2.0)
        return [p for p, k in self.nu.items() if self.gehad.get(p) != k and self.sinds[p] <= rust]

    def waiting(self) -> bool:
        """Whether a file lies there that was not had yet."""
        return any(self.gehad.get(p) != k for p, k in self.nu.items())

    def is_quiet(self) -> bool:
        """Whether nothing waits, and nothing changed for the agreed time."""
        return not self.waiting() and time.monotonic() - self.veranderd_op >= self.stil

    def load(self, paden: list[Path]) -> None:
        """Loads files in processes of their own; one that breaks it off is left out until it changes."""
        for begin in range(0, len(paden), PER_LADING):
            groep = paden[begin : begin + PER_LADING]
            code = self._load_once(groep)
            alleen = [groep] if code in GELEZEN or len(groep) == 1 else [[p] for p in groep]
            for deel in alleen:
                if deel is not groep and code not in NIETS_GEDAAN:
                    code = self._load_once(deel)
                if code in NIETS_GEDAAN:
                    return self.laden.fail("Er is niets geladen")
                if code not in GELEZEN:
                    _say(f"Dit bestand breekt het laden af en wordt overgeslagen: {mask(deel[0].name)}")
                self.gehad |= {p: self.nu[p] for p in deel}
        self.laden.reset()

    def _load_once(self, paden: list[Path]) -> int:
        woorden = [sys.executable, "-m", "etl", "load", "--lake", str(self.lake.resolve()), "--json", "--"]
        code, uit = self._run([*woorden, *(str(p.resolve()) for p in paden)], vang=True)
        if code in GELEZEN:
            with contextlib.suppress(ValueError, KeyError):
                per = Counter(b["status"] for b in json.loads(uit)["files"])
                if per["geladen"] + per["deels"]:
                    self.te_doen = True
                    self.daarna.reset()
                wat = enumerate_nl([f"{format_count(per[s])} {s}" for s in VOLGORDE if per[s]])
                _say(f"Gelezen: {wat or 'niets'}.")
        return code

    def then(self) -> None:
        """Starts the command; when it fails it is tried again, ever later, or as soon as more was loaded."""
        if not self.dan:
            self.te_doen = False
            return
        _say(f"Het is stil; gestart: {Path(self.dan[0]).name}")
        code, _ = self._run(self.dan, vang=False)
        if code:
            return self.daarna.fail(f"De opdracht mislukte (uitgang {code})")
        self.te_doen = False
        self.daarna.reset()
        _say("De opdracht is klaar.")

    def _run(self, woorden: list[str], vang: bool) -> tuple[int, str]:
        """Exit code and, when caught, output of a process; 127 where it cannot be started."""
        try:
            self.proces = subprocess.Popen(
                woorden, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE if vang else None, text=True
            )
        except OSError:
            _say(f"Deze opdracht is niet te starten: {woorden[0]}")
            return 127, ""
        uit, _ = self.proces.communicate()
        code = self.proces.returncode
        self.proces = None
        return code, uit or ""

    def stop(self) -> None:
        """Stops what is running; a load takes itself back."""
        if self.proces is not None and self.proces.poll() is None:
            self.proces.terminate()
            try:
                self.proces.wait(60)
            except subprocess.TimeoutExpired:
                self.proces.kill()


def _listen(map_: Path, teken: threading.Event) -> None:
    """Gives a sign when something happens in the folder; without signs the watch looks by the clock."""
    while True:
        # A folder can be gone and come back, as a network drive does.
        with contextlib.suppress(Exception):
            for _ in watch(map_, raise_interrupt=False):
                teken.set()
        time.sleep(_ALLES_NA)


def _say(tekst: str) -> None:
    print(f"{datetime.now():%H:%M:%S}  {tekst}", flush=True)
