"""Every page for every role, on the small city, an empty one and none; and what an address may ask."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.access.roles import Regels
from tests.dashboard.bezoek import read_html
from tests.dashboard.proefstad import write_snapshot

WORTEL = Path(__file__).resolve().parents[2]
PAGINAS = {
    "strategisch": "pages/strategisch/overzicht.py",
    "tactisch": "pages/tactisch/pq.py",
    "operationeel": "pages/operationeel/dossier.py",
    "beheer": "pages/beheer/laden.py",
}
ROLLEN = ("wethouder", "directie", "budgethouder", "contractmanager", "beheer")
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stad: Path) -> Open:
    """Open a page in the demo, as a role, with what the address asks for."""

    def make(
        niveau: str,
        rol: str | None = None,
        bestand: Path | None = stad,
        demo: bool = True,
        bezoeker: str | None = None,
        vooraf: dict[str, str] | None = None,
        **vraag: str,
    ) -> AppTest:
        # AppTest has no other side; None is what Streamlit says of a visitor on the same machine.
        monkeypatch.setattr(type(st.context), "ip_address", property(lambda _: bezoeker))
        monkeypatch.setenv("STUURINFO_DEMO", "1" if demo else "")
        monkeypatch.setenv("STUURINFO_SNAPSHOT", str(bestand or tmp_path / "er_niet.duckdb"))
        monkeypatch.setenv("STUURINFO_LOG", str(tmp_path / "log"))
        at = AppTest.from_file(str(WORTEL / "app.py"), default_timeout=30)
        for k, v in (vraag | ({"rol": rol} if rol else {})).items():
            at.query_params[k] = v
        for k, v in (vooraf or {}).items():
            at.session_state[k] = v
        at.run()
        return at.switch_page(PAGINAS[niveau]).run()

    return make


def _text(at: AppTest) -> str:
    stukken = [e.value for e in at.markdown] + [e.value for e in at.title]
    return "\n".join([*stukken, read_html(at)])


def _title(at: AppTest) -> str:
    assert not at.exception, at.exception
    return str(at.title[0].value)


@pytest.mark.parametrize("niveau", PAGINAS)
@pytest.mark.parametrize("rol", ROLLEN)
def test_each_role_sees_its_pages_and_no_other(
    open_page: Open, regels: Regels, rol: str, niveau: str
) -> None:
    at = open_page(niveau, rol)
    titel = _title(at)
    if regels.rollen[rol].may_open(niveau):  # type: ignore[arg-type]
        assert titel != "Geen toegang tot deze pagina"
        assert "bekend op 31-10-2026" in _text(at) and "versie g1" in _text(at) and f"rol: {rol}" in _text(at)
    else:
        assert titel == "Geen toegang tot deze pagina"
        assert "Deze pagina hoort bij de rol" in _text(at)
        assert "Vraag functioneel beheer om toegang." in _text(at)
        assert "€" not in _text(at) and not at.dataframe and not at.get("plotly_chart")


@pytest.mark.parametrize(("niveau", "rol"), [("strategisch", "directie"), ("tactisch", "directie")])
def test_an_empty_snapshot_explains_itself(open_page: Open, lege_stad: Path, niveau: str, rol: str) -> None:
    at = open_page(niveau, rol, lege_stad)
    _title(at)
    assert "Er zijn nog geen declaraties geladen." in _text(at)


def test_empty_pages_for_who_loads_and_who_contracts(open_page: Open, lege_stad: Path) -> None:
    at = open_page("beheer", "beheer", lege_stad)
    _title(at)
    assert "Er is nog niets geladen." in _text(at)
    at = open_page("operationeel", "contractmanager", lege_stad)
    _title(at)
    assert "nog geen eigen aanbieders" in _text(at)


@pytest.mark.parametrize("niveau", PAGINAS)
def test_without_a_snapshot_it_says_what_to_do(open_page: Open, niveau: str) -> None:
    at = open_page(niveau, bestand=None)
    assert _title(at) == "Er zijn nog geen cijfers"


@pytest.mark.parametrize("niveau", PAGINAS)
def test_without_demo_or_provider_no_figure_is_shown(open_page: Open, niveau: str) -> None:
    at = open_page(niveau, "directie", demo=False)
    assert _title(at) == "Dit dashboard is nog afgesloten"
    assert "€" not in _text(at) and "bekend op" not in _text(at)


def test_the_demo_is_not_for_real_figures(open_page: Open, tmp_path: Path) -> None:
    echt = write_snapshot(tmp_path / "echt.duckdb", voorbeeld=False)
    assert _title(open_page("strategisch", "directie", echt)) == "Dit dashboard is nog afgesloten"


def test_the_demo_is_not_for_the_network(open_page: Open) -> None:
    oud = st.get_option("server.address")
    try:
        st.config.set_option("server.address", "0.0.0.0")  # type: ignore[attr-defined]
        assert _title(open_page("strategisch", "directie")) == "Dit dashboard is nog afgesloten"
    finally:
        st.config.set_option("server.address", oud)  # type: ignore[attr-defined]


def test_the_demo_is_not_for_another_machine(open_page: Open) -> None:
    assert (
        _title(open_page("strategisch", "directie", bezoeker="10.0.0.5")) == "Dit dashboard is nog afgesloten"
    )


def test_a_made_up_role_is_no_role(open_page: Open) -> None:
    at = open_page("strategisch", "burgemeester")
    assert "rol: wethouder" in _text(at)


def test_unreadable_rules_close_everything(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STUURINFO_TOEGANG", str(tmp_path / "er_niet.toml"))
    at = open_page("strategisch", "directie")
    assert _title(at) == "De toegang is niet goed ingesteld"


def test_a_page_run_without_the_app_around_it_asks_too(monkeypatch: pytest.MonkeyPatch, stad: Path) -> None:
    monkeypatch.setenv("STUURINFO_DEMO", "")
    monkeypatch.setenv("STUURINFO_SNAPSHOT", str(stad))
    at = AppTest.from_file(str(WORTEL / PAGINAS["tactisch"]), default_timeout=30).run()
    assert at.title[0].value == "Dit dashboard is nog afgesloten"


def test_filters_come_from_the_address_and_go_with_the_links(open_page: Open) -> None:
    at = open_page("strategisch", "directie", wet="Jeugdwet", periode="2025")
    _title(at)
    assert at.selectbox(key="wet").value == "Jeugdwet"
    assert at.selectbox(key="periode").value == "2025"
    assert "€ 5.400" in _text(at)  # 12 · 11.250 euro over 25 clients
    # five tiles, the forecast, a wijk, the Hek and the measures; 2025 has no comparison in this city
    assert len(at.get("page_link")) == 9
    at.switch_page(PAGINAS["tactisch"]).run()
    assert _title(at) == "Prijs en volume per product"
    assert (at.selectbox(key="wet").value, at.selectbox(key="periode").value) == ("Jeugdwet", "2025")


def test_a_wethouder_gets_no_links_to_pages_of_others(open_page: Open) -> None:
    doelen = {p.proto.page for p in open_page("strategisch", "wethouder").get("page_link")}
    assert doelen == {"meerjarenbeeld", "werkagenda", "clientgroepen"}


def test_filters_are_cleared_with_one_button(open_page: Open) -> None:
    at = open_page("strategisch", "directie", wet="Wmo", wijk="Oude Stad")
    assert at.selectbox(key="wijk").value == "WK039201"
    at.button(key="wis").click().run()
    assert at.selectbox(key="wet").value is None and at.selectbox(key="wijk").value is None


@pytest.mark.parametrize("waarde", ["' OR 1=1 --", "<script>alert(1)</script>", "Narnia"])
def test_what_does_not_exist_is_not_asked(open_page: Open, waarde: str) -> None:
    at = open_page("strategisch", "directie", wet=waarde, wijk=waarde, periode=waarde, productgroep=waarde)
    _title(at)
    assert at.selectbox(key="wet").value is None
    assert waarde not in _text(at)


def test_a_client_that_sends_a_value_outside_the_options(open_page: Open) -> None:
    at = open_page("strategisch", "directie", vooraf={"wijk": "WK999999", "periode": "1813"})
    _title(at)
    assert "81" in _text(at), "the whole city, as if nothing was asked"
    assert (at.selectbox(key="wijk").value, at.selectbox(key="periode").value) == (None, "2026")


def test_drilling_down_by_address_and_back_by_trail(open_page: Open) -> None:
    at = open_page("tactisch", "budgethouder", hoofdproduct="Ambulante begeleiding")
    _title(at)
    assert at.dataframe[0].value["Productgroep"].tolist() == ["Begeleiding"]
    assert "De begroting bestaat per hoofdproduct" in " ".join(c.value for c in at.caption)
    at.button(key="kruimel_0").click().run()
    assert "Hoofdproduct" in at.dataframe[0].value.columns


def test_drilling_by_the_lists(open_page: Open) -> None:
    at = open_page("tactisch", "directie")
    at.selectbox(key="hoofdproduct").set_value("Ambulante begeleiding").run()
    at.selectbox(key="productgroep").set_value("Begeleiding").run()
    at.selectbox(key="product").set_value("Begeleiding").run()
    assert at.dataframe[0].value["Zwaarte"].tolist() == ["licht · niet getoond", "zwaar · niet getoond"]
    assert at.dataframe[0].value["Realisatie"].isna().all()


def test_a_link_may_name_the_product_alone(open_page: Open) -> None:
    at = open_page("tactisch", "directie", product="Begeleiding")
    _title(at)
    assert at.selectbox(key="hoofdproduct").value == "Ambulante begeleiding"
    assert "Zwaarte" in at.dataframe[0].value.columns


def test_every_chart_has_a_name_and_a_table(open_page: Open) -> None:
    for niveau, rol in (
        ("strategisch", "directie"),
        ("tactisch", "directie"),
        ("operationeel", "contractmanager"),
    ):
        at = open_page(niveau, rol)
        # a card may hold its figure twice, the second for a phone
        grafieken = [g for g in at.get("plotly_chart") if "_smal_" not in str(g.key)]
        assert grafieken and all(g.proto.alt for g in grafieken)
        vormen = [k for k in at.get("button_group") if k.key and k.key.endswith("_vorm")]
        assert len(vormen) == len(grafieken)
        at.get_by_key(vormen[0].key).set_value("Tabel").run()
        assert not at.exception
        over = [g for g in at.get("plotly_chart") if "_smal_" not in str(g.key)]
        assert len(over) == len(grafieken) - 1
        assert "<table>" in _text(at)


def test_a_contractmanager_sees_own_cells_and_is_logged(open_page: Open, tmp_path: Path) -> None:
    at = open_page("operationeel", "contractmanager", aanbieder="Aanbieder A4", onderdeel="Alles")
    _title(at)
    assert at.selectbox(key="aanbieder").value == "A4"
    assert '<td class="getal">4</td>' in _text(at)
    at.run()
    regels = [json.loads(r) for r in (tmp_path / "log" / "inzage.jsonl").read_text().splitlines()]
    paginas = [(r["pagina"], r["aanbieder"], r["rol"]) for r in regels]
    assert paginas == [("overzicht", "A4", "contractmanager"), ("dossier", "A4", "contractmanager")]


def test_another_aanbieder_by_address_is_refused_in_words(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    toegang = tmp_path / "toegang.toml"
    tekst = (WORTEL / "toegang.toml").read_text().replace("eigen_aanbieders = 15", "eigen_aanbieders = 1")
    toegang.write_text(tekst)
    monkeypatch.setenv("STUURINFO_TOEGANG", str(toegang))
    for vreemd in ("A2", "Aanbieder A2"):
        at = open_page("operationeel", "contractmanager", aanbieder=vreemd)
        _title(at)
        assert [w.value for w in at.warning] == [
            "Deze aanbieder hoort niet bij uw eigen aanbieders en wordt niet getoond."
        ]
        assert "Aanbieder A2" not in _text(at)


def test_no_log_no_figures(open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "log").write_text("hier past geen map")
    at = open_page("operationeel", "contractmanager")
    assert "Zonder inzagelog geen inzage" in [t.value for t in at.title]
    assert "€" not in _text(at)


def test_loading_page_tells_files_reasons_and_sums(open_page: Open) -> None:
    tekst = _text(open_page("beheer", "beheer"))
    assert "1 bestanden geladen, 1 deels" in tekst or "1 bestand geladen, 1 deels" in tekst
    assert "geen geldige datum" in tekst and "€ 145,00" in tekst
    assert "7 keer telt iets mee dat tegen een regel ingaat" in tekst and "TR314" in tekst
    assert "Elke aansluiting is verklaard" in tekst
    assert "1 van 1 controles goed" in tekst


@pytest.mark.parametrize(("vanaf", "staat_er"), [("2026-04-01", True), ("2099-01-01", False)])
def test_flows_stay_provisional_as_long_as_they_may_change(
    open_page: Open, tmp_path: Path, vanaf: str, staat_er: bool
) -> None:
    """Longer than bills: silence proves only later to have been an end."""
    bestand = write_snapshot(tmp_path / "stromen.duckdb")
    with duckdb.connect(str(bestand)) as con:
        con.execute("UPDATE mart.stroom_maand SET voorlopig = maand >= CAST(? AS DATE)", [vanaf])
    tekst = _text(open_page("strategisch", "directie", bestand))
    assert ("voorlopig vanaf apr 2026: een einde blijkt pas later" in tekst) == staat_er
    assert ("een einde blijkt pas later" in tekst) == staat_er
