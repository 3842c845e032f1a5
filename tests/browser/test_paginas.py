"""The pages as a person sees them: opened, filtered, drilled, and held against the snapshot."""

import re
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.ui.navigatie import PAGINAS as NAVIGATIE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("paginas")]

ROL = {
    "strategisch": "wethouder",
    "tactisch": "budgethouder",
    "operationeel": "contractmanager",
    "beheer": "beheer",
    "algemeen": "wethouder",
}
PAGINAS = {p.pad: (ROL[p.niveau], p.kop) for p in NAVIGATIE}
PERIODE = """
    FROM mart.client_maand c, meta.snapshot s
    WHERE c.levermaand >= date_trunc('year', s.laatste_levermaand) AND c.levermaand <= s.laatste_levermaand
"""


def open_page(page: Page, adres: str, pad: str) -> None:
    """Open a page and wait until nothing on it is still being made."""
    page.goto(f"{adres}/{pad}")
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    settle(page)


def settle(page: Page) -> None:
    """Wait until nothing on the page is being made: a click on what is about to be replaced is lost."""
    # the last thing that each page puts down
    expect(page.get_by_text("Betrouwbaarheid van deze cijfers")).to_be_visible(timeout=30_000)
    bezig = "[data-testid=stSkeleton], [data-testid=stStatusWidget], [data-stale=true]"
    page.wait_for_function("bezig => !document.querySelector(bezig)", arg=bezig, timeout=30_000)


def write_count(n: int) -> str:
    """Write a count as the screen does, by Python's own formatting."""
    return f"{n:,}".replace(",", ".")


def read_tile(page: Page, naam: str) -> str:
    """Return the number of the tile whose heading starts with `naam`."""
    tegel = page.locator(".si-tegel").filter(has=page.get_by_role("heading", name=re.compile(f"^{naam}")))
    return tegel.locator(".si-waarde").inner_text()


def ask(cijfers: duckdb.DuckDBPyConnection, sql: str, *params: str) -> int:
    """Return the one number that a query gives."""
    rij = cijfers.execute(sql, list(params)).fetchone()
    assert rij is not None
    return int(rij[0])


@pytest.mark.parametrize("pad", PAGINAS)
def test_page_is_dutch_whole_reachable_and_keeps_to_itself(page: Page, adres: str, pad: str) -> None:
    rol, titel = PAGINAS[pad]
    aanvragen: list[str] = []
    page.on("request", lambda v: aanvragen.append(v.url))
    open_page(page, adres, f"{pad}?rol={rol}")
    expect(page.locator("h1")).to_have_text(titel)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.documentElement.lang") == "nl"
    eigen = (adres, adres.replace("http", "ws"), "data:", "blob:")
    assert [u for u in aanvragen if not u.startswith(eigen)] == []
    balk, titelvak = page.locator(".st-key-kop").bounding_box(), page.locator("h1").bounding_box()
    assert balk is not None
    assert titelvak is not None
    assert balk["y"] + balk["height"] <= titelvak["y"]
    kop = page.locator(".si-kop").inner_text()
    assert "bekend op" in kop
    assert "versie" in kop
    assert rol in kop

    fouten = {thema: find_serious(page, thema) for thema in ("light", "dark")}
    assert fouten == {"light": [], "dark": []}
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def find_serious(page: Page, thema: Literal["light", "dark"]) -> list[str]:
    """What axe-core finds serious or critical in a theme: rule, and the first place where."""
    page.emulate_media(color_scheme=thema)
    page.wait_for_timeout(700)
    gevonden = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:200]}"
        for v in gevonden
        if v["impact"] in ("serious", "critical")
    ]


def test_clients_on_the_tile_are_the_clients_of_the_snapshot(
    page: Page, adres: str, cijfers: duckdb.DuckDBPyConnection
) -> None:
    open_page(page, adres, "overzicht?rol=wethouder")
    bedoeld = ask(cijfers, f"SELECT count(DISTINCT c.client_id) {PERIODE}")
    assert bedoeld > 10
    assert read_tile(page, "Cliënten") == write_count(bedoeld)


