"""What production runs: the dashboard behind security headers, a health route and an error page.

`streamlit run server.py`, or `uvicorn server:app` behind a proxy that speaks TLS.
"""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.runtime import get_instance
from streamlit.runtime.pages_manager import PagesManager

from dashboard.server.headers import ShieldMiddleware
from dashboard.server.opstart import load_ahead
from dashboard.server.taal import DutchMiddleware
from dashboard.server.uploads import MEGABYTE, TOELATING, UploadMiddleware, keep_in_memory
from dashboard.server.werk import WERKPLAATS

LOG = logging.getLogger("stuurinfo")


async def health(_: Request) -> JSONResponse:
    """Say that the server is up; nothing about figures or users."""
    return JSONResponse({"status": "ok"})


def show_error(fout: BaseException) -> bool:
    """Show a number to report instead of a trace; the trace goes to the server's own log."""
    nummer = uuid.uuid4().hex[:8]
    LOG.error("fout %s", nummer, exc_info=fout)
    st.error(f"Er ging iets mis. Probeer het opnieuw, of meld foutnummer {nummer} aan functioneel beheer.")
    return True


def held_uploads() -> dict[str, int]:
    """Bytes of uploads in memory, per session."""
    beheerder = get_instance().uploaded_file_mgr
    opslag = getattr(beheerder, "file_storage", {})
    return {s: sum(len(f.data) for f in list(per.values())) for s, per in list(opslag.items())}


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """While the server is up: how much may be uploaded; when it ends, what it started is stopped."""
    load_ahead()
    TOELATING.grens = int(st.get_option("server.maxUploadSize")) * MEGABYTE
    yield
    await asyncio.to_thread(WERKPLAATS.stop_all)


keep_in_memory()
TOELATING.held = held_uploads

# The folder `pages/` is ours, not Streamlit's older automatic one. Left to find that out by itself, it greets
# the first visitor of a fresh process with "Page not found" before the navigation is known.
PagesManager.uses_pages_directory = False

app = st.App(
    Path(__file__).resolve().parent / "app.py",
    routes=[Route("/gezond", health)],
    middleware=[Middleware(ShieldMiddleware), Middleware(UploadMiddleware), Middleware(DutchMiddleware)],
    lifespan=lifespan,
    on_script_error=show_error,
)
