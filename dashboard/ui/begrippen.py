"""The page Begrippen: search, one definition with its table, and the way back to the messages."""

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from dashboard.access.door import Toegang
from dashboard.numbers import count, plural
from dashboard.reading import begrippen
from dashboard.reading.begrippen import HOOGSTENS, Woord, title_tabel
from dashboard.ui.card import explain, show_downloads, show_table, show_title
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import begrip_link

SLEUTEL = "begrip"
ZOEK = "begrip_zoek"
LAGEN = ("Aangeleverd", "Lake", "Kern", "Mart")


def choose(toegang: Toegang) -> tuple[str, str | None, str]:
    """Search text, the begrip that is chosen (None for a table), and the table that holds it."""
    df = begrippen.read_begrippen(toegang.lezer)
    per_titel = dict(df.select("titel", "begrip").rows())
    tabel_van = dict(df.select("titel", "model").rows())
    opties = {t: t for t in per_titel}
    tabel_van |= {title_tabel(n): n for n in begrippen.read_modellen(toegang.lezer)}
    opties |= {t: t for t in tabel_van}
    if st.session_state.get(SLEUTEL) not in (None, *opties):
        st.session_state[SLEUTEL] = next(iter(opties), None)
    links, rechts = st.columns(2, gap="small")
    zoek = links.text_input(
        "Zoek in begrippen, tabellen en kolommen",
        key=ZOEK,
        placeholder="bijvoorbeeld: wachttijd",
        max_chars=60,
    )
    gekozen = rechts.selectbox(
        "Begrip of tabel", list(opties), key=SLEUTEL, bind="query-params", placeholder="Kies een begrip"
    )
    titel = gekozen if gekozen in opties else next(iter(opties), "")
    return zoek, per_titel.get(titel), tabel_van.get(titel, "")


def show_begrip(toegang: Toegang, begrip: str | None, tabel: str) -> None:
    """Card: the definition, or what a row of the table is; with the columns of the table."""
    omschrijving = begrippen.read_modellen(toegang.lezer).get(tabel, "")
    kolommen = begrippen.read_kolommen(toegang.lezer, tabel)
    with st.container(border=True, key="kaart-begrip", height="stretch"):
        if not tabel:
            show_title("Begrippen", "wat de cijfers betekenen")
            show_empty("Deze momentopname kent nog geen begrippen. Leid de cijfers opnieuw af bij Laden.")
            return
        if begrip is None:
            show_title(title_tabel(tabel), "wat een rij van deze tabel is")
            st.html(f'<p class="si-lees">{escape(omschrijving)}</p>')
        else:
            df = begrippen.read_begrippen(toegang.lezer).filter(pl.col("begrip") == begrip)
            b = df.row(0, named=True)
            show_title(b["titel"], "zoals getest bij elke wijziging van de berekening")
            st.html(f'<p class="si-lees">{escape(b["definitie"])}</p>{_facts(b)}')
        if kolommen:
            if begrip is not None:
                st.html(f'<p class="si-onder">Tabel {escape(tabel)}: {escape(omschrijving)}</p>')
            with st.expander(plural(len(kolommen), "kolom", "kolommen")):
                show_table(
                    {"Kolom": "kort", "Betekenis": "zin"}, list(kolommen.items()), f"Kolommen van {tabel}"
                )


def _facts(b: dict[str, str]) -> str:
    paren = ((k.capitalize(), b[k]) for k in ("formule", "eenheid", "bron") if b[k])
    return (
        '<dl class="si-feiten">'
        + "".join(f"<dt>{naam}</dt><dd>{escape(tekst)}</dd>" for naam, tekst in paren)
        + "</dl>"
    )


