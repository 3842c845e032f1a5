"""The page In-, door- en uitstroom: why care ended, and what another interruption would make of it."""

import polars as pl

from dashboard import words_stroom as words
from dashboard.access.door import Toegang
from dashboard.figures.rangorde import make_rangorde
from dashboard.figures.staven import make_staven
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, months_between, percent, ratio
from dashboard.reading import stroomtabel
from dashboard.reading.stroomtabel import REDENEN, Cel
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.stroom import LEEG, NIET


def show_redenen(toegang: Toegang, f: Filters, cel: Cel) -> None:
    """Card: why care ended, the most frequent reason first, beside the same months a year before."""
    nu = stroomtabel.read_redenen(toegang.lezer, f, cel)
    oud = stroomtabel.read_redenen(toegang.lezer, f.at(f.periode.shift(-12)), cel)
    aantallen = {k: nu[k] for k in REDENEN}
    totaal = sum(v for v in aantallen.values() if v is not None)
    df = pl.DataFrame(
        {
            "reden": [words.REDEN[k] for k in REDENEN],
            "aantal": [nu[k] for k in REDENEN],
            "jaar_eerder": [oud[k] for k in REDENEN],
        },
        schema={"reden": pl.String, "aantal": pl.Int64, "jaar_eerder": pl.Int64},
    ).sort("aantal", descending=True, nulls_last=True)

    def write(waarde: float) -> str:
        return percent(ratio(waarde, totaal), 0)

    def rows() -> list[list[str]]:
        return [
            [naam, count(n), percent(ratio(n, totaal), 0), GEEN if v is None else count(v)]
            for naam, n, v in df.rows()
        ]

    klein = f"Een van de redenen geldt voor te weinig mensen ({toegang.lezer.niet_getoond})."
    voorlopig = "; deels voorlopig" if nu["voorlopig"] else ""
    show_card(
        toegang,
        "redenen",
        words.title_redenen(aantallen),
        f"uitstroom van {cel.naam} naar reden, {f.periode.label}{voorlopig}",
        lambda: make_rangorde(df, "reden", "aantal", theme_palette(), write),
        "Aantal keer dat zorg eindigde per reden. De tabel geeft ook een jaar eerder.",
        df,
        {"Reden": "zin", "Aantal": "getal", "Aandeel": "getal", "Jaar eerder": "getal"},
        rows,
        explain(toegang, f"uitstroom naar reden, {cel.naam}", f, "uitstroom"),
        begrip="uitstroom",
        leeg="" if totaal and not nu["niet_getoond"] else klein if nu["niet_getoond"] else LEEG,
    )


def show_gevoeligheid(toegang: Toegang, f: Filters) -> None:
    """Card: what instroom would be with another longest interruption."""
    df = stroomtabel.read_gevoeligheid(toegang.lezer, f)
    maanden = months_between(df["van"][0], df["tot"][0]) if df.height else ""
    wie = f"de {f.wet}" if f.wet else "alle zorg"

    def rows() -> list[list[str]]:
        return [
            [
                f"{r['dagen']} dagen" + (" (zo ingesteld)" if r["is_ingesteld"] else ""),
                *(NIET if r[k] is None else count(r[k]) for k in ("instroom", "uitstroom", "stand_eind")),
            ]
            for r in df.iter_rows(named=True)
        ]

    show_card(
        toegang,
        "gevoeligheid",
        words.title_gevoeligheid(df),
        f"instroom in {wie} naar langste onderbreking, {maanden}: de laatste twaalf maanden die vaststaan",
        lambda: make_staven(
            [
                f"{d} dagen{'<br>(ingesteld)' if i else ''}"
                for d, i in df.select("dagen", "is_ingesteld").rows()
            ],
            df["instroom"].to_list(),
            [False] * df.height,
            theme_palette(),
            count,
        ),
        "Instroom per keuze van de langste onderbreking. De tabel geeft ook uitstroom en stand.",
        df,
        {"Onderbreking": "tekst", "Instroom": "getal", "Uitstroom": "getal", "Stand aan het eind": "getal"},
        rows,
        explain(toegang, "gevoeligheid voor de onderbreking", f, "onderbreking"),
        begrip="onderbreking",
        leeg="" if df.height else LEEG,
    )
