"""The frame around every page: style, the bar with peildatum, version and role, the watch."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.access import door
from dashboard.access.roles import NIVEAUS, Regels, ToegangError
from dashboard.access.snapshot import Momentopname, SnapshotError, SnapshotOntbreektError
from dashboard.numbers import day
from dashboard.server.uploads import TOELATING
from dashboard.style import CSS, Palet, make_voet, palette
from dashboard.ui import delen, filterbar
from dashboard.ui.navigatie import PAGINAS


def theme_palette() -> Palet:
    """Palette of the theme that the visitor sees now."""
    return palette(st.context.theme.type)


def read_meta() -> Momentopname | None:
    """What the current snapshot says of itself, when there is one."""
    try:
        return door.open_snapshot().meta
    except (SnapshotOntbreektError, SnapshotError):
        return None


def show_bar(regels: Regels, wie: door.Identiteit | None) -> None:
    """Draw the bar: whose figures, known at which date, which version, which role (chosen in the demo)."""
    meta = read_meta() if wie is not None and wie.rol is not None else None
    with st.container(key="kop"):
        links, rechts = st.columns([5, 1], vertical_alignment="center")
        stukken = [f"<strong>Stuurinformatie sociaal domein · {regels.gemeente}</strong>"]
        if meta is not None:
            stukken.append(f"<span>bekend op {day(meta.bekend_op)}</span>")
            stukken.append(f'<span class="si-versie">versie {meta.generatie}</span>')
            if meta.is_voorbeeld:
                stukken.append('<span class="si-merk">voorbeeldcijfers</span>')
        if wie is not None and wie.rol is not None:
            stukken.append(f"<span>rol: {wie.rol}</span>")
        links.html(f'<div class="si-kop">{"".join(stukken)}</div>')
        if wie is None:
            return
        if len(wie.rollen) > 1:
            # In the address only in the demo: there a link may carry the role along.
            rechts.selectbox(
                "Rol",
                wie.rollen,
                key=door.ROL_SLEUTEL,
                bind="query-params" if wie.demo else None,
                persist_state=None if wie.demo else "session",
                label_visibility="collapsed",
            )
        if not wie.demo and rechts.button("Afmelden"):
            st.logout()
    if meta is not None:
        _watch(meta.generatie)


@st.fragment(run_every="30s")
def _watch(generatie: str) -> None:
    """Move an open page over once a newer snapshot is published."""
    nu = door.current_generation()
    if nu is not None and nu != generatie:
        st.rerun()


def start() -> None:
    """Set the page up, find out who is asking, and hand over to the page of the address."""
    st.set_page_config(
        page_title="Stuurinformatie sociaal domein",
        page_icon="static/favicon.png",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(CSS)
    regels, wie = _recognise()
    rol = regels.rollen.get(wie.rol or "") if regels is not None and wie is not None else None
    paginas = [
        # Without a right the page stays reachable, hidden: it then says itself which role it belongs to.
        st.Page(
            p.bestand,
            title=p.naam,
            url_path=p.pad,
            visibility="visible" if rol is not None and rol.may_open(p.niveau) else "hidden",
        )
        for p in PAGINAS
    ]
    eerste = next((i for i, p in enumerate(PAGINAS) if rol is not None and rol.may_open(p.niveau)), 0)
    voordeur = st.Page(_begin, title="Begin", url_path="begin", default=True, visibility="hidden")
    menu = {"": [voordeur]} | {
        n.capitalize(): [st_ for p, st_ in zip(PAGINAS, paginas, strict=True) if p.niveau == n]
        for n in NIVEAUS
    }
    pagina = st.navigation(menu, position="top" if rol is not None else "hidden")
    if pagina == voordeur:
        # The bare address leads to the first page of the role, with what the address asks for.
        filterbar.switch_to(paginas[eerste], {})
    gekozen = PAGINAS[paginas.index(pagina)]
    lezer = door.open_quietly(regels, wie, gekozen.niveau) if regels is not None else None
    if lezer is not None and gekozen.balk is not None:
        filterbar.translate_address(lezer, pagina)
        filterbar.remember_address()
    if lezer is None or gekozen.niveau != "beheer":
        _close_uploads()
    if regels is not None:
        show_bar(regels, wie)
    if lezer is not None and regels is not None:
        st.html(
            make_voet(
                f"{gekozen.kop} · Stuurinformatie sociaal domein, {regels.gemeente}"
                f" · bekend op {day(lezer.meta.bekend_op)}"
            )
        )
        # Heading and filters belong to the frame: drawn in a page they would be lost on the way to another.
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="paginakop"):
            st.title(gekozen.kop)
            f = filterbar.read_filters(lezer, gekozen.balk) if gekozen.balk is not None else None
            if wie is not None:
                delen.show_tools(wie, gekozen, f)
        if gekozen.balk is not None:
            filterbar.show_filters(lezer, gekozen.balk)
    pagina.run()


def _close_uploads() -> None:
    """Whoever has another page open, or no right any more, may send no files."""
    ctx = get_script_run_ctx()
    if ctx is not None:
        TOELATING.deny(ctx.session_id)


def _begin() -> None:
    """Nothing of its own: `start` moves on before this page is drawn."""


def _recognise() -> tuple[Regels | None, door.Identiteit | None]:
    try:
        regels = door.read_regels()
    except ToegangError:
        return None, None
    return regels, door.identify(regels)
