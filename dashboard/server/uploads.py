"""Uploads: kept in memory, and taken only from a page that asked for them.

Starlette writes whatever is larger than 1 MB to a temporary file, and Streamlit takes files from any open
session. What is uploaded here is messages with BSNs, so neither may be.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.formparsers import MultiPartParser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

MEGABYTE = 1024 * 1024
_PAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")
_ZONDER_GRENS = 1 << 62
_GELDIG_SECONDEN = 8 * 3600.0
_OVERHEAD = MEGABYTE
"""What a request is longer than the file in it, at most."""


def keep_in_memory() -> None:
    """Never write an upload to a temporary file, however large it is."""
    MultiPartParser.spool_max_size = _ZONDER_GRENS


def is_in_memory() -> bool:
    """Whether this server keeps uploads in memory; a page must ask for no file where it does not."""
    return MultiPartParser.spool_max_size >= _ZONDER_GRENS


class Toelating:
    """Which sessions may upload now, and how much memory they take: per session, and twice that in all."""

    def __init__(self) -> None:
        self._slot = threading.Lock()
        self._tot: dict[str, float] = {}
        self._onderweg: dict[str, int] = {}
        self.grens = 512 * MEGABYTE
        self.held: Callable[[], dict[str, int]] = dict
        """Bytes that the server holds per session; the server itself says how to find out."""

    def allow(self, sessie: str) -> None:
        """Opens uploading for a session, for as long as a visit may last."""
        with self._slot:
            nu = time.monotonic()
            self._tot = {s: t for s, t in self._tot.items() if t > nu}
            self._tot[sessie] = nu + _GELDIG_SECONDEN

    def deny(self, sessie: str) -> None:
        """Closes uploading for a session."""
        with self._slot:
            self._tot.pop(sessie, None)

    def refuse(self, sessie: str, lengte: int | None) -> tuple[int, str] | None:
        """Status and Dutch reason when an upload of this many bytes may not be taken; None when it may."""
        with self._slot:
            if self._tot.get(sessie, 0.0) <= time.monotonic():
                return 403, "Deze pagina neemt geen bestanden aan."
            if lengte is None:
                return 411, "De grootte van het bestand is niet opgegeven."
            bewaard = self.held()
            zelf = bewaard.get(sessie, 0) + self._onderweg.get(sessie, 0)
            alles = sum(bewaard.values()) + sum(self._onderweg.values())
            if zelf + lengte > self.grens + _OVERHEAD or alles + lengte > 2 * self.grens + _OVERHEAD:
                return 413, "Dit bestand past niet meer bij wat er al is aangeboden."
            return None

    @contextmanager
    def receiving(self, sessie: str, lengte: int) -> Iterator[None]:
        """Counts bytes that are on their way."""
        with self._slot:
            self._onderweg[sessie] = self._onderweg.get(sessie, 0) + lengte
        try:
            yield
        finally:
            with self._slot:
                self._onderweg[sessie] -= lengte
                if not self._onderweg[sessie]:
                    del self._onderweg[sessie]


TOELATING = Toelating()


class UploadMiddleware:
    """Stands before Streamlit's upload address and lets through what `Toelating` allows."""

    def __init__(self, app: ASGIApp, toelating: Toelating = TOELATING) -> None:
        self.app, self.toelating = app, toelating

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse an upload before its first byte is read."""
        gevonden = _PAD.search(str(scope.get("path", ""))) if scope["type"] == "http" else None
        if gevonden is None or scope["method"] not in ("PUT", "POST"):
            await self.app(scope, receive, send)
            return
        sessie, lengte = gevonden.group(1), _content_length(scope)
        bezwaar = self.toelating.refuse(sessie, lengte)
        if bezwaar is not None or lengte is None:
            status, reden = bezwaar or (411, "")
            await PlainTextResponse(reden, status_code=status)(scope, receive, send)
            return
        with self.toelating.receiving(sessie, lengte):
            await self.app(scope, receive, send)


def _content_length(scope: Scope) -> int | None:
    koppen = {k.lower(): v for k, v in scope.get("headers", [])}
    waarde = koppen.get(b"content-length", b"")
    return int(waarde) if waarde.isdigit() else None
