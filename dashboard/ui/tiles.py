"""Draws a tile: HTML of our own, because a number needs its base, direction and certainty beside it."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.access.door import ROL_SLEUTEL
from dashboard.access.reader import Lezer
from dashboard.numbers import month
from dashboard.reading.keuzes import read_begrip
from dashboard.tegels import Punt, Regel, Tegel, word_verschil


def draw_spark(punten: tuple[Punt, ...], uitleg: str) -> str:
    """Small bars from zero, provisional months hatched, months that are not shown as a dashed outline."""
    getoond = [p.waarde for p in punten if p.waarde is not None]
    if len(punten) < 2 or not getoond:
        return ""
    hoog, laag = max(0.0, *getoond), min(0.0, *getoond)
    schaal = 100 / ((hoog - laag) or 1)
    balken = []
    for p in punten:
        if p.waarde is None:
            balken.append('<i><b class="weg" style="height:50%"></b></i>')
            continue
        hoogte = max(2.0, abs(p.waarde) * schaal)
        onder = (0 - laag) * schaal if p.waarde >= 0 else (0 - laag) * schaal - hoogte
        soort = ' class="voorlopig"' if p.voorlopig else ""
        balken.append(f'<i><b{soort} style="height:{hoogte:.1f}%;bottom:{max(0.0, onder):.1f}%"></b></i>')
    van, tot = month(punten[0].maand), month(punten[-1].maand)
    naam = escape(f"{uitleg}, {van} tot en met {tot}")
    rest = " · gearceerd: voorlopig" if any(p.voorlopig for p in punten) else ""
    return (
        f'<div class="si-vonk" role="img" aria-label="{naam}">{"".join(balken)}</div>'
        f'<div class="si-vonkvoet">{escape(uitleg)}, {van} – {tot}{rest}</div>'
    )


def _line(r: Regel) -> str:
    klasse = f' class="si-{r.oordeel}"' if r.oordeel else ""
    verschil = f"<span{klasse}>{escape(word_verschil(r))}</span>" if r.verschil else ""
    return f"<dt>{escape(r.label)}</dt><dd>{escape(r.waarde)}</dd>" + (
        f'<dd class="si-verschil">{verschil}</dd>' if verschil else ""
    )


def begrip_link(titel: str) -> str:
    """Address of the page that explains a begrip; in the demo the role of this page goes along."""
    rol = st.query_params.get(ROL_SLEUTEL)
    return "begrippen?" + urlencode({"begrip": titel} | ({ROL_SLEUTEL: rol} if rol else {}))


def draw_begrip(lezer: Lezer, begrip: str) -> str:
    """The mark that tells the definition on hover and focus, with a link to all about it.

    Nothing where the snapshot knows none.
    """
    b = read_begrip(lezer, begrip) if begrip else None
    if b is None:
        return ""
    regels = [f"<b>{escape(b['titel'])}</b>", escape(b["definitie"])]
    regels += [f"{naam}: {escape(b[k])}" for k, naam in (("formule", "Formule"), ("bron", "Bron")) if b[k]]
    doel = escape(begrip_link(b["titel"]), quote=True)
    regels.append(f'<a href="{doel}" target="_self">Meer over dit begrip</a>')
    tekst = "<br>".join(regels)
    naam = escape(b["definitie"])
    bol = f'<span class="si-begrip" tabindex="0" role="note" aria-label="{naam}"><b>i</b>'
    return f'{bol}<span class="si-uitleg">{tekst}</span></span>'


def draw_tile(lezer: Lezer, t: Tegel) -> str:
    """HTML of a tile."""
    delen = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in t.delen)
    regels = "".join(_line(r) for r in t.regels)
    klein = " si-klein" if len(t.waarde) > 14 else ""
    return (
        f'<div class="si-tegel"><h2>{escape(t.titel)} {draw_begrip(lezer, t.begrip)}</h2>'
        f'<div class="si-waarde{klein}">{escape(t.waarde)}</div>'
        f'<div class="si-zeker">{escape(t.zekerheid)}</div>'
        f'{draw_spark(t.reeks, t.reeks_uitleg)}<dl class="si-regels">{regels}</dl>'
        + (f'<dl class="si-regels si-delen">{delen}</dl>' if delen else "")
        + "</div>"
    )


def show_tile(lezer: Lezer, t: Tegel, pagina: str | None = None, linktekst: str = "") -> None:
    """Draw a tile; the whole of it opens `pagina`, where the role may go there. Filters go along."""
    with st.container(
        border=True, key=f"tegel-{t.sleutel}" if pagina else f"vast-{t.sleutel}", height="stretch"
    ):
        st.html(draw_tile(lezer, t))
        if pagina is not None:
            st.page_link(pagina, label=linktekst, icon=":material/arrow_forward:")
