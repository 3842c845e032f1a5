"""The foot of a page: how far these figures can be relied on."""

from datetime import date

import streamlit as st

from dashboard.access.door import Toegang, describe_scope
from dashboard.numbers import MAANDEN, count, day, month, percent
from dashboard.reading import betrouwbaar
from dashboard.reading.laden import read_geheel
from dashboard.ui.opmaak import hold

OUD_DAGEN = 21


def describe_certainty(toegang: Toegang) -> list[str]:
    """What is still to come and whether the books agree; the first not for who sees no figures of care."""
    uit: list[str] = []
    laatste = toegang.lezer.meta.laatste_levermaand
    if laatste is not None and set(toegang.rol.niveaus) != {"beheer"}:
        komt = betrouwbaar.read_komt_nog(toegang.lezer, laatste.year)
        if komt is not None:
            uit.append(f"naar schatting komt nog {percent(komt[0] / komt[1])} van {laatste.year} binnen")
    boeken = betrouwbaar.read_grootboek(toegang.lezer)
    if boeken is not None:
        # what is not wholly explained never reads as 100 %
        deel = min(boeken[1], 0.999) if boeken[1] < 1 else 1.0
        uit.append(f"aansluiting grootboek {boeken[0]}: {percent(deel, int(deel < 1))} gelijk of verklaard")
    return uit


def describe_trust(toegang: Toegang) -> list[str]:
    """Provisional months, what is still to come, checks and lines set apart, each in a few words."""
    meta = toegang.lezer.meta
    geheel = read_geheel(toegang.lezer)
    stukken = [f"laatste levering {day(meta.bekend_op)}"]
    if meta.voorlopig_vanaf is not None and meta.laatste_levermaand is not None:
        van = MAANDEN[meta.voorlopig_vanaf.month - 1]
        stukken.append(f"{van} t/m {month(meta.laatste_levermaand)} voorlopig")
    stukken += describe_certainty(toegang)
    stukken.append(f"{geheel['goed']} van {geheel['controles']} controles goed")
    stukken.append(f"{count(geheel['quarantaine'])} regels in quarantaine")
    return stukken


def show_trust(toegang: Toegang, vandaag: date | None = None) -> None:
    """The foot: how far to rely on these figures, a warning when they are old, what the role is shown."""
    meta = toegang.lezer.meta
    regels = [f"<b>Betrouwbaarheid van deze cijfers:</b> {hold(' · '.join(describe_trust(toegang)))}"]
    dagen = ((vandaag or date.today()) - meta.bekend_op).days
    if dagen > OUD_DAGEN:
        oud = f"{dagen // 7} weken" if dagen < 120 else f"{dagen // 30} maanden"
        regels.append(hold(f"Cijfers van {oud} oud: sinds {day(meta.bekend_op)} is niets geladen."))
    regels.append(hold(describe_scope(toegang)))
    st.html(f'<div class="si-voet">{"<br>".join(regels)}</div>')
