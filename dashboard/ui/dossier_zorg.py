"""The dossier of one aanbieder, care and prices: tariffs, trajecten, share, start and sleepers."""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import words_operationeel as words
from dashboard.access.door import Toegang
from dashboard.dossier import Dossier
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, decimals, euro, percent, price, signed
from dashboard.reading import aanbieders
from dashboard.reading import dossier as lezen
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.dossier import KLEIN, show_table_card
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import draw_begrip


def name_product(r: dict[str, Any]) -> str:
    """Product with its zwaarte where it has one."""
    return r["product"] if r["zwaarte"] in (None, "n.v.t.") else f"{r['product']}, {r['zwaarte']}"


def show_tarief(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: what was billed per unit beside the price of the contract, and what differs in euros."""
    df = lezen.read_tarief(toegang.lezer, f)
    rijen = [
        [
            name_product(r),
            KLEIN if r["niet_getoond"] else _per_unit(r["contract_cent"], r["volume"], r["eenheid"]),
            KLEIN if r["niet_getoond"] else _per_unit(r["gedeclareerd_cent"], r["volume"], r["eenheid"]),
            KLEIN if r["niet_getoond"] else signed(euro(r["verschil_cent"])),
        ]
        for r in df.iter_rows(named=True)
    ]
    show_table_card(
        toegang,
        "dossier_tarief",
        words.title_tarief(df),
        f"{f.periode.label}; hetzelfde volume tegen contracttarief; zonder contract telt het gangbare tarief",
        df,
        {"Product": "tekst", "Contract": "getal", "Gedeclareerd": "getal", "Verschil": "getal"},
        rijen,
        explain(toegang, f"tarieven van {d.naam} naast het contract", f, "p"),
        "Niets per eenheid gedeclareerd in deze maanden.",
        "p",
    )


def _per_unit(cent: int | None, volume: float | None, eenheid: str) -> str:
    return GEEN if cent is None or not volume else price(cent / volume, eenheid)


def show_traject(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: what trajecten that ended cost and how long they took."""
    df = lezen.read_traject(toegang.lezer, f)
    rijen = [
        [
            name_product(r),
            KLEIN if r["niet_getoond"] else count(r["aantal"]),
            KLEIN if r["niet_getoond"] else euro(r["gemiddelde_cent"]),
            KLEIN if r["niet_getoond"] else euro(r["mediaan_cent"]),
            KLEIN if r["niet_getoond"] else f"{decimals(r['gemiddelde_dagen'] / 7, 0)} weken",
        ]
        for r in df.iter_rows(named=True)
    ]
    show_table_card(
        toegang,
        "dossier_traject",
        words.title_traject(df),
        f"trajecten die in {aanbieders.year_of(f)} eindigden en binnen de gegevens begonnen",
        df,
        {
            "Product": "tekst",
            "Trajecten": "getal",
            "Gemiddeld": "getal",
            "Midden": "getal",
            "Duur gemiddeld": "getal",
        },
        rijen,
        explain(toegang, f"trajectprijs van {d.naam}", f, "duur"),
        "Geen trajecten die in dit jaar eindigden.",
        "duur",
    )


def show_aandeel(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: how much of a productgroep comes from this aanbieder, and who has care from nobody else."""
    df = aanbieders.read_aandeel(toegang.lezer, f)
    rijen = [
        [
            r["productgroep"],
            KLEIN if r["niet_getoond"] else percent(r["aandeel"], 0),
            KLEIN if r["niet_getoond"] else f"{count(r['rang'])} van {count(r['aanbieders'])}",
            KLEIN if r["niet_getoond"] else count(r["clienten"]),
            KLEIN
            if r["niet_getoond"]
            else f"{count(r['clienten_alleen_hier'])} ({percent(r['afhankelijk_aandeel'], 0)})",
        ]
        for r in df.iter_rows(named=True)
    ]
    kolommen = {"Productgroep": "tekst", "Aandeel": "getal", "Plaats": "getal", "Cliënten": "getal"}
    show_table_card(
        toegang,
        "dossier_aandeel",
        words.title_aandeel(d.naam, df),
        f"{aanbieders.year_of(f)}; aandeel in de uitgaven via berichten; alleen hier: geen andere aanbieder",
        df,
        kolommen | {"Alleen hier": "getal"},
        rijen,
        explain(toegang, f"aandeel van {d.naam}", f),
        "Geen omzet in dit jaar.",
    )


def show_start(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: how soon care begins after the toewijzing, and where nothing is delivered any more."""
    r, df = lezen.read_start(toegang.lezer, f), lezen.read_slapers(toegang.lezer, f)
    slaap = df.filter(~pl.col("niet_getoond"))
    with st.container(border=True, key="kaart-dossier-start", height="stretch"):
        show_title(
            words.title_start(r.get("gestart"), r.get("oud_genoeg"), r.get("verzilverd")),
            f"toewijzingen die ingingen in {f.periode.label}: {count(r.get('gestart'))}, waarvan "
            f"{count(r.get('oud_genoeg'))} oud genoeg; wachttijd in dagen is er niet per aanbieder",
            begrip=draw_begrip(toegang.lezer, "verzilvering"),
        )
        if slaap.height == 0:
            show_empty("Geen lopende toewijzing slaapt: op alle wordt geleverd.")
            return
        st.html('<p class="si-onder">Lopende toewijzingen waarop nu niets wordt geleverd (slapers):</p>')
        with st.container(horizontal=True):
            show_downloads(
                toegang, df, "slapers", explain(toegang, f"slapers van {d.naam}", f, "slapers"), "sl"
            )
        rijen = [
            [
                s["product"],
                f"{count(s['toewijzingen'])} van {count(s['lopend'])}",
                count(s["nooit_geleverd"]),
                euro(s["open_verplichting_cent"]),
            ]
            for s in slaap.iter_rows(named=True)
        ]
        kolommen = {"Product": "tekst", "Slapers": "getal", "Nooit geleverd": "getal", "Staat open": "getal"}
        show_table(kolommen, rijen, f"Slapers van {d.naam}")
