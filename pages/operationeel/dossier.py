"""Operationeel: one aanbieder on one page, to prepare and hold the talk with."""

import streamlit as st

from dashboard import dossier
from dashboard import dossier_tabellen as tabellen
from dashboard.access.door import require_access
from dashboard.ui import (
    aanbieders,
    balken,
    card,
    dossier_declaraties,
    dossier_zorg,
    filterbar,
    gesprek,
    tiles,
)
from dashboard.ui import dossier as kaarten
from dashboard.ui.trust import show_trust

toegang = require_access("operationeel")

namen = filterbar.require_own(toegang.lezer)
filterbar.warn_unknown(
    "aanbieder", namen, "Deze aanbieder hoort niet bij uw eigen aanbieders en wordt niet getoond."
)
f = filterbar.require_filters(toegang.lezer, balken.AANBIEDERS)
toegang.log("inzage", {"pagina": "dossier", **f.query})

d = dossier.read_dossier(toegang.lezer, f, namen[str(f.aanbieder)])
aanbieders.show_head(d)
deel = kaarten.choose_deel(toegang, f, d)

if deel.kort:
    with st.grid(5, min_column_width=235, gap="small", key="tegels"):
        for tegel in dossier.make_tiles(toegang.lezer, f, d):
            tiles.show_tile(toegang, tegel)
    links, rechts = st.columns(2, gap="small")
    with links:
        if d.heeft_pq:
            aanbieders.show_omzet(toegang, f, d)
        else:
            card.show_table_card(toegang, f, tabellen.make_vast(toegang.lezer, f, d))
    with rechts:
        aanbieders.show_stroom(toegang, f, d)
    if d.heeft_pq:
        card.show_table_card(toegang, f, tabellen.make_vergelijking(toegang.lezer, f, d))
if deel.zorg and d.heeft_pq:
    card.show_table_card(toegang, f, tabellen.make_producten(toegang.lezer, f, d))
    links, rechts = st.columns(2, gap="small")
    with links:
        card.show_table_card(toegang, f, tabellen.make_tarief(toegang.lezer, f, d))
        card.show_table_card(toegang, f, tabellen.make_traject(toegang.lezer, f, d))
    with rechts:
        card.show_table_card(toegang, f, tabellen.make_aandeel(toegang.lezer, f, d))
        dossier_zorg.show_start(toegang, f, d)
    card.show_table_card(toegang, f, tabellen.make_wijken(toegang.lezer, f, d))
if deel.declaraties and d.heeft_pq:
    links, rechts = st.columns(2, gap="small")
    with links:
        dossier_declaraties.show_regelkaart(toegang, f, d)
    with rechts:
        dossier_declaraties.show_bevindingen(toegang, f, d)
    card.show_table_card(toegang, f, tabellen.make_nagekomen(toegang.lezer, f, d))
if deel.gesprek:
    gesprek.show_signalen(toegang, f, d)
    links, rechts = st.columns(2, gap="small")
    with links:
        gesprek.show_afspraken(toegang, f)
    with rechts:
        gesprek.show_notities(toegang, f)

show_trust(toegang)
