"""The talk with one aanbieder: signals to bring up, agreements, notes."""

from datetime import date

import streamlit as st

from dashboard.access.door import Toegang, notes_path
from dashboard.dossier import Dossier
from dashboard.filters import Filters
from dashboard.gesprek import Gesprek, make_afspraken, make_notities, make_signalen, read_gesprek
from dashboard.notities import eigen
from dashboard.notities.opslag import LANGSTE_TEKST, Aantekening
from dashboard.numbers import day
from dashboard.rapport.inhoud import Tabel
from dashboard.ui.card import show_table, show_title
from dashboard.ui.filterbar import show_empty
from dashboard.ui.schrijven import keep, writer

NIEUW = "nieuwe afspraak"


def _read(toegang: Toegang, f: Filters) -> Gesprek:
    g = read_gesprek(notes_path(), toegang.lezer, str(f.aanbieder))
    if g.fout:
        st.warning(g.fout)
    return g


def _draw(t: Tabel, leeg: str = "") -> None:
    show_title(t.titel, t.onder)
    if t.rijen:
        show_table(t.kolommen, t.rijen, t.titel)
    else:
        show_empty(leeg or t.leeg)


def show_signalen(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: signals about this aanbieder, with those that began after the last talk marked."""
    with st.container(border=True, key="kaart-gesprek-signalen", height="stretch"):
        _draw(make_signalen(toegang.lezer, d, str(f.aanbieder), _read(toegang, f)))


def show_afspraken(toegang: Toegang, f: Filters, vandaag: date | None = None) -> None:
    """Card: agreements with who, by when and status; a change is a new version."""
    with st.container(border=True, key="kaart-afspraken", height="stretch"):
        g = _read(toegang, f)
        _draw(make_afspraken(g, vandaag or date.today()), "Nog geen afspraken. Leg hieronder de eerste vast.")
        with st.expander("Afspraak vastleggen of bijwerken"):
            _form_afspraak(toegang, str(f.aanbieder), list(g.afspraken))


def _form_afspraak(toegang: Toegang, agb: str, alle: list[Aantekening]) -> None:
    namen = {a.kenmerk: str(a.inhoud["wat"]) for a in alle}
    welke = st.selectbox(
        "Welke afspraak", ["", *namen], format_func=lambda k: namen.get(k, NIEUW), key="afspraak_welke"
    )
    oud = next((a.inhoud for a in alle if a.kenmerk == welke), {})
    with st.form(f"afspraak-{welke}", border=False, clear_on_submit=not welke):
        wat = st.text_input("Wat", str(oud.get("wat", "")), max_chars=400)
        links, midden, rechts = st.columns(3)
        wie = links.text_input("Wie", str(oud.get("wie", "")), max_chars=60)
        op = midden.text_input(
            "Uiterlijk (dd-mm-jjjj)",
            day(date.fromisoformat(str(oud["uiterlijk"]))) if oud else "",
            max_chars=10,
        )
        status = rechts.selectbox(
            "Status",
            eigen.AFSPRAAK_STATUS,
            index=eigen.AFSPRAAK_STATUS.index(str(oud["status"])) if oud else 0,
        )
        klik = st.form_submit_button("Bewaren")
    if not klik:
        return

    def save() -> Aantekening:
        afspraak = {
            "wat": wat,
            "wie": wie,
            "uiterlijk": eigen.read_day(op).isoformat(),
            "status": str(status),
        }
        return eigen.save_afspraak(
            notes_path(), agb, afspraak, writer(toegang), toegang.lezer.may_see_aanbieder, welke or None
        )

    if keep(save):
        st.rerun()


def show_notities(toegang: Toegang, f: Filters) -> None:
    """Card: notes of talks, the newest first, each with who wrote it and its earlier versions."""
    with st.container(border=True, key="kaart-notities", height="stretch"):
        g = _read(toegang, f)
        leeg = "Leg hieronder de eerste vast; dan zijn signalen van na het gesprek te zien."
        _draw(make_notities(g), leeg)
        with st.expander("Notitie schrijven of bijwerken"):
            st.caption("Schrijf niets over personen.")
            _form_notitie(toegang, str(f.aanbieder), list(g.notities))


def _form_notitie(toegang: Toegang, agb: str, alle: list[Aantekening]) -> None:
    namen = {a.kenmerk: f"{a.inhoud['datum']}: {str(a.inhoud['tekst'])[:40]}" for a in alle}
    welke = st.selectbox(
        "Welke notitie",
        ["", *namen],
        format_func=lambda k: namen.get(k, "nieuwe notitie"),
        key="notitie_welke",
    )
    oud = next((a.inhoud for a in alle if a.kenmerk == welke), {})
    with st.form(f"notitie-{welke}", border=False, clear_on_submit=not welke):
        op = st.text_input(
            "Datum van het gesprek (dd-mm-jjjj)",
            day(date.fromisoformat(str(oud["datum"]))) if oud else day(date.today()),
            max_chars=10,
        )
        tekst = st.text_area("Notitie", str(oud.get("tekst", "")), max_chars=LANGSTE_TEKST)
        klik = st.form_submit_button("Bewaren")
    if klik and keep(
        lambda: eigen.save_notitie(
            notes_path(),
            agb,
            eigen.read_day(op),
            tekst,
            writer(toegang),
            toegang.lezer.may_see_aanbieder,
            welke or None,
        ),
    ):
        st.rerun()
    if welke:
        versies = eigen.read_versies(
            notes_path(), eigen.NOTITIE, toegang.lezer.may_see_aanbieder, agb, str(welke)
        )
        st.caption(
            "Eerdere versies: "
            + "; ".join(f"{eigen.describe_writer(v)}: {v.inhoud['tekst']}" for v in versies[1:])
            if len(versies) > 1
            else "Dit is de eerste versie."
        )
