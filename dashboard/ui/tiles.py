"""Draws a tile: HTML of our own, because a number needs its base, direction and certainty beside it."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.access.door import ROL_SLEUTEL, Toegang
from dashboard.access.reader import Lezer
from dashboard.numbers import month
from dashboard.reading.keuzes import read_begrip
from dashboard.tegels import Punt, Regel, Tegel, word_verschil
from dashboard.ui.navigatie import link
from dashboard.ui.opmaak import hold, keep_mark

KORT = 32
"""Characters of a base, its value and the difference that fit on one line of a tile."""


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
    rest = "; gearceerd: voorlopig" if any(p.voorlopig for p in punten) else ""
    naam = escape(f"{uitleg}, {van} tot en met {tot}{rest}", quote=True)
    return (
        f'<div class="si-vonk"><div class="si-staafjes" role="img" aria-label="{naam}" title="{naam}">'
        f'{"".join(balken)}</div><div class="si-vonkvoet">{van} – {tot}</div></div>'
    )


def _line(r: Regel) -> str:
    """A base and its value; a short difference stands behind the value, a long one on a line of its own."""
    klasse = f' class="si-{r.oordeel}"' if r.oordeel else ""
    verschil = word_verschil(r)
    los = f"<span{klasse}>{escape(verschil)}</span>"
    if not r.waarde:
        return f'<div class="si-heleregel"><dt>{escape(r.label)}:</dt> <dd>{los}</dd></div>'
    kort = bool(verschil) and len(r.label) + len(r.waarde) + len(verschil) <= KORT
    waarde = f"{escape(r.waarde)} {los}" if kort else escape(r.waarde)
    onder = f'<div><dt></dt><dd class="si-verschil">{los}</dd></div>' if verschil and not kort else ""
    return f"<div><dt>{escape(r.label)}</dt><dd>{waarde}</dd></div>{onder}"


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
    delen = " · ".join(f"{escape(a)} <b>{escape(b)}</b>" if b else escape(a) for a, b in t.delen)
    regels = "".join(_line(r) for r in t.regels)
    klein = " si-klein" if len(t.waarde) > 14 else ""
    return (
        f'<div class="si-tegel"><h2>{keep_mark(hold(t.titel), draw_begrip(lezer, t.begrip))}</h2>'
        f'<div class="si-kern"><div class="si-waarde{klein}">{escape(t.waarde)}</div>'
        f"{draw_spark(t.reeks, t.reeks_uitleg)}</div>"
        f'<div class="si-zeker">{escape(t.zekerheid)}</div><dl class="si-regels">{regels}</dl>'
        + (f'<p class="si-delen">{delen}</p>' if delen else "")
        + "</div>"
    )


def show_tile(toegang: Toegang, t: Tegel, *doelen: tuple[str, str]) -> None:
    """Draw a tile; the whole of it opens the first of `doelen` where the role may go. Filters go along.

    doelen: address of a page that explains the figure, and the words of the link; both say where it leads.
    """
    mag = next(((doel, tekst) for pad, tekst in doelen if (doel := link(toegang, pad)) is not None), None)
    soort = "vast" if mag is None else "tegel"
    with st.container(border=True, key=f"{soort}-{t.sleutel}", height="stretch", gap="xsmall"):
        st.html(draw_tile(toegang.lezer, t))
        if mag is not None:
            st.page_link(mag[0], label=mag[1], icon=":material/arrow_forward:")
