"""What a sender must repair, and what is taken back: the lines set apart, and withdrawing a file."""

from datetime import datetime
from pathlib import Path

import polars as pl
import streamlit as st

from dashboard.access.door import Toegang
from dashboard.numbers import GEEN, count, euro_cent, moment, plural
from dashboard.reading.lake import find_files
from dashboard.server.werk import WERKPLAATS
from dashboard.ui.card import show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty
from dashboard.ui.laden_bestanden import INTREKKEN, begin, describe_outcome, show_outcome

PER_BLAD = 50
GEDULD_SECONDEN = 120.0
UITKOMST = "_ingetrokken"
HOOGSTENS = 200
LIJST = {
    "naam": "bestand",
    "berichttype": "soort",
    "afzender": "afzender",
    "regel_nr": "regel",
    "referentienummer": "referentienummer",
    "veld": "gegeven",
    "code": "code",
    "omschrijving": "reden",
    "advies": "wat te doen",
    "bedrag_cent": "bedrag_cent",
}


def show_lines(toegang: Toegang, regels: pl.DataFrame) -> None:
    """Card: lines that could not be read, to be narrowed by reason and file, and taken along as a list."""
    with st.container(border=True, key="kaart-quarantaine"):
        titel = "Geen regels in quarantaine" if regels.is_empty() else "Wat is afgewezen en waarom"
        show_title(
            titel, "regels die niet te lezen waren, zoals het lake nu is; de afzender kan ze herstellen"
        )
        if regels.is_empty():
            show_empty("Alles wat geladen is, was te lezen. Hier hoeft niets te gebeuren.")
            return
        df = _narrow(regels)
        cent = int(df["bedrag_cent"].sum() or 0)
        with st.container(horizontal=True, vertical_alignment="center"):
            hele = int((df["regel_nr"] == 0).sum())
            tekst = f"{plural(df.height - hele, 'regel', 'regels')}, {euro_cent(cent)}"
            if hele:
                tekst = f"{plural(hele, 'heel bestand', 'hele bestanden')} en {tekst}"
            st.html(f'<p class="si-onder" role="status">{tekst}</p>')
            uitleg = {
                "inhoud": "regels in quarantaine, om te herstellen door de afzender",
                "stand van": moment(datetime.now()),
                "regel 0": "het hele bestand",
            }
            lijst = df.select(LIJST.keys()).rename(LIJST)
            show_downloads(toegang, lijst, "regels_om_te_herstellen", uitleg, "herstel")
        blad = 1
        if df.height > PER_BLAD:
            blad = st.pagination(-(-df.height // PER_BLAD), key="herstel_blad")
        rijen = [
            [
                r["naam"] or GEEN,
                f"{r['omschrijving']} {r['advies']}",
                r["berichttype"] or GEEN,
                r["afzender"] or GEEN,
                "hele bestand" if r["regel_nr"] == 0 else count(r["regel_nr"]),
                r["referentienummer"] or GEEN,
                euro_cent(r["bedrag_cent"]),
            ]
            for r in df.slice((blad - 1) * PER_BLAD, PER_BLAD).iter_rows(named=True)
        ]
        kolommen = {"Bestand": "tekst", "Reden, en wat te doen": "zin", "Soort": "kort", "Afzender": "kort"}
        kolommen |= {"Regel": "getal", "Referentienummer": "tekst", "Bedrag": "getal"}
        show_table(kolommen, rijen, "Regels in quarantaine")


def _narrow(regels: pl.DataFrame) -> pl.DataFrame:
    """The lines of the chosen reason and file."""
    per = regels.group_by("code", "veld", maintain_order=True).agg(pl.len(), pl.col("omschrijving").first())
    redenen = {
        f"{r['code']}:{r['veld'] or ''}": f"{r['omschrijving']} ({count(r['len'])})"
        for r in per.sort("len", descending=True, maintain_order=True).iter_rows(named=True)
    }
    with st.grid(2, min_column_width=260):
        reden = st.selectbox(
            "Reden",
            list(redenen),
            index=None,
            placeholder="alle redenen",
            format_func=lambda k: redenen.get(k, k),
            key="herstel_reden",
        )
        if reden in redenen:
            regels = regels.filter((pl.col("code") + ":" + pl.col("veld").fill_null("")) == reden)
        namen = regels["naam"].unique(maintain_order=True).to_list()
        naam = st.selectbox("Bestand", namen, index=None, placeholder="alle bestanden", key="herstel_bestand")
    return regels.filter(pl.col("naam") == naam) if naam in namen else regels


def show_withdraw(toegang: Toegang, lake: Path, log: pl.DataFrame) -> None:
    """Card: take one file back, with a reason and a second thought."""
    with st.container(border=True, key="kaart-intrekken"):
        show_title(
            "Een bestand intrekken",
            "de regels tellen dan niet meer mee; het laadlog houdt de reden, en het bestand kan later "
            "opnieuw worden geladen",
        )
        if UITKOMST in st.session_state:
            show_outcome(st.session_state.pop(UITKOMST))
        alle = find_files(log, "")
        if alle.is_empty():
            show_empty("Er is niets om in te trekken.")
            return
        with st.grid(2, min_column_width=260):
            zoek = st.text_input("Zoek op naam of sha256", key="intrekken_zoek", max_chars=100)
            gevonden = find_files(log, zoek)
            opties = {
                r["sha256"]: f"{r['naam']} · {r['berichttype']} · {moment(r['geladen_op'])}"
                for r in gevonden.head(HOOGSTENS).iter_rows(named=True)
            }
            som = st.selectbox(
                "Bestand om in te trekken",
                list(opties),
                index=None,
                placeholder="kies een bestand" if opties else "niets gevonden",
                format_func=lambda k: opties.get(k, k),
                key="intrekken_bestand",
            )
        if gevonden.height > HOOGSTENS:
            st.caption(f"De nieuwste {HOOGSTENS} van {count(gevonden.height)}; zoek om verder terug te gaan.")
        if som is None or som not in opties:
            return
        rij = alle.row(by_predicate=pl.col("sha256") == som, named=True)
        reden = st.text_input("Reden (zonder namen of BSN)", key=f"intrekken_reden_{som[:8]}", max_chars=200)
        wat = plural(rij["regels_geladen"], "regel", "regels")
        if rij["bedrag_geladen_cent"]:
            wat += f" ({euro_cent(rij['bedrag_geladen_cent'])})"
        zeker = st.checkbox(
            f"Ja, trek {rij['naam']} in: {wat} minder",
            key=f"intrekken_zeker_{som[:8]}",
        )
        kan = bool(reden.strip()) and zeker
        if st.button("Intrekken", key="intrekken_start", disabled=not kan) and kan:
            woorden = ["etl", "withdraw", som, "--lake", str(lake), f"--why={reden.strip()}"]
            with st.spinner("Wordt ingetrokken…"):
                werk = begin(toegang, INTREKKEN, woorden, wat=som[:12])
                klaar = werk.wait(GEDULD_SECONDEN)
            if klaar:
                st.session_state[UITKOMST] = describe_outcome(werk)
                WERKPLAATS.clear()
            st.rerun()
        if not kan:
            st.caption("Geef een reden en zet het vinkje; dan kan het bestand worden ingetrokken.")
