"""The card where files are handed to the loader: choose, load, follow, stop, and read what came of it."""

import os
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Literal

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.access.door import Toegang, require_access, snapshot_path
from dashboard.numbers import count, decimals
from dashboard.reading.lake import find_lake
from dashboard.server.uploads import MEGABYTE, TOELATING, is_in_memory
from dashboard.server.werk import WERKPLAATS, BezigError, Werk, is_zip
from dashboard.ui import laden_verslag
from dashboard.ui.card import show_title
from dashboard.ui.filterbar import show_empty

LADEN, AFLEIDEN, INTREKKEN = "laden", "afleiden", "intrekken"
BEZIG = {
    LADEN: "Bestanden worden geladen",
    AFLEIDEN: "De cijfers worden opnieuw afgeleid",
    INTREKKEN: "Een bestand wordt ingetrokken",
}
NAAM = {LADEN: "Laden", AFLEIDEN: "Cijfers afleiden", INTREKKEN: "Intrekken"}
GESTOPT = (-15, -2, -9, 130, 143)
DAARNA = "Leid de cijfers opnieuw af om dat erin te zien."
_NONCE = "_laden_keer"


class GeenBeheerError(Exception):
    """An action was asked for by a role that may not; a page that asks for it has a fault."""


def begin(
    toegang: Toegang,
    soort: str,
    woorden: Sequence[str],
    bestanden: Sequence[UploadedFile] = (),
    wat: str = "",
) -> Werk:
    """Start a command on behalf of this person, and write that down; refused for who is no beheer.

    Raises GeenBeheerError; ends the run with a notice where something else is running.
    """
    if not toegang.rol.may_open("beheer"):
        raise GeenBeheerError
    inhoud = [(b.name, b.getvalue()) for b in bestanden]
    toegang.record(soort, {"bestanden": len(inhoud) or None, "sleutel": wat or None})
    try:
        werk = WERKPLAATS.start(soort, woorden, inhoud)
    except BezigError:
        st.warning("Er loopt al iets. Wacht tot dat klaar is en probeer het dan opnieuw.")
        st.stop()
    _let_go(bestanden)
    return werk


def start_build(toegang: Toegang, lake: Path) -> None:
    """Start deriving the figures from the lake into the snapshot that this dashboard reads."""
    woorden = ["warehouse", "build", "--lake", str(lake), "--out", str(snapshot_path()), "--verbose"]
    begin(toegang, AFLEIDEN, woorden)
    st.rerun()


def _load_words(lake: Path, bestanden: Sequence[UploadedFile]) -> list[str]:
    woorden = ["etl", "load", "-", "--lake", str(lake), "--json", "--voortgang", "json"]
    if len(bestanden) == 1 and is_zip(bestanden[0].name, bestanden[0].getvalue()[:4]):
        woorden.append("--naam=upload.zip")
    return woorden


def _let_go(bestanden: Sequence[UploadedFile]) -> None:
    """Empty the field, and let Streamlit forget the files: they hold BSNs and a great deal of memory."""
    ctx = get_script_run_ctx()
    if ctx is not None and bestanden:
        beheerder: Any = ctx.uploaded_file_mgr
        for b in bestanden:
            beheerder.remove_file(session_id=ctx.session_id, file_id=b.file_id)
    st.session_state[_NONCE] = st.session_state.get(_NONCE, 0) + 1


def show_loading(toegang: Toegang) -> None:
    """Card: what can be done now, depending on what is set up and what is running."""
    with st.container(border=True, key="kaart-laden"):
        lake = find_lake()
        mist = _find_missing(lake)
        werk = WERKPLAATS.werk
        if mist or lake is None:
            show_title("Laden via deze pagina staat uit", "voor wie het dashboard beheert")
            show_empty(mist)
        elif werk is None:
            _show_choose(toegang, lake)
        elif werk.loopt:
            show_title(BEZIG[werk.soort], f"gestart om {werk.begonnen:%H:%M:%S}; u kunt deze pagina verlaten")
            _show_running()
        else:
            _show_outcome(toegang, lake, werk)


def _find_missing(lake: Path | None) -> str:
    """What the administrator must still set, in HTML; empty when all is there."""
    if lake is None:
        return (
            "Zet op de server <code>STUURINFO_LAKE</code> met de map van het lake en start het dashboard "
            "opnieuw. Zie docs/beheer.md. Laden kan ook met: <code>python -m etl load PAD --lake MAP</code>."
        )
    if not (os.environ.get("STUURINFO_KEY") or os.environ.get("STUURINFO_KEY_FILE")):
        return (
            "Zet op de server <code>STUURINFO_KEY_FILE</code> met het pad van het sleutelbestand en start "
            "het dashboard opnieuw. Zonder sleutel worden BSN's niet gepseudonimiseerd en wordt "
            "er niets geladen."
        )
    if not is_in_memory():
        return (
            "Start het dashboard met <code>server.py</code>. Alleen die houdt bestanden in het geheugen; zo "
            "komt er geen BSN op schijf."
        )
    return ""


