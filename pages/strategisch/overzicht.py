"""Strategisch overzicht: where does the year end, why, what changed, and how is the city doing."""

import streamlit as st

from dashboard import tegels, tegels_stad
from dashboard.access.door import require_access
from dashboard.ui import balken, filterbar, overzicht, stad, tiles, waarom
from dashboard.ui.navigatie import link
from dashboard.ui.trust import show_trust

toegang = require_access("strategisch")

f = filterbar.require_filters(toegang.lezer, balken.OVERZICHT)
toegang.log("inzage", {"pagina": "overzicht", **f.query})

overzicht.show_nieuws(toegang)

links, rechts = st.columns(2, gap="small")
with links:
    overzicht.show_eind(toegang, f)
with rechts:
    waarom.show_waarom(toegang, f)

per_product = link(toegang, "pq")
maken = [
    tegels.make_clienten,
    tegels_stad.make_stroom_met_oordeel,
    tegels.make_kosten,
    tegels.make_uitnutting,
    tegels_stad.make_concentratie,
]
if f.wijk is not None or f.aanbieder is not None:
    # the forecast does not exist for these: then the euros up to now are the answer
    maken.insert(0, tegels.make_uitgaven)
with st.grid(len(maken), min_column_width=215, gap="small", key="tegels"):
    for maak in maken:
        doel = None if maak is tegels_stad.make_concentratie else per_product
        tiles.show_tile(toegang.lezer, maak(toegang.lezer, f), doel, "Bekijk per product")

links, rechts = st.columns([1.25, 1], gap="small")
with links:
    stad.show_jaren(toegang, f)
    reserve = tegels_stad.make_reserve(toegang.lezer)
    tiles.show_tile(toegang.lezer, reserve, link(toegang, "meerjarenbeeld"), "Bekijk het meerjarenbeeld")
with rechts:
    stad.show_wijken(toegang, f)
    overzicht.show_maatregelen(toegang, f)

show_trust(toegang)
