"""The caps of NASLAG 4.2 against an independent reckoning: loops over the days of a calendar."""

import random
from calendar import monthrange
from datetime import date, timedelta

import pytest

from tests.warehouse.conftest import Vraag
from tests.warehouse.tiny import Row, build, write_lake

DAG = timedelta(days=1)
AANTAL = 240
MANIEREN = {
    # manier: categorie, code, eenheid, frequentie
    "dag": ("02", "02A01", "04", "1"),
    "week": ("02", "02A01", "04", "2"),
    "huishouden": ("01", "01A01", "04", "2"),
    "zondag": ("08", "08A01", "82", "2"),
    "maand": ("02", "02A01", "04", "4"),
    "totaal": ("02", "02A01", "04", "6"),
}


def days(van: date, tot: date) -> list[date]:
    """Every day from the first up to and including the last."""
    return [van + n * DAG for n in range((tot - van).days + 1)]


def weeks(van: date, tot: date) -> int:
    """Calendar weeks (ISO, Monday to Sunday) in which one of the days lies."""
    return len({dag.isocalendar()[:2] for dag in days(van, tot)})


def sundays(van: date, tot: date) -> list[date]:
    return [dag for dag in days(van, tot) if dag.isoweekday() == 7]


def month_cap(manier: str, per: int, van: date, tot: date, ingang: date, eind: date) -> int | None:
    """What may be declared over one period."""
    if manier == "dag":
        return per * len(days(van, tot))
    if manier == "week":
        return per * weeks(van, tot)
    if manier == "huishouden":
        return per * 6
    if manier == "maand":
        return per
    if manier == "zondag":
        geheel = sundays(ingang, eind)
        extra = 0
        if eind.isoweekday() != 7:
            # a toewijzing without any Sunday has one week to declare
            extra = 1 if not geheel or geheel[-1] in days(van, tot) else 0
        return per * (len(sundays(van, tot)) + extra)
    return None


def total_cap(manier: str, per: int, ingang: date, eind: date) -> int:
    """What may be declared over the whole toewijzing."""
    if manier == "dag":
        return per * len(days(ingang, eind))
    if manier == "maand":
        return per * len({(dag.year, dag.month) for dag in days(ingang, eind)})
    if manier == "totaal":
        return per
    if manier == "zondag":
        return per * (len(sundays(ingang, eind)) + (eind.isoweekday() != 7))
    return per * weeks(ingang, eind)


def periods(ingang: date, eind: date) -> list[tuple[date, date]]:
    """The months of a toewijzing, cut to it."""
    maanden = sorted({(dag.year, dag.month) for dag in days(ingang, eind)})
    return [(max(ingang, date(j, m, 1)), min(eind, date(j, m, monthrange(j, m)[1]))) for j, m in maanden]


@pytest.fixture(scope="module")
def bedoeld_en_gevonden(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Random toewijzingen, each declared around its caps: what should be found and what is."""
    rng = random.Random(392)
    toewijzingen: list[Row] = []
    regels: list[Row] = []
    bedoeld: set[tuple[str, str]] = set()
    for n in range(AANTAL):
        manier = list(MANIEREN)[n % len(MANIEREN)]
        categorie, code, eenheid, frequentie = MANIEREN[manier]
        ingang = date(2024, 1, 1) + rng.randrange(500) * DAG
        eind = ingang + rng.choice([0, 3, 5, 6, 13, 30, 45, 80, 120, 200]) * DAG
        per = rng.randrange(1, 12)
        product = {"productcategorie": categorie, "productcode": code, "eenheid": eenheid}
        toewijzingen.append(
            {
                **product,
                "toewijzing_sleutel": str(n),
                "ingangsdatum": ingang,
                "einddatum": eind,
                "volume": per,
                "frequentie": frequentie,
            }
        )
        geheel, som = total_cap(manier, per, ingang, eind), 0
        for k, (van, tot) in enumerate(periods(ingang, eind)):
            grens = month_cap(manier, per, van, tot, ingang, eind)
            volume = max(0, (geheel if grens is None else grens) + rng.choice([-per, -1, 0, 0, 0, 1, per]))
            ref = f"r{n}-{k}"
            regels.append(
                {
                    **product,
                    "toewijzing_sleutel": str(n),
                    "periode_begin": van,
                    "periode_eind": tot,
                    "volume": volume,
                    "bedrag_cent": volume * 100,
                    "tarief_cent": 100,
                    "referentienummer": ref,
                    "debet_credit": "D",
                    "declaratienummer": ref,
                    "ontvangen_op": tot + 20 * DAG,
                    "status": "goedgekeurd",
                }
            )
            if grens is not None and volume > grens:
                bedoeld.add((ref, "TR321"))
            else:
                som += volume
                if som > geheel:
                    bedoeld.add((ref, "TR322"))
    producten = [
        {
            "productcategorie": c,
            "productcode": p,
            "eenheid": e,
            "uitvoeringsvariant": "outputgericht" if e == "82" else "inspanningsgericht",
        }
        for c, p, e in {(c, p, e) for c, p, e, _ in MANIEREN.values()}
    ]
    map_ = tmp_path_factory.mktemp("volume")
    lake = {"product": producten, "toewijzing": toewijzingen, "declaratieregel": regels}
    build(write_lake(map_ / "lake", lake), map_ / "s.duckdb", date(2026, 1, 31))
    gevonden = Vraag(map_ / "s.duckdb")(
        "SELECT referentienummer, regel FROM mart.declaratiecontrole WHERE oorzaak = 'volume'"
    )
    return bedoeld, set(gevonden)


def test_caps_are_those_of_the_calendar(
    bedoeld_en_gevonden: tuple[set[tuple[str, str]], set[tuple[str, str]]],
) -> None:
    bedoeld, gevonden = bedoeld_en_gevonden
    assert gevonden == bedoeld
    for regel in ("TR321", "TR322"):
        assert len([r for r in bedoeld if r[1] == regel]) > 20


def test_the_calendar_of_this_test_knows_the_published_examples() -> None:
    """IV077: 1-10-2025 to 31-12-2025 has 4, 5 and 4 Sundays, the last month one more; week 41 to 1 is 13."""
    ingang, eind = date(2025, 10, 1), date(2025, 12, 31)
    caps = [month_cap("zondag", 300, van, tot, ingang, eind) for van, tot in periods(ingang, eind)]
    assert caps == [1200, 1500, 1500]
    ingang, eind = date(2025, 7, 7), date(2025, 9, 5)
    caps = [month_cap("zondag", 300, van, tot, ingang, eind) for van, tot in periods(ingang, eind)]
    assert caps == [900, 1800, 0]
    assert total_cap("week", 3, date(2025, 10, 7), date(2025, 12, 30)) == 39
