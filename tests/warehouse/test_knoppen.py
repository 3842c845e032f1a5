"""Knobs: hand calculations of every kind, and the law that effects add up to the whole difference."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.rekenen.knoppen import Knop, KnopError, Soort, price_scenario, project, round_to_sum

JULI = date(2026, 7, 1)
CEL = {
    "wet": "Wmo",
    "hoofdproduct": "Ambulante begeleiding",
    "productgroep": "Begeleiding",
    "product": "Begeleiding",
    "zwaarte": "licht",
    "zwaarte_rang": 1,
    "eenheid": "04",
    "clienten_laatste": 100,
    "clienten_maand": 100.0,
    "instroom_maand": 10.0,
    "uitstroom_maand": 10.0,
    "volume_per_clientmaand": 8.0,
    "toegewezen_per_clientmaand": 10.0,
    "prijs_cent": 6000.0,
}
ZWAAR = CEL | {"zwaarte": "zwaar", "zwaarte_rang": 3, "volume_per_clientmaand": 16.0, "prijs_cent": 9000.0}
"""Stable: 100 clients, 10 in and 10 out a month, 8 of 10 hours delivered at 60 euros."""
MAAND = 100 * 8 * 6000


def cells(*rijen: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rijen))


def effects(*knoppen: Knop, basis: pl.DataFrame | None = None, jaren: int = 1) -> list[int]:
    uit = price_scenario(cells(CEL) if basis is None else basis, knoppen, JULI, jaren)
    return uit.sort("jaar", "knop")["effect_cent"].to_list()


def test_without_knobs_a_stable_stock_stays_what_it_is() -> None:
    assert project(cells(CEL), [], JULI, 6).round(6).tolist() == [[MAAND] * 6]


@pytest.mark.parametrize(
    ("soort", "waarde", "vanaf", "effect"),
    [
        # 5 % on the price of six months
        ("tarief", 0.05, JULI, 6 * MAAND * 0.05),
        # from October on: three months
        ("tarief", 0.05, date(2026, 10, 1), 3 * MAAND * 0.05),
        # 150,9 hours to 130
        ("intensiteit", 130 / 150.9 - 1, JULI, 6 * MAAND * (130 / 150.9 - 1)),
        # 80 % to 70 % of 10 hours: one hour less for 100 clients at 60 euros
        ("uitnutting", -0.10, JULI, -6 * 100 * 1 * 6000),
        # one client less a month; nine in ten of them would still have been there a month later
        ("instroom", -0.10, JULI, -sum(sum(0.9**j for j in range(m + 1)) for m in range(6)) * 8 * 6000),
        # twice as long: 5 a month leave; the extra stock grows by 5, of which 95 % stays
        ("duur", 1.0, JULI, sum(5 * sum(0.95**j for j in range(m + 1)) for m in range(6)) * 8 * 6000),
        # a cap of 480.000 a year is 240.000 for half a year, where 288.000 was coming
        ("plafond", 48_000_000, JULI, 24_000_000 - 6 * MAAND),
        # a cap that is not reached changes nothing
        ("plafond", 99_000_000, JULI, 0),
    ],
)
def test_each_knob_by_hand(soort: Soort, waarde: float, vanaf: date, effect: float) -> None:
    assert effects(Knop(soort, waarde, vanaf)) == [round(effect)]


def test_stepping_down_moves_clients_to_the_next_lighter_zwaarte_of_the_same_product() -> None:
    ander = ZWAAR | {"product": "Dagbesteding"}
    basis = cells(CEL, ZWAAR, ander)
    # 10 of 100 from 16 hours at 90 euros to 8 hours at 60; Dagbesteding has nothing lighter, licht stays
    per_maand = 10 * (8 * 6000 - 16 * 9000)
    assert effects(Knop("afschalen", 0.10, JULI), basis=basis) == [6 * per_maand]
    assert effects(Knop("afschalen", 0.10, JULI, (("zwaarte", "licht"),)), basis=basis) == [0]


def test_a_knob_is_about_the_cells_it_names() -> None:
    basis = cells(CEL, ZWAAR)
    alleen = Knop("tarief", 0.10, JULI, (("zwaarte", "zwaar"),))
    assert effects(alleen, basis=basis) == [6 * 100 * 16 * 900]
    assert effects(Knop("tarief", 0.10, JULI, (("product", "bestaat niet"),)), basis=basis) == [0]


def test_two_knobs_share_what_they_do_together() -> None:
    # volume 8 to 9 hours and price 60 to 66: the n = 2 form of METHODEN §2, E_P = ½(Q0 + Q1)(P1 - P0)
    volume, prijs = Knop("uitnutting", 0.10, JULI), Knop("tarief", 0.10, JULI)
    q0, q1, p0, p1 = 6 * 800, 6 * 900, 6000, 6600
    assert effects(volume, prijs) == [(p0 + p1) * (q1 - q0) // 2, (q0 + q1) * (p1 - p0) // 2]


def test_next_years_are_priced_too_and_the_order_of_knobs_does_not_matter() -> None:
    a, b = Knop("tarief", 0.03, JULI), Knop("instroom", -0.2, date(2027, 1, 1))
    heen, terug = (price_scenario(cells(CEL, ZWAAR), k, JULI, 3) for k in ([a, b], [b, a]))
    assert heen["jaar"].unique().sort().to_list() == [2026, 2027, 2028]
    samen = heen.filter(pl.col("knop") == 1).join(terug.filter(pl.col("knop") == 2), on="jaar")
    # half a cent each goes to the first named
    assert (samen["effect_cent"] - samen["effect_cent_right"]).abs().max() in (0, 1)
    assert heen.filter((pl.col("jaar") == 2026) & (pl.col("knop") == 2))["effect_cent"].to_list() == [0]


KNOPPEN = (
    st.builds(
        Knop,
        st.sampled_from(["tarief", "intensiteit", "instroom", "duur", "uitnutting"]),
        st.floats(-0.5, 0.9),
        st.sampled_from([JULI, date(2026, 9, 1), date(2027, 2, 1)]),
        st.sampled_from([(), (("zwaarte", "zwaar"),), (("wet", "Jeugdwet"),)]),
    )
    | st.builds(Knop, st.just("afschalen"), st.floats(0, 1), st.just(JULI))
    | st.builds(Knop, st.just("plafond"), st.floats(0, 1e9), st.just(JULI))
)
CELLEN = st.builds(
    lambda rang, stand, erbij, eraf, volume, ruimte, prijs: (
        CEL
        | {
            "zwaarte": f"rang {rang}",
            "zwaarte_rang": rang,
            "clienten_laatste": stand,
            "clienten_maand": float(stand),
            "instroom_maand": erbij,
            "uitstroom_maand": eraf,
            "volume_per_clientmaand": volume,
            "toegewezen_per_clientmaand": None if ruimte is None else volume * ruimte,
            "prijs_cent": prijs,
        }
    ),
    st.integers(0, 4),
    st.integers(0, 5000),
    st.floats(0, 500),
    st.floats(0, 500),
    st.floats(0.01, 500),
    st.none() | st.floats(0.5, 3),
    st.floats(1, 600_000),
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(CELLEN, min_size=1, max_size=5, unique_by=lambda c: c["zwaarte_rang"]),
    st.lists(KNOPPEN, max_size=4),
)
def test_effects_add_up_to_the_whole_difference(rijen: list[dict[str, object]], knoppen: list[Knop]) -> None:
    basis = pl.DataFrame(rijen, schema_overrides={"toegewezen_per_clientmaand": pl.Float64})
    uit = price_scenario(basis, knoppen, JULI, 3)
    per_jaar = uit.group_by("jaar").agg(
        pl.col("effect_cent").sum(), (pl.col("scenario_cent") - pl.col("basis_cent")).first()
    )
    assert per_jaar.filter(pl.col("effect_cent") != pl.col("scenario_cent")).height == 0


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=8))
def test_rounding_keeps_the_sum_and_stays_within_a_cent_a_part(delen: list[float]) -> None:
    som = round(sum(delen))
    heel = round_to_sum(np.array(delen), som)
    assert sum(heel) == som
    assert max(abs(h - d) for h, d in zip(heel, delen, strict=True)) <= 1.0 + 1e-6


@pytest.mark.parametrize(
    ("maak", "reden"),
    [
        (lambda: Knop("draaien", 1.0, JULI), "Onbekende knop"),  # type: ignore[arg-type]
        (lambda: Knop("tarief", float("nan"), JULI), "een getal"),
        (lambda: Knop("tarief", -1.5, JULI), "ten minste -100"),
        (lambda: Knop("duur", -1.0, JULI), "meer dan -100"),
        (lambda: Knop("afschalen", 1.2, JULI), "tussen 0 en 100"),
        (lambda: Knop("plafond", -1.0, JULI), "nul of hoger"),
        (lambda: Knop("tarief", 0.1, JULI, (("client_id", "x"),)), "niets anders"),
        (lambda: effects(Knop("tarief", 0.1, date(2026, 6, 1))), "vanaf 07-2026"),
        (lambda: effects(*[Knop("tarief", 0.1, JULI)] * 9), "Ten hoogste 8"),
    ],
)
def test_what_has_no_meaning_is_refused_in_words(maak: object, reden: str) -> None:
    with pytest.raises(KnopError, match=reden):
        maak()  # type: ignore[operator]
