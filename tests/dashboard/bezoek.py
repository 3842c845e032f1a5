"""A visit: a page opened in the demo as a role, and what it says."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import plotly.graph_objects as go
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot

WORTEL = Path(__file__).resolve().parents[2]
ROL = {
    "strategisch": "wethouder",
    "tactisch": "budgethouder",
    "operationeel": "contractmanager",
    "beheer": "beheer",
}
Opener = Callable[..., AppTest]


def open_page(
    monkeypatch: pytest.MonkeyPatch,
    map_: Path,
    pagina: str,
    stad: Path,
    bestand: Path | None = None,
    *,
    vooraf: Mapping[str, object] | None = None,
    **vraag: str,
) -> AppTest:
    """Open `pages/pagina.py` on `bestand`, else on `stad`, with what the address asks for.

    The role is that of the level unless asked otherwise; log and notes are kept in `map_`; `vooraf` is what
    the session holds already. The page must come without an exception, and with charts as plotly knows them.
    """
    # AppTest has no other side; None is what Streamlit says of a visitor on the same machine.
    monkeypatch.setattr(type(st.context), "ip_address", property(lambda _: None))
    omgeving = {"DEMO": "1", "SNAPSHOT": bestand or stad, "LOG": map_, "NOTITIES": map_ / "n.sqlite"}
    for naam, waarde in omgeving.items():
        monkeypatch.setenv(f"STUURINFO_{naam}", str(waarde))
    at = AppTest.from_file(str(WORTEL / "app.py"), default_timeout=60)
    for k, v in ({"rol": ROL.get(pagina.split("/")[0], "wethouder")} | vraag).items():
        at.query_params[k] = v
    for k, v in (vooraf or {}).items():
        at.session_state[k] = v
    at.run()
    at.switch_page(f"pages/{pagina}.py").run()
    assert not at.exception, at.exception
    for kaart in at.get("plotly_chart"):
        go.Figure(json.loads(str(kaart.proto.spec)))  # raises where a word or value is not one of plotly's
    return at


def read_html(at: AppTest) -> str:
    """All HTML of a page, with plain spaces, and without what only keeps words on one line."""
    html = "\n".join(str(e.proto.body) for e in at.get("html"))
    return re.sub(r'<span class="si-heel">([^<]*)(</span>)?', r"\1", html.replace("&nbsp;", " "))


def as_table(at: AppTest, sleutel: str) -> str:
    """The page with the table of one card in the place of its figure."""
    at.segmented_control(key=f"{sleutel}_vorm").set_value("Tabel").run()
    assert not at.exception, at.exception
    return read_html(at)


def make_lezer(bestand: Path) -> Callable[..., Lezer]:
    """Readers of one snapshot by their smallest cell."""
    snapshot = Snapshot(bestand)

    def make(cel: int = 10, aanbieders: tuple[str, ...] | None = None, eigen: int | None = None) -> Lezer:
        return Lezer(snapshot, Bereik("proef", cel, aanbieders, eigen))

    return make
