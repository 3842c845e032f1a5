"""The tactical page: the product table that drills, its path, and P and Q beside it."""

import math
from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from dashboard import words
from dashboard.access.door import Toegang
from dashboard.figures import reeksen
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, euro, euro_mln, month, percent, price, ratio, signed, unit, volume
from dashboard.producttabel import TAAKSTELLING, Producttabel, make_producttabel
from dashboard.reading import pq
from dashboard.reading.verloop import is_voorlopig
from dashboard.ui.card import explain, show_card, show_downloads, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import PAD, show_empty
from dashboard.ui.tiles import draw_begrip

MEERVOUD = {
    "hoofdproduct": "hoofdproducten",
    "productgroep": "productgroepen",
    "product": "producten",
    "zwaarte": "zwaarten",
}
BREEDTE = {
    "Begroting": 96,
    "Realisatie": 96,
    "Verschil": 116,
    "%": 74,
    "Cliënten": 60,
    "P": 120,
    "Q": 112,
}
GEEN_BEGROTING = "De begroting bestaat per hoofdproduct; daaronder is er geen."


def _go(doel: dict[str, str | None]) -> None:
    for sleutel in PAD:
        st.session_state[sleutel] = doel.get(sleutel)
    if doel.get("wet"):
        st.session_state["wet"] = doel["wet"]


def show_path(f: Filters) -> dict[str, str | None]:
    """The way back as a trail (the way down are the lists above); returns the chosen path."""
    keuze: dict[str, str | None] = {k: getattr(f, k) for k in PAD}
    stappen: list[tuple[str, dict[str, str | None]]] = [("Alle producten", {})]
    pad: dict[str, str | None] = {}
    for sleutel in PAD:
        if keuze[sleutel] is not None:
            pad = pad | {sleutel: keuze[sleutel]}
            stappen.append((str(keuze[sleutel]), pad))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="kruimels"):
        for i, (naam, doel) in enumerate(stappen):
            if i == len(stappen) - 1:
                st.markdown(f"{'› ' if i else ''}**{naam}**")
                continue
            st.button(
                naam,
                key=f"kruimel_{i}",
                type="tertiary",
                icon=None if i == 0 else ":material/chevron_right:",
                on_click=_go,
                args=(doel,),
                help=f"Terug naar {naam.lower()}",
            )
    return keuze


def _on_row(tabel: Producttabel, keuze: dict[str, str | None], sleutel: str) -> None:
    stand: Any = st.session_state.get(sleutel)
    rijen = stand["selection"]["rows"] if stand else []
    if not rijen or rijen[0] >= tabel.rijen.height or tabel.niveau == "zwaarte":
        return
    rij = tabel.rijen.row(rijen[0], named=True)
    if rij["deel"] == TAAKSTELLING or rij["deel"] is None:
        return
    dubbel = tabel.rijen.filter(pl.col("deel") == rij["deel"]).height > 1
    _go(keuze | {tabel.niveau: rij["deel"]} | ({"wet": rij["wet"]} if dubbel else {}))


def show_table(toegang: Toegang, f: Filters, keuze: dict[str, str | None]) -> Producttabel:
    """Card with the product table; a click on a row goes one level deeper."""
    lezer = toegang.lezer
    tabel = make_producttabel(lezer, f)
    wat = MEERVOUD[tabel.niveau]
    with st.container(border=True, key="kaart-producten"):
        onder = f"{wat}, {f.periode.label}; Q: geleverd volume, P: euro per eenheid (P × Q = via berichten)"
        show_title(_title(tabel), onder, begrip=draw_begrip(lezer, "realisatie"))
        if tabel.rijen.height == 0:
            show_empty("Geen declaraties in deze selectie. Kies een andere periode of wis de filters.")
            return tabel
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if tabel.niveau != "zwaarte":
                st.caption("Klik op een rij om te verdiepen, of kies hierboven.")
            show_downloads(
                toegang,
                tabel.rijen.drop("verloop", "rang", "p", "q"),
                f"producten_{tabel.niveau}",
                explain(toegang, f"P×Q per {tabel.niveau}", f, "realisatie"),
                "producten",
            )
        _draw(tabel, keuze)
        if tabel.heeft_begroting:
            noten = [
                f"Begroting: {f.periode.maanden}/12 van de jaarbegroting, gelijk verdeeld over de maanden."
            ]
        else:
            dieper = f.hoofdproduct or f.has_deel
            noten = [GEEN_BEGROTING if dieper else "Voor deze periode is geen begroting geladen."]
        if tabel.rijen["niet_getoond"].any():
            noten.append(f"Niet getoond: {lezer.reden_niet_getoond}.")
        st.caption(" ".join(noten))
    return tabel


