"""An administrator at work: drops files, follows and stops, repairs, withdraws; and nothing touches disk."""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import start_server
from tests.browser.test_paginas import settle
from tests.conftest import WORTEL, Keten
from tests.etl.maken import BSN_1, BSN_2, client, declaratie, prestatie, start, zip_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ENGELS = ("Drag and drop", "Browse", "Upload", "Limit", "per file", "Add files", "Remove", "Press Enter")


@dataclass
class Server:
    """A dashboard of its own, with a lake that may be loaded into and a TMPDIR that is watched."""

    adres: str
    lake: Path
    env: dict[str, str]
    tmp: Path
    map: Path
    pid: int

    def ask(self, *woorden: str) -> Any:
        klaar = subprocess.run(
            [sys.executable, "-m", "etl", *woorden, "--lake", str(self.lake), "--json"],
            cwd=WORTEL,
            env=self.env,
            capture_output=True,
            check=True,
        )
        return json.loads(klaar.stdout)

    def log_of(self, naam: str) -> dict[str, Any]:
        (rij,) = [r for r in self.ask("log") if r["naam"] == naam and r["status"] != "ingetrokken"]
        gevonden: dict[str, Any] = rij
        return gevonden


@pytest.fixture(scope="module")
def server(keten: Keten, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small city's lake and snapshot, copied: what these tests load is of no concern to others."""
    map_ = tmp_path_factory.mktemp("laden")
    shutil.copytree(keten.lake, map_ / "lake")
    shutil.copy(keten.snapshot.resolve(), map_ / "stuurinfo.g1.duckdb")
    (map_ / "stuurinfo.duckdb").symlink_to("stuurinfo.g1.duckdb")
    (map_ / "tmp").mkdir()
    env = keten.env | {
        "STUURINFO_DEMO": "1",
        "STUURINFO_SNAPSHOT": str(map_ / "stuurinfo.duckdb"),
        "STUURINFO_LAKE": str(map_ / "lake"),
        "STUURINFO_LOG": str(map_ / "log"),
        "TMPDIR": str(map_ / "tmp"),
    }
    proces, adres = start_server(env, map_ / "server.log")
    yield Server(adres, map_ / "lake", env, map_ / "tmp", map_, proces.pid)
    proces.terminate()
    proces.wait(20)


def open_loading(page: Page, server: Server) -> None:
    """Open the page with the card to load from, whatever the test before left there."""
    page.goto(f"{server.adres}/laden?rol=beheer")
    settle(page)
    verder = page.get_by_role("button", name="Nieuwe bestanden laden").or_(
        page.get_by_role("button", name="Verder")
    )
    if verder.count():
        verder.click()
    expect(page.get_by_role("button", name="Kies bestanden")).to_be_visible(timeout=15_000)
    settle(page)


def choose(page: Page, veld: str, optie: str) -> None:
    """Choose from a list; it closes while the page scrolls, so first bring it into view."""
    lijst = page.get_by_role("combobox", name=veld)
    lijst.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    lijst.click()
    page.get_by_role("option", name=optie).click(timeout=10_000)


def payload(naam: str, data: bytes) -> FilePayload:
    return {"name": naam, "mimeType": "application/octet-stream", "buffer": data}


def drop(page: Page, *bestanden: FilePayload) -> None:
    """Hand files to the field and start loading."""
    page.locator("[data-testid=stFileUploader] input").set_input_files(list(bestanden))
    knop = f"{len(bestanden)} bestanden laden" if len(bestanden) > 1 else "Laden"
    page.get_by_role("button", name=knop, exact=True).click(timeout=30_000)


def read_rows(page: Page, bijschrift: str, aantal: int | None = None) -> dict[str, list[str]]:
    """Rows of a table by their first cell, read in one go: a table being replaced has rows without cells.

    aantal: how many rows there must be; after a filter the lines above a table change before the table does.
    """
    settle(page)
    tabel = page.get_by_role("region", name=bijschrift)
    expect(tabel.locator("tbody tr:not(:has(td))")).to_have_count(0)
    rijen = tabel.locator("tbody tr")
    if aantal is not None:
        expect(rijen).to_have_count(aantal, timeout=15_000)
    cellen: list[list[str]] = rijen.evaluate_all(
        "rijen => rijen.map(rij => [...rij.cells].map(cel => cel.innerText))"
    )
    return {r[0]: r for r in cellen}


def euros(cent: int) -> str:
    """Written by Python's own formatting, as the screen should."""
    heel = f"{cent / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"€ {heel}" if cent else "–"


def test_administrator_loads_repairs_and_withdraws(page: Page, server: Server) -> None:
    goed = declaratie(client(BSN_1, prestatie("R1", 123456)), totaal=123456, nummer="BG")
    deels = declaratie(
        client(BSN_2, prestatie("R2"), prestatie("=1+1", 700, begin="x"), prestatie("R4", 300, eenheid="99")),
        totaal=6000,
        nummer="BD",
    )
    leden = [(f"s{n}.xml", start(BSN_1, n, nummer=f"BS{n}").encode()) for n in range(30)]
    open_loading(page, server)
    with page.expect_file_chooser():
        page.get_by_role("button", name="Kies bestanden").press("Enter")
    drop(
        page,
        payload("goed.xml", goed.encode()),
        payload("deels.xml", deels.encode()),
        payload("kapot 999900006.xml", goed.replace("BG", "BK")[:-40].encode()),
        payload("maand.zip", zip_of(leden)),
    )
    kaart = page.locator(".st-key-kaart-laden")
    expect(kaart.get_by_role("heading").first).to_have_text(
        "2 van 33 bestanden vragen aandacht: 1 geweigerd en 1 deels", timeout=30_000
    )
    expect(kaart).to_contain_text("33 regels geladen (€ 1.287,56), 1 in quarantaine (€ 7,00)")
    expect(kaart).to_contain_text("Wat u doet:")
    expect(kaart.get_by_role("region", name="Bevindingen")).to_contain_text("codelijst")
    verslag = read_rows(page, "Verslag per bestand")
    for naam in ("goed.xml", "deels.xml", "kapot #########.xml", "s7.xml"):
        log, rij = server.log_of(naam), verslag[naam]
        assert rij[2] == log["status"]
        assert rij[4:7] == [str(log[k]) for k in ("regels", "regels_geladen", "regels_quarantaine")]
        assert rij[7:9] == [euros(log[k]) for k in ("bedrag_geladen_cent", "bedrag_quarantaine_cent")]
    assert "Het bericht is niet compleet: het einde ontbreekt." in verslag["kapot #########.xml"][3]
    assert "999900006" not in page.locator("body").inner_text()

    expect(page.locator(".st-key-kaart-quarantaine")).to_contain_text("=1+1", timeout=15_000)
    settle(page)
    choose(page, "Reden", "is niet te lezen")
    expect(page.locator(".st-key-kaart-quarantaine")).to_contain_text("1 regel, € 7,00", timeout=15_000)
    assert list(read_rows(page, "Regels in quarantaine", 1)) == ["deels.xml"]
    with page.expect_download() as wacht:
        page.locator(".st-key-kaart-quarantaine").get_by_role("button", name="CSV").click()
    regels = csv.DictReader(
        io.StringIO(wacht.value.path().read_text(encoding="utf-8-sig").split("\n\n", 1)[-1]), delimiter=";"
    )
    (regel,) = list(regels)
    assert (regel["bestand"], regel["regel"], regel["referentienummer"]) == ("deels.xml", "2", "'=1+1")
    assert regel["bedrag_euro"] == "7"

    page.get_by_role("textbox", name="Zoek op naam").fill("goed")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)
    settle(page)
    choose(page, "Bestand om in te trekken", "goed.xml")
    page.get_by_role("textbox", name="Reden (zonder").fill("verkeerde maand")
    page.get_by_text("Ja, trek goed.xml in: 1 regel (€ 1.234,56) minder").click()
    page.get_by_role("button", name="Intrekken", exact=True).click()
    expect(page.locator(".st-key-kaart-intrekken")).to_contain_text("tellen niet meer", timeout=30_000)
    laatste = server.ask("log")[-1]
    assert (laatste["naam"], laatste["status"], laatste["toelichting"]) == (
        "goed.xml",
        "ingetrokken",
        "verkeerde maand",
    )
    acties = [json.loads(r) for r in (server.map / "log" / "inzage.jsonl").read_text().splitlines()]
    assert [r["gebeurtenis"] for r in acties] == ["laden", "intrekken"]


