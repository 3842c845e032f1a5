"""The page for who loads: files, lines set apart, reconciliation, checks."""

import json
from pathlib import Path

import polars as pl
import streamlit as st

from dashboard.access.door import Toegang
from dashboard.numbers import GEEN, count, enumerate_nl, euro_cent, moment, plural
from dashboard.reading import laden
from dashboard.reading.lake import LakeError, find_lake, read_lake_log, read_lake_quarantine
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty

PER_BLAD = 50


def describe_reasons(tekst: str | None) -> str:
    """Reasons out of the log's JSON: 'datum (3), bedrag (1)'."""
    try:
        redenen = json.loads(tekst or "{}")
    except ValueError:
        return str(tekst)
    if not isinstance(redenen, dict):
        return str(tekst)
    return ", ".join(f"{k} ({n})" for k, n in redenen.items())


def read_lake(toegang: Toegang) -> tuple[Path | None, pl.DataFrame, pl.DataFrame | None]:
    """The lake, its load log and its lines set apart; without a lake the log of the snapshot, no lines."""
    lake = find_lake()
    if lake is not None:
        try:
            return lake, read_lake_log(lake), read_lake_quarantine(lake)
        except LakeError:
            st.warning("Het lake is niet te lezen; hieronder staat wat de cijfers ervan weten.")
    return None, laden.read_laadlog(toegang.lezer), None


def show_status(df: pl.DataFrame) -> None:
    """Sentence: how many files, and how many of them were not taken whole."""
    if df.height == 0:
        return
    per = dict(df["status"].value_counts().sort("status").iter_rows())
    slecht = [f"{count(per[s])} {s}" for s in ("deels", "geweigerd", "onbekend") if per.get(s)]
    zin = f"{plural(sum(n for s, n in per.items() if s != 'ingetrokken'), 'bestand', 'bestanden')} geladen"
    show_title(
        f"{zin}, {enumerate_nl(slecht)}" if slecht else f"{zin}, alle geheel gelezen",
        ", ".join(f"{count(n)} {s}" for s, n in per.items()),
    )


