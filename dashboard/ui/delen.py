"""Beside the heading of every page: share this view, and the views that this person keeps."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.access import door
from dashboard.access.door import Identiteit
from dashboard.filters import Filters
from dashboard.notities.opslag import LANGSTE_NAAM, NotitieError
from dashboard.notities.weergaven import read_weergaven, remove_weergave, save_weergave
from dashboard.style import DRUK_BREED
from dashboard.ui.navigatie import PAGINAS, Pagina

# The button stands in the page itself: a link is copied without leaving it, and read out by a screen reader.
# What is shared is the address as it is at that moment, with what is shown though not asked: the server hears
# of a knob that is turned fast only later.
_KOPIE = """
<div class="si-deel"><p>Wie de link opent, ziet dezelfde keuzes, met wat de eigen rol mag zien.</p>
<code data-erbij="@erbij">@tekst</code>
<button type="button">Kopieer de link</button>
<span role="status" class="si-klaar"></span></div>
<script>
document.querySelectorAll('.si-deel').forEach((deel) => {
  const tekst = deel.querySelector('code'), klaar = deel.querySelector('.si-klaar');
  const link = () => {
    const gemaakt = new URL(tekst.textContent), adres = new URL(gemaakt.href.split('?')[0] + location.search);
    if (!gemaakt.searchParams.has('@rol')) adres.searchParams.delete('@rol');
    for (const [naam, waarde] of new URLSearchParams(tekst.dataset.erbij))
      if (!adres.searchParams.has(naam)) adres.searchParams.set(naam, waarde);
    return tekst.textContent = adres.href;
  };
  link();
  deel.querySelector('button').onclick = async () => {
    try { await navigator.clipboard.writeText(link()); klaar.textContent = 'Gekopieerd'; }
    catch { klaar.textContent = 'Kopiëren mag niet van de browser: selecteer de link en kopieer die zelf.'; }
  };
});
</script>
"""
# A link to another page, opened in a tab of its own, asks for the same view; within the tab it does already.
_MEE = """
<script>
if (!window.siMee) {
  window.siMee = true;
  const vul = (e) => {
    const link = e.target.closest?.('[data-testid=stPageLink] a, [data-testid=stTopNav] a');
    if (!link || (link.getAttribute('href').includes('?') && !link.dataset.mee)) return;
    link.dataset.mee = '1';
    link.search = location.search;
  };
  for (const soort of ['pointerover', 'pointerdown', 'focusin']) document.addEventListener(soort, vul, true);
}
</script>
"""
# Charts and grids keep the width of the screen when printed; scaled, they fit a sheet of A4 on its side. What
# would become too small to read gets the whole width instead.
_DRUK = """
<script>
if (!window.siDruk) {
  window.siDruk = true;
  const breed = @breed, leesbaar = 0.8;
  const delen = () => [...document.querySelectorAll('[data-testid=stPlotlyChart], [data-testid=stDataFrame]')]
    .map((deel) => deel.closest('[data-testid=stElementContainer]') || deel)
    .filter((deel) => deel.offsetWidth);
  window.addEventListener('beforeprint', () => {
    const blok = document.querySelector('[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock]');
    const maat = Math.min(0.98, breed / (blok ? blok.offsetWidth : breed));
    document.body.classList.toggle('si-groot', maat < leesbaar);
    delen().forEach((deel) => {
      deel.style.zoom = maat < leesbaar ? Math.min(1, (breed - 40) / deel.offsetWidth) : maat;
    });
  });
  window.addEventListener('afterprint', () => {
    document.body.classList.remove('si-groot');
    delen().forEach((deel) => { deel.style.zoom = ''; });
  });
}
</script>
""".replace("@breed", str(DRUK_BREED))


def make_vraag(vraag: Mapping[str, str], f: Filters | None, *, demo: bool) -> dict[str, str]:
    """What a link to this view asks: the address as it is, with what is shown though not asked (the period).

    A role goes along in the demo only.
    """
    uit = dict(f.query) if f is not None else {}
    uit |= {k: v for k, v in vraag.items() if v}
    if not demo:
        uit.pop(door.ROL_SLEUTEL, None)
    return uit


def show_tools(wie: Identiteit, pagina: Pagina, f: Filters | None) -> None:
    """Draw both buttons."""
    vraag = make_vraag(st.query_params.to_dict(), f, demo=wie.demo)
    if wie.demo and wie.rol is not None:
        vraag[door.ROL_SLEUTEL] = wie.rol
    with st.container(horizontal=True, gap="small", width="content", key="delen"):
        with st.popover("Deel", icon=":material/link:", help="Deel deze weergave"):
            basis = (st.context.url or "").split("?")[0].rsplit("/", 1)[0]
            tekst = escape(f"{basis}/{pagina.pad}?{urlencode(vraag)}", quote=True)
            erbij = {k: v for k, v in vraag.items() if k not in st.query_params}
            html = _KOPIE.replace("@tekst", tekst).replace("@rol", door.ROL_SLEUTEL)
            html = html.replace("@erbij", escape(urlencode(erbij), quote=True))
            st.html(html, unsafe_allow_javascript=True)
        with st.popover("Mijn weergaven", icon=":material/bookmark:", help="Weergaven die u bewaart"):
            _show_weergaven(wie, pagina, vraag)
    with st.container(key="druk"):
        st.html(_MEE + _DRUK, unsafe_allow_javascript=True)


def _show_weergaven(wie: Identiteit, pagina: Pagina, vraag: dict[str, str]) -> None:
    # In the demo everyone is the same person; there the views belong to the role.
    eigenaar = f"demo:{wie.rol}" if wie.demo else wie.kenmerk
    try:
        bewaard = read_weergaven(door.notes_path(), eigenaar)
    except NotitieError as fout:
        st.warning(str(fout))
        return
    koppen = {p.pad: p.naam for p in PAGINAS}
    if bewaard:
        punten = "".join(
            f'<li><a href="{escape(f"{w.pad}?{urlencode(w.vraag)}", quote=True)}" target="_self">'
            f"{escape(w.naam)}</a> · {escape(koppen[w.pad])}</li>"
            for w in bewaard
            if w.pad in koppen
        )
        st.html(f'<ul class="si-weergaven">{punten}</ul>')
    else:
        st.caption("U heeft nog geen weergaven bewaard.")
    with st.form("weergave", border=False, clear_on_submit=True):
        naam = st.text_input("Bewaar deze weergave als", max_chars=LANGSTE_NAAM)
        klik = st.form_submit_button("Bewaren")
    if klik:
        try:
            save_weergave(door.notes_path(), naam, pagina.pad, vraag, eigenaar)
        except NotitieError as fout:
            st.warning(str(fout))
        else:
            st.rerun()
    if bewaard:
        weg = st.selectbox("Weghalen", [w.naam for w in bewaard], index=None, placeholder="Kies")
        if weg and st.button("Haal weg"):
            remove_weergave(door.notes_path(), weg, eigenaar)
            st.rerun()
