"""The page In-, door- en uitstroom of a hoofdproduct of several productgroepen: each beside the others."""

import polars as pl

from dashboard import words_stroom as words
from dashboard.access.door import Toegang
from dashboard.figures.rangorde import make_rangorde
from dashboard.figures.stroom import make_balansen
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, duration, enumerate_nl
from dashboard.reading import stroomgroepen
from dashboard.reading.stroomgroepen import Groepen
from dashboard.ui import stroom
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.stroom import KOPPEN, LEEG, NIET

PAREN = (
    "Cliënten per productgroep: wie er twee heeft, telt bij allebei. Tel ze niet op; van het hoofdproduct als"
    " geheel zijn daarom geen stromen bepaald."
)


def show_balansen(toegang: Toegang, f: Filters, groepen: Groepen) -> None:
    """Card: stock and flow of every productgroep, small and on one scale, and all rows in the table."""
    korrel = stroom.choose_korrel()
    alle = stroomgroepen.read_balansen(toegang.lezer, groepen, korrel)
    delen = {naam: stroom.choose_rows(df, f, korrel) for naam, df in alle.items()}
    delen = {naam: df for naam, df in delen.items() if df.height}
    df = pl.concat([d.with_columns(productgroep=pl.lit(n)) for n, d in delen.items()]) if delen else None
    kern = {naam: stroom.choose_kern(d, f) for naam, d in delen.items()}
    standen = {n: (d["stand_begin"][0], d["stand_eind"][-1]) for n, d in kern.items()}
    over = stroom.word_maanden(max(kern.values(), key=len), f, korrel) if kern else f.periode.label
    koppen = list(KOPPEN)

    def rows() -> list[list[str]]:
        return [[naam, *rij] for naam, d in delen.items() for rij in stroom.tell_rows(d, koppen)]

    noot = PAREN
    if groepen.gedeeld:
        wat = "horen" if len(groepen.gedeeld) > 1 else "hoort"
        noot += (
            f" {enumerate_nl(groepen.gedeeld)} {wat} ook bij een ander hoofdproduct: die zorg telt hier mee."
        )
    weg = [n for n, d in delen.items() if d["instroom"].is_null().all()]
    if weg:
        noot += f" Niet getekend, want per {korrel} te klein: {enumerate_nl(weg)}."
    panelen = {_head(n, *standen[n]): d for n, d in delen.items()}
    show_card(
        toegang,
        "stroom",
        f"{words.title_groepen(groepen.hoofdproduct, list(standen.values()))} ({over})",
        f.periode.label if df is None else f"{stroom.describe_lezen(df, f, korrel)}; één schaal",
        lambda: make_balansen(panelen, theme_palette()),
        "In- en uitstroom per tijdvak, een klein diagram per productgroep. De tabel geeft per productgroep de"
        " stand, de stromen en de eindstand, die sluiten.",
        pl.DataFrame() if df is None else df.drop("naam", "kort"),
        {"Productgroep": "tekst", "Tijdvak": "kort"} | dict.fromkeys(koppen, "getal"),
        rows,
        explain(
            toegang, f"stand en stromen per {korrel} en productgroep, {groepen.hoofdproduct}", f, "instroom"
        ),
        begrip="instroom",
        leeg=LEEG if df is None else "",
        onder_figuur="" if df is None else stroom.describe_notes(toegang, df, paren=True, meer=noot),
        smal=lambda: make_balansen(panelen, theme_palette(), 1),
    )


def _head(naam: str, begin: int | None, eind: int | None) -> str:
    """Name of a small figure, with its stock at both ends where that may be shown."""
    return naam if begin is None or eind is None else f"{naam}: {count(begin)} → {count(eind)}"


def show_duren(toegang: Toegang, f: Filters, groepen: Groepen) -> None:
    """Card: how long half of the clients of each productgroep have care."""
    df = stroomgroepen.read_duren(toegang.lezer, groepen)
    bekend = df.filter(pl.col("mediaan_km_dagen").is_not_null())

    def rows() -> list[list[str]]:
        return [
            [naam, NIET if n is None else count(n), GEEN if m is None else duration(m), duration(g)]
            for naam, n, m, g in df.rows()
        ]

    show_card(
        toegang,
        "duur",
        words.title_duren(df),
        "per productgroep hoe lang de helft nog zorg heeft; wie nog zorg heeft telt mee (Kaplan-Meier)",
        lambda: make_rangorde(bekend, "naam", "mediaan_km_dagen", theme_palette(), duration),
        "Mediaan van de duur van zorg per productgroep. De tabel geeft dezelfde cijfers.",
        df,
        {"Productgroep": "tekst"} | dict.fromkeys(("Cliënten", "Helft", "Gevolgd tot"), "getal"),
        rows,
        explain(toegang, f"duur van zorg per productgroep, {groepen.hoofdproduct}", f, "duur"),
        begrip="duur",
        leeg="" if bekend.height else f"Te weinig mensen om de duur te tonen ({toegang.lezer.niet_getoond}).",
    )
