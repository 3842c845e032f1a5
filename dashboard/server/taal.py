"""Streamlit's own English in the file uploader, put into Dutch in the scripts that it is served with.

A style sheet could hide the words, but not what a screen reader says. Each text below must occur in the
scripts of the installed Streamlit; a test says so when an upgrade changes one.
"""

import re
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(r"/static/js/(FileUploader|utils)\.[\w-]+\.js$")

WOORDEN = {
    "FileUploader": {
        "`Drag and drop directories here`": "`Laat de mappen hier los`",
        "`Drag and drop files here`": "`Laat de bestanden hier los`",
        "`Drag and drop a file here`": "`Laat het bestand hier los`",
        "`Upload directories`": "`Kies mappen`",
        "label:l?`Kies mappen`:`Upload`": "label:l?`Kies mappen`:`Kies bestanden`",
        # the limit holds for all files together, and stands above the field
        "`${T(t,D.Byte,0)} per file`": "`of sleep ze hierheen`",
        '"aria-label":`Add files`': '"aria-label":`Bestanden toevoegen`',
        " files are not allowed.`": ": dit soort bestand wordt niet aangenomen.`",
        "errorMessage:P(e)": "errorMessage:`Dit bestand is niet aangenomen: het is te groot of de verbinding "
        "viel weg.`",
        "errorMessage:te(e).message": "errorMessage:`De verbinding viel weg. Probeer het opnieuw.`",
    },
    "utils": {
        "`File must be ${": "`Een bestand is hoogstens ${",
        "} or smaller.`": "}.`",
        " files are not allowed.`": ": dit soort bestand wordt niet aangenomen.`",
        "`File size is too small.`": "`Dit bestand is te klein.`",
        "`Only one file is allowed.`": "`Er kan maar één bestand tegelijk.`",
        "`Unexpected error. Please try again.`": "`Er ging iets mis. Probeer het opnieuw.`",
        "`Upload failed`": "`Niet aangenomen`",
        "`Cancel upload of ${": "`Afbreken: ${",
        "`Remove ${": "`Weghalen: ${",
        "`Click to retry upload`": "`Klik om het opnieuw te proberen`",
        "`Error: `": "`Fout: `",
        # 5.3MB is 5,3 MB here
        "`${e.toFixed(n)}${t.toUpperCase()}`": "`${e.toFixed(n).replace(`.`,`,`)} ${t.toUpperCase()}`",
    },
}


def translate(naam: str, script: bytes) -> bytes:
    """The script with its texts in Dutch; unchanged where none of them occurs in it."""
    tekst = script.decode()
    for engels, nederlands in WOORDEN[naam].items():
        tekst = tekst.replace(engels, nederlands)
    return tekst.encode()


@dataclass
class _Antwoord:
    begin: Message
    stukken: list[bytes]


class DutchMiddleware:
    """Puts the scripts of the file uploader into Dutch on their way to the browser."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; of these scripts the whole is held back to be translated."""
        gevonden = _SCRIPT.search(str(scope.get("path", ""))) if scope["type"] == "http" else None
        if gevonden is None or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        weg = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since")
        koppen = [(k, v) for k, v in scope["headers"] if k.lower() not in weg]
        antwoord: list[_Antwoord] = []

        async def send_on(bericht: Message) -> None:
            if bericht["type"] == "http.response.start" and bericht["status"] == 200:
                antwoord.append(_Antwoord(bericht, []))
            elif antwoord and bericht["type"] == "http.response.body":
                antwoord[0].stukken.append(bericht.get("body", b""))
                if not bericht.get("more_body"):
                    await _send_whole(antwoord[0], gevonden.group(1), send)
            else:
                await send(bericht)

        # Without path send the file comes through here in pieces.
        kaal = {k: v for k, v in scope.get("extensions", {}).items() if k != "http.response.pathsend"}
        await self.app({**scope, "headers": koppen, "extensions": kaal}, receive, send_on)


async def _send_whole(antwoord: _Antwoord, naam: str, send: Send) -> None:
    inhoud = translate(naam, b"".join(antwoord.stukken))
    koppen = MutableHeaders(scope=antwoord.begin)
    koppen["content-length"] = str(len(inhoud))
    # Its name is that of the English file, so a browser may not keep it for a year.
    koppen["cache-control"] = "no-cache"
    for kop in ("etag", "last-modified"):
        if kop in koppen:
            del koppen[kop]
    await send(antwoord.begin)
    await send({"type": "http.response.body", "body": inhoud})
