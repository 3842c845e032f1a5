"""Strategisch overzicht: where does the year end, why, what changed, and how is the city doing."""

import streamlit as st

from dashboard import tegels, tegels_stad
from dashboard.access.door import require_access
from dashboard.reading.hek import read_hek
from dashboard.ui import balken, filterbar, meerjaren, overzicht, stad, tiles, waarom
from dashboard.ui.trust import show_trust

toegang = require_access("strategisch")

f = filterbar.require_filters(toegang.lezer, balken.OVERZICHT)
toegang.log("inzage", {"pagina": "overzicht", **f.query})

links, rechts = st.columns(2, gap="small")
with links:
    overzicht.show_eind(toegang, f)
with rechts:
    waarom.show_waarom(toegang, f)
overzicht.show_nieuws(toegang)

# Each tile with the pages that explain it, the first that the role may open.
maken = [
    (tegels.make_clienten, ("pq", "Bekijk cliënten per product")),
    (tegels_stad.make_stroom_met_oordeel, ("stroom", "Bekijk in- en uitstroom")),
    (
        tegels.make_kosten,
        ("ontleding", "Bekijk de oorzaken per cliënt"),
        ("clientgroepen", "Bekijk de verdeling over cliënten"),
    ),
    (tegels.make_uitnutting, ("uitnutting", "Bekijk de uitnutting")),
    (tegels_stad.make_concentratie, ("clientgroepen", "Bekijk de cliëntgroepen")),
]
if f.wijk is not None or f.aanbieder is not None:
    # the forecast does not exist for these: then the euros up to now are the answer
    maken.insert(0, (tegels.make_uitgaven, ("pq", "Bekijk uitgaven per product")))
with st.grid(len(maken), min_column_width=215, gap="small", key="tegels"):
    for maak, *doelen in maken:
        tiles.show_tile(toegang, maak(toegang.lezer, f), *doelen)

links, rechts = st.columns([1.25, 1], gap="small")
with links:
    stad.show_jaren(toegang, f)
with rechts:
    stad.show_wijken(toegang, f)
links, rechts = st.columns(2, gap="small")
with links:
    overzicht.show_maatregelen(toegang, f)
with rechts:
    meerjaren.show_saldo(toegang, read_hek(toegang.lezer), reserve_eerst=True)

show_trust(toegang)
