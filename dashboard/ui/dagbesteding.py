"""The page Dagbesteding: volume, price and euros on both sides of the shift."""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import words_focus as words
from dashboard.access.door import Toegang
from dashboard.figures.focus import make_lijnen, make_stapel
from dashboard.numbers import GEEN, count, decimals, euro, euro_cent, euro_mln, signed
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette

GEEN_DAG = "Er is geen dagbesteding geladen. Zodra de eerste declaraties er zijn, staan ze hier."
LOOPT = "gearceerd: het jaar loopt nog of wordt nog gedeclareerd"
OPEN = "open punt: het jaar loopt nog of wordt nog gedeclareerd"


def write_year(j: int, volledig: bool) -> str:
    """A year, and whether its figures still move."""
    return str(j) if volledig else f"{j} (voorlopig)"


def _totals(df: pl.DataFrame) -> pl.DataFrame:
    maatwerk = (pl.col("kant") == "maatwerk") & pl.col("is_totaal")
    return df.filter(maatwerk).rename({"jaar_volledig": "volledig"}).sort("jaar")


def find_newest(df: pl.DataFrame, kolom: str) -> dict[str, Any] | None:
    """The newest complete year that has a figure."""
    klaar = df.filter(pl.col("volledig") & pl.col(kolom).is_not_null()).sort("jaar")
    return klaar.row(-1, named=True) if klaar.height else None


def show_prijs(toegang: Toegang, df: pl.DataFrame, breuk: tuple[int, str] | None) -> None:
    """Card: price of a dagdeel, and what it would be had the mix of zwaarten stayed."""
    rijen = _totals(df).with_columns(
        (pl.col("prijs_cent") - pl.col("uitsorteereffect_cent")).alias("zonder_cent")
    )
    basis = rijen["basisjaar"].drop_nulls()
    jaar = int(basis[0]) if basis.len() else None

    sinds = "" if jaar is None else f" na {jaar}"

    def rows() -> list[list[str]]:
        return [
            [
                write_year(r["jaar"], r["volledig"]),
                euro_cent(r["prijs_cent"]),
                euro_cent(r["zonder_cent"]),
                signed(euro_cent(r["uitsorteereffect_cent"])),
                signed(euro_cent(r["prijseffect_cent"])),
            ]
            for r in rijen.sort("jaar", descending=True).iter_rows(named=True)
        ]

    show_card(
        toegang,
        "dagprijs",
        words.title_dagprijs(find_newest(rijen, "prijs_cent")),
        f"euro per dagdeel maatwerk; uitsorteren: lichte zorg verdween uit het maatwerk{sinds}; {OPEN}",
        lambda: make_lijnen(
            rijen,
            [("prijs_cent", "gemiddelde prijs"), ("zonder_cent", "zonder uitsorteren")],
            theme_palette(),
            euro_cent,
            breuk,
            100,
            {"tickprefix": "€ "},
        ),
        "Prijs van een dagdeel per jaar, met en zonder uitsorteren. De tabel geeft dezelfde cijfers.",
        rijen.drop("kant", "zwaarte", "is_totaal"),
        {"Jaar": "kort"}
        | dict.fromkeys(("Prijs", "Zonder uitsorteren", "Uitsorteereffect", "Prijseffect"), "getal"),
        rows,
        explain(toegang, "prijs van een dagdeel en uitsorteereffect", begrip="uitsorteereffect"),
        begrip="uitsorteereffect",
        leeg="" if rijen.height else GEEN_DAG,
    )