def test_link_with_filters_opens_the_same_view(
    page: Page, adres: str, cijfers: duckdb.DuckDBPyConnection
) -> None:
    open_page(page, adres, "overzicht?rol=wethouder&wet=Jeugdwet")
    expect(page.get_by_role("combobox", name="Wet")).to_have_value("Jeugdwet")
    bedoeld = ask(cijfers, f"SELECT count(DISTINCT c.client_id) {PERIODE} AND c.wet = ?", "Jeugdwet")
    assert read_tile(page, "Cliënten") == write_count(bedoeld)


def test_a_filter_chosen_on_screen_ends_up_in_the_link(page: Page, adres: str) -> None:
    open_page(page, adres, "overzicht?rol=wethouder")
    page.get_by_role("combobox", name="Wet").click()
    page.get_by_role("option", name="Wmo").click()
    page.wait_for_url(re.compile("wet=Wmo"))
    open_page(page, adres, page.url.removeprefix(adres + "/"))
    expect(page.get_by_role("combobox", name="Wet")).to_have_value("Wmo")


def test_unknown_filter_value_is_dropped(page: Page, adres: str, cijfers: duckdb.DuckDBPyConnection) -> None:
    open_page(page, adres, "overzicht?rol=wethouder&wet=' OR 1=1 --&wijk=Atlantis")
    bedoeld = ask(cijfers, f"SELECT count(DISTINCT c.client_id) {PERIODE}")
    assert read_tile(page, "Cliënten") == write_count(bedoeld)


def test_a_product_can_be_drilled_by_keyboard(page: Page, adres: str) -> None:
    open_page(page, adres, "pq?rol=budgethouder&wet=Wmo")
    veld = page.get_by_role("combobox", name="Hoofdproduct")
    veld.focus()
    page.keyboard.type("Huishoudelijke")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("hoofdproduct=Huishoudelijke"))
    expect(page.get_by_role("combobox", name="Productgroep")).to_be_visible()
    expect(page.get_by_role("button", name="Alle producten")).to_be_enabled()


def test_a_product_can_be_drilled_by_clicking_its_row(page: Page, adres: str) -> None:
    open_page(page, adres, "pq?rol=budgethouder&wet=Wmo")
    tabel = page.locator("[data-testid=stDataFrame] .dvn-scroller").first
    expect(tabel).to_be_visible(timeout=15_000)
    # the grid is painted, not built of elements: the box in front of the first row stands below the header
    page.wait_for_timeout(500)
    tabel.click(position={"x": 15, "y": 55})
    page.wait_for_url(re.compile("hoofdproduct="), timeout=15_000)
    expect(page.get_by_role("combobox", name="Productgroep")).to_be_visible()


def test_realisatie_of_a_hoofdproduct_is_the_sum_of_the_snapshot(
    page: Page, adres: str, cijfers: duckdb.DuckDBPyConnection
) -> None:
    """The downloaded table carries messages and ledger together, to the cent."""
    open_page(page, adres, "pq?rol=budgethouder&wet=Wmo")
    with page.expect_download() as wacht:
        page.get_by_role("button", name="CSV").first.click()
    tekst = wacht.value.path().read_text(encoding="utf-8-sig")
    cent = ask(
        cijfers,
        """SELECT sum(realisatie_cent) FROM mart.uitgaven_maand p, meta.snapshot s
           WHERE hoofdproduct = 'Huishoudelijke ondersteuning' AND levermaand <= s.laatste_levermaand
           AND levermaand >= date_trunc('year', s.laatste_levermaand)""",
    )
    regels = [regel.split(";") for regel in tekst.splitlines()]
    kop = next(r for r in regels if "realisatie_euro" in r)
    kolom = kop.index("realisatie_euro")
    rij = next(r for r in regels if "Huishoudelijke ondersteuning" in r)
    assert round(float(rij[kolom].replace(".", "").replace(",", ".")) * 100) == cent


