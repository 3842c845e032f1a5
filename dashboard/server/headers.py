"""Headers, language, cookies and closed doors around every answer of the server."""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Inline script and style are Streamlit's own; nothing may be fetched from or sent to elsewhere.
CSP = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
KOPPEN = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Counters of the process are not for visitors, and the agent interface stays off.
BESTANDEN = ("/static/", "/app/static/", "/media/", "/component/", "/_stcore/")
DICHT = ("/_stcore/metrics", "/_stcore/agent")


def is_secure(scope: Scope) -> bool:
    """Say whether the visitor's side is TLS: directly, or told so by the proxy in front."""
    if scope.get("scheme") in ("https", "wss"):
        return True
    koppen = {k.lower(): v for k, v in scope.get("headers", [])}
    return bool(koppen.get(b"x-forwarded-proto", b"").split(b",")[0].strip() == b"https")


class ShieldMiddleware:
    """Adds headers, says the page is Dutch, marks cookies Secure under TLS, closes what is not public."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; websockets go through untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        pad = str(scope.get("path", ""))
        if any(d in pad for d in DICHT):
            await self._with_headers(
                PlainTextResponse("niet toegankelijk", status_code=403), scope, receive, send
            )
            return
        if not pad.startswith(BESTANDEN):
            # The page itself is small; unpacked, so that its language can be set.
            kaal = [(k, v) for k, v in scope["headers"] if k.lower() != b"accept-encoding"]
            scope = {**scope, "headers": kaal}
        await self._with_headers(self.app, scope, receive, send)

    async def _with_headers(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        veilig = is_secure(scope)
        begin: list[Message] = []

        async def send_on(bericht: Message) -> None:
            if bericht["type"] == "http.response.start":
                koppen = MutableHeaders(scope=bericht)
                for naam, waarde in KOPPEN.items():
                    koppen[naam] = waarde
                if veilig:
                    koppen["Strict-Transport-Security"] = "max-age=31536000"
                    _secure_cookies(bericht)
                if (
                    koppen.get("content-type", "").startswith("text/html")
                    and "content-encoding" not in koppen
                ):
                    begin.append(bericht)  # held back until the body is known, for its length
                    return
                await send(bericht)
                return
            if begin and bericht["type"] == "http.response.body":
                await _send_html(begin.pop(), bericht, send)
                return
            await send(bericht)

        await app(scope, receive, send_on)


async def _send_html(begin: Message, bericht: Message, send: Send) -> None:
    """Send the first piece of a page with its language set; the tag stands in the first few bytes."""
    oud = bericht.get("body", b"")
    nieuw = oud.replace(b'<html lang="en"', b'<html lang="nl"', 1)
    koppen = MutableHeaders(scope=begin)
    if "content-length" in koppen:
        koppen["content-length"] = str(int(koppen["content-length"]) + len(nieuw) - len(oud))
    await send(begin)
    await send({**bericht, "body": nieuw})


def _secure_cookies(bericht: Message) -> None:
    bericht["headers"] = [
        (k, v + b"; Secure" if k.lower() == b"set-cookie" and b"secure" not in v.lower() else v)
        for k, v in bericht["headers"]
    ]