def _title(tabel: Producttabel) -> str:
    df = tabel.rijen.filter(pl.col("verschil_cent").is_not_null() & (pl.col("deel") != TAAKSTELLING))
    if df.height == 0:
        df = tabel.rijen.filter(pl.col("realisatie_cent").is_not_null())
        if df.height == 0:
            return "Geen uitgaven om te tonen"
        rij = df.sort("realisatie_cent").row(-1, named=True)
        naam = f"zwaarte {rij['deel']}" if tabel.niveau == "zwaarte" else rij["deel"]
        return f"Het meeste gaat naar {naam}: {euro_mln(rij['realisatie_cent'])}"
    rij = df.sort(pl.col("verschil_cent").abs()).row(-1, named=True)
    boven = "boven" if rij["verschil_cent"] > 0 else "onder"
    return f"{rij['deel']} zit {euro_mln(abs(rij['verschil_cent']))} {boven} de begroting"


def _draw(tabel: Producttabel, keuze: dict[str, str | None]) -> None:
    df = tabel.rijen
    naam = tabel.niveau.capitalize()
    dubbel = set(df.filter(pl.col("deel").is_duplicated())["deel"])
    namen = [
        f"{d}{f' ({w})' if d in dubbel else ''}{' · niet getoond' if k else ''}"
        for w, d, k in df.select("wet", "deel", "niet_getoond").iter_rows()
    ]
    beeld = pl.DataFrame({naam: namen}).to_pandas()
    stijl: dict[str, Callable[[float], str]] = {}

    def add(kop: str, kolom: str, write: Callable[[float], str]) -> None:
        beeld[kop] = df[kolom].cast(pl.Float64).to_numpy()
        stijl[kop] = lambda v: GEEN if math.isnan(v) else write(v)

    if tabel.heeft_begroting:
        add("Begroting", "begroting_cent", euro)
    add("Realisatie", "realisatie_cent", euro)
    if tabel.heeft_begroting:
        add("Verschil", "verschil_cent", _write_difference)
        add("%", "verschil_deel", lambda v: signed(percent(v)))
    add("Cliënten", "clienten", count)
    for kop, kolom in (("P", "p"), ("Q", "q")):
        beeld[kop] = df[kolom].fill_null(GEEN).to_list()
    instelling: dict[str, Any] = {
        kop: st.column_config.NumberColumn(alignment="right", width=BREEDTE[kop]) for kop in stijl
    }
    instelling |= {
        kop: st.column_config.TextColumn(alignment="right", width=BREEDTE[kop]) for kop in ("P", "Q")
    }
    instelling[naam] = st.column_config.TextColumn(width=238)
    # A month that is not shown would look like a zero in a bar: then the whole history is left out.
    beeld["Verloop"] = [None if v is None or None in v else v for v in df["verloop"].to_list()]
    instelling["Verloop"] = st.column_config.BarChartColumn(
        width=58, y_min=0, color=theme_palette().realisatie
    )
    sleutel = f"tabel_{tabel.niveau}"
    st.dataframe(
        # The Styler shows Dutch text while sorting stays on the number beneath.
        beeld.style.format(stijl),
        hide_index=True,
        column_config=instelling,
        row_height=36,
        height="content",
        placeholder=GEEN,
        key=sleutel,
        on_select=lambda: _on_row(tabel, keuze, sleutel),
        selection_mode="single-row",
        alt=f"Producttabel per {tabel.niveau} met begroting, realisatie, prijs en volume",
    )


def _write_difference(cent: float) -> str:
    return f"{signed(euro(cent))} {'N' if cent > 0 else 'V' if cent < 0 else ''}".strip()


def _sums(eenheden: pl.DataFrame) -> dict[str, float]:
    """Euros per unit of what may be shown, the largest first."""
    som = (
        eenheden.filter(~pl.col("niet_getoond") & (pl.col("eenheid") != "83"))
        .group_by("eenheid")
        .agg(pl.col("realisatie_cent").sum())
        .sort("realisatie_cent", "eenheid", descending=[True, False])
    )
    return dict(som.iter_rows())


