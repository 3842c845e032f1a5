"""Three people through their morning; each number they meet is that of the snapshot."""

import csv
import io
import re
from pathlib import Path

import duckdb
import fastexcel
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_paginas import PERIODE, ask, open_page, settle, write_count
from tests.dashboard.pdfje import Pdf

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KLEINSTE = 10
DAG = "31-12-2026"


def card(page: Page, sleutel: str) -> Locator:
    """The card of that name."""
    return page.locator(f".st-key-kaart-{sleutel}")


def read_csv(page: Page, kaart: Locator) -> list[dict[str, str]]:
    """Rows of the download of a card; what stands above the table tells about it."""
    with page.expect_download() as wacht:
        kaart.get_by_role("button", name="CSV").click()
    tekst = wacht.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(tekst.split("\n\n", 1)[-1]), delimiter=";"))


def to_cent(euro: str) -> int:
    """Cents of an amount as a download writes it."""
    return round(float(euro.replace(",", ".")) * 100)


def read_table(kaart: Locator) -> list[list[str]]:
    """The table behind a chart, shown and read in one go."""
    kaart.get_by_text("Tabel", exact=True).click()
    rijen = kaart.locator("tbody tr")
    expect(rijen.first).to_be_visible(timeout=15_000)
    cellen: list[list[str]] = rijen.evaluate_all(
        "rijen => rijen.map(rij => [...rij.cells].map(cel => cel.innerText))"
    )
    return cellen


def test_a_wethouder_reads_why_and_opens_the_map(
    page: Page, adres: str, cijfers: duckdb.DuckDBPyConnection
) -> None:
    open_page(page, adres, "overzicht?rol=wethouder")
    stappen = {r["stap"]: to_cent(r["bedrag_euro"]) for r in read_csv(page, card(page, "waarom"))}
    (begin, *oorzaken, eind) = stappen.values()
    toen, nu, duur = cijfers.execute(
        """SELECT sum(realisatie_0_cent), sum(realisatie_1_cent), sum(effect_duur_cent) FROM mart.pq_effect
           WHERE vergelijking = 'jaar tot nu' AND weergave = 'wijk' AND rijpheid LIKE 'even jong%'
             AND van_1 = (SELECT date_trunc('year', laatste_levermaand) FROM meta.snapshot)"""
    ).fetchall()[0]
    assert (begin, eind, stappen["Duur"]) == (toen, nu, duur)
    assert begin + sum(oorzaken) == eind
    kop = card(page, "waarom").get_by_role("heading").inner_text()
    assert kop.startswith(f"De uitgaven {'stegen' if nu > toen else 'daalden'}")

    kaart = card(page, "clienten_per_wijk")
    wijken = {r[0]: r[2] for r in read_table(kaart)}
    bedoeld = cijfers.execute(
        f"""SELECT wijknaam, count(DISTINCT client_id)
            FROM kern.wijk JOIN (SELECT c.client_id, c.wijkcode {PERIODE}) USING (wijkcode)
            WHERE jaar = (SELECT max(jaar) FROM kern.wijk) AND rij IS NOT NULL GROUP BY wijknaam"""
    ).fetchall()
    getoond = 0
    for naam, aantal in bedoeld:
        if wijken[naam] == "niet getoond":
            continue
        assert wijken[naam] == str(aantal)
        assert aantal >= KLEINSTE
        getoond += 1
    assert getoond >= 3
    assert all(wijken[naam] == "niet getoond" for naam, aantal in bedoeld if aantal < KLEINSTE)

    kaart.get_by_text("Grafiek", exact=True).click()
    tegel = kaart.locator(".barlayer path").first
    expect(tegel).to_be_visible(timeout=15_000)
    tegel.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    vlak = tegel.bounding_box()
    assert vlak is not None
    # a layer of the chart lies over its tiles and takes the click
    page.mouse.click(vlak["x"] + vlak["width"] / 2, vlak["y"] + vlak["height"] / 2)
    page.wait_for_url(re.compile("wijk="), timeout=15_000)
    expect(page.get_by_role("button", name=re.compile("^wijk: "))).to_be_visible()
    page.go_back()
    page.wait_for_url(lambda url: "wijk=" not in url)


