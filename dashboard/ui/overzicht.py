"""Cards of the page Overzicht: where the year ends, what changed since the last figures, the measures."""

import polars as pl
import streamlit as st

from dashboard import words
from dashboard import words_strategisch as zinnen
from dashboard.access.door import Toegang
from dashboard.figures.bullet import SMAL, make_bullet
from dashboard.figures.plan import make_plan
from dashboard.filters import Filters
from dashboard.numbers import GEEN, euro, euro_mln, percent, ratio, signed
from dashboard.reading import nieuws, prognose, werkagenda
from dashboard.ui.card import explain, show_card, show_table, show_title
from dashboard.ui.chrome import theme_palette

GEEN_DEEL = (
    "De prognose bestaat niet per wijk of aanbieder. Wis die filters om te zien waar het jaar eindigt."
)
GEEN_JAAR = "Er is geen prognose: het jaar heeft nog geen volle maand, of er is niets geleverd."


def show_nieuws(toegang: Toegang) -> None:
    """Card of one sentence: what changed since the figures before these; nothing where there are none."""
    vorige = nieuws.find_vorige(toegang.lezer)
    if vorige is None:
        return
    rij = nieuws.read_geheel(toegang.lezer)
    with st.container(
        border=True, key="kaart-nieuws", horizontal=True, vertical_alignment="center", gap="small"
    ):
        show_title(zinnen.title_nieuws(vorige, rij), "hele stad, zorg via berichten")
        delen = nieuws.read_delen(toegang.lezer)
        if rij is None or delen.height == 0:
            return
        with st.popover("Per product", type="tertiary"):
            kolommen = {"Hoofdproduct": "tekst", "Verschil": "getal"}
            kolommen |= {n.capitalize(): "getal" for n in zinnen.NIEUWS.values()}
            namen = ("verschil", *zinnen.NIEUWS)
            rijen = [
                [
                    f"{r['hoofdproduct']} ({r['wet']})",
                    *["niet getoond" if r["niet_getoond"] else signed(euro(r[k])) for k in namen],
                ]
                for r in delen.iter_rows(named=True)
            ]
            show_table(kolommen, rijen, "Verschil met de vorige cijfers per hoofdproduct en oorzaak")
            boeken = nieuws.read_boeken(toegang.lezer).rows()
            regels = [f"{c}: {signed(euro_mln(v))}" for c, _, _, v in boeken]
            noot = [f"Boekhouding: {'; '.join(regels)}."] if regels else []
            if delen["niet_getoond"].any():
                noot.append(f"Niet getoond: {toegang.lezer.reden_niet_getoond}.")
            if noot:
                st.caption(" ".join(noot))


def _in_words(df: pl.DataFrame, deel: str | pl.Expr) -> pl.DataFrame:
    """The columns that the bullets draw; `kans` in words."""
    kans = [GEEN if k is None else words.word_kans(k) for k in df["kans_overschrijding"]]
    naam = pl.lit(deel) if isinstance(deel, str) else deel
    return df.with_columns(naam.alias("deel"), pl.Series("kans", kans, dtype=pl.String))


def show_eind(toegang: Toegang, f: Filters) -> None:
    """Card: a bullet of the whole and one per hoofdproduct, against the budget."""
    df = prognose.read_prognose(toegang.lezer, f)
    gevonden = prognose.find_geheel(df, f).filter(pl.col("standaard"))
    geheel = _in_words(gevonden, f.productgroep or f.wet or "Alles samen")
    alle = _in_words(prognose.find_delen(df, f), pl.col("deel"))
    if f.productgroep is not None:
        alle = alle.clear()
    rij = geheel.row(0, named=True) if geheel.height else None
    jaar = "" if rij is None else str(rij["jaar"])
    # what has no known product has no budget line either: in the table, not among the bullets
    delen = alle.filter(pl.col("deel") != "onbekend")
    leeg = ""
    if f.wijk is not None or f.aanbieder is not None:
        leeg = GEEN_DEEL
    elif rij is None:
        leeg = GEEN_JAAR
    elif rij["p50_cent"] is None:
        leeg = f"Niet getoond: {toegang.lezer.niet_getoond}."

    def rows() -> list[list[str]]:
        return [
            [
                r["deel"],
                "niet getoond" if r["niet_getoond"] else euro(r["gerealiseerd_cent"]),
                euro(r["p50_cent"]),
                GEEN if r["p10_cent"] is None else f"{euro_mln(r['p10_cent'])} – {euro_mln(r['p90_cent'])}",
                euro(r["begroting_cent"]),
                GEEN
                if r["begroting_cent"] is None or r["p50_cent"] is None
                else signed(euro(r["p50_cent"] - r["begroting_cent"])),
                GEEN if r["kans_overschrijding"] is None else words.percent_kans(r["kans_overschrijding"]),
            ]
            for r in pl.concat([geheel, alle]).iter_rows(named=True)
        ]

    kolommen = {"Deel": "tekst"} | dict.fromkeys(
        ("Nu bekend", "Prognose", "80 % kans", "Begroting", "Verschil", "Kans op meer"), "getal"
    )
    show_card(
        toegang,
        "eind",
        words.title_prognose(None if leeg else rij),
        f"heel {jaar}, € mln; donker: nu bekend, gearceerd: 80 % kans, punt: prognose, open: begroting",
        lambda: make_bullet(geheel, delen, theme_palette()),
        "Prognose van het jaar tegen de begroting, samen en per hoofdproduct, met de band van 80 %."
        " De tabel geeft dezelfde cijfers.",
        pl.concat([geheel, alle]),
        kolommen,
        rows,
        explain(toegang, f"prognose {jaar} tegen de begroting", f, "prognose"),
        begrip="kans_op_overschrijding",
        leeg=leeg,
        meer=("prognose", "Bekijk de prognose"),
        smal=lambda: make_bullet(geheel, delen, theme_palette(), SMAL),
    )


def show_maatregelen(toegang: Toegang, f: Filters) -> None:
    """Card: what the measures in force were to save per year, beside the taakstelling of the budget."""
    lezer = toegang.lezer
    alle = werkagenda.read_maatregelen(lezer, f)
    plan = werkagenda.read_plan(lezer, f)
    met = plan.filter(pl.col("taak_cent").fill_null(0) != 0)
    laatste = met.select("jaar", "taak_cent").row(-1) if met.height else None

    def rows() -> list[list[str]]:
        return [
            [
                str(j),
                euro(t),
                euro(v),
                GEEN if not t else percent(max(0.0, ratio(v, t) or 0.0), 0),
            ]
            for j, t, v in plan.select("jaar", "taak_cent", "verwacht_cent").rows()
        ]

    waar = f"{f.wet}" if f.wet else "hele stad"
    show_card(
        toegang,
        "maatregelen",
        zinnen.title_maatregelen(alle, laatste),
        f"besparing per jaar, € mln, {waar}; open: taakstelling, gearceerd: verwacht van maatregelen",
        lambda: make_plan(plan, theme_palette()),
        "Taakstelling en verwachte besparing van maatregelen per jaar. De tabel geeft dezelfde cijfers.",
        plan,
        {"Jaar": "tekst", "Taakstelling": "getal", "Verwacht": "getal", "Deel": "getal"},
        rows,
        explain(toegang, "taakstelling en verwachte besparing per jaar", f),
        leeg="" if alle.height or met.height else "Er zijn geen maatregelen en geen taakstelling geladen.",
        onder_figuur='<p class="si-onder">Verwacht: wat de maatregel zou opleveren, niet gemeten.</p>',
        meer=("werkagenda", "Bekijk de werkagenda"),
    )
