"""What stands before the upload address, and that the file uploader speaks Dutch."""

import asyncio
import io
from collections.abc import AsyncGenerator
from importlib.resources import files
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard.server.taal import DutchMiddleware, translate
from dashboard.server.uploads import MEGABYTE, Toelating, UploadMiddleware, is_in_memory, keep_in_memory
from dashboard.server.woorden import WOORDEN

SCRIPTS = Path(str(files("streamlit"))) / "static" / "static" / "js"


async def _take(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def put(toelating: Toelating, sessie: str, inhoud: bytes | None, omvang: str | None = None) -> httpx.Response:
    app = Starlette(routes=[Route("/x/_stcore/upload_file/{s}/{f}", _take, methods=["PUT"])])

    async def ask() -> httpx.Response:
        vervoer = httpx.ASGITransport(app=UploadMiddleware(app, toelating))
        async with httpx.AsyncClient(transport=vervoer, base_url="http://proef") as client:

            async def stream() -> AsyncGenerator[bytes, None]:
                yield inhoud or b""

            koppen = {"content-length": omvang} if omvang else {}
            data = stream() if omvang or inhoud is None else inhoud
            return await client.put(f"/x/_stcore/upload_file/{sessie}/f1", content=data, headers=koppen)

    return asyncio.run(ask())


def test_only_a_session_with_the_page_open_may_upload() -> None:
    poort = Toelating()
    assert put(poort, "a", b"x").status_code == 403
    poort.allow("a")
    assert put(poort, "a", b"xyz").text == "3"
    assert put(poort, "b", b"x").status_code == 403
    poort.deny("a")
    antwoord = put(poort, "a", b"x")
    assert (antwoord.status_code, antwoord.text) == (403, "Deze pagina neemt geen bestanden aan.")


def test_a_right_to_upload_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    poort = Toelating()
    poort.allow("a")
    monkeypatch.setattr("dashboard.server.uploads.time.monotonic", lambda: 1e9)
    assert put(poort, "a", b"x").status_code == 403


def test_memory_is_bounded_per_session_and_in_all() -> None:
    """A bound of 10 MB: what is held, on its way and asked for together; twice that for all sessions."""
    poort, vast = Toelating(), {"a": 8 * MEGABYTE}
    poort.grens, poort.held = 10 * MEGABYTE, lambda: vast
    for s in "abc":
        poort.allow(s)
    assert put(poort, "a", b"x", str(4 * MEGABYTE)).status_code == 413
    assert put(poort, "b", b"x", str(9 * MEGABYTE)).status_code == 200
    with poort.receiving("b", 9 * MEGABYTE):
        assert put(poort, "c", b"x", str(5 * MEGABYTE)).status_code == 413
        assert put(poort, "b", b"x", str(3 * MEGABYTE)).status_code == 413
    assert put(poort, "c", b"x", str(5 * MEGABYTE)).status_code == 200
    assert put(poort, "c", None).status_code == 411, "without a length it is not known what is coming"


def _parse(data: bytes) -> UploadFile:
    grens = b"grens"
    kop = b'--grens\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'

    async def stream() -> AsyncGenerator[bytes, None]:
        yield kop
        for i in range(0, len(data), 65536):
            yield data[i : i + 65536]
        yield b"\r\n--" + grens + b"--\r\n"

    koppen = Headers({"content-type": "multipart/form-data; boundary=grens"})
    form = asyncio.run(MultiPartParser(koppen, stream()).parse())
    (bestand,) = form.values()
    assert isinstance(bestand, UploadFile)
    return bestand


def test_an_upload_of_5_mb_is_never_spooled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MEGABYTE)
    assert not is_in_memory()
    assert _parse(bytes(5 * MEGABYTE)).file._rolled, "what Starlette does by itself"  # type: ignore[attr-defined]
    keep_in_memory()
    bestand = _parse(bytes(5 * MEGABYTE))
    assert is_in_memory() and not bestand.file._rolled  # type: ignore[attr-defined]
    assert isinstance(bestand.file._file, io.BytesIO)  # type: ignore[attr-defined]


@pytest.mark.parametrize("naam", WOORDEN)
def test_every_english_text_is_still_there_to_be_translated(naam: str) -> None:
    """Fails when Streamlit is upgraded and words its scripts otherwise."""
    teksten = [p.read_text() for p in SCRIPTS.glob(f"{naam}.*.js")]
    for engels, nederlands in WOORDEN[naam].items():
        assert any(engels in t for t in teksten), engels
        teksten = [t.replace(engels, nederlands) for t in teksten]


def test_scripts_reach_the_browser_in_dutch_packed_and_once() -> None:
    app = DutchMiddleware(Starlette(routes=[Mount("/static/js", StaticFiles(directory=SCRIPTS))]))

    def get(naam: str, **koppen: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app), base_url="http://proef"
            ) as client:
                kop = {"accept-encoding": "gzip"} | {k.replace("_", "-"): v for k, v in koppen.items()}
                return await client.get(f"/static/js/{naam}", headers=kop)

        return asyncio.run(ask())

    for pad in SCRIPTS.glob("FileUploader.*.js"):
        for _ in range(2):  # made, and kept
            antwoord = get(pad.name)
            assert antwoord.text == translate("FileUploader", pad.read_bytes()).decode()
            assert "Kies bestanden" in antwoord.text and "Add files" not in antwoord.text
            assert antwoord.headers["content-encoding"] == "gzip"
            assert int(antwoord.headers["content-length"]) < len(antwoord.content)
            assert antwoord.headers["cache-control"] == "no-cache"
        heel = get(pad.name, accept_encoding="identity")
        assert "content-encoding" not in heel.headers and heel.content == antwoord.content
        assert int(heel.headers["content-length"]) == len(heel.content)
        weer = get(pad.name, if_none_match=antwoord.headers["etag"])
        assert (weer.status_code, weer.content) == (304, b"")
    ander = next(SCRIPTS.glob("Pagination.*.js")).with_name("bestaat-niet.abc.js")
    assert get(ander.name).status_code == 404
    eigen = next(SCRIPTS.glob("PlotlyChart.*.js"))
    assert get(eigen.name).content == eigen.read_bytes(), "no words of ours: as it is, but packed"