def show_volume(toegang: Toegang, df: pl.DataFrame, breuk: tuple[int, str] | None) -> None:
    """Card: dagdelen per zwaarte and year."""
    totaal = _totals(df)
    delen = df.filter((pl.col("kant") == "maatwerk") & ~pl.col("is_totaal")).select(
        "jaar",
        pl.col("zwaarte").alias("deel"),
        pl.col("volume").cast(pl.Float64).alias("waarde"),
        "clienten",
        "dagdelen_per_client",
        "niet_getoond",
        pl.col("jaar_volledig").alias("volledig"),
    )
    orde = [z for z in ("zwaar", "midden", "licht") if z in set(delen["deel"])]
    orde += sorted(set(delen["deel"]) - set(orde))
    basis = totaal["basisjaar"].drop_nulls()

    def rows() -> list[list[str]]:
        return [
            [
                write_year(r["jaar"], r["volledig"]),
                r["deel"],
                "niet getoond" if r["niet_getoond"] else count(r["waarde"]),
                count(r["clienten"]),
                GEEN if r["dagdelen_per_client"] is None else decimals(r["dagdelen_per_client"], 0),
            ]
            for r in delen.sort("jaar", "deel", descending=[True, False]).iter_rows(named=True)
        ]

    show_card(
        toegang,
        "dagvolume",
        words.title_dagvolume(totaal, int(basis[0]) if basis.len() else None),
        f"geleverde dagdelen maatwerk per jaar en zwaarte; {LOOPT}",
        lambda: make_stapel(delen, orde, theme_palette(), lambda v: f"{count(v)} dagdelen", breuk),
        "Dagdelen maatwerk per jaar, gestapeld naar zwaarte. De tabel geeft dezelfde cijfers.",
        delen,
        {"Jaar": "kort", "Zwaarte": "tekst", "Dagdelen": "getal", "Cliënten": "getal", "Per cliënt": "getal"},
        rows,
        explain(toegang, "dagdelen maatwerk per zwaarte", begrip="q"),
        begrip="q",
        leeg="" if delen.height else GEEN_DAG,
    )


def show_euro(toegang: Toegang, df: pl.DataFrame, breuk: tuple[int, str] | None) -> None:
    """Card: euros of both sides of the shift."""
    namen = {"maatwerk": "maatwerk", "algemeen": "algemeen"}
    delen = df.filter(pl.col("is_totaal") | (pl.col("kant") == "algemeen")).select(
        "jaar",
        pl.col("kant").replace(namen).alias("deel"),
        pl.col("bedrag_cent").cast(pl.Float64).alias("waarde"),
        pl.col("jaar_volledig").alias("volledig"),
        "bron",
    )
    breed = delen.pivot("deel", index=["jaar", "volledig"], values="waarde").sort("jaar")
    for naam in namen.values():
        if naam not in breed.columns:
            breed = breed.with_columns(pl.lit(None, dtype=pl.Float64).alias(naam))
    nieuw = find_newest(breed, "maatwerk") or find_newest(breed, "algemeen")

    def rows() -> list[list[str]]:
        return [
            [write_year(j, v), euro(m), euro(a)]
            for j, v, m, a in breed.sort("jaar", descending=True)
            .select("jaar", "volledig", *namen.values())
            .iter_rows()
        ]

    show_card(
        toegang,
        "dageuro",
        words.title_dageuro(
            None if nieuw is None else nieuw["jaar"],
            None if nieuw is None else nieuw["maatwerk"],
            None if nieuw is None else nieuw["algemeen"],
        ),
        f"€ mln per jaar; van de algemene voorziening is alleen de subsidie bekend, geen volume; {LOOPT}",
        lambda: make_stapel(delen, tuple(namen.values()), theme_palette(), euro_mln, breuk, 100_000_000),
        "Uitgaven aan maatwerk en algemene voorziening per jaar. De tabel geeft dezelfde cijfers.",
        delen.with_columns(pl.col("waarde").cast(pl.Int64).alias("bedrag_cent")).drop("waarde"),
        {"Jaar": "kort", "Maatwerk": "getal", "Algemene voorziening": "getal"},
        rows,
        explain(toegang, "uitgaven aan dagbesteding, beide kanten", begrip="realisatie"),
        begrip="realisatie",
        leeg="" if delen.height else GEEN_DAG,
    )


def show_kanteling(breuk: tuple[int, str] | None) -> None:
    """Say what the dotted line is, where one is recorded."""
    if breuk is not None:
        st.caption(f"Stippellijn, begin {breuk[0]}: {breuk[1]}.")
