"""Streamlit's scripts on their way to the browser: in Dutch, and packed.

A style sheet could hide English words, but not what a screen reader says. Each text of `woorden` must occur
in the scripts of the installed Streamlit; a test says so when an upgrade changes one.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.woorden import WOORDEN

_SCRIPT = re.compile(r"/static/(?:js|css)/([\w-]+)\.[\w.-]+\.(?:js|css)$")
MEESTE = 400  # scripts kept; Streamlit has about two hundred, of which a browser asks some forty


def translate(naam: str, script: bytes) -> bytes:
    """The script with its texts in Dutch; unchanged where none of them occurs in it."""
    tekst = script.decode()
    for engels, nederlands in WOORDEN[naam].items():
        tekst = tekst.replace(engels, nederlands)
    return tekst.encode()


@dataclass(frozen=True)
class _Script:
    """A script as it goes out: the headers it came with, whole and packed, and its mark."""

    koppen: tuple[tuple[bytes, bytes], ...]
    heel: bytes
    gepakt: bytes
    merk: str


class DutchMiddleware:
    """Puts Streamlit's scripts into Dutch and packs them, once; a browser only asks whether they changed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._bewaard: dict[str, _Script] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; of these scripts the whole is held back to be translated."""
        gevonden = _SCRIPT.search(str(scope.get("path", ""))) if scope["type"] == "http" else None
        if gevonden is None or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        pad = str(scope["path"])
        if pad not in self._bewaard:
            script = await self._fetch(gevonden.group(1), scope, receive, send)
            if script is None:
                return
            if len(self._bewaard) < MEESTE:
                self._bewaard[pad] = script
            await _send_script(script, Headers(scope=scope), send)
            return
        await _send_script(self._bewaard[pad], Headers(scope=scope), send)

    async def _fetch(self, naam: str, scope: Scope, receive: Receive, send: Send) -> _Script | None:
        """The script made ready; None when there is none, and what was answered has been passed on."""
        weg = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since")
        koppen = [(k, v) for k, v in scope["headers"] if k.lower() not in weg]
        begin: list[Message] = []
        stukken: list[bytes] = []

        async def send_on(bericht: Message) -> None:
            if bericht["type"] == "http.response.start" and bericht["status"] == 200:
                begin.append(bericht)
            elif begin and bericht["type"] == "http.response.body":
                stukken.append(bericht.get("body", b""))
            else:
                await send(bericht)

        # Without path send the file comes through here in pieces.
        kaal = {k: v for k, v in scope.get("extensions", {}).items() if k != "http.response.pathsend"}
        await self.app({**scope, "headers": koppen, "extensions": kaal}, receive, send_on)
        if not begin:
            return None
        return _prepare(naam, begin[0], b"".join(stukken))


def _prepare(naam: str, begin: Message, inhoud: bytes) -> _Script:
    koppen = MutableHeaders(raw=list(begin["headers"]))
    for kop in ("etag", "last-modified", "content-length", "accept-ranges"):
        if kop in koppen:
            del koppen[kop]
    if naam in WOORDEN:
        inhoud = translate(naam, inhoud)
        # Its name is that of the English file, so a browser may not keep it for a year.
        koppen["cache-control"] = "no-cache"
    koppen["vary"] = "Accept-Encoding"
    merk = f'"{hashlib.sha256(inhoud).hexdigest()[:32]}"'
    return _Script(tuple(koppen.raw), inhoud, gzip.compress(inhoud, 6, mtime=0), merk)


async def _send_script(script: _Script, gevraagd: Headers, send: Send) -> None:
    koppen = MutableHeaders(raw=list(script.koppen))
    koppen["etag"] = script.merk
    if script.merk in gevraagd.get("if-none-match", ""):
        await send({"type": "http.response.start", "status": 304, "headers": koppen.raw})
        await send({"type": "http.response.body", "body": b""})
        return
    inhoud = script.heel
    if "gzip" in gevraagd.get("accept-encoding", ""):
        inhoud = script.gepakt
        koppen["content-encoding"] = "gzip"
    koppen["content-length"] = str(len(inhoud))
    await send({"type": "http.response.start", "status": 200, "headers": koppen.raw})
    await send({"type": "http.response.body", "body": inhoud})