def test_a_budgethouder_drills_down_tries_a_knob_and_shares_it(
    page: Page, adres: str, cijfers: duckdb.DuckDBPyConnection
) -> None:
    # the largest cell of product, zwaarte and wijk that a budgethouder may see
    wet, hoofd, groep, product, zwaarte, wijk = cijfers.execute(
        f"""SELECT wet, hoofdproduct, productgroep, product, zwaarte, wijknaam
            FROM kern.wijk JOIN (SELECT c.* {PERIODE}) USING (wijkcode)
            WHERE zwaarte IS NOT NULL AND jaar = (SELECT max(jaar) FROM kern.wijk) AND rij IS NOT NULL
            GROUP BY wet, hoofdproduct, productgroep, product, zwaarte, wijknaam
            ORDER BY count(DISTINCT client_id) DESC, wijknaam, product, zwaarte LIMIT 1"""
    ).fetchall()[0]
    open_page(page, adres, "pq?rol=budgethouder")
    for veld, keuze in (
        ("Hoofdproduct", hoofd),
        ("Productgroep", groep),
        ("Product", product),
        ("Wijk", wijk),
    ):
        page.get_by_role("combobox", name=veld, exact=True).click()
        page.get_by_role("option", name=keuze, exact=True).click()
        page.wait_for_url(re.compile(f"{veld.lower()}="))
    open_page(page, adres, page.url.removeprefix(f"{adres}/"))
    rij = next(r for r in read_csv(page, card(page, "producten")) if zwaarte in r.values())
    cent = ask(
        cijfers,
        f"""SELECT sum(p.realisatie_cent)
            {PERIODE.replace("mart.client_maand c", "mart.pq_maand p").replace("c.", "p.")}
              AND wet = ? AND productgroep = ? AND product = ? AND zwaarte = ?
              AND wijkcode = (SELECT min(wijkcode) FROM kern.wijk WHERE wijknaam = ?)""",
        wet,
        groep,
        product,
        zwaarte,
        wijk,
    )
    assert to_cent(rij["realisatie_euro"]) == cent

    open_page(page, adres, f"knoppen?rol=budgethouder&hoofdproduct={hoofd}")
    schuif = page.get_by_role("slider", name=re.compile("^Tarief"))
    schuif.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(page.get_by_text(re.compile("tarief \\+ ?10 %", re.I)).first).to_be_visible(timeout=15_000)
    jaren = read_csv(page, card(page, "effect"))
    vol = jaren[-1]
    assert to_cent(vol["effect_euro"]) == pytest.approx(to_cent(vol["basis_euro"]) * 0.10, abs=2)
    page.get_by_role("button", name=re.compile("Deel")).click()
    link = page.locator(".si-deel code")
    expect(link).to_contain_text(re.compile(r"knop_tarief=10(\.0)?(&|$)"))
    deel = link.inner_text()
    kop = card(page, "effect").get_by_role("heading").first.inner_text()
    open_page(page, adres, deel.removeprefix(f"{adres}/"))
    assert card(page, "effect").get_by_role("heading").first.inner_text() == kop


def test_a_contractmanager_finds_an_aanbieder_notes_an_agreement_and_exports_it(
    page: Page, adres: str, cijfers: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    open_page(page, adres, "aanbieders?rol=contractmanager")
    lijst = card(page, "aanbieders")
    eerste = read_csv(page, lijst)[0]
    naam = eerste["naam"]
    cent = ask(
        cijfers,
        f"""SELECT sum(p.realisatie_cent)
            {PERIODE.replace("mart.client_maand c", "mart.pq_maand p").replace("c.", "p.")}
              AND p.aanbieder_agb = ?""",
        eerste["aanbieder_agb"],
    )
    assert to_cent(eerste["realisatie_euro"]) == cent
    # the grid is painted, not built of elements: the box in front of the first row stands below the header
    tabel = lijst.locator("[data-testid=stDataFrame] .dvn-scroller").first
    expect(tabel).to_be_visible(timeout=15_000)
    page.wait_for_timeout(500)
    tabel.click(position={"x": 15, "y": 52})
    page.wait_for_url(re.compile("/dossier"), timeout=15_000)
    expect(page.get_by_role("heading", name=naam, exact=True)).to_be_visible(timeout=15_000)

    settle(page)
    page.get_by_role("radio", name="Gesprek").click(force=True)
    expect(card(page, "afspraken")).to_be_visible(timeout=15_000)
    settle(page)
    card(page, "afspraken").get_by_text("Afspraak vastleggen of bijwerken").click()
    for veld, tekst in (("Wat", "Wachttijd onder zes weken"), ("Wie", "contractbeheer"), ("Uiterlijk", DAG)):
        card(page, "afspraken").get_by_role("textbox", name=veld).fill(tekst)
        page.keyboard.press("Tab")
    card(page, "afspraken").get_by_role("button", name="Bewaren").click()
    expect(card(page, "afspraken").get_by_role("cell", name="Wachttijd onder zes weken")).to_be_visible(
        timeout=15_000
    )
    settle(page)
    with page.expect_download() as wacht:
        page.get_by_role("button", name="Dossier (XLSX)").click()
    boek = fastexcel.read_excel(wacht.value.path())
    inhoud = "\n".join(
        str(boek.load_sheet(blad, header_row=None).to_polars().rows()) for blad in boek.sheet_names
    )
    assert "Wachttijd onder zes weken" in inhoud
    assert naam in inhoud

    with page.expect_download() as wacht:
        page.get_by_role("button", name="Dossier (PDF)").click()
    dossier = Pdf(wacht.value.path().read_bytes())
    assert dossier.wortel["/Lang"] == "nl-NL" and "<pdfuaid:part>1</pdfuaid:part>" in dossier.xmp
    assert naam in dossier.bladen[0]
    assert "Wachttijd onder zes weken contractbeheer 31-12-2026 open" in dossier.tekst
    maanden = cijfers.execute(
        f"""SELECT c.levermaand, sum(c.realisatie_cent) {PERIODE} AND c.aanbieder_agb = ? GROUP BY 1""",
        [eerste["aanbieder_agb"]],
    ).fetchall()
    assert maanden
    assert [m for m, c in maanden if f"€ {write_count(round(c / 100))}" not in dossier.tekst] == []
