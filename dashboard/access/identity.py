"""Demo or provider: decisions about who is asking, without any screen, so that each can be tested."""

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

DOORGESTUURD = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")


def is_loopback(adres: str | None) -> bool:
    """Say whether a host name or address is this machine itself."""
    if adres is None:
        return False
    kaal = adres.strip("[]")
    if kaal == "localhost":
        return True
    try:
        return ipaddress.ip_address(kaal).is_loopback
    except ValueError:
        return False


def is_local_visit(server_adres: str | None, bezoeker: str | None, headers: Mapping[str, str]) -> bool:
    """Say whether a visit comes from this machine to this machine.

    All of it has to hold: the server listens on a loopback address, the other side is one (Streamlit gives
    None for it), the host that was asked for is one, and no proxy has passed the visit on.
    """
    if not is_loopback(server_adres) or (bezoeker is not None and not is_loopback(bezoeker)):
        return False
    laag = {k.lower(): v for k, v in headers.items()}
    if any(k in laag for k in DOORGESTUURD):
        return False
    host = laag.get("host")
    return host is None or is_loopback(urlsplit(f"//{host}").hostname)


def is_too_old(claims: Mapping[str, Any], nu: float, maximale_uren: float) -> bool:
    """Say whether a sign-in is older than allowed; one that does not say when it happened is too old."""
    moment = claims.get("auth_time", claims.get("iat"))
    if isinstance(moment, bool) or not isinstance(moment, int | float):
        return True
    return nu - float(moment) > maximale_uren * 3600
