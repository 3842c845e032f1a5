"""The watch as it runs on a server: real files that arrive, a real command that is started, real signals."""

import json
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.etl.conftest import SLEUTEL, WORTEL, omgeving, opdracht, rows
from tests.etl.maken import BSN_1, start

Kijk = Callable[..., "Waker"]


class Waker:
    """A running watch: what it said, and what the lake holds."""

    def __init__(self, map_: Path, lake: Path, uit: Path, *extra: str) -> None:
        self.lake, self.uit = lake, uit
        opties = ["--quiet-seconds", "1", *extra]
        with uit.open("a") as naar:
            self.proces = subprocess.Popen(
                [sys.executable, "-m", "etl", "watch", str(map_), "--lake", str(lake), *opties],
                cwd=WORTEL,
                env=omgeving(SLEUTEL),
                stdout=naar,
                stderr=subprocess.STDOUT,
            )

    def gezegd(self) -> str:
        return self.uit.read_text()

    def wait_for(self, voorwaarde: Callable[[], bool], seconden: float = 40) -> None:
        grens = time.monotonic() + seconden
        while not voorwaarde():
            assert time.monotonic() < grens, self.gezegd()
            assert self.proces.poll() is None, self.gezegd()
            time.sleep(0.1)

    def starts(self) -> int:
        return rows(self.lake, "start").height

    def stop(self) -> int:
        self.proces.send_signal(signal.SIGTERM)
        return self.proces.wait(30)


@pytest.fixture
def kijk(tmp_path: Path, lake: Path) -> Iterator[Kijk]:
    """Starts a watch on the folder `in`; what still runs at the end is stopped."""
    (tmp_path / "in").mkdir()
    lopend: list[Waker] = []

    def begin(*extra: str) -> Waker:
        lopend.append(Waker(tmp_path / "in", lake, tmp_path / "uit.txt", *extra))
        return lopend[-1]

    yield begin
    for waker in lopend:
        if waker.proces.poll() is None:
            waker.proces.kill()
            waker.proces.wait()


def counter(tmp_path: Path, lukt_vanaf: int = 1) -> tuple[str, Callable[[], int]]:
    """A command that writes down each time it was started, and fails until the n-th time."""
    teller = tmp_path / "teller met spatie.txt"
    code = (
        "import sys,pathlib; p=pathlib.Path(sys.argv[1]); n=p.stat().st_size if p.exists() else 0;"
        f"p.write_bytes(b'x'*(n+1)); sys.exit(0 if n+1>={lukt_vanaf} else 3)"
    )
    opdracht_ = shlex.join([sys.executable, "-c", code, str(teller)])
    return opdracht_, lambda: teller.stat().st_size if teller.exists() else 0


def test_loads_what_is_there_and_what_arrives_and_then_starts_the_command(kijk: Kijk, tmp_path: Path) -> None:
    map_ = tmp_path / "in"
    (map_ / "a.xml").write_text(start(BSN_1, 1))
    dan, keren = counter(tmp_path)
    waker = kijk("--then", dan)
    waker.wait_for(lambda: keren() == 1)
    assert waker.starts() == 1
    (map_ / "sub").mkdir()
    (map_ / "sub" / "b.xml").write_text(start(BSN_1, 2, nummer="S2"))
    (map_ / "kapot.xml").write_text(start(BSN_1, 3)[:-9])
    waker.wait_for(lambda: keren() == 2)
    assert waker.starts() == 2
    # what is offered again is double: no reason to start the command
    (map_ / "c.xml").write_text(start(BSN_1, 1))
    waker.wait_for(lambda: "1 dubbel" in waker.gezegd())
    time.sleep(2)
    assert keren() == 2
    assert waker.stop() == 0
    assert "Gestopt." in waker.gezegd() and "Traceback" not in waker.gezegd()


