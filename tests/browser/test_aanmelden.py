"""Sign-in with a real OpenID Connect provider process, and the door without any."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import find_port, start_server
from tests.conftest import Keten

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GEBRUIKERS = (
    {"sub": "wendy", "roles": ["wethouder"], "name": "Wendy"},
    {"sub": "bram", "roles": ["iets anders"], "name": "Bram"},
)


def wait_for(url: str) -> None:
    """Wait until `url` answers."""
    grens = time.monotonic() + 30
    while time.monotonic() < grens:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"geen antwoord van {url}")


@pytest.fixture(scope="module")
def met_provider(keten: Keten, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard that asks a provider who is there; the demo is asked for too, and ignored."""
    map_ = tmp_path_factory.mktemp("aanmelden")
    bij, poort = find_port(), find_port()
    opdracht = [str(Path(sys.executable).parent / "oidc-provider-mock"), "--port", str(bij)]
    for gebruiker in GEBRUIKERS:
        opdracht += ["--user-claims", json.dumps(gebruiker)]
    with (map_ / "provider.log").open("wb") as uit:
        provider = subprocess.Popen(opdracht, stdout=uit, stderr=subprocess.STDOUT)
    wait_for(f"http://127.0.0.1:{bij}/.well-known/openid-configuration")
    geheim = map_ / "secrets.toml"
    geheim.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{poort}/oauth2callback"
cookie_secret = "alleen voor deze proef, tweeendertig tekens"
client_id = "stuurinfo"
client_secret = "geheim"
server_metadata_url = "http://127.0.0.1:{bij}/.well-known/openid-configuration"
"""
    )
    env = keten.env | {
        "STUURINFO_DEMO": "1",
        "STUURINFO_SNAPSHOT": str(keten.snapshot),
        "STUURINFO_LOG": str(map_ / "log"),
    }
    proces, adres = start_server(env, map_ / "server.log", "--secrets.files", str(geheim), poort=poort)
    yield adres
    for p in (proces, provider):
        p.terminate()
        p.wait(10)


def sign_in(page: Page, adres: str, wie: str, pad: str = "") -> None:
    """Go through the provider's own form as `wie`."""
    page.goto(f"{adres}/{pad}")
    expect(page.get_by_role("heading", name="Meld u aan")).to_be_visible(timeout=30_000)
    expect(page.locator(".si-tegel")).to_have_count(0)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("button", name=wie).or_(page.locator(f"button[value='{wie}']")).first.click()


def test_role_comes_from_the_claim(page: Page, met_provider: str) -> None:
    sign_in(page, met_provider, "wendy")
    expect(page.locator(".si-tegel").first).to_be_visible(timeout=30_000)
    expect(page.locator(".si-kop")).to_contain_text("rol: wethouder")
    page.goto(f"{met_provider}/laden")
    expect(page.get_by_text("Deze pagina hoort bij de rol beheer")).to_be_visible(timeout=30_000)


def test_the_address_cannot_choose_a_role(page: Page, met_provider: str) -> None:
    sign_in(page, met_provider, "wendy")
    expect(page.locator(".si-tegel").first).to_be_visible(timeout=30_000)
    page.goto(f"{met_provider}/laden?rol=beheer")
    expect(page.get_by_text("Deze pagina hoort bij de rol beheer")).to_be_visible(timeout=30_000)


def test_signed_in_without_a_known_role_sees_no_figure(page: Page, met_provider: str) -> None:
    sign_in(page, met_provider, "bram")
    expect(page.get_by_role("heading", name="U heeft nog geen rol")).to_be_visible(timeout=30_000)
    expect(page.locator(".si-tegel")).to_have_count(0)


def test_without_demo_or_provider_nothing_is_shown(
    page: Page, keten: Keten, tmp_path_factory: pytest.TempPathFactory
) -> None:
    map_ = tmp_path_factory.mktemp("dicht")
    env = {k: v for k, v in keten.env.items() if k != "STUURINFO_DEMO"}
    proces, adres = start_server(env | {"STUURINFO_SNAPSHOT": str(keten.snapshot)}, map_ / "server.log")
    try:
        page.goto(f"{adres}/overzicht")
        expect(page.get_by_role("heading", name="Dit dashboard is nog afgesloten")).to_be_visible(
            timeout=30_000
        )
        expect(page.get_by_text("secrets.toml")).to_be_visible()
        expect(page.locator(".si-tegel, table, .stPlotlyChart")).to_have_count(0)
    finally:
        proces.terminate()
        proces.wait(10)


def test_without_snapshot_the_page_says_what_to_do(
    page: Page, tmp_path_factory: pytest.TempPathFactory, keten: Keten
) -> None:
    map_ = tmp_path_factory.mktemp("leeg")
    env = keten.env | {"STUURINFO_DEMO": "1", "STUURINFO_SNAPSHOT": str(map_ / "nog_niet.duckdb")}
    proces, adres = start_server(env, map_ / "server.log")
    try:
        page.goto(f"{adres}/overzicht")
        expect(page.get_by_role("heading", name="Er zijn nog geen cijfers")).to_be_visible(timeout=30_000)
        expect(page.locator(".si-tegel, table, .stPlotlyChart")).to_have_count(0)
    finally:
        proces.terminate()
        proces.wait(10)
