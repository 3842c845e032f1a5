"""Words as HTML that break where a reader would: no amount or date torn apart, no mark on a line alone."""

import re
from html import escape

from dashboard.numbers import keep_whole

DATUM = re.compile(r"\d{2}-\d{2}-\d{4}")
LAATSTE = re.compile(r"(.* (?![^<]*>))(.+)", re.DOTALL)
"""All but the last word, and that word; the space within a tag is none."""


def hold(tekst: str) -> str:
    """Text as HTML in which an amount or a date is not torn apart at the end of a line."""
    heel = escape(keep_whole(tekst)).replace("\u00a0", "&nbsp;")
    return DATUM.sub(r'<span class="si-heel">\g<0></span>', heel)


def keep_mark(tekst: str, merk: str) -> str:
    """A heading (HTML) with the mark of its definition, which stays beside its last word."""
    if not merk:
        return tekst
    delen = LAATSTE.fullmatch(tekst)
    begin, laatste = delen.groups() if delen is not None else ("", tekst)
    return f'{begin}<span class="si-heel">{laatste}{merk}</span>'
