"""The snapshots that are kept beside the current one, opened under the same rules as the current one.

A page names a generation; which file that is, is looked up here among what lies beside the snapshot, so that
no path ever comes from outside.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.access.door import Toegang
from dashboard.access.reader import Lezer
from dashboard.access.snapshot import Momentopname, Snapshot, SnapshotError, SnapshotOntbreektError, find_file

HOOGSTENS = 4


@dataclass(frozen=True)
class Generatie:
    """A snapshot that is kept: name, size in bytes, what it says of itself, its checks.

    Without `meta` it cannot be opened by this version of the dashboard.
    """

    naam: str
    bestand: Path
    grootte: int
    huidig: bool
    meta: Momentopname | None = None
    controles: int = 0
    goed: int = 0


class Archief:
    """Opened snapshots, at most a few at a time; the longest unused one is let go."""

    def __init__(self) -> None:
        self._slot = threading.Lock()
        self._open: OrderedDict[tuple[str, int, int], Snapshot] = OrderedDict()

    def open(self, bestand: Path) -> Snapshot:
        """Open a snapshot read-only, with the views and nothing else; raises SnapshotError or OSError."""
        stand = bestand.stat()
        kenmerk = (str(bestand), stand.st_ino, stand.st_mtime_ns)
        with self._slot:
            if kenmerk not in self._open:
                self._open[kenmerk] = Snapshot(bestand)
            self._open.move_to_end(kenmerk)
            while len(self._open) > HOOGSTENS:
                self._open.popitem(last=False)
            return self._open[kenmerk]


ARCHIEF = Archief()
_CONTROLES = "SELECT count(*), count(*) FILTER (WHERE ok) FROM vrij.controle"


def list_generaties(pad: Path) -> list[Generatie]:
    """Everything that is kept of the snapshot at `pad`, newest first; the current one is marked."""
    try:
        huidig = find_file(pad)
    except SnapshotOntbreektError:
        return []
    patroon = f"{pad.stem}.[0-9]*T[0-9]*{pad.suffix}"
    bestanden = {p.resolve() for p in pad.parent.glob(patroon)} | {huidig}
    gevonden = [_describe(p, p == huidig) for p in bestanden if p.is_file()]
    return sorted(gevonden, key=lambda g: g.naam, reverse=True)


def _describe(bestand: Path, huidig: bool) -> Generatie:
    naam = bestand.stem.rpartition(".")[2]
    kaal = Generatie(naam, bestand, bestand.stat().st_size, huidig)
    try:
        snapshot = ARCHIEF.open(bestand)
    except (SnapshotError, OSError):
        return kaal
    cursor = snapshot.cursor()
    try:
        ((controles, goed),) = cursor.execute(_CONTROLES).fetchall()
    finally:
        cursor.close()
    return replace(kaal, meta=snapshot.meta, controles=controles, goed=goed)


def open_lezer(toegang: Toegang, generatie: Generatie) -> Lezer:
    """A reader on a kept snapshot with the reach of this role; raises SnapshotError or OSError."""
    return Lezer(ARCHIEF.open(generatie.bestand), toegang.lezer.bereik)
