"""A real server on the small city and Debian's chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import WORTEL, Keten


def find_port() -> int:
    """Return a free port on the loopback."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def start_server(
    env: dict[str, str], log: Path, *opties: str, poort: int | None = None
) -> tuple[subprocess.Popen[bytes], str]:
    """Start the dashboard; returns the process and its address once it answers."""
    poort = poort or find_port()
    opdracht = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.address", "127.0.0.1"]
    opdracht += ["--server.port", str(poort), "--server.headless", "true", *opties]
    with log.open("wb") as uit:
        proces = subprocess.Popen(opdracht, cwd=WORTEL, env=env, stdout=uit, stderr=subprocess.STDOUT)
    adres = f"http://127.0.0.1:{poort}"
    grens = time.monotonic() + 60
    while time.monotonic() < grens:
        try:
            with urllib.request.urlopen(f"{adres}/_stcore/health", timeout=1):
                return proces, adres
        except OSError:
            assert proces.poll() is None, log.read_text(errors="replace")
            time.sleep(0.2)
    proces.kill()
    raise AssertionError(f"het dashboard antwoordt niet:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def adres(keten: Keten, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running dashboard on the small city, demo on."""
    map_ = tmp_path_factory.mktemp("server")
    env = keten.env | {
        "STUURINFO_DEMO": "1",
        "STUURINFO_SNAPSHOT": str(keten.snapshot),
        "STUURINFO_LOG": str(map_ / "log"),
    }
    proces, waar = start_server(env, map_ / "server.log")
    yield waar
    proces.terminate()
    proces.wait(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's chromium; absent is a failure, as the pages would go unseen.

    Closed after each module: its event loop would be in the way of other tests in the same process.
    """
    pad = os.environ.get("STUURINFO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert pad, "geen chromium: installeer het (apt install chromium) of zet STUURINFO_CHROMIUM"
    vlaggen = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with sync_playwright() as speler:
        browser = speler.chromium.launch(
            executable_path=pad, args=[*vlaggen, "--disable-sync", "--no-first-run"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh window of 1440 wide with Dutch settings."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def cijfers(keten: Keten) -> Iterator[duckdb.DuckDBPyConnection]:
    """The snapshot itself, to compare the screen with."""
    with duckdb.connect(str(keten.snapshot.resolve()), read_only=True) as con:
        yield con
