"""What goes around every answer: headers, language, closed doors, secure cookies."""

import asyncio
import subprocess
import sys

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard.server.headers import KOPPEN, ShieldMiddleware
from tests.dashboard.bezoek import WORTEL


async def _page(_: Request) -> Response:
    uit = HTMLResponse('<!doctype html><html lang="en"><body>é</body></html>')
    uit.set_cookie("a", "1", httponly=True)
    return uit


async def _data(_: Request) -> Response:
    return JSONResponse({"html": '<html lang="en">'})


class Client:
    """Asks the app behind the middleware, without a network."""

    def __init__(self, basis: str) -> None:
        routes = [Route("/", _page), Route("/data", _data), Route("/_stcore/metrics", _data)]
        self.basis, self.app = basis, ShieldMiddleware(Starlette(routes=routes))

    def get(self, pad: str, headers: dict[str, str] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            vervoer = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=vervoer, base_url=self.basis) as client:
                return await client.get(pad, headers=headers)

        return asyncio.run(ask())


def _client(basis: str = "http://proef") -> Client:
    return Client(basis)


def test_every_answer_carries_the_headers() -> None:
    for pad in ("/", "/data", "/_stcore/metrics", "/bestaat-niet"):
        antwoord = _client().get(pad)
        for naam, waarde in KOPPEN.items():
            assert antwoord.headers[naam] == waarde


def test_nothing_may_come_from_elsewhere() -> None:
    csp = KOPPEN["Content-Security-Policy"]
    assert "default-src 'self'" in csp and "unsafe-eval" not in csp and "http" not in csp
    assert "frame-ancestors 'none'" in csp


def test_the_page_says_it_is_dutch_and_its_length_is_right() -> None:
    antwoord = _client().get("/")
    assert '<html lang="nl">' in antwoord.text and antwoord.text.endswith("é</body></html>")
    assert int(antwoord.headers["content-length"]) == len(antwoord.content)
    assert _client().get("/data").json() == {"html": '<html lang="en">'}


def test_counters_are_closed() -> None:
    assert _client().get("/_stcore/metrics").status_code == 403
    assert _client().get("/onder/_stcore/metrics").status_code == 403
    assert _client().get("/_stcore/agent/openapi.json").status_code == 403


def test_cookies_are_secure_under_tls_only() -> None:
    assert "secure" not in _client().get("/").headers["set-cookie"].lower()
    assert _client("https://proef").get("/").headers["set-cookie"].endswith("; Secure")
    achter = _client().get("/", headers={"x-forwarded-proto": "https"})
    assert achter.headers["set-cookie"].endswith("; Secure")
    assert "max-age" in achter.headers["strict-transport-security"]


NA_DE_START = """
import asyncio, gc, sys
import server

async def start() -> None:
    async with server.lifespan(server.app):
        laat = ("dashboard.ui.stroom", "pandas.io.formats.style", "plotly.basedatatypes")
        print(gc.get_freeze_count(), len(gc.get_objects()), all(naam in sys.modules for naam in laat))

asyncio.run(start())
"""


def test_what_a_start_loads_is_not_walked_over_at_every_click() -> None:
    uit = subprocess.run([sys.executable, "-c", NA_DE_START], cwd=WORTEL, capture_output=True, text=True)
    assert uit.returncode == 0, uit.stderr
    apart, blijft, geladen = uit.stdout.split()
    assert geladen == "True"
    assert int(apart) > 100_000 and int(blijft) < int(apart) / 20
