"""What the person sees: progress, one line a file, and a table in plain Dutch at the end."""

import contextlib
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from etl.containers import Bron
from etl.files import TELLINGEN, Bestand
from etl.load import Verslag
from etl.reasons import BEVINDING, advise, describe

VOLGORDE = ("geladen", "deels", "geweigerd", "dubbel", "onbekend", "niet van ons")
_MAX_LEDEN = 20


def format_count(n: int) -> str:
    """A count with a point between the thousands."""
    return f"{n:,}".replace(",", ".")


def format_euros(cent: int) -> str:
    """Cents as euros in Dutch notation: -123456 is '-1.234,56'."""
    heel, rest = divmod(abs(cent), 100)
    return f"{'-' if cent < 0 else ''}{format_count(heel)},{rest:02d}"


def file_as_json(bestand: Bestand) -> dict[str, Any]:
    """One file as CONTRACT's --json names it. Cents are those of 303 and 323; of an extract they are 0
    here.
    """
    tellingen = bestand.counts()
    if bestand.soort != "bericht":
        tellingen |= {k: 0 for k in tellingen if k.endswith("_cent")}
    return {
        "name": bestand.naam,
        "sha256": bestand.sha256,
        "standaard": bestand.standaard,
        "release": bestand.release,
        "berichttype": bestand.berichttype,
        "status": bestand.status,
        **tellingen,
        "redenen": dict(sorted(bestand.redenen.items())),
        "vorm": bestand.vorm,
    }


def report_as_json(verslag: Verslag) -> str:
    """The whole report as JSON: files, totals and warnings."""
    bestanden = [file_as_json(b) for b in verslag.bestanden]
    totaal = {k: sum(b[k] for b in bestanden) for k in TELLINGEN}
    return json.dumps(
        {"files": bestanden, "totaal": totaal, "waarschuwingen": verslag.waarschuwingen}, ensure_ascii=False
    )


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


def print_report(verslag: Verslag, proef: bool, uit: TextIO) -> None:
    """The closing table: per kind of file the lines and euros on both sides, then reasons with what to do."""
    scherm = Console(file=uit, width=None if uit.isatty() else 118, highlight=False)
    tabel = Table(title="Proef: er is niets geschreven" if proef else "Geladen", title_justify="left")
    tabel.add_column("soort")
    for kop in ("bestanden", "regels geladen", "in quarantaine", "euro geladen", "euro quarantaine"):
        tabel.add_column(kop, justify="right")
    per_soort: dict[str, list[Bestand]] = defaultdict(list)
    for b in verslag.bestanden:
        per_soort[b.berichttype or "onbekend soort"].append(b)
    for soort, groep in sorted(per_soort.items()):
        tabel.add_row(soort, format_count(len(groep)), *_sums(groep))
    tabel.add_section()
    tabel.add_row("totaal", format_count(len(verslag.bestanden)), *_sums(verslag.bestanden))
    scherm.print(tabel)
    statussen = Counter(b.status for b in verslag.bestanden)
    scherm.print(
        "Bestanden: " + ", ".join(f"{format_count(statussen[s])} {s}" for s in VOLGORDE if statussen[s])
    )
    redenen: Counter[str] = Counter()
    for b in verslag.bestanden:
        redenen.update(b.redenen)
    for kop, keuze in (
        ("Niet geladen, en wat u eraan kunt doen", [r for r in redenen if not r.startswith(BEVINDING)]),
        ("Wel geladen, maar opvallend", [r for r in redenen if r.startswith(BEVINDING)]),
    ):
        if keuze:
            scherm.print(f"\n{kop}:")
        for reden in sorted(keuze, key=lambda r: (-redenen[r], r))[:8]:
            scherm.print(f"  {format_count(redenen[reden]):>8}  {describe(reden)} {advise(reden)}")
        if len(keuze) > 8:
            scherm.print(f"            en nog {len(keuze) - 8} andere redenen; zie 'etl log'.")
    for tekst in verslag.waarschuwingen:
        scherm.print(f"\nLET OP: {tekst}", style="bold red")


def _sums(groep: list[Bestand]) -> tuple[str, str, str, str]:
    return (
        format_count(sum(b.regels_geladen for b in groep)),
        format_count(sum(b.regels_quarantaine for b in groep)),
        format_euros(sum(b.bedrag_geladen_cent for b in groep)),
        format_euros(sum(b.bedrag_quarantaine_cent for b in groep)),
    )


def print_log(rijen: list[dict[str, Any]], als_json: bool) -> None:
    """The load log, newest last."""
    if als_json:
        print(
            json.dumps([r | {"geladen_op": r["geladen_op"].isoformat()} for r in rijen], ensure_ascii=False)
        )
        return
    for r in rijen:
        print(
            f"{r['geladen_op']:%Y-%m-%d %H:%M}  {r['status']:<12} {r['naam']}  {r['berichttype'] or ''}  "
            f"{format_count(r['regels_geladen'])} van {format_count(r['regels'])} regels  {r['sha256']}",
            file=sys.stdout,
        )