def show_series(toegang: Toegang, f: Filters, tabel: Producttabel) -> None:
    """P and Q of the chosen part by month, in one unit at a time."""
    lezer = toegang.lezer
    eenheden = list(_sums(pq.read_eenheden(lezer, f, tabel.niveau)))
    naam = f.product or f.productgroep or f.hoofdproduct or "Alle producten"
    if not eenheden:
        with st.container(border=True, key="kaart-geen-pq"):
            show_title(f"{naam}: geen prijs en volume", f.periode.label)
            show_empty(
                "Hier is geen P×Q: er is niets per eenheid gedeclareerd, of het zijn te weinig cliënten."
            )
        return
    eenheid = eenheden[0]
    if len(eenheden) > 1:
        gekozen = st.segmented_control(
            "Eenheid",
            eenheden,
            default=eenheid,
            format_func=lambda e: unit(e, 2),
            required=True,
            key="eenheid",
            help="Volumes van verschillende eenheden worden niet opgeteld.",
            wrap=True,
        )
        eenheid = gekozen if gekozen in eenheden else eenheid
    df = pq.read_reeks(lezer, f, eenheid)
    prijs = pl.col("realisatie_cent") / pl.when(pl.col("volume") > 0).then(pl.col("volume"))
    voorlopig = [is_voorlopig(lezer, m) for m in df["levermaand"]]
    df = df.with_columns(prijs.alias("prijs_cent"), pl.Series("voorlopig", voorlopig, dtype=pl.Boolean))
    palet = theme_palette()
    uitleg = explain(toegang, f"P en Q per maand, {naam}, in {unit(eenheid, 2)}", f)
    van, tot = month(df["levermaand"][0]), month(df["levermaand"][-1])
    onder = f"per maand, {van} t/m {tot}; gearceerd of gestippeld: voorlopig"
    jaar = [_period_pq(df, f, verschuif) for verschuif in (0, 1)]

    def rows() -> list[list[str]]:
        return [
            [
                month(m),
                "niet getoond" if k else volume(v, eenheid),
                "niet getoond" if k else price(p, eenheid),
            ]
            for m, v, p, k in df.sort("levermaand", descending=True)
            .select("levermaand", "volume", "prijs_cent", "niet_getoond")
            .iter_rows()
        ]

    kolommen = {"Maand": "tekst", "Q": "getal", "P": "getal"}
    show_card(
        toegang,
        "volume",
        words.title_change(f"{naam}: Q", jaar[0][1], jaar[1][1]),
        f"geleverd volume in {unit(eenheid, 2)} {onder}",
        lambda: reeksen.make_bars(df, "volume", palet, lambda v: volume(v, eenheid), hoogte=190),
        f"Volume per maand van {naam} in {unit(eenheid, 2)}",
        df,
        kolommen,
        rows,
        uitleg | explain(toegang, uitleg["inhoud"], f, "q"),
        begrip="q",
    )
    show_card(
        toegang,
        "prijs",
        words.title_change(f"{naam}: P", jaar[0][0], jaar[1][0]),
        f"euro per {unit(eenheid)} {onder}",
        lambda: reeksen.make_price_line(df, palet, lambda v: price(v, eenheid), hoogte=190),
        f"Prijs per {unit(eenheid)} per maand van {naam}",
        df,
        kolommen,
        rows,
        uitleg | explain(toegang, uitleg["inhoud"], f, "p"),
        begrip="p",
    )


def _period_pq(df: pl.DataFrame, f: Filters, jaren: int) -> tuple[float | None, float | None]:
    """Price and volume over the complete months of the period, or the same months `jaren` earlier."""
    rijp = f.periode.shift(-12 * jaren)
    klaar = df.filter(~pl.col("voorlopig") & (pl.col("levermaand") >= f.periode.van))["levermaand"]
    eind = rijp.van if klaar.len() == 0 else max(klaar)
    tot = eind.replace(year=eind.year - jaren) if klaar.len() else eind
    deel = df.filter((pl.col("levermaand") >= rijp.van) & (pl.col("levermaand") <= tot))
    if deel.height == 0 or klaar.len() == 0 or deel["niet_getoond"].any():
        return None, None
    hoeveel = float(deel["volume"].sum())
    return ratio(deel["realisatie_cent"].sum(), hoeveel), hoeveel