def test_the_answer_fits_on_one_screen_without_a_filter(page: Page, adres: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 1000})
    open_page(page, adres, "overzicht?rol=wethouder")
    for naam in ("eind", "waarom"):
        kaart = page.locator(f".st-key-kaart-{naam}")
        expect(kaart.locator(".stPlotlyChart:visible")).to_have_count(1)
        vak = kaart.bounding_box()
        assert vak is not None and vak["y"] + vak["height"] <= 1000
    onder = [t.bounding_box() for t in page.locator(".si-tegel").all()]
    assert len(onder) == 5
    for tegel in onder:
        assert tegel is not None and tegel["y"] + tegel["height"] <= 1000
    # on a phone the figures for a phone stand in their place
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".st-key-smal-eind .stPlotlyChart")).to_be_visible()
    expect(page.locator(".st-key-breed-eind .stPlotlyChart")).to_be_hidden()
    smal = page.locator(".st-key-smal-eind .stPlotlyChart").bounding_box()
    assert smal is not None and 250 < smal["width"] <= 390


def test_a_tile_opens_with_a_key_and_keeps_the_filters_in_a_new_tab(page: Page, adres: str) -> None:
    open_page(page, adres, "overzicht?rol=budgethouder&wet=Jeugdwet")
    link = page.get_by_role("link", name="Bekijk de uitnutting")
    link.focus()
    vraag = parse_qs(urlsplit(link.evaluate("a => a.href")).query)
    assert vraag == {"rol": ["budgethouder"], "wet": ["Jeugdwet"]}
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/uitnutting"))
    settle(page)
    expect(page.locator("h1")).to_have_text("Wordt geleverd wat is toegewezen?")
    expect(page.get_by_role("combobox", name="Wet")).to_have_value("Jeugdwet")
    assert parse_qs(urlsplit(page.url).query) == vraag


def test_the_overview_prints_on_three_sheets_without_its_tools(page: Page, adres: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 1000})
    open_page(page, adres, "overzicht?rol=budgethouder&wet=Wmo")
    page.wait_for_timeout(500)
    druk = page.pdf(format="A4")
    # each sheet is an object of its own; the answer, then the city, then measures and reserve
    assert len(re.findall(rb"/Type /Page\b", druk)) == 3
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", druk)
    assert box is not None
    assert float(box[1]) > float(box[2]), "A4 on its side"

    # the sheet is 277 mm wide: 1.047 pixels
    page.set_viewport_size({"width": 1047, "height": 718})
    page.emulate_media(media="print")
    for weg in (".st-key-filters", ".st-key-delen", "[data-testid=stHeader]", "[data-testid=stPageLink]"):
        expect(page.locator(f"{weg}:visible")).to_have_count(0)
    expect(page.get_by_role("radio", name="Tabel").first).to_be_hidden()
    expect(page.locator(".si-kop")).to_contain_text("bekend op")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".si-selectie")).to_have_text("jan t/m sep 2026; wet: Wmo")
    expect(page.locator(".si-selectie")).to_be_visible()
    links, rechts = (page.locator(f".st-key-kaart-{n}").bounding_box() for n in ("eind", "waarom"))
    assert links is not None
    assert rechts is not None
    assert links["y"] == pytest.approx(rechts["y"])
    for kaart in page.locator("[class*='st-key-kaart-'], [class*='st-key-tegel-']").all():
        assert kaart.evaluate("k => getComputedStyle(k).breakInside") == "avoid"


def test_role_without_right_is_told_which_role_the_page_belongs_to(page: Page, adres: str) -> None:
    page.goto(f"{adres}/laden?rol=wethouder")
    expect(page.get_by_text("Deze pagina hoort bij de rol beheer")).to_be_visible(timeout=30_000)
    expect(page.locator("table, .si-tegel")).to_have_count(0)


def test_every_chart_has_its_table_and_downloads(page: Page, adres: str) -> None:
    open_page(page, adres, "overzicht?rol=wethouder")
    grafieken = page.locator(".stPlotlyChart:visible")
    expect(grafieken.first).to_be_visible(timeout=15_000)
    aantal = grafieken.count()
    assert aantal >= 1
    tabellen = page.get_by_role("radio", name="Tabel")
    assert tabellen.count() >= aantal
    assert page.get_by_role("button", name="XLSX").count() >= aantal
    tabellen.first.click(force=True)
    expect(grafieken).to_have_count(aantal - 1)
    expect(page.locator("table, [data-testid=stDataFrame]").first).to_be_visible()
