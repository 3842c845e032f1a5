"""Households, the sensitivity to the interruption, duration and euros a week: cases reckoned by hand."""

from typing import Any

import polars as pl
import pytest

from tests.conftest import Keten
from tests.warehouse.conftest import Snapshot, Vraag
from tests.warehouse.test_stroom import leveringen
from warehouse.analyse.duur import measure_duur
from warehouse.build import Options
from warehouse.settings import Settings


@pytest.mark.parametrize(("known", "provisional"), [("2027-01-28", True), ("2027-01-29", False)])
def test_outflow_is_provisional_while_someone_may_still_be_back_within_the_gap(
    snapshot: Snapshot, known: str, provisional: bool
) -> None:
    # last day 31 July; care again on 30 October is 90 days later and goes on, on 31 October it would be new.
    # October is well declared when two full levermaanden follow it: on the last working day of January
    rows = leveringen(("a", "licht", "2026-01-05", "2026-07-31"))
    gone = snapshot(rows, known)
    edge = "WHERE niveau = 'totaal' AND maand = DATE '2026-07-01'"
    assert gone(f"SELECT uitstroom, voorlopig FROM mart.stroom_maand {edge}") == [(1, provisional)]
    assert gone(f"SELECT uitstroom, voorlopig FROM mart.stroom_gevoeligheid {edge} AND is_ingesteld") == [
        (1, provisional)
    ]
    rows = leveringen(("a", "licht", "2026-01-05", "2026-07-31"), ("a", "licht", "2026-10-30", None))
    back = snapshot(rows, "2026-10-31")
    assert back(f"SELECT uitstroom FROM mart.stroom_maand {edge}") == [(0,)]


def test_first_years_cannot_tell_new_from_returned(snapshot: Snapshot) -> None:
    # care is known from January 2026: with nieuw_jaren 1 only a start from January 2027 on has a known year
    vraag = snapshot(
        leveringen(("a", "licht", "2026-01-05", None)),
        "2027-02-28",
        Options(settings=Settings(nieuw_jaren=1)),
    )
    unsure = vraag(
        "SELECT max(maand)::VARCHAR FROM mart.stroom_maand WHERE begin_onzeker AND niveau = 'totaal'"
    )
    assert unsure == [("2026-12-01",)]


def test_reasons_follow_the_code_list_of_the_law(snapshot: Snapshot) -> None:
    # NASLAG 3.3: 31 is a move in the iWmo and 'as planned' in the iJw; 39 is another domain in both
    rows = leveringen(*[(f"c{n}", "licht", "2026-01-05", "2026-02-10") for n in range(8)])
    laws = ["Wmo"] * 4 + ["Jeugdwet"] * 4
    codes = ["31", "19", "39", "34", "31", "33", "39", "02"]
    for number, (law, code) in enumerate(zip(laws, codes, strict=True)):
        rows["start"][number]["wet"] = rows["stop"][number]["wet"] = law
        rows["stop"][number]["reden_beeindiging"] = code
    found = snapshot(rows)(
        "SELECT cel, uitstroom_overleden, uitstroom_verhuisd, uitstroom_volgens_plan, uitstroom_voortijdig,"
        " uitstroom_overig, uitstroom_ander_domein FROM mart.stroom_maand"
        " WHERE maand = DATE '2026-02-01' AND niveau = 'wet' ORDER BY 1"
    )
    assert found == [("Jeugdwet", 1, 0, 1, 1, 1, 1), ("Wmo", 0, 1, 1, 0, 2, 2)]


def test_household_lasts_as_long_as_one_of_its_members_has_care(snapshot: Snapshot) -> None:
    # a and b live together; a until 20 April, b from 1 April; c and d have no address: two households
    rows = leveringen(
        ("a", "licht", "2026-01-05", "2026-04-20"), ("b", "zwaar", "2026-04-01", "2026-06-10"),
        ("c", "licht", "2026-01-05", None), ("d", "licht", "2026-01-05", None),
    )  # fmt: skip
    rows["client"] = [
        {"client_id": "a", "huishouden_id": "h1"},
        {"client_id": "b", "huishouden_id": "h1"},
        {"client_id": "c"},
    ]
    found = snapshot(rows)(
        "SELECT month(maand), begin, instroom, uitstroom, eind, clienten_begin, clienten_eind"
        " FROM mart.huishouden_maand WHERE niveau = 'totaal' AND month(maand) IN (1, 4, 6) ORDER BY 1"
    )
    assert found == [(1, 0, 3, 0, 3, 0, 3), (4, 3, 0, 0, 3, 3, 3), (6, 3, 0, 1, 2, 3, 2)]


def test_longer_interruptions_make_fewer_flows(snapshot: Snapshot) -> None:
    # last day 10 January, back after 31 days without care; last day 20 February, back after 200 days
    rows = leveringen(
        ("a", "licht", "2026-01-05", "2026-01-10"), ("a", "licht", "2026-02-11", "2026-02-20"),
        ("a", "licht", "2026-09-09", None),
    )  # fmt: skip
    found = snapshot(rows)(
        "SELECT onderbreking_dagen, sum(instroom), sum(uitstroom), sum(instroom_herinstroom), "
        " max(is_ingesteld::INT)"
        " FROM mart.stroom_gevoeligheid WHERE niveau = 'totaal' GROUP BY 1 ORDER BY 1"
    )
    assert found == [(30, 3, 2, 2, 0), (90, 2, 1, 1, 1), (180, 2, 1, 1, 0), (365, 1, 0, 0, 0)]


