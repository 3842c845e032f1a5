"""The rules of the house that hold this part up, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parents[2]
CODE = [WORTEL / "app.py", WORTEL / "server.py"]
CODE += sorted([*(WORTEL / "dashboard").rglob("*.py"), *(WORTEL / "pages").rglob("*.py")])
PAGINAS = sorted((WORTEL / "pages").rglob("*.py"))


def _imports(pad: Path) -> Iterator[str]:
    for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
        if isinstance(knoop, ast.Import):
            yield from (a.name for a in knoop.names)
        elif isinstance(knoop, ast.ImportFrom) and knoop.module:
            yield knoop.module
            yield from (f"{knoop.module}.{a.name}" for a in knoop.names)


def _who_imports(naam: str) -> set[str]:
    return {
        str(p.relative_to(WORTEL))
        for p in CODE
        if any(i == naam or i.startswith(f"{naam}.") for i in _imports(p))
    }


def test_only_access_opens_a_snapshot() -> None:
    wie = _who_imports("duckdb")
    assert wie, "the test itself looks in the wrong place"
    assert {p for p in wie if not p.startswith("dashboard/access/")} == set()


def test_streamlit_is_known_to_few() -> None:
    mag = ("pages/", "dashboard/ui/", "dashboard/access/door.py", "app.py", "server.py")
    assert {p for p in _who_imports("streamlit") if not p.startswith(mag)} == set()


def test_nothing_imports_pages_and_arrows_point_one_way() -> None:
    for verboden in ("pages", "app", "etl", "sample_data"):
        assert _who_imports(verboden) == set(), verboden
    # pure calculations are shared, so that a formula stands in one place; nothing else of the warehouse
    warehouse = {i for p in CODE for i in _imports(p) if i == "warehouse" or i.startswith("warehouse.")}
    assert {i for i in warehouse if not i.startswith("warehouse.rekenen.")} == set()


def test_figures_know_no_reading() -> None:
    for pad in (WORTEL / "dashboard" / "figures").glob("*.py"):
        assert not [i for i in _imports(pad) if i.startswith(("dashboard.reading", "dashboard.access"))], pad


def test_plotly_express_stays_out() -> None:
    assert _who_imports("plotly.express") == set()


def test_figures_go_out_as_they_were_written() -> None:
    traag = [p for p in (WORTEL / "dashboard" / "figures").glob("*.py") if "go.Figure(" in p.read_text()]
    assert traag == [], "a Figuur instead: plotly goes over every value of a Figure"


@pytest.mark.parametrize("pad", PAGINAS, ids=lambda p: p.stem)
def test_the_first_thing_a_page_does_is_ask(pad: Path) -> None:
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    rest = [k for k in boom.body if not isinstance(k, ast.Import | ast.ImportFrom)][1:]  # after the docstring
    eerste = rest[0]
    assert isinstance(eerste, ast.Assign) and isinstance(eerste.value, ast.Call)
    assert isinstance(eerste.value.func, ast.Name) and eerste.value.func.id == "require_access"
    niveau = eerste.value.args[0]
    assert isinstance(niveau, ast.Constant) and niveau.value == pad.parent.name


def test_every_page_is_in_the_navigation() -> None:
    from dashboard.ui.navigatie import PAGINAS as GENOEMD

    assert {p.bestand for p in GENOEMD} == {str(p.relative_to(WORTEL)) for p in PAGINAS}


def test_nothing_is_asked_from_elsewhere() -> None:
    bestanden = [*CODE, WORTEL / ".streamlit" / "config.toml"]
    for pad in bestanden:
        tekst = pad.read_text(encoding="utf-8")
        assert "http://" not in tekst and "https://" not in tekst, pad


def test_every_cache_of_streamlit_is_bounded() -> None:
    for pad in CODE:
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.FunctionDef):
                for d in knoop.decorator_list:
                    naam = ast.unparse(d)
                    if "st.cache" in naam:
                        assert "max_entries" in naam and "ttl" in naam, pad
