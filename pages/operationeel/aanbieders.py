"""Operationeel: one aanbieder, its clients, volume, price and flows, next to comparable ones."""

import streamlit as st

from dashboard import dossier
from dashboard.access.door import require_access
from dashboard.reading.keuzes import read_aanbieders
from dashboard.ui import aanbieders, balken, filterbar, tiles
from dashboard.ui.trust import show_trust

toegang = require_access("operationeel")

namen = read_aanbieders(toegang.lezer)
if not namen:
    filterbar.show_empty(
        "U heeft nog geen eigen aanbieders. Vraag functioneel beheer om ze bij uw rol te zetten."
    )
    st.stop()
filterbar.warn_unknown(
    "aanbieder", namen, "Deze aanbieder hoort niet bij uw eigen aanbieders en wordt niet getoond."
)
f = filterbar.require_filters(toegang.lezer, balken.AANBIEDERS)
toegang.log("inzage", {"pagina": "aanbieders", **f.query})

d = dossier.read_dossier(toegang.lezer, f, namen[str(f.aanbieder)])
aanbieders.show_head(d)
with st.grid(5, min_column_width=235, gap="small", key="tegels"):
    for tegel in dossier.make_tiles(toegang.lezer, f, d):
        tiles.show_tile(toegang.lezer, tegel)

if d.heeft_pq:
    links, rechts = st.columns(2, gap="small")
    with links:
        aanbieders.show_omzet(toegang, f, d)
    with rechts:
        aanbieders.show_stroom(toegang, f, d)
    aanbieders.show_producten(toegang, f, d)
    aanbieders.show_wijken(toegang, f, d)
else:
    aanbieders.show_stroom(toegang, f, d)

show_trust(toegang)