def doorstroom(
    snapshot: Snapshot, before: int, after: int | None, rows: dict[str, list[Any]] | None = None
) -> Any:
    """From licht in January and February to zwaar from 1 March, at so many cents a month."""
    rows = rows or leveringen(
        ("a", "licht", "2026-01-01", "2026-02-28"), ("a", "zwaar", "2026-03-01", "2026-04-11")
    )
    lines = [("0", "02A01", "2026-01-01", before), ("0", "02A01", "2026-02-01", before)]
    if after is not None:
        lines += [("1", "02A03", "2026-03-01", after), ("1", "02A03", "2026-04-01", after)]
    rows["declaratieregel"] += [
        {
            "client_id": "a",
            "toewijzing_sleutel": key,
            "productcode": code,
            "periode_begin": month,
            "bedrag_cent": cents,
        }
        for key, code, month, cents in lines
    ]
    return snapshot(rows)(
        "SELECT paren, op_of_af, op_of_af_euro, van_cent_per_week, naar_cent_per_week FROM mart.doorstroom"
    )


def test_euros_a_week_before_and_after(snapshot: Snapshot) -> None:
    # 59 days: 2 x 29.500 cents = 1.000 a day = 7.000 a week; 42 days: 2 x 10.500 = 500 a day = 3.500 a week:
    # up by the rank of zwaarte, down by euros
    assert doorstroom(snapshot, 29500, 10500) == [(1, "opschalen", "afschalen", 7000, 3500)]
    # 2 x 22.050 over 42 days is 7.350 a week: 5 % more, which is within the margin
    assert doorstroom(snapshot, 29500, 22050) == [(1, "opschalen", "gelijk", 7000, 7350)]
    assert doorstroom(snapshot, 29500, 22056) == [(1, "opschalen", "opschalen", 7000, 7352)]
    # nothing declared yet is not the same as for nothing
    assert doorstroom(snapshot, 29500, None) == [(1, "opschalen", "onbekend", None, None)]


def test_weeks_before_the_first_levermaand_do_not_dilute_the_price(snapshot: Snapshot) -> None:
    # care since 2024, declarations known from January 2026: the weeks count from there
    rows = leveringen(("a", "licht", "2024-01-01", "2026-02-28"), ("a", "zwaar", "2026-03-01", "2026-04-11"))
    assert doorstroom(snapshot, 29500, 10500, rows) == [(1, "opschalen", "afschalen", 7000, 3500)]


def test_open_care_counts_in_the_duration(snapshot: Snapshot) -> None:
    # on 30 April 2027 ends are settled until 31 October 2026: a and b lasted 10 and 30 days, c is open for
    # 31 days by then, d for 10
    vraag = snapshot(
        leveringen(
            ("a", "licht", "2026-01-05", "2026-01-14"), ("b", "licht", "2026-03-01", "2026-03-30"),
            ("c", "licht", "2026-10-01", None), ("d", "licht", "2026-10-22", None),
        ),
        "2027-04-30",
    )  # fmt: skip
    # day 10: four at risk (d is seen for 10 days), one ends: 3/4; day 30: b and c at risk, one ends: 3/8
    assert vraag(
        "SELECT clienten, aantal_beeindigd, aantal_open, gemiddelde_beeindigd_dagen, mediaan_km_dagen,"
        " gevolgd_tot_dagen"
        " FROM mart.duur WHERE niveau = 'totaal' AND jaar IS NULL"
    ) == [(4, 2, 2, 20.0, 30, 31)]
    assert vraag(
        "SELECT dag, overleving, aantal_onder_risico FROM mart.duur_curve"
        " WHERE niveau = 'totaal' AND jaar = 2026 ORDER BY dag"
    ) == [(0, 1.0, 4), (30, 0.375, 1)]


def test_no_care_gives_no_duration() -> None:
    schema = {
        "gemeentecode": pl.String, "niveau": pl.String, "cel": pl.String, "jaar": pl.Int64,
        "ingang": pl.Int64, "duur": pl.Int64, "beeindigd": pl.Boolean, "aantal": pl.Int64,
    }  # fmt: skip
    cells, points = measure_duur(pl.DataFrame(schema=schema))
    assert cells.height == points.height == 0


def test_stock_is_inflow_times_duration(keten: Keten) -> None:
    """Little's law on the sample: mean stock = starts a day x mean duration.

    Where the stock neither grows nor shrinks both sides are the same; 15 % is the tolerance, because the
    stock does change and because the curve of a small city stops where nobody is followed any more.
    """
    vraag = Vraag(keten.snapshot)
    for cell in ("totaal", "Wmo", "Jeugdwet"):
        ((stock, inflow, days),) = vraag(
            "SELECT avg((s.begin + s.eind) / 2.0), sum(s.instroom),"
            " date_diff('day', min(s.maand), max(s.maand + INTERVAL 1 MONTH))"
            f" FROM mart.stroom_maand s WHERE s.cel = '{cell}'"
        )
        ((mean, median, biased),) = vraag(
            "SELECT gemiddelde_km_dagen, mediaan_km_dagen, gemiddelde_beeindigd_dagen FROM mart.duur"
            f" WHERE cel = '{cell}' AND jaar IS NULL"
        )
        assert float(stock) == pytest.approx(float(inflow) / days * mean, rel=0.15), cell
        assert median < mean, "the tail is long"
        assert biased > 0
