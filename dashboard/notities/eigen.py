"""Notes about an aanbieder: read and written only by who may see that aanbieder by itself.

Agreements and notes of a talk, the work on findings, and which signals were seen. `mag` says of an AGB code
whether this visitor may see it; what belongs to the gemeente as a whole is for everyone who opens the page.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dashboard.notities import opslag
from dashboard.notities.opslag import LANGSTE_TEKST, Aantekening, NotitieError, check_text
from dashboard.numbers import moment

NOTITIE, AFSPRAAK, WERK, GEZIEN = "notitie", "afspraak", "werk", "gezien"
GEMEENTE = "gemeente"
AFSPRAAK_STATUS = ("open", "nagekomen", "vervallen")
WERK_STATUS = ("nieuw", "in onderzoek", "hersteld", "akkoord")
Mag = Callable[[str], bool]


@dataclass(frozen=True)
class Wie:
    """Who writes: the name in the log, the role, which is what a reader is told, and how it is logged.

    `noteer` is given the kind and what it is about, once the text was found fit and before it is kept: what
    cannot be logged is not written.
    """

    kenmerk: str
    rol: str
    noteer: Callable[[str, str], None] = lambda _soort, _onderwerp: None


def read_eigen(pad: Path, soort: str, mag: Mag, onderwerp: str | None = None) -> list[Aantekening]:
    """What counts now of one kind about aanbieders that this visitor may see (and about the gemeente)."""
    return [a for a in opslag.read(pad, soort, onderwerp) if _may(a.onderwerp, mag)]


def read_versies(pad: Path, soort: str, mag: Mag, onderwerp: str, kenmerk: str) -> list[Aantekening]:
    """Every version of one note, the newest first."""
    if not _may(onderwerp, mag):
        return []
    return opslag.read_history(pad, soort, onderwerp, kenmerk)[::-1]


def _may(onderwerp: str, mag: Mag) -> bool:
    return onderwerp == GEMEENTE or mag(onderwerp)


def _save(
    pad: Path, soort: str, onderwerp: str, kenmerk: str, inhoud: Mapping[str, str], wie: Wie, mag: Mag
) -> Aantekening:
    if not _may(onderwerp, mag):
        raise NotitieError("Deze aanbieder hoort niet bij uw eigen aanbieders; er is niets bewaard.")
    wie.noteer(soort, onderwerp)
    return opslag.save(pad, soort, onderwerp, kenmerk, dict(inhoud) | {"rol": wie.rol}, wie.kenmerk)


def read_day(tekst: str) -> date:
    """Read a day as it is written here, dd-mm-jjjj; raises NotitieError."""
    try:
        return datetime.strptime(tekst.strip(), "%d-%m-%Y").date()
    except ValueError as fout:
        raise NotitieError("Schrijf een datum als dd-mm-jjjj, bijvoorbeeld 31-12-2026.") from fout


def _choice(waarde: str, keuzes: tuple[str, ...]) -> str:
    if waarde not in keuzes:
        raise NotitieError(f"Kies een status: {', '.join(keuzes)}.")
    return waarde


def save_notitie(
    pad: Path, agb: str, datum: date, tekst: str, wie: Wie, mag: Mag, kenmerk: str | None = None
) -> Aantekening:
    """Keep what was said in a talk; with `kenmerk` it is a new version of that note. Raises NotitieError."""
    inhoud = {"datum": datum.isoformat(), "tekst": check_text(tekst, "een notitie", LANGSTE_TEKST)}
    return _save(pad, NOTITIE, agb, kenmerk or uuid.uuid4().hex, inhoud, wie, mag)


def save_afspraak(
    pad: Path, agb: str, afspraak: Mapping[str, str], wie: Wie, mag: Mag, kenmerk: str | None = None
) -> Aantekening:
    """Keep an agreement: wat, wie, uiterlijk (a date) and status. Raises NotitieError."""
    try:
        uiterlijk = date.fromisoformat(afspraak["uiterlijk"])
    except (KeyError, ValueError) as fout:
        raise NotitieError("Geef een datum waarop het klaar moet zijn.") from fout
    inhoud = {
        "wat": check_text(afspraak.get("wat", ""), "wat is afgesproken", 400),
        "wie": check_text(afspraak.get("wie", ""), "wie het doet"),
        "uiterlijk": uiterlijk.isoformat(),
        "status": _choice(afspraak.get("status", ""), AFSPRAAK_STATUS),
    }
    return _save(pad, AFSPRAAK, agb, kenmerk or uuid.uuid4().hex, inhoud, wie, mag)


def save_werk(
    pad: Path, agb: str, bevinding: str, werk: Mapping[str, str], wie: Wie, mag: Mag
) -> Aantekening:
    """Keep where the work on a finding stands: status, eigenaar and toelichting. Raises NotitieError."""
    toelichting = werk.get("toelichting", "").strip()
    status = _choice(werk.get("status", ""), WERK_STATUS)
    if status == "akkoord" and not toelichting:
        raise NotitieError("Geef een toelichting: waarom is dit akkoord?")
    inhoud = {
        "status": status,
        "eigenaar": check_text(werk.get("eigenaar", ""), "een eigenaar"),
        "toelichting": check_text(toelichting, "een toelichting", 400) if toelichting else "",
    }
    return _save(pad, WERK, agb, bevinding, inhoud, wie, mag)


def save_gezien(pad: Path, onderwerp: str, signaal: str, reden: str, wie: Wie, mag: Mag) -> Aantekening:
    """Keep that a signal was seen, and why that is enough. Raises NotitieError."""
    return _save(pad, GEZIEN, onderwerp, signaal, {"reden": check_text(reden, "een reden", 400)}, wie, mag)


def open_afspraken(alle: list[Aantekening]) -> list[Aantekening]:
    """Agreements that are still to be met, the first due on top."""
    return sorted(
        (a for a in alle if a.inhoud.get("status") == "open"), key=lambda a: str(a.inhoud["uiterlijk"])
    )


def last_talk(notities: list[Aantekening]) -> date | None:
    """Day of the last talk of which something was written down."""
    return max((date.fromisoformat(str(a.inhoud["datum"])) for a in notities), default=None)


def describe_writer(a: Aantekening) -> str:
    """Who wrote this version, and when."""
    return f"{a.inhoud.get('rol', '')} {a.wie[:8]}, {moment(a.vastgelegd_op.astimezone())}".strip()
