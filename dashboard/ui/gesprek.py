"""The talk with one aanbieder: signals to bring up, agreements, notes; and the dossier to take along."""

from datetime import date

import polars as pl
import streamlit as st

from dashboard import words_operationeel as words
from dashboard import words_signalen
from dashboard.access.door import Toegang, notes_path
from dashboard.dossier import Dossier, join_prices
from dashboard.export import make_workbook, to_euros
from dashboard.filters import Filters
from dashboard.gesprek import list_afspraken, list_notities
from dashboard.notities import eigen
from dashboard.notities.opslag import LANGSTE_TEKST, Aantekening, NotitieError
from dashboard.numbers import GEEN, day, plural
from dashboard.reading import aanbieders, controle, verloop
from dashboard.reading import dossier as lezen
from dashboard.reading.signalen import read_signalen
from dashboard.ui.card import XLSX, explain, show_table, show_title
from dashboard.ui.filterbar import show_empty
from dashboard.ui.schrijven import describe_writer, keep, read_own, writer
from dashboard.ui.signalen import make_kenmerk

NIEUW = "nieuwe afspraak"


def _read(toegang: Toegang, soort: str, agb: str) -> list[Aantekening]:
    try:
        return eigen.read_eigen(notes_path(), soort, toegang.lezer.may_see_aanbieder, agb)
    except NotitieError as fout:
        st.warning(str(fout))
        return []


def show_signalen(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: signals about this aanbieder, with those that began after the last talk marked."""
    agb = str(f.aanbieder)
    laatste = eigen.last_talk(_read(toegang, eigen.NOTITIE, agb))
    df, gezien = read_signalen(toegang.lezer, aanbieder=agb), read_own(toegang, eigen.GEZIEN)
    na = 0 if laatste is None else df.filter(pl.col("sinds") > laatste).height
    kop = plural(df.height, "signaal", "signalen") if df.height else "Geen signalen over deze aanbieder"
    if df.height and laatste is not None:
        kop += f", waarvan {na} van na het laatste gesprek" if na else "; geen van na het laatste gesprek"
    with st.container(border=True, key="kaart-gesprek-signalen", height="stretch"):
        show_title(
            kop,
            f"laatste gesprek waarvan iets is genoteerd: {GEEN if laatste is None else day(laatste)}",
        )
        if df.height == 0:
            show_empty("Geen regel geeft nu een signaal over deze aanbieder.")
            return
        rijen = []
        for r in df.iter_rows(named=True):
            a = gezien.get(make_kenmerk(r))
            rijen.append(
                [
                    words_signalen.describe(r, {agb: d.naam}),
                    words_signalen.word_sinds(r["sinds"], r["nieuw"]),
                    GEEN if a is None else f"gezien: {a.inhoud['reden']}",
                ]
            )
        show_table({"Signaal": "zin", "Sinds": "kort", "Stand": "tekst"}, rijen, "Signalen voor het gesprek")


def show_afspraken(toegang: Toegang, f: Filters, vandaag: date | None = None) -> None:
    """Card: agreements with who, by when and status; a change is a new version."""
    agb, vandaag = str(f.aanbieder), vandaag or date.today()
    alle = _read(toegang, eigen.AFSPRAAK, agb)
    open_ = eigen.open_afspraken(alle)
    rest = [a for a in alle if a not in open_]
    with st.container(border=True, key="kaart-afspraken", height="stretch"):
        show_title(
            words.title_agenda([a.inhoud for a in open_], vandaag), "wat, wie, uiterlijk en hoe het staat"
        )
        if alle:
            rijen = [
                [
                    str(a.inhoud["wat"]),
                    str(a.inhoud["wie"]),
                    day(date.fromisoformat(str(a.inhoud["uiterlijk"]))),
                    str(a.inhoud["status"]),
                    describe_writer(a),
                ]
                for a in (*open_, *rest)
            ]
            kolommen = {"Wat": "zin", "Wie": "tekst", "Uiterlijk": "kort", "Status": "kort"}
            show_table(kolommen | {"Vastgelegd": "tekst"}, rijen, "Afspraken met deze aanbieder")
        else:
            show_empty("Nog geen afspraken. Leg hieronder de eerste vast.")
        with st.expander("Afspraak vastleggen of bijwerken"):
            _form_afspraak(toegang, agb, [*open_, *rest])


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
    agb = str(f.aanbieder)
    alle = sorted(_read(toegang, eigen.NOTITIE, agb), key=lambda a: str(a.inhoud["datum"]), reverse=True)
    with st.container(border=True, key="kaart-notities", height="stretch"):
        show_title(
            plural(len(alle), "notitie", "notities") if alle else "Nog geen notities",
            "van gesprekken met deze aanbieder; schrijf niets over personen",
        )
        rijen = [
            [day(date.fromisoformat(str(a.inhoud["datum"]))), str(a.inhoud["tekst"]), describe_writer(a)]
            for a in alle
        ]
        if rijen:
            show_table(
                {"Gesprek": "kort", "Notitie": "zin", "Vastgelegd": "tekst"}, rijen, "Notities van gesprekken"
            )
        else:
            show_empty("Leg hieronder de eerste vast; dan zijn signalen van na het gesprek te zien.")
        with st.expander("Notitie schrijven of bijwerken"):
            _form_notitie(toegang, agb, alle)


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
            "Eerdere versies: " + "; ".join(f"{describe_writer(v)}: {v.inhoud['tekst']}" for v in versies[1:])
            if len(versies) > 1
            else "Dit is de eerste versie."
        )


def show_export(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Button: the whole dossier as one workbook, made when clicked and logged."""

    def make() -> bytes:
        toegang.log("download", {"bestand": "dossier.xlsx", "aanbieder": f.aanbieder})
        return make_dossier(toegang, f, d)

    st.download_button(
        "↓ Dossier (XLSX)",
        make,
        "dossier.xlsx",
        XLSX,
        key="dossier_xlsx",
        on_click="ignore",
        type="tertiary",
        help="Alle tabellen van dit dossier met afspraken en notities; kies 'Alles' om te printen",
    )


def make_dossier(toegang: Toegang, f: Filters, d: Dossier) -> bytes:
    """The dossier as a workbook: a sheet a table, each read through the door."""
    lezer, agb = toegang.lezer, str(f.aanbieder)
    signalen = read_signalen(lezer, aanbieder=agb)
    zinnen = [words_signalen.describe(r, {agb: d.naam}) for r in signalen.iter_rows(named=True)]
    bladen = {
        "contract": d.contract,
        "maanden": verloop.read_maanden(lezer, f),
        "producten": join_prices(d, lezer, f),
        "wijken": d.wijken,
        "tarieven": lezen.read_tarief(lezer, f),
        "vergelijking": aanbieders.read_vergelijking(lezer, f),
        "aandeel": aanbieders.read_aandeel(lezer, f),
        "trajecten": lezen.read_traject(lezer, f),
        "declaratiesnelheid": lezen.read_nagekomen(lezer, f),
        "bevindingen": controle.read_oorzaken(lezer, f),
        "signalen": signalen.with_columns(pl.Series("signaal", zinnen, dtype=pl.String)),
        "afspraken": list_afspraken(_read(toegang, eigen.AFSPRAAK, agb)),
        "notities": list_notities(_read(toegang, eigen.NOTITIE, agb)),
    }
    uitleg = explain(toegang, f"dossier van {d.naam}", f, "realisatie")
    return make_workbook({naam: to_euros(df) for naam, df in bladen.items()}, uitleg)