def _show_choose(toegang: Toegang, lake: Path) -> None:
    grens = TOELATING.grens
    show_title(
        "Bestanden laden",
        f"berichten en extracten: XML, zip, CSV of XLSX, samen hoogstens {grens // MEGABYTE} MB; "
        "ze blijven in het geheugen en komen niet op schijf",
    )
    ctx = get_script_run_ctx()
    if ctx is not None:
        TOELATING.allow(ctx.session_id)
    bestanden = st.file_uploader(
        "Bestanden om te laden",
        type=None,
        accept_multiple_files=True,
        key=f"bestanden_{st.session_state.get(_NONCE, 0)}",
        label_visibility="collapsed",
    )
    totaal = sum(b.size for b in bestanden)
    te_groot = totaal > grens
    if te_groot:
        st.error(
            f"Samen zijn deze bestanden {decimals(totaal / MEGABYTE, 0)} MB; er gaat "
            f"hoogstens {grens // MEGABYTE} MB in één keer. "
            "Laad ze in delen, of met de opdracht `python -m etl load` op de server."
        )
    with st.container(horizontal=True, gap="small"):
        hoeveel = f"{len(bestanden)} bestanden laden" if len(bestanden) > 1 else "Laden"
        if st.button(hoeveel, type="primary", key="laden_start", disabled=not bestanden or te_groot):
            begin(toegang, LADEN, _load_words(lake, bestanden), bestanden)
            st.rerun()
        if st.button(
            "Cijfers opnieuw afleiden", key="laden_bouw", help="Maakt de cijfers uit wat nu geladen is"
        ):
            start_build(toegang, lake)


@st.fragment(run_every="1s")
def _show_running() -> None:
    """How far it is, every second; a run of this part alone does not pass the page's own question."""
    require_access("beheer")
    werk = WERKPLAATS.werk
    if werk is None or not werk.loopt:
        st.rerun()
    tekst, deel = describe_progress(werk)
    if werk.soort == LADEN:
        st.progress(deel)
    st.html(f'<div class="si-bezig" role="status">{escape(tekst)}</div>')
    if st.button("Stoppen", key="laden_stop", disabled=werk.gestopt):
        werk.stop()
        st.rerun(scope="fragment")


def describe_progress(werk: Werk) -> tuple[str, float]:
    """How far a command is, in words and as a fraction."""
    if werk.gestopt:
        return "Wordt gestopt; wat al geschreven was wordt teruggedraaid…", _fraction(werk)
    if werk.soort != LADEN:
        stap = werk.regels[-1].split()[0] if werk.regels else ""
        return (f"{len(werk.regels)} stappen klaar, laatste: {stap}" if stap else "Bezig…"), 0.0
    if not werk.totaal:
        return "De bestanden worden overgedragen…", 0.0
    if werk.klaar >= werk.totaal:
        return f"{count(werk.totaal)} bestanden gelezen; de regels worden gecontroleerd en bewaard…", 1.0
    return f"{count(werk.klaar)} van {count(werk.totaal)} bestanden gelezen · {werk.naam}", _fraction(werk)


def _fraction(werk: Werk) -> float:
    return min(1.0, werk.klaar / werk.totaal) if werk.totaal else 0.0


def _show_outcome(toegang: Toegang, lake: Path, werk: Werk) -> None:
    code = werk.uitgang
    if (
        werk.soort == LADEN
        and code in (0, 1)
        and (verslag := laden_verslag.read_report(werk.uit)) is not None
    ):
        if werk.gestopt:
            st.info("Het laden was al klaar voordat het kon stoppen.")
        laden_verslag.show_report(verslag)
        bouwen = any(b["status"] in ("geladen", "deels") for b in verslag["files"])
    else:
        show_title(NAAM[werk.soort], f"gestart om {werk.begonnen:%H:%M:%S}")
        show_outcome(describe_outcome(werk))
        bouwen = werk.soort == INTREKKEN and code == 0
    with st.container(horizontal=True, gap="small"):
        if werk.soort != AFLEIDEN:
            nadruk: Literal["primary", "secondary"] = "primary" if bouwen else "secondary"
            if st.button("Cijfers opnieuw afleiden", type=nadruk, key="laden_bouw"):
                start_build(toegang, lake)
        nieuw = "Nieuwe bestanden laden" if werk.soort == LADEN else "Verder"
        if st.button(nieuw, type="secondary" if bouwen else "primary", key="laden_verder"):
            WERKPLAATS.clear()
            st.rerun()


def show_outcome(uitkomst: tuple[str, str, str]) -> None:
    """Tell what came of a command."""
    titel, tekst, soort = uitkomst
    {"goed": st.success, "let op": st.warning, "fout": st.error}[soort](f"**{titel}.** {tekst}")


def describe_outcome(werk: Werk) -> tuple[str, str, str]:
    """Title, text and kind ('goed', 'let op', 'fout') of a command that is done and has no report."""
    code = werk.uitgang
    laatste = werk.regels[-1].removeprefix("Fout: ") if werk.regels else ""
    if code in GESTOPT and werk.gestopt:
        if werk.soort == AFLEIDEN:
            return "Gestopt", "De vorige cijfers blijven staan.", "let op"
        return "Gestopt", "Er is niets geladen: het lake is zoals het was.", "let op"
    if werk.soort == AFLEIDEN and code == 0:
        return (
            "De cijfers zijn opnieuw afgeleid",
            "Alle controles zijn goed; open pagina's stappen vanzelf over.",
            "goed",
        )
    if werk.soort == AFLEIDEN and code == 1:
        # Only which check; the rows that it found are not for the screen.
        controles = [r for r in werk.regels if r.startswith("Controle ")]
        wat = " ".join(controles) or "De bouw is afgebroken."
        return "De cijfers zijn niet vervangen", f"{wat} De vorige cijfers blijven staan.", "let op"
    if werk.soort == INTREKKEN and code == 0:
        return "Ingetrokken", f"{werk.uit.strip().removeprefix('Ingetrokken: ')} {DAARNA}", "goed"
    if code == 2 and laatste:
        return "Er is niets veranderd", laatste, "fout"
    return (
        "Onverwacht afgebroken",
        f"De opdracht eindigde met uitgang {code}. Wat half geschreven was, telt niet mee en wordt bij de "
        "volgende lading opgeruimd. Meld dit aan wie het dashboard beheert.",
        "fout",
    )
