"""Counts, euros and kinds of files as a person reads them in Dutch."""

from collections.abc import Sequence

VOLGORDE = ("geladen", "deels", "geweigerd", "dubbel", "onbekend", "niet van ons")
"""The statuses of a file (CONTRACT), in the order in which they are told."""
AANDACHT = ("deels", "geweigerd", "onbekend")
"""The statuses that ask something of the reader."""

BERICHTEN = {
    "301": "toewijzing",
    "302": "retour op toewijzing",
    "303": "declaratie",
    "304": "antwoord op declaratie",
    "305": "start",
    "306": "retour op start",
    "307": "stop",
    "308": "retour op stop",
    "315": "verzoek om toewijzing",
    "316": "retour op verzoek",
    "317": "verzoek om wijziging",
    "318": "retour op wijziging",
    "319": "antwoord op verzoek",
    "320": "retour op antwoord",
    "323": "declaratie",
    "325": "antwoord op declaratie",
}
"""What each message is (NASLAG 1.1)."""


def format_count(n: int) -> str:
    """A count with a point between the thousands."""
    return f"{n:,}".replace(",", ".")


def format_euros(cent: int) -> str:
    """Cents as euros in Dutch notation: -123456 is '-1.234,56'."""
    heel, rest = divmod(abs(cent), 100)
    return f"{'-' if cent < 0 else ''}{format_count(heel)},{rest:02d}"


def enumerate_nl(woorden: Sequence[str]) -> str:
    """Words joined the Dutch way: a, b en c."""
    return (
        woorden[0] if len(woorden) == 1 else f"{', '.join(woorden[:-1])} en {woorden[-1]}" if woorden else ""
    )


def name_kind(berichttype: str | None) -> str:
    """A kind of file in words: 'wmo323 declaratie', 'clienten'; what it is when nothing is known of it."""
    if not berichttype:
        return "onbekend soort"
    woord = BERICHTEN.get(berichttype[-3:], "") if berichttype.startswith(("wmo", "jw")) else ""
    return f"{berichttype} {woord}".strip()