def test_a_file_that_grows_is_left_until_it_is_whole(kijk: Kijk, tmp_path: Path) -> None:
    """Written in eight pieces over three seconds: loaded once, whole, and never as a broken file."""
    tekst = start(BSN_1, *range(1, 41))
    waker = kijk()
    waker.wait_for(lambda: "Let op de map" in waker.gezegd())
    stuk = len(tekst) // 8 + 1
    with (tmp_path / "in" / "groeit.xml").open("w") as uit:
        for begin in range(0, len(tekst), stuk):
            uit.write(tekst[begin : begin + stuk])
            uit.flush()
            time.sleep(0.4)
    (tmp_path / "in" / ".verborgen.xml").write_text(tekst[:-9])
    (tmp_path / "in" / "half.xml.part").write_text(tekst[:-9])
    waker.wait_for(lambda: waker.starts() == 40)
    log = json.loads(opdracht("log", "--lake", waker.lake, "--json").stdout)
    assert [(r["naam"], r["status"]) for r in log] == [("groeit.xml", "geladen")]


def test_restart_loads_nothing_twice(kijk: Kijk, tmp_path: Path) -> None:
    (tmp_path / "in" / "a.xml").write_text(start(BSN_1, 1))
    dan, keren = counter(tmp_path)
    eerste = kijk("--then", dan)
    eerste.wait_for(lambda: keren() == 1)
    assert eerste.stop() == 0
    tweede = kijk("--then", dan)
    tweede.wait_for(lambda: "1 dubbel" in tweede.gezegd())
    time.sleep(2)
    assert (tweede.starts(), keren()) == (1, 1)


def test_failing_command_is_tried_again_and_nothing_ends_the_watch(kijk: Kijk, tmp_path: Path) -> None:
    dan, keren = counter(tmp_path, lukt_vanaf=3)
    waker = kijk("--then", dan)
    (tmp_path / "in" / "a.xml").write_text(start(BSN_1, 1))
    waker.wait_for(lambda: "De opdracht is klaar." in waker.gezegd())
    assert keren() == 3
    assert waker.gezegd().count("De opdracht mislukte (uitgang 3); nieuwe poging over") == 2
    assert waker.stop() == 0


def test_command_that_does_not_exist_is_told(kijk: Kijk, tmp_path: Path) -> None:
    waker = kijk("--then", "bestaat-niet --echt; touch x")
    (tmp_path / "in" / "a.xml").write_text(start(BSN_1, 1))
    waker.wait_for(lambda: "Deze opdracht is niet te starten: bestaat-niet" in waker.gezegd())
    assert waker.starts() == 1 and waker.stop() == 0
    assert "De opdracht van --then is nog niet gedraaid." in waker.gezegd()


def test_busy_lake_is_waited_for(kijk: Kijk, tmp_path: Path, lake: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    lake.mkdir()
    with (lake / "laden.slot").open("a+b") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        waker = kijk()
        (tmp_path / "in" / "a.xml").write_text(start(BSN_1, 1))
        waker.wait_for(lambda: "Er is niets geladen; nieuwe poging over" in waker.gezegd())
        assert "Er wordt al iets in dit lake geladen" in waker.gezegd()
    waker.wait_for(lambda: waker.starts() == 1)


def test_stopped_in_the_middle_of_a_load(kijk: Kijk, tmp_path: Path, lake: Path) -> None:
    """The load takes itself back, and the watch ends without a trace."""
    for n in range(400):
        (tmp_path / "in" / f"{n}.xml").write_text(start(BSN_1, *range(200), nummer=f"S{n}"))
    waker = kijk()
    waker.wait_for(lambda: (lake / "lake.json").exists())
    assert waker.stop() == 0
    assert "Gestopt." in waker.gezegd() and "Traceback" not in waker.gezegd()
    assert opdracht("load", tmp_path / "in", "--lake", lake).returncode == 0
    assert rows(lake, "start").height == 80_000


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        (["geen-map"], "bestaat niet"),
        ([".", "--quiet-seconds", "0"], "meer dan 0"),
        ([".", "--then", 'een "half aanhalingsteken'], "aanhalingsteken"),
    ],
)
def test_what_cannot_be_watched_is_told_at_once(lake: Path, opties: list[str], zin: str) -> None:
    klaar = opdracht("watch", *opties, "--lake", lake)
    assert klaar.returncode == 2 and zin in klaar.stderr
    assert opdracht("watch", ".", "--lake", lake, sleutel=None).returncode == 2
