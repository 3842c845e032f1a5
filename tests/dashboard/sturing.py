"""What the tests of the tactical pages share: the city with its steering, and a page opened in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot

WORTEL = Path(__file__).resolve().parents[2]


def open_page(
    monkeypatch: pytest.MonkeyPatch, log: Path, bestand: Path, pagina: str, **vraag: str
) -> AppTest:
    """A page as a visitor of the demo sees it; the role is budgethouder unless asked otherwise."""
    monkeypatch.setattr(type(st.context), "ip_address", property(lambda _: None))
    for naam, waarde in (("DEMO", "1"), ("SNAPSHOT", bestand), ("LOG", log), ("NOTITIES", log / "n.sqlite")):
        monkeypatch.setenv(f"STUURINFO_{naam}", str(waarde))
    at = AppTest.from_file(str(WORTEL / "app.py"), default_timeout=30)
    for k, v in ({"rol": "budgethouder"} | vraag).items():
        at.query_params[k] = v
    at.run()
    at.switch_page(f"pages/tactisch/{pagina}.py").run()
    assert not at.exception, at.exception
    return at


def read_html(at: AppTest) -> str:
    """All HTML of a page, with plain spaces."""
    return "\n".join(str(e.proto.body) for e in at.get("html")).replace("&nbsp;", " ")


def make_lezer(bestand: Path) -> Callable[..., Lezer]:
    """Readers of one snapshot by their smallest cell."""
    snapshot = Snapshot(bestand)

    def make(cel: int = 10, aanbieders: tuple[str, ...] | None = None, eigen: int | None = None) -> Lezer:
        return Lezer(snapshot, Bereik("proef", cel, aanbieders, eigen))

    return make
