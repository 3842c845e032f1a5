"""How far a load is: for a person on the screen, or as JSON lines for a program that started it."""

import contextlib
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from etl.containers import Bron, members
from etl.errors import RefusedError
from etl.files import Bestand
from etl.words import VOLGORDE, format_count

_MAX_LEDEN = 20
_TUSSENPOOS = 0.2
"""Seconds between two JSON lines about the members of a zip."""


@contextlib.contextmanager
def listener_may_leave() -> Iterator[None]:
    """Keeps a reader that stops ('| head') from breaking off what is being done: the rest goes unheard."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Voortgang:
    """Progress while loading: a bar on a terminal, else a line a file and a line a zip."""

    def __init__(self, totaal: int, uit: TextIO) -> None:
        self.uit = uit
        self.zips: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.balk: Progress | None = None
        if uit.isatty():
            self.balk = Progress(
                TextColumn("Laden"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[naam]}"),
                console=Console(file=uit),
                transient=True,
            )
            self.taak = self.balk.add_task("laden", total=totaal, naam="")
            self.balk.start()

    def file_opened(self, bron: Bron) -> None:
        """A loose file or zip is about to be read."""
        if self.balk:
            self.balk.update(self.taak, naam=bron.naam)

    def member_read(self, lid: Bron) -> None:
        """A member of a zip has been read; a zip is one step here."""

    def file_read(self) -> None:
        """A loose file or zip has been read."""
        if self.balk:
            self.balk.advance(self.taak)

    def file_done(self, bestand: Bestand, bron: Bron) -> None:
        """A file has its status; of a zip only the members that need attention get a line."""
        leden = self.zips[bron.zip]
        leden[bestand.status] += 1
        if self.balk or (bron.zip and bestand.status in ("geladen", "dubbel", "niet van ons")):
            return
        if bron.zip:
            leden["_getoond"] += 1
            if leden["_getoond"] > _MAX_LEDEN:
                return
        redenen = ", ".join(f"{r} {n}x" if n > 1 else r for r, n in bestand.redenen.most_common(3))
        tel = f"{format_count(bestand.regels_geladen)} van {format_count(bestand.regels)} regels"
        regel = f"{bestand.status:<12} {bestand.naam}  {bestand.berichttype or ''}  {tel}"
        vorm = f"  ({', '.join(bestand.vorm.values())})" if bestand.vorm else ""
        self._say(f"{regel}{vorm}{'  ' + redenen if redenen else ''}")

    def close(self) -> None:
        """Ends the progress; every zip gets its line."""
        if self.balk:
            self.balk.stop()
            return
        for zip_, leden in self.zips.items():
            if zip_:
                aantallen = ", ".join(f"{format_count(leden[s])} {s}" for s in VOLGORDE if leden[s])
                verborgen = leden["_getoond"] - _MAX_LEDEN
                rest = f" ({format_count(verborgen)} daarvan niet getoond)" if verborgen > 0 else ""
                self._say(f"{'zip':<12} {zip_}  {aantallen}{rest}")

    def _say(self, regel: str) -> None:
        with listener_may_leave():
            print(regel, file=self.uit)


class VoortgangJson:
    """Progress as JSON lines: {"klaar", "totaal", "naam"}, after every loose file and now and then within a
    zip, whose members are counted as files.
    """

    def __init__(self, bronnen: Iterable[Bron], uit: TextIO) -> None:
        self.uit = uit
        self.per_bron = {id(b): _count_files(b) for b in bronnen}
        self.totaal = sum(self.per_bron.values())
        self.klaar = self.grens = 0
        self.naam = ""
        self.gezegd = 0.0
        self._say()

    def file_opened(self, bron: Bron) -> None:
        """A loose file or zip is about to be read."""
        self.naam = bron.naam
        self.grens = self.klaar + self.per_bron.get(id(bron), 1)

    def member_read(self, lid: Bron) -> None:
        """A member of a zip has been read."""
        self.klaar = min(self.klaar + (lid.diepte == 1), self.grens)
        if time.monotonic() - self.gezegd >= _TUSSENPOOS:
            self.naam = lid.naam
            self._say()

    def file_read(self) -> None:
        """A loose file or zip has been read."""
        self.klaar = self.grens
        self._say()

    def file_done(self, bestand: Bestand, bron: Bron) -> None:
        """A file has its status; the report tells which."""

    def close(self) -> None:
        """Nothing to end."""

    def _say(self) -> None:
        self.gezegd = time.monotonic()
        regel = {"klaar": self.klaar, "totaal": self.totaal, "naam": self.naam}
        with listener_may_leave():
            print(json.dumps(regel, ensure_ascii=False), file=self.uit, flush=True)


def _count_files(bron: Bron) -> int:
    """How many files a source is said to hold; the name is enough to go by, as this only moves a bar."""
    if not bron.naam.lower().endswith(".zip"):
        return 1
    try:
        return max(1, sum(1 for _ in members(bron)))
    except RefusedError:
        return 1
    finally:
        bron.bewaard = None
