"""Commands that a page starts: real child processes, fed, followed and stopped."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.server import werk as module
from dashboard.server.werk import BezigError, Werk, Werkplaats

MELD = """
import io, json, sys, zipfile
data = sys.stdin.buffer.read()
print(json.dumps({"klaar": 1, "totaal": 2, "naam": "a"}), file=sys.stderr)
print("Fout: iets", file=sys.stderr)
with zipfile.ZipFile(io.BytesIO(data)) as z:
    print(json.dumps({n: len(z.read(n)) for n in z.namelist()}))
sys.exit(1)
"""
_WACHT = "print('x', file=sys.stderr, flush=True)\ntime.sleep(60)"
SLAAP = f"import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n{_WACHT}"
DOOF = f"import signal, sys, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{_WACHT}"


@pytest.fixture
def opdracht(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Name of a module that the child can run, made of the text that the test writes to it."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    yield "proefopdracht"


def make(tmp_path: Path, code: str) -> list[str]:
    (tmp_path / "proefopdracht.py").write_text(code)
    return ["proefopdracht"]


def wait(w: Werk, voorwaarde: str) -> None:
    grens = time.monotonic() + 20
    while not getattr(w, voorwaarde):
        assert time.monotonic() < grens
        time.sleep(0.05)


def test_files_go_in_as_a_zip_and_words_come_out(tmp_path: Path, opdracht: str) -> None:
    """Two files with one name keep apart; an XLSX, which is a zip by content, is wrapped too."""
    w = Werk("laden", make(tmp_path, MELD), [("a.xml", b"xx"), ("a.xml", b"yyy"), ("b.xlsx", b"PK\x03\x04")])
    assert w.wait(20) and w.uitgang == 1
    assert json.loads(w.uit) == {"0/a.xml": 2, "1/a.xml": 3, "2/b.xlsx": 4}
    assert (w.klaar, w.totaal, w.naam, w.regels) == (1, 2, "a", ["Fout: iets"])


def test_one_zip_goes_in_as_it_is(tmp_path: Path, opdracht: str) -> None:
    buiten = Werk("laden", make(tmp_path, MELD), [("a.xml", b"xx"), ("b.xml", b"y")])
    assert buiten.wait(20)
    code = "import sys; d = sys.stdin.buffer.read(); print(len(d), d[:2])"
    w = Werk("laden", make(tmp_path, code), [("m.zip", b"PK" + bytes(5_000_000))])
    assert w.wait(20) and w.uit.strip() == "5000002 b'PK'"


def test_command_that_does_not_listen_does_not_hold_up_the_page(tmp_path: Path, opdracht: str) -> None:
    w = Werk("laden", make(tmp_path, "raise SystemExit(2)"), [("m.zip", b"PK" + bytes(5_000_000))])
    assert w.wait(20) and w.uitgang == 2


def test_stop_reaches_the_child(tmp_path: Path, opdracht: str) -> None:
    w = Werk("laden", make(tmp_path, SLAAP))
    wait(w, "regels")
    assert w.loopt and w.uitgang is None
    w.stop()
    assert w.wait(20) and w.uitgang == 143 and w.gestopt


def test_child_that_will_not_stop_is_ended(
    tmp_path: Path, opdracht: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_GEDULD_SECONDEN", 0.5)
    w = Werk("laden", make(tmp_path, DOOF))
    wait(w, "regels")
    w.stop()
    assert w.wait(20) and w.uitgang == (-9 if sys.platform != "win32" else 1)


def test_one_thing_at_a_time(tmp_path: Path, opdracht: str) -> None:
    plaats = Werkplaats()
    w = plaats.start("laden", make(tmp_path, SLAAP))
    wait(w, "regels")
    with pytest.raises(BezigError):
        plaats.start("afleiden", ["proefopdracht"])
    plaats.clear()
    assert plaats.werk is w, "what runs is not forgotten"
    plaats.stop_all()
    assert not w.loopt
    plaats.clear()
    assert plaats.werk is None