def show_herkomst(toegang: Toegang, tabel: str) -> None:
    """Card: from the messages that were really loaded, through lake and kern, to the table."""
    if not tabel:
        return
    spoor = begrippen.read_spoor(toegang.lezer, tabel)
    with st.container(border=True, key="kaart-herkomst", height="stretch"):
        aangeleverd = (*spoor.berichten, *spoor.extracten)
        soorten = plural(len(aangeleverd), "soort bericht of bestand", "soorten berichten en bestanden")
        kop = f"Gemaakt uit {soorten}: {tabel}" if aangeleverd else f"Herkomst van {tabel}"
        show_title(
            kop, "uit de modellen zelf gelezen; vet: rechtstreeks gelezen, de rest via een andere tabel"
        )
        lagen = (
            aangeleverd,
            spoor.lake,
            spoor.kern,
            (*spoor.mart, tabel) if tabel.startswith("mart.") else (),
        )
        if not any(lagen[:3]):
            show_empty("Van deze tabel is geen herkomst bekend. Leid de cijfers opnieuw af bij Laden.")
            return
        vet = spoor.direct | {tabel}
        st.html(
            '<ol class="si-spoor">'
            + "".join(_layer(n, laag, vet) for n, laag in zip(LAGEN, lagen, strict=True) if laag)
            + "</ol>"
        )
        modellen = begrippen.read_modellen(toegang.lezer)
        rijen = [[n, modellen[n]] for n in (*spoor.mart, *spoor.kern) if n in modellen]
        if rijen:
            with st.expander("Wat staat er in deze tabellen?"):
                show_table({"Tabel": "kort", "Wat een rij is": "zin"}, rijen, f"Tabellen onder {tabel}")


def _layer(naam: str, tabellen: Sequence[str], vet: frozenset[str]) -> str:
    punten = "".join(
        f"<li><strong>{escape(_short(t))}</strong></li>" if t in vet else f"<li>{escape(_short(t))}</li>"
        for t in tabellen
    )
    return f"<li><h3>{naam}</h3><ul>{punten}</ul></li>"


def _short(tabel: str) -> str:
    return tabel.partition(".")[2] or tabel


def show_gevonden(toegang: Toegang, zoek: str) -> None:
    """Card: everything that is explained and matches the search, each with a link to open it."""
    woorden = begrippen.find_words(toegang.lezer, zoek)
    with st.container(border=True, key="kaart-gevonden"):
        gezocht = zoek.strip()
        titel = (
            f"{count(len(woorden))} keer gevonden: {gezocht}"
            if gezocht
            else f"Alle {count(len(woorden))} begrippen"
        )
        toont = (
            f"de eerste {HOOGSTENS}; zoek preciezer voor de rest"
            if len(woorden) > HOOGSTENS
            else "op volgorde van naam"
        )
        show_title(titel, toont if woorden else "niets gevonden")
        if not woorden:
            show_empty("Niets gevonden. Zoek met minder woorden, of met een deel van een woord.")
            return
        df = pl.DataFrame([{"soort": w.soort, "naam": w.naam, "betekenis": w.betekenis} for w in woorden])
        with st.container(horizontal=True):
            show_downloads(
                toegang, df, "begrippen", explain(toegang, "begrippen, tabellen en kolommen"), "begrippen"
            )
        st.html(_draw(woorden[:HOOGSTENS]))


def _draw(woorden: Sequence[Woord]) -> str:
    rijen = "".join(
        f'<tr><td class="kort">{w.soort}</td>'
        f'<td><a href="{escape(begrip_link(w.doel), quote=True)}" target="_self">{escape(w.naam)}</a></td>'
        f'<td class="zin">{escape(w.betekenis)}</td></tr>'
        for w in woorden
    )
    kop = "".join(f'<th scope="col">{k}</th>' for k in ("Soort", "Naam", "Betekenis"))
    return (
        '<div class="si-tabel si-links" tabindex="0" role="region" aria-label="Begrippen">'
        f"<table><thead><tr>{kop}</tr></thead><tbody>{rijen}</tbody></table></div>"
    )