def test_figures_are_derived_anew_and_the_page_moves_over(page: Page, server: Server) -> None:
    open_loading(page, server)
    eerst = page.locator(".si-kop").inner_text()
    page.get_by_role("button", name="Cijfers opnieuw afleiden").click()
    expect(page.get_by_text("De cijfers zijn opnieuw afgeleid.")).to_be_visible(timeout=90_000)
    expect(page.locator(".si-kop")).not_to_have_text(eerst, timeout=40_000)


def big_zip(nummer: str, compressie: int, berichten: int = 16) -> bytes:
    """Declarations of some 0,8 MB each; held in memory, so that the test itself writes nothing either."""
    clienten = "".join(
        client(b, *[prestatie(f"R{c}-{i}") for i in range(5)]) for c in range(150) for b in (BSN_1, BSN_2)
    )
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", compressie) as archief:
        for n in range(berichten):
            archief.writestr(f"d{n}.xml", declaratie(clienten, totaal=1500 * 5000, nummer=f"{nummer}{n}"))
    return uit.getvalue()


def loaders(pid: int) -> list[psutil.Process]:
    """The loaders that a server started and that have not ended."""
    uit = []
    for kind in psutil.Process(pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "etl" in kind.cmdline():
                uit.append(kind)
    return uit


def test_stop_really_stops_and_leaves_the_lake_alone(page: Page, server: Server) -> None:
    voor = server.ask("log")
    open_loading(page, server)
    drop(page, payload("groot.zip", big_zip("ST", zipfile.ZIP_DEFLATED, 250)))
    page.get_by_role("button", name="Stoppen").click(timeout=15_000)
    expect(page.get_by_text("het lake is zoals het was")).to_be_visible(timeout=30_000)
    assert server.ask("log") == voor
    assert not loaders(server.pid)


def test_server_that_ends_stops_what_it_started(page: Page, keten: Keten, tmp_path: Path) -> None:
    shutil.copytree(keten.lake, tmp_path / "lake")
    env = keten.env | {
        "STUURINFO_DEMO": "1",
        "STUURINFO_SNAPSHOT": str(keten.snapshot),
        "STUURINFO_LAKE": str(tmp_path / "lake"),
        "STUURINFO_LOG": str(tmp_path / "log"),
    }
    proces, adres = start_server(env, tmp_path / "server.log")
    eigen = Server(adres, tmp_path / "lake", env, tmp_path, tmp_path, proces.pid)
    voor = eigen.ask("log")
    open_loading(page, eigen)
    drop(page, payload("groot.zip", big_zip("EI", zipfile.ZIP_DEFLATED, 250)))
    expect(page.get_by_text("bestanden gelezen")).to_be_visible(timeout=15_000)
    kinderen = loaders(proces.pid)
    assert len(kinderen) == 1
    proces.terminate()
    proces.wait(40)
    assert not kinderen[0].is_running()
    assert eigen.ask("log") == voor


def test_an_upload_is_never_on_disk(page: Page, server: Server) -> None:
    """TMPDIR is listed, and the open files of server and loader are looked at, all the while."""
    data = big_zip("NS", zipfile.ZIP_STORED)
    assert len(data) > 5_000_000 and BSN_1.encode() in data
    gezien: set[str] = set()
    klaar = threading.Event()

    def look() -> None:
        baas = psutil.Process(server.pid)
        while not klaar.is_set():
            gezien.update(str(p) for p in server.tmp.rglob("*") if p.is_file() and not holds_nothing(str(p)))
            for proces in (baas, *baas.children(recursive=True)):
                gezien.update(open_files(proces.pid, server.tmp))
            time.sleep(0.004)

    open_loading(page, server)
    kijker = threading.Thread(target=look)
    kijker.start()
    try:
        drop(page, payload("maand.zip", data))
        expect(page.get_by_text("16 bestanden gelezen, niets vraagt aandacht")).to_be_visible(timeout=90_000)
    finally:
        klaar.set()
        kijker.join()
    assert gezien == set()
    for pad in server.map.rglob("*"):
        if pad.is_file():
            inhoud = pad.read_bytes()
            assert BSN_1.encode() not in inhoud and BSN_2.encode() not in inhoud, pad


def holds_nothing(pad: str) -> bool:
    """Files that hold nothing of a message: the reader's own configuration, which is our mapping, and the
    four bytes 'blat' with which Python's tempfile tries whether a folder can be written (eight characters,
    where its real files begin with 'tmp').
    """
    return re.search(r"/(mapping\.yaml|[a-z0-9_]{8}( \(deleted\))?)$", pad) is not None


def open_files(pid: int, tmp: Path) -> list[str]:
    """Open files of a process that lie in the temporary folder, or have no name any more."""
    uit = []
    try:
        nummers = os.listdir(f"/proc/{pid}/fd")  # noqa: PTH208
    except OSError:
        return uit
    for n in nummers:
        try:
            doel = os.readlink(f"/proc/{pid}/fd/{n}")  # noqa: PTH115
        except OSError:
            continue
        if holds_nothing(doel):
            continue
        if doel.startswith(str(tmp)) or (doel.endswith(" (deleted)") and not doel.startswith("/memfd:")):
            uit.append(doel)
    return uit


def test_the_field_for_files_speaks_dutch(page: Page, server: Server) -> None:
    open_loading(page, server)
    veld = page.locator("[data-testid=stFileUploader]")
    page.locator("[data-testid=stFileUploader] input").set_input_files([payload("a.xml", b"<a/>")])
    expect(veld.get_by_text("a.xml")).to_be_visible()
    namen = veld.evaluate("e => [...e.querySelectorAll('*')].flatMap(x => [x.ariaLabel, x.title])")
    tekst = page.locator("body").inner_text() + " ".join(n for n in namen if n)
    assert [e for e in ENGELS if e in tekst] == []
    veld.get_by_role("button", name="Weghalen: a.xml").click()
    expect(veld.get_by_role("button", name="Kies bestanden")).to_be_visible()


def test_page_fits_a_phone_with_a_report_on_it(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_loading(page, server)
    drop(page, payload("kapot.xml", start(BSN_1, 7, nummer="TEL")[:-9].encode()))
    expect(page.get_by_text("1 van 1 bestand vraagt aandacht")).to_be_visible(timeout=30_000)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
