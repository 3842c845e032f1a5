"""Which characters a report can show: those of the letters that come with the typesetter.

PDF/UA allows no character without a shape: one emoji in a note would stop the report, and beside letters
of another script it makes the typesetter fall over (as do marks on Arabic letters, typst issue 8667). What
cannot be shown is replaced, and that is said.
"""

import re
import unicodedata
from bisect import bisect_right

VERVANGER = "□"
LANGSTE_WOORD = 24
# Latin, Greek, Cyrillic, Hebrew and Arabic letters, punctuation, currency, arrows, mathematics and shapes.
# A test sets every one of them in type.
REEKSEN = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x5D0, 0x5EA), (0x621, 0x63A),
    (0x640, 0x64A), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x2040), (0x2044, 0x2052), (0x2070, 0x209C),
    (0x20A0, 0x20C0), (0x2100, 0x211E), (0x2126, 0x2151), (0x2153, 0x2184), (0x2190, 0x22FF),
    (0x25A0, 0x25FF), (0x2713, 0x2718),
)  # fmt: skip
_BEGINNEN = [van for van, _ in REEKSEN]
_LANG = re.compile(rf"\S{{{LANGSTE_WOORD + 1},}}")
_KNIP = "\u200b"


def can_show(teken: str) -> bool:
    """Say whether the letters of a report have a shape for this character; loose marks do not count."""
    i = bisect_right(_BEGINNEN, ord(teken)) - 1
    return i >= 0 and ord(teken) <= REEKSEN[i][1] and unicodedata.category(teken)[0] not in "MC"


def make_showable(tekst: str) -> str:
    """The text with what has no shape replaced, unseen controls taken out, and long words allowed to break.

    Line ends stay; a run of characters without a shape becomes one VERVANGER.
    """
    uit: list[str] = []
    for teken in unicodedata.normalize("NFC", tekst):
        if teken == "\n" or can_show(teken):
            uit.append(teken)
        elif teken in "\t\r\v\f\u2028\u2029":
            uit.append(" ")
        elif unicodedata.category(teken)[0] != "M" and unicodedata.category(teken) not in ("Cc", "Cf"):
            uit += [] if uit and uit[-1] == VERVANGER else [VERVANGER]
    return _LANG.sub(_allow_breaks, "".join(uit))


def _allow_breaks(woord: re.Match[str]) -> str:
    stuk = woord.group()
    return _KNIP.join(stuk[i : i + LANGSTE_WOORD] for i in range(0, len(stuk), LANGSTE_WOORD))