def show_laadlog(toegang: Toegang, df: pl.DataFrame) -> None:
    """Card: every file, newest first."""
    with st.container(border=True, key="kaart-laadlog"):
        show_title("Wat is geladen", "per bestand: regels en euro's aan beide kanten, nieuwste eerst")
        if df.height == 0:
            show_empty("Er is nog niets geladen. Laad bestanden met: python -m etl load PAD --lake MAP.")
            return
        stand = sorted(df["status"].unique().drop_nulls())
        with st.container(horizontal=True, vertical_alignment="bottom"):
            gekozen = []
            if len(stand) > 1:
                gekozen = st.pills("Status", stand, selection_mode="multi", key="status", bind="query-params")
            show_downloads(toegang, df, "laadlog", explain(toegang, "laadlog"), "laadlog")
        keuze = [s for s in gekozen if s in stand]
        if keuze:
            df = df.filter(pl.col("status").is_in(keuze))
        blad = 1
        if df.height > PER_BLAD:
            blad = st.pagination(-(-df.height // PER_BLAD), key="laadlog_blad")
        deel = df.slice((blad - 1) * PER_BLAD, PER_BLAD)
        rijen = [
            [
                moment(r["geladen_op"]),
                r["naam"] or GEEN,
                " ".join(str(x) for x in (r["berichttype"], r["release"]) if x),
                r["status"] or GEEN,
                count(r["regels"]),
                count(r["regels_geladen"]),
                count(r["regels_quarantaine"]),
                euro_cent(r["bedrag_cent"] or None),
                euro_cent(r["bedrag_quarantaine_cent"] or None),
                r.get("reden_tekst") or describe_reasons(r["redenen"]),
            ]
            for r in deel.iter_rows(named=True)
        ]
        kolommen = {"Geladen op": "kort", "Bestand": "tekst", "Soort": "kort", "Status": "kort"}
        kolommen |= {"Regels": "getal", "Geladen": "getal", "Quarantaine": "getal", "Bedrag": "getal"}
        show_table(kolommen | {"Bedrag quarantaine": "getal", "Redenen": "zin"}, rijen, "Laadlog")


def show_quarantaine(toegang: Toegang) -> None:
    """Card: lines that could not be read, by reason."""
    df = laden.read_quarantaine(toegang.lezer)
    with st.container(border=True, key="kaart-quarantaine"):
        show_title(
            "Wat is afgewezen en waarom", "regels die niet te lezen waren; de afzender kan ze herstellen"
        )
        if df.height == 0:
            show_empty("Geen regels in quarantaine.")
            return
        with st.container(horizontal=True):
            show_downloads(
                toegang, df, "quarantaine", explain(toegang, "quarantaine per reden"), "quarantaine"
            )
        rijen = [
            [
                r["berichttype"] or GEEN,
                r["omschrijving"] or r["code"] or GEEN,
                r["veld"] or GEEN,
                count(r["regels"]),
                count(r["bestanden"]),
                euro_cent(r["bedrag_cent"]),
            ]
            for r in df.iter_rows(named=True)
        ]
        kolommen = {"Soort": "tekst", "Reden": "tekst", "Veld": "tekst"}
        show_table(
            kolommen | {"Regels": "getal", "Bestanden": "getal", "Bedrag": "getal"}, rijen, "Quarantaine"
        )


def show_findings(toegang: Toegang) -> None:
    """Card: what was loaded although it goes against a rule of the standard or a code list."""
    df = laden.read_bevindingen(toegang.lezer)
    with st.container(border=True, key="kaart-bevindingen"):
        aantal = int(df["bevindingen"].sum())
        show_title(
            f"{count(aantal)} keer telt iets mee dat tegen een regel ingaat" if aantal else "Bevindingen",
            "per regel van de standaard; de regels en bedragen zijn geladen, bespreek ze met de afzender",
        )
        if df.height == 0:
            show_empty("Geen bevindingen: alles wat is geladen voldoet aan de regels die zijn nagegaan.")
            return
        with st.container(horizontal=True):
            show_downloads(
                toegang, df, "bevindingen", explain(toegang, "bevindingen per regel"), "bevindingen"
            )
        rijen = [
            [
                r["omschrijving"] or GEEN,
                r["regel"] or GEEN,
                r["berichttype"] or GEEN,
                r["retourcode"] or GEEN,
                count(r["bevindingen"]),
                count(r["berichten"]),
            ]
            for r in df.iter_rows(named=True)
        ]
        kolommen = {"Bevinding": "zin", "Regel": "kort", "Soort": "kort", "Retourcode": "kort"}
        show_table(kolommen | {"Aantal": "getal", "Berichten": "getal"}, rijen, "Bevindingen per regel")


def show_aansluiting(toegang: Toegang) -> None:
    """Card: both sides of every transfer, and what explains a difference."""
    df = laden.read_aansluiting(toegang.lezer)
    with st.container(border=True, key="kaart-aansluiting"):
        open_ = df.filter(pl.col("verschil") != pl.col("verklaard").fill_null(0)).height
        titel = (
            "Elke aansluiting is verklaard" if open_ == 0 else f"{open_} aansluitingen zijn niet verklaard"
        )
        show_title(
            titel if df.height else "Aansluiting",
            "van bericht tot scherm en grootboek: links, rechts, verschil",
        )
        if df.height == 0:
            show_empty("Nog niets om aan te sluiten.")
            return
        with st.container(horizontal=True):
            show_downloads(toegang, df, "aansluiting", explain(toegang, "aansluiting"), "aansluiting")
        rijen = []
        for r in df.iter_rows(named=True):
            write = euro_cent if r["grootheid"] == "cent" else count
            rest = (r["verschil"] or 0) - (r["verklaard"] or 0)
            rijen.append(
                [
                    r["stap"],
                    r["wet"] or GEEN,
                    str(r["jaar"] or GEEN),
                    write(r["links"]),
                    write(r["rechts"]),
                    write(r["verschil"]),
                    r["verklaard_door"] or GEEN,
                    "sluit" if rest == 0 else f"rest {write(rest)}",
                ]
            )
        kolommen = {"Stap": "tekst", "Wet": "tekst", "Jaar": "tekst", "Links": "getal", "Rechts": "getal"}
        show_table(
            kolommen | {"Verschil": "getal", "Verklaard door": "tekst", "Oordeel": "tekst"},
            rijen,
            "Aansluiting",
        )


def show_controles(toegang: Toegang) -> None:
    """Card: the checks that the build ran."""
    df = laden.read_controles(toegang.lezer)
    with st.container(border=True, key="kaart-controles"):
        goed = int(df["ok"].sum())
        titel = f"{goed} van {df.height} controles goed" if df.height else "Controles"
        show_title(titel, "gedraaid bij het bouwen; faalt er een, dan blijft de vorige momentopname staan")
        if df.height == 0:
            show_empty("Er zijn nog geen controles gedraaid.")
            return
        with st.container(horizontal=True):
            show_downloads(toegang, df, "controles", explain(toegang, "controles"), "controles")
        rijen = [
            ["goed" if r["ok"] else "fout", r["omschrijving"] or r["naam"], count(r["gevonden"])]
            for r in df.iter_rows(named=True)
        ]
        show_table({"Oordeel": "tekst", "Controle": "tekst", "Gevonden": "getal"}, rijen, "Controles")
