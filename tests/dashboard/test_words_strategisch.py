# ruff: noqa: E501 - a sentence reads better on one line
"""The sentences of the strategic pages in each of their cases: up, down, zero, turned around, missing."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard import words
from dashboard import words_strategisch as zinnen
from dashboard.reading import ontleding

DAG = date(2026, 9, 30)
NUL = {"verschil": 0, "nieuwe_maanden": 0, "nagekomen": 0, "correcties": 0, "gegevens": 0, "indeling": 0}


@pytest.mark.parametrize(
    ("verschil", "effecten", "zin"),
    [
        (None, {}, "Waarom de uitgaven veranderden is hier niet te tonen"),
        (0, {"Prijs": 5, "Duur": -5}, "De uitgaven bleven gelijk aan vorig jaar"),
        (
            300_000,
            {"Prijs": 400_000, "Duur": -100_000},
            "De uitgaven stegen € 3.000, vooral door hogere prijzen (+ € 4.000); daartegenover staat kortere zorg (− € 1.000)",
        ),
        # the same amounts with every sign turned: nothing of the sentence may stay as it was
        (
            -300_000,
            {"Prijs": -400_000, "Duur": 100_000},
            "De uitgaven daalden € 3.000, vooral door lagere prijzen (− € 4.000); daartegenover staat langere zorg (+ € 1.000)",
        ),
        (300_000, {"Cliënten": 310_000, "Duur": -10_000}, "De uitgaven stegen € 3.000, vooral door meer cliënten (+ € 3.100)"),
        (300_000, {"Cliënten": None, "Duur": 300_000}, "De uitgaven stegen € 3.000, vooral door langere zorg (+ € 3.000)"),
        (300_000, {}, "De uitgaven stegen € 3.000"),
    ],
)  # fmt: skip
def test_why_the_euros_changed(verschil: int | None, effecten: dict[str, int | None], zin: str) -> None:
    assert zinnen.title_waarom(verschil, effecten) == zin


# By hand: what each effect is called when it takes euros away and when it adds them, with its verb.
TEGENOVER = {
    "clienten": ("staan minder cliënten", "staan meer cliënten"),
    "duur": ("staat kortere zorg", "staat langere zorg"),
    "stapeling": ("staan minder producten tegelijk", "staan meer producten tegelijk"),
    "mix": ("staat lichtere of goedkopere zorg", "staat zwaardere of duurdere zorg"),
    "toegewezen_intensiteit": ("staat een krappere indicatie", "staat een ruimere indicatie"),
    "uitnutting": (
        "staat minder levering van wat is toegewezen",
        "staat meer levering van wat is toegewezen",
    ),
    "geleverde_intensiteit": ("staat minder zorg per week", "staat meer zorg per week"),
    "tariefindex": ("staat verlaging van tarieven", "staat indexering van tarieven"),
    "prijs": ("staat een lagere prijs dan de index", "staat een hogere prijs dan de index"),
    "overig": ("staan correcties zonder volume", "staan correcties zonder volume"),
}
TEGENOVER_GROEP = {
    "Cliënten": ("staan minder cliënten", "staan meer cliënten"),
    "Duur": ("staat kortere zorg", "staat langere zorg"),
    "Zwaarte": ("staat lichtere zorg of minder tegelijk", "staat zwaardere zorg of meer tegelijk"),
    "Indicatie": ("staat een krappere indicatie", "staat een ruimere indicatie"),
    "Uitnutting": (
        "staat minder levering van wat is toegewezen",
        "staat meer levering van wat is toegewezen",
    ),
    "Prijs": ("staan lagere prijzen", "staan hogere prijzen"),
    "Overig": ("staan correcties zonder volume", "staan correcties zonder volume"),
    "Niet verdeeld": ("staat wat niet te verdelen is", "staat wat niet te verdelen is"),
}


def test_every_effect_has_a_verb_of_its_own_number() -> None:
    assert set(TEGENOVER) == set(ontleding.EFFECTEN)
    for alle, title in ((TEGENOVER, words.title_ontleding), (TEGENOVER_GROEP, zinnen.title_waarom)):
        for naam, (eraf, erbij) in alle.items():
            groter = next(n for n in alle if n != naam)
            stijgt = title(300_000, {groter: 400_000, naam: -100_000})
            daalt = title(-300_000, {groter: -400_000, naam: 100_000})
            assert stijgt.endswith(f"; daartegenover {eraf} (− € 1.000)"), stijgt
            assert daalt.endswith(f"; daartegenover {erbij} (+ € 1.000)"), daalt


def test_every_group_of_the_waterfall_has_its_words() -> None:
    from dashboard.ui.ontleding import GROEPEN

    assert set(GROEPEN) | {"Niet verdeeld"} == set(zinnen.OORZAAK_GROEP)


@pytest.mark.parametrize(
    ("verschil", "komt_nog", "zin"),
    [
        (None, 0, "Hoe de uitgaven zich tot de programmering verhouden is hier niet te tonen"),
        (0, 0, "De uitgaven zijn tot nu toe precies wat is geprogrammeerd"),
        (-200_000, 0, "De uitgaven liggen tot nu toe € 2.000 onder de programmering, vooral door minder cliënten (− € 5.000); daartegenover staan hogere prijzen (+ € 3.000)"),
        (-200_000, 100_000, "De uitgaven liggen tot nu toe € 2.000 onder de programmering, vooral door minder cliënten (− € 5.000); daartegenover staan hogere prijzen (+ € 3.000)"),
        # what is still to come turns the finding around: then it is not told as it stands now
        (-200_000, 250_000, "De uitgaven liggen tot nu toe € 2.000 onder de programmering, maar met wat nog binnenkomt € 500 erboven"),
        (200_000, -250_000, "De uitgaven liggen tot nu toe € 2.000 boven de programmering, maar met wat nog binnenkomt € 500 eronder"),
        (0, 10_000, "De uitgaven zijn tot nu toe precies wat is geprogrammeerd, maar met wat nog binnenkomt € 100 erboven"),
    ],
)  # fmt: skip
def test_against_the_programme(verschil: int | None, komt_nog: int, zin: str) -> None:
    effecten = {"Cliënten": -500_000, "Prijs": 300_000}
    assert zinnen.title_programma(verschil, effecten, komt_nog) == zin


@pytest.mark.parametrize(
    ("rij", "zin"),
    [
        (None, "Sinds 30-09-2026 veranderde er niets aan de uitgaven"),
        (NUL, "Sinds 30-09-2026 veranderde er niets aan de uitgaven"),
        (NUL | {"verschil": 900_000, "nieuwe_maanden": 900_000}, "Sinds 30-09-2026 kwam er € 9.000 aan uitgaven bij: nieuwe maanden + € 9.000"),
        (NUL | {"verschil": -900_000, "correcties": -1_000_000, "nagekomen": 100_000}, "Sinds 30-09-2026 ging er € 9.000 aan uitgaven af: correcties − € 10.000 en nagekomen declaraties + € 1.000"),
        (NUL | {"nagekomen": 100_000, "correcties": -100_000}, "Sinds 30-09-2026 bleven de uitgaven per saldo gelijk: nagekomen declaraties + € 1.000 en correcties − € 1.000"),
        # a cause of less than a twentieth is left to the table, and the rest is then no longer all of it
        (NUL | {"verschil": 1_150_000, "nieuwe_maanden": 1_200_000, "correcties": -50_000}, "Sinds 30-09-2026 kwam er € 11.500 aan uitgaven bij, vooral door nieuwe maanden + € 12.000"),
        (dict.fromkeys(NUL), "Sinds 30-09-2026 veranderden de uitgaven; hoeveel is hier niet te tonen"),
    ],
)  # fmt: skip
def test_what_changed_since_the_figures_before(rij: dict[str, Any] | None, zin: str) -> None:
    assert zinnen.title_nieuws(DAG, rij) == zin


def _hek(*ruimte: int) -> pl.DataFrame:
    n = len(ruimte)
    return pl.DataFrame(
        {"jaar": list(range(2021, 2021 + n)), "volledig": [True] * n, "ruimte_cent": list(ruimte)},
        schema={"jaar": pl.Int64, "volledig": pl.Boolean, "ruimte_cent": pl.Int64},
    )


@pytest.mark.parametrize(
    ("ruimte", "zin"),
    [
        ((), "Begroting en uitgaven per jaar"),
        ((-100_000, -200_000), "Elk volledig jaar ging over de begroting; 2022 eindigde € 2.000 erboven"),
        ((100_000, 200_000), "Geen enkel volledig jaar ging over de begroting; 2022 eindigde € 2.000 eronder"),
        ((-100_000, 200_000), "1 van de 2 volledige jaren ging over de begroting; 2022 eindigde € 2.000 eronder"),
        ((-1, -1, 0), "2 van de 3 volledige jaren gingen over de begroting; 2023 eindigde precies volgens begroting"),
    ],
)  # fmt: skip
def test_how_often_the_budget_was_exceeded(ruimte: tuple[int, ...], zin: str) -> None:
    assert zinnen.title_hek(_hek(*ruimte)) == zin


def test_a_year_that_runs_is_no_finding_yet() -> None:
    df = _hek(-100_000, 900_000).with_columns(pl.Series("volledig", [True, False]))
    assert zinnen.title_hek(df).startswith("Elk volledig jaar")


@pytest.mark.parametrize(
    ("saldo", "soort", "zin"),
    [
        (500_000, "jaarrekening", "Het Hek houdt in 2025 volgens de jaarrekening € 5.000 over"),
        (-500_000, "raming", "Het Hek komt in 2025 volgens de raming € 5.000 tekort"),
        (0, "raming", "Het Hek sloot in 2025 volgens de raming op nul"),
        (None, None, "Geen stuk noemt een saldo van het Hek"),
    ],
)
def test_the_balance_of_the_hek(saldo: int | None, soort: str | None, zin: str) -> None:
    df = pl.DataFrame(
        {"jaar": [2025], "saldo_hek_cent": [saldo], "saldo_soort": [soort]},
        schema={"jaar": pl.Int64, "saldo_hek_cent": pl.Int64, "saldo_soort": pl.String},
    )
    assert zinnen.title_saldo(df) == zin


A, B = date(2024, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("standen", "zin"),
    [
        ([], "Geen stuk noemt een stand van de reserve"),
        ([(A, 100_000)], "De reserve stond op 01-01-2024 op € 1.000"),
        ([(A, 200_000), (B, -100_000)], "De reserve slonk van € 2.000 (01-01-2024) naar − € 1.000 (31-12-2025)"),
        ([(A, -100_000), (B, 200_000)], "De reserve groeide van − € 1.000 (01-01-2024) naar € 2.000 (31-12-2025)"),
        ([(A, 100_000), (B, 100_000)], "De reserve bleef gelijk op € 1.000 tussen 01-01-2024 en 31-12-2025"),
    ],
)  # fmt: skip
def test_what_the_reserve_did(standen: list[tuple[date, int]], zin: str) -> None:
    assert zinnen.title_reserve(standen) == zin


@pytest.mark.parametrize(
    ("saldi", "einde"),
    [
        ({2024: -100_000, 2025: -200_000}, "Dat is precies de som van de saldi."),
        ({2024: -100_000, 2025: 100_000}, "tellen op tot € 0; de rest van de verandering (− € 3.000) noemen de stukken niet."),
        ({2024: -100_000}, "Hoe zij daartussen liep noemt geen stuk."),
    ],
)  # fmt: skip
def test_balances_explain_the_reserve_or_not(saldi: dict[int, int], einde: str) -> None:
    df = pl.DataFrame({"jaar": list(saldi), "saldo_hek_cent": list(saldi.values())})
    assert zinnen.describe_reserve(df, [(A, 200_000), (B, -100_000)]).endswith(einde)


@pytest.mark.parametrize(
    ("rust", "effect", "zin"),
    [
        ((100, 120), None, "Dezelfde zorg groeit van € 100,0 mln in 2027 naar € 120,0 mln in 2028"),
        ((120, 100), None, "Dezelfde zorg daalt van € 120,0 mln in 2027 naar € 100,0 mln in 2028"),
        ((100, 100), None, "Dezelfde zorg blijft rond € 100,0 mln per jaar tot 2028"),
        ((100, 120), -5, "Dezelfde zorg groeit van € 100,0 mln in 2027 naar € 120,0 mln in 2028; Plan scheelt het meest (− € 5,0 mln)"),
        ((100, 120), 5, "Dezelfde zorg groeit van € 100,0 mln in 2027 naar € 120,0 mln in 2028; Plan scheelt het meest (+ € 5,0 mln)"),
        ((100, 120), 0, "Dezelfde zorg groeit van € 100,0 mln in 2027 naar € 120,0 mln in 2028"),
    ],
)  # fmt: skip
def test_where_the_same_care_goes(rust: tuple[int, int], effect: int | None, zin: str) -> None:
    mln = 100_000_000
    rijen = [(2027, "", rust[0] * mln, 0), (2028, "", rust[1] * mln, 0)]
    if effect is not None:
        rijen.append((2028, "Plan", (rust[1] + effect) * mln, effect * mln))
    df = pl.DataFrame(rijen, schema=["jaar", "lijn", "cent", "effect_cent"], orient="row")
    assert zinnen.title_vooruit(df) == zin
    assert zinnen.title_vooruit(df.clear()) == "Er is geen uitgangspunt om vooruit te rekenen"


@pytest.mark.parametrize(
    ("effecten", "taak", "zin"),
    [
        ([], None, "Er zijn geen maatregelen vastgelegd"),
        ([(-100_000, False)], None, "Er is nog geen maatregel ingegaan"),
        ([(-100_000, True)], None, "De ene maatregel die is ingegaan moet € 1.000 per jaar besparen"),
        ([(-100_000, True), (-200_000, True)], (2025, -600_000), "De 2 maatregelen die zijn ingegaan moeten samen € 3.000 per jaar besparen: 50 % van de taakstelling van 2025 (€ 6.000)"),
        ([(100_000, True), (200_000, True)], (2025, -600_000), "De 2 maatregelen die zijn ingegaan moeten samen € 3.000 per jaar kosten: 0 % van de taakstelling van 2025 (€ 6.000)"),
        ([(100_000, True), (-100_000, True)], None, "De 2 maatregelen die zijn ingegaan leveren per saldo niets op"),
    ],
)  # fmt: skip
def test_what_measures_were_to_save(
    effecten: list[tuple[int, bool]], taak: tuple[int, int] | None, zin: str
) -> None:
    df = pl.DataFrame(
        effecten, schema={"effect_per_jaar_cent": pl.Int64, "ingegaan": pl.Boolean}, orient="row"
    )
    assert zinnen.title_maatregelen(df, taak) == zin


@pytest.mark.parametrize(
    ("veranderingen", "zin"),
    [
        ([], "Van geen maatregel is al iets te zien in de uitgaven"),
        ([-5, 5], "Een eigen effect is van geen maatregel te meten; bij 1 van de 2 met een vol jaar erna geeft de stad minder uit aan het product"),
        ([5, 5], "Een eigen effect is van geen maatregel te meten; bij 0 van de 2 met een vol jaar erna geeft de stad minder uit aan het product"),
    ],
)  # fmt: skip
def test_no_effect_is_claimed(veranderingen: list[int], zin: str) -> None:
    df = pl.DataFrame(
        {"te_zien": [True] * len(veranderingen) + [False], "verandering_cent": [*veranderingen, None]},
        schema={"te_zien": pl.Boolean, "verandering_cent": pl.Int64},
    )
    assert zinnen.title_gemeten(df) == zin


def test_the_verdict_is_that_of_the_newest_month() -> None:
    maanden = [date(2026, m, 1) for m in range(1, 4)]
    gewoon = list(zip(maanden, ("zeven aan één kant", None, None), ("laag", None, None), strict=True))
    assert zinnen.describe_signaal(gewoon) == (
        ("regelkaart, mrt 2026", "gewone schommeling"),
        ("laatste signaal, jan 2026", "zeven maanden op rij onder het gemiddelde"),
    )
    nu = list(zip(maanden, (None, None, "buiten de grenzen"), (None, None, "hoog"), strict=True))
    assert zinnen.describe_signaal(nu) == (("regelkaart, mrt 2026", "ongewoon hoog"),)
    assert zinnen.describe_signaal([]) == ()


def test_growth_is_told_in_the_measure_that_is_shown() -> None:
    df = pl.DataFrame(
        {
            "jaar": [2024, 2025, 2024, 2025],
            "wet": ["Wmo"] * 4,
            "hoofdproduct": ["A", "A", "B", "B"],
            "nominaal_cent": [100_000, 300_000, 100_000, 90_000],
            "clienten": [40, 20, 10, 15],
            "compleet": [True] * 4,
        }
    )
    assert words.title_jaren(df, "nominaal_cent") == "A groeide het meest sinds 2024: + € 2.000"
    assert (
        words.title_jaren(df, "clienten", lambda n: str(n)) == "B groeide het meest sinds 2024: + 5 cliënten"
    )
    daalt = df.with_columns(pl.col("clienten") * -1)
    assert words.title_jaren(daalt.filter(pl.col("hoofdproduct") == "B"), "clienten", str) == (
        "Geen hoofdproduct groeide tussen 2024 en 2025"
    )
