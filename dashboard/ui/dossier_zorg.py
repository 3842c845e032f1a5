"""The dossier of one aanbieder: how soon its care begins, and where nothing is delivered any more."""

import polars as pl
import streamlit as st

from dashboard import words_operationeel as words
from dashboard.access.door import Toegang
from dashboard.dossier import Dossier
from dashboard.filters import Filters
from dashboard.numbers import count, euro
from dashboard.reading import dossier as lezen
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import draw_begrip


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
