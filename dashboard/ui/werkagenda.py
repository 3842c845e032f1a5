"""Cards of the page Werkagenda: measures and decisions on a time line, and what came of them."""

import polars as pl
import streamlit as st

from dashboard import words_strategisch as zinnen
from dashboard.access.door import Toegang
from dashboard.figures.tijdlijn import make_tijdlijn
from dashboard.numbers import GEEN, day, euro, signed
from dashboard.reading import werkagenda as lezen
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty

LEEG = "Er zijn geen maatregelen en geen besluiten geladen. Zodra een begroting ze noemt, staan ze hier."


def _where(wet: str | None, hoofdproduct: str | None) -> str:
    return hoofdproduct or wet or "alles"


def show_tijdlijn(toegang: Toegang) -> None:
    """Card: every measure and every break of a series in order of time."""
    lezer = toegang.lezer
    maatregelen = lezen.read_maatregelen(lezer)
    besluiten = lezen.read_breuken(lezer)
    alles = pl.concat(
        [
            maatregelen.select(
                "datum",
                pl.col("maatregel").alias("naam"),
                pl.lit("maatregel").alias("soort"),
                "wet",
                "hoofdproduct",
                "ingegaan",
                "effect_per_jaar_cent",
                "status",
            ),
            besluiten.select(
                "datum",
                pl.col("omschrijving").alias("naam"),
                pl.lit("besluit").alias("soort"),
                "wet",
                "hoofdproduct",
                (pl.col("datum") <= lezer.meta.bekend_op).alias("ingegaan"),
                pl.lit(None, dtype=pl.Int64).alias("effect_per_jaar_cent"),
                pl.lit("").alias("status"),
            ),
        ],
        how="vertical_relaxed",
    ).sort("datum", "soort", "naam")

    def rows() -> list[list[str]]:
        return [
            [
                day(r["datum"]),
                r["naam"],
                r["soort"],
                _where(r["wet"], r["hoofdproduct"]),
                GEEN if r["effect_per_jaar_cent"] is None else signed(euro(r["effect_per_jaar_cent"])),
                r["status"] or GEEN,
            ]
            for r in alles.iter_rows(named=True)
        ]

    kolommen = {"Ingang": "kort", "Wat": "zin", "Soort": "tekst", "Waarvoor": "tekst"}
    kolommen |= {"Verwacht per jaar": "getal", "Stand": "tekst"}
    show_card(
        toegang,
        "tijdlijn",
        zinnen.title_tijdlijn(maatregelen),
        "balk: maatregel vanaf de ingang, met het verwachte effect per vol jaar; ruit: besluit dat een reeks"
        " van betekenis veranderde; open: nog niet ingegaan",
        lambda: make_tijdlijn(alles, lezer.meta.bekend_op, theme_palette()),
        "Maatregelen en besluiten op volgorde van ingang. De tabel geeft dezelfde gegevens.",
        alles,
        kolommen,
        rows,
        explain(toegang, "maatregelen en besluiten met hun verwachte effect"),
        leeg="" if alles.height else LEEG,
    )


def show_effecten(toegang: Toegang) -> None:
    """Card: per measure what was expected up to now, what can be seen, and why that is not its effect."""
    lezer = toegang.lezer
    maatregelen = lezen.read_maatregelen(lezer)
    sinds = lezen.read_sinds(lezer)
    with st.container(border=True, key="kaart-effecten"):
        peil = sinds["prijspeil_jaar"].drop_nulls() if sinds.height else pl.Series([])
        prijzen = f" in prijzen van {peil[0]}" if len(peil) else ""
        show_title(
            zinnen.title_gemeten(sinds),
            f"uitgaven van het product{prijzen}: laatste volle jaar voor de ingang naast het nieuwste",
        )
        if maatregelen.height == 0:
            show_empty(LEEG)
            return
        samen = maatregelen.join(
            sinds.select(
                "maatregel",
                "datum",
                "jaar_voor",
                "jaar_na",
                "verandering_cent",
                "samen",
                "waarom_niet",
                "te_zien",
            ),
            on=["maatregel", "datum"],
            how="left",
        )
        uitleg = explain(toegang, "maatregelen, verwacht en te zien")
        with st.container(horizontal=True, gap="small"):
            show_downloads(toegang, samen, "maatregelen", uitleg, "effecten")
        kolommen = {"Ingang": "kort", "Maatregel": "zin", "Waarvoor": "tekst", "Verwacht per jaar": "getal"}
        kolommen |= {"Verwacht tot nu": "getal", "Te zien bij het product": "getal"}
        kolommen |= {"Eigen effect: niet te meten, want": "zin"}
        show_table(
            kolommen,
            [
                [
                    day(r["datum"]),
                    f"{r['maatregel']} ({r['status']})",
                    _where(r["wet"], r["hoofdproduct"]),
                    signed(euro(r["effect_per_jaar_cent"])),
                    signed(euro(r["verwacht_effect_cent"])) if r["ingegaan"] else GEEN,
                    zinnen.describe_sinds(r),
                    zinnen.describe_waarom_niet(r),
                ]
                for r in samen.iter_rows(named=True)
            ],
            "Maatregelen met hun verwachte effect en wat er sinds de ingang te zien is",
        )
        st.caption(
            "Wat te zien is bij het product is niet het effect van de maatregel: groei, andere maatregelen en"
            " prijzen boven de index zitten er ook in."
        )
