"""The city itself.

People add up, postcodes belong to one wijk, tiles do not overlap, the calendar is right.
"""

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_data.instellingen import (
    Instellingen,
    begin_van,
    lees_maand,
    maand_van,
    maandbegin,
    schrijf_maand,
    werkdagen_later,
)
from sample_data.producten import PRODUCTEN, interpoleer
from sample_data.regelkaarten import make_besluiten
from sample_data.stad import INWONERS, WIJKEN, inwoners, postcodes
from tests.sample_data.conftest import Stad

pytestmark = pytest.mark.xdist_group("sample_data")


@given(st.integers(2015, 2027))
def test_inhabitants_add_up_to_the_city(jaar: int) -> None:
    vak = inwoners(jaar)
    assert vak.shape == (21, 3)
    assert vak.sum() == INWONERS[jaar]
    assert (vak > 0).all()


def test_published_anchors() -> None:
    assert inwoners(2023).sum() == 165_396  # CBS, 1-1-2023
    assert inwoners(2024).sum() == 167_636  # CBS, 31-12-2023
    per = {w[0]: n for w, n in zip(WIJKEN, inwoners(2018).sum(axis=1), strict=True)}
    assert per["Haarlemmerhoutkwartier"] == pytest.approx(12_800, rel=0.05)
    assert per["Houtvaartkwartier"] == pytest.approx(7_500, rel=0.05)
    assert per["Waarder- en Veerpolder"] == pytest.approx(1_900, rel=0.1)
    delen = dict.fromkeys({w[1] for w in WIJKEN}, 0)
    for w, n in zip(WIJKEN, inwoners(2018).sum(axis=1), strict=True):
        delen[w[1]] += int(n)
    assert len(delen) == 5
    assert delen["Noord"] == pytest.approx(55_000, rel=0.04)
    assert delen["Schalkwijk"] == pytest.approx(32_000, rel=0.04)
    assert delen["Centrum"] == pytest.approx(13_500, rel=0.04)


def test_tiles_and_teams() -> None:
    assert len({(w[2], w[3]) for w in WIJKEN}) == 21
    assert len({w[9] for w in WIJKEN}) == 9  # nine sociale wijkteams


def test_postcodes_belong_to_one_wijk() -> None:
    codes = postcodes()
    assert len({c for c, _ in codes}) == len(codes)
    assert {w for _, w in codes} == set(range(21))


@given(st.dates(dt.date(1901, 1, 1), dt.date(2149, 12, 31)))
def test_months_and_days_agree_with_the_calendar(dag: dt.date) -> None:
    nr = (dag - dt.date(1970, 1, 1)).days
    maand = int(maand_van(np.array([nr]))[0])
    assert (maand // 12, maand % 12 + 1) == (dag.year, dag.month)
    assert maandbegin(maand) == nr - dag.day + 1 == int(begin_van(np.array([maand]))[0])
    assert lees_maand(schrijf_maand(maand)) == maand


@given(st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 60))
def test_working_days_skip_weekends(dag: dt.date, aantal: int) -> None:
    nr = np.array([(dag - dt.date(1970, 1, 1)).days])
    uit = dt.date(1970, 1, 1) + dt.timedelta(days=int(werkdagen_later(nr, np.array([aantal]))[0]))
    assert uit.weekday() < 5
    werk = sum(1 for k in range(1, (uit - dag).days + 1) if (dag + dt.timedelta(days=k)).weekday() < 5)
    assert werk == aantal + (1 if dag.weekday() >= 5 else 0)


def test_stand_is_linear_between_mid_years() -> None:
    stand = ((2018, 100.0), (2020, 140.0))
    assert interpoleer(stand, 2018 * 12 + 6) == 100.0
    assert interpoleer(stand, 2019 * 12 + 6) == 120.0
    assert interpoleer(stand, 2015 * 12) == 100.0
    assert interpoleer(stand, 2024 * 12) == 140.0


def test_catalogue_is_consistent() -> None:
    assert len({p.code for p in PRODUCTEN}) == len(PRODUCTEN)
    codes = {p.code for p in PRODUCTEN}
    for p in PRODUCTEN:
        assert sum(k for _, k in p.volume) == pytest.approx(1.0), p.code
        assert (p.hoger in codes or not p.hoger) and (p.lager in codes or not p.lager), p.code
        assert p.frequentie in (2, 4, 6), p.code
        assert not (p.eenheid in ("14", "16", "83", "84") and p.frequentie == 1), p.code


def test_reference_extracts_have_the_agreed_columns(gemengd: Stad) -> None:
    kolommen = {
        "producten": "wet;gemeentecode;productcategorie;productcode;geldig_van;geldig_tot;product;"
        "productgroep;"
        "hoofdproduct;zwaarte;zwaarte_rang;eenheid;uitvoeringsvariant;taakveld;peildatum",
        "aanbieders": "gemeentecode;aanbieder_agb;naam;concern;soort;peildatum",
        "contracten": "gemeentecode;wet;aanbieder_agb;jaar;perceel;bekostiging;budgetplafond;peildatum",
        "tarieven": "gemeentecode;wet;aanbieder_agb;productcode;eenheid;tarief;geldig_van;"
        "geldig_tot;peildatum",
        "grootboek": "gemeentecode;jaar;periode;taakveld;wet;hoofdproduct;soort;bedrag;geboekt_op;bron",
        "clienten": "gemeentecode;bsn;geboortedatum;geslacht;postcode;huisnummer;huisletter;"
        "toevoeging;soort_adres;"
        "adres_van;adres_tot;overleden_op;peildatum",
        "begroting": "gemeentecode;jaar;wet;hoofdproduct;soort;bedrag;vastgesteld_op;bron",
        "programmering": "gemeentecode;jaar;wet;hoofdproduct;productgroep;product;zwaarte;klantcontacten;"
        "doorverwijzingen;instroom;clienten;duur_weken;intensiteit;uitnutting;tarief;volume;eenheid;bedrag;"
        "vastgesteld_op;bron",
        "wijken": "gemeentecode;jaar;wijkcode;wijknaam;stadsdeel;rij;kolom;peildatum",
        "postcode_wijk": "gemeentecode;jaar;postcode;wijkcode",
        "bevolking": "gemeentecode;jaar;wijkcode;leeftijdsgroep;inwoners;bron",
        "cpi": "gemeentecode;jaar;index;bron",
        "meldingen": "gemeentecode;melding_id;wet;bsn;wijkteam;verwijzer;melding_op;onderzoek_op;aanvraag_op;"
        "besluit_op;besluit;toewijzingnummer",
        "klantcontacten": "gemeentecode;maand;wijkteam;contacten;doorverwijzingen;bron",
        "kpi": "gemeentecode;jaar;maand;onderdeel;maat;waarde;eenheid;bron",
        "benchmark": "gemeentecode;gemeente;jaar;maat;waarde;eenheid;bron",
        "breuken": "gemeentecode;datum;wet;hoofdproduct;omschrijving;bron",
        "regelkaart_basis": "gemeentecode;maat;cel;basis_van;reden;door;vastgelegd_op",
        "maatregelen": "gemeentecode;maatregel;wet;hoofdproduct;ingang_op;effect_per_jaar;status;bron",
        "volumes_jaar": "gemeentecode;jaar;wet;hoofdproduct;product;zwaarte;clienten;volume;eenheid;"
        "bedrag;bron",
    }
    for naam, kop in kolommen.items():
        pad = gemengd.map / "extracten" / f"{naam}.csv"
        assert pad.read_bytes().startswith(b"\xef\xbb\xbf"), naam
        assert pad.read_text(encoding="utf-8-sig").splitlines()[0] == kop, naam


def test_baselines_of_control_charts_move_only_at_a_break_on_record(ijkstad: Stad) -> None:
    """Each decision begins in the month of a documented break, or of a new tariff, and has a reason."""
    besluiten = ijkstad.csv("regelkaart_basis.csv").fill_null("")
    breuken = ijkstad.csv("breuken.csv").fill_null("")
    op = {(m[6:] + "-" + m[3:5], wet) for m, wet in breuken.select("datum", "wet").rows()}
    tarief = {d[6:] + "-" + d[3:5] for d in ijkstad.csv("tarieven.csv")["geldig_van"].to_list()}
    assert besluiten.height > 15
    assert besluiten.select("maat", "cel", "basis_van").is_duplicated().sum() == 0
    for r in besluiten.iter_rows(named=True):
        wet = r["cel"].partition("|")[0]
        wetten = {wet} if wet in ("Wmo", "Jeugdwet") else {"Wmo", "Jeugdwet"}
        assert {(r["basis_van"], w) for w in wetten} & op or (
            r["basis_van"] in tarief and r["reden"].startswith("Contracttarieven")
        ), r
        assert r["reden"] and r["door"]
        # decided after it began, and within the run, which ends in December 2024
        dag = "-".join(reversed(r["vastgelegd_op"].split("-")))
        assert r["basis_van"] < dag <= "2024-12-31", r


def test_no_break_within_the_run_gives_no_decisions(op_papier: Stad, tmp_path: Path) -> None:
    """A city of a few months without a break brings no empty list; over January 2021 it brings that one."""
    assert set(op_papier.csv("regelkaart_basis.csv")["basis_van"]) == {"2021-01"}
    inst = Instellingen(tmp_path, 100, lees_maand("2023-03"), lees_maand("2023-09"), 1, "mixed")
    assert make_besluiten(inst) == {}


def test_ledger_of_messages_agrees_with_what_was_approved(ijkstad: Stad) -> None:
    """Over all years together booked = approved.

    Per year it differs by the accrual and the care of old years.
    """
    from tests.sample_data.hulp import cent, lees_regels

    g = ijkstad.csv("grootboek.csv").with_columns(cent("bedrag"), pl.col("jaar").cast(pl.Int64))
    accrual = g.filter(pl.col("soort") == "overlopend")
    assert accrual["bedrag"].sum() == 0  # what is booked in December is taken back in January
    assert set(accrual["periode"].unique()) == {"1", "12"} and accrual.height > 20
    december = accrual.filter(pl.col("periode") == "12").group_by("jaar").agg(pl.col("bedrag").sum())
    bij = dict(december.rows())
    g = g.filter(pl.col("soort").is_in(["berichten", "overlopend"]) & (pl.col("jaar") >= 2018))
    r = lees_regels(ijkstad.csv("declaratieregels_*.csv")).filter(pl.col("status") == "goedgekeurd")
    r = r.with_columns(
        c=pl.col("bedrag") * pl.col("teken"), jaar=pl.col("begindatum").dt.year().cast(pl.Int64)
    )
    assert g["bedrag"].sum() == r["c"].sum()
    boek = dict(g.group_by("jaar").agg(pl.col("bedrag").sum()).rows())
    lever = dict(r.group_by("jaar").agg(pl.col("c").sum()).rows())
    for jaar in range(2019, 2024):
        # delivered by the end of the year and answered after it, of whichever year: a few percent off
        eind = dt.date(jaar, 12, 31)
        open_ = r.filter((pl.col("begindatum") <= eind) & (pl.col("beantwoord_op") > eind))["c"].sum()
        oud = r.filter((pl.col("jaar") < jaar) & (pl.col("beantwoord_op") > eind))["c"].sum()
        assert oud > 0
        assert bij[jaar] / open_ == pytest.approx(1 + 0.03 * (jaar % 3 - 1), abs=1e-6)
        assert boek[jaar] == pytest.approx(lever[jaar], rel=0.02)
        assert boek[jaar] != lever[jaar]


def test_plafonds_rest_on_what_was_known_before_the_year(ijkstad: Stad) -> None:
    """Care from September to August that was declared by the end of October, indexed, with room above it.

    The year itself has no part in them: most contracts end below, some above.
    """
    from tests.sample_data.hulp import cent, lees_regels

    c = ijkstad.csv("contracten.csv").with_columns(cent("budgetplafond"), pl.col("jaar").cast(pl.Int64))
    c = c.filter((pl.col("bekostiging") != "taakgericht") & pl.col("budgetplafond").is_not_null())
    assert c["jaar"].min() == 2021
    r = lees_regels(ijkstad.csv("declaratieregels_*.csv")).filter(pl.col("status") != "afgekeurd")
    r = r.with_columns(c=pl.col("bedrag") * pl.col("teken"))
    sleutel = ["wet", "aanbieder_agb", "jaar"]
    delen = []
    for jaar in range(2021, 2025):
        van, tot, op = dt.date(jaar - 2, 9, 1), dt.date(jaar - 1, 9, 1), dt.date(jaar - 1, 11, 1)
        d = r.filter(
            (pl.col("begindatum") >= van) & (pl.col("begindatum") < tot) & (pl.col("ontvangen_op") < op)
        )
        delen.append(
            d.group_by("wet", "aanbieder_agb")
            .agg(pl.col("c").sum())
            .with_columns(jaar=pl.lit(jaar, pl.Int64))
        )
    # an aanbieder with one perceel in all years: all that it delivers falls under the one plafond
    alle = ijkstad.csv("contracten.csv").group_by("wet", "aanbieder_agb").agg(pl.col("perceel").n_unique())
    een = c.join(alle.filter(pl.col("perceel") == 1), on=["wet", "aanbieder_agb"], how="semi")
    een = een.join(pl.concat(delen), on=sleutel, how="left")
    assert een.height > 25 and een["c"].null_count() == 0
    # room of 25 to 50 percent on tariffs that rose 2,4 to 5,8 percent a year, rounded to 1.000 euro
    factor = een["budgetplafond"] / een["c"]
    assert float(factor.min() or 0) > 1.25 * 1.024 * 0.97
    assert float(factor.max() or 9) < 1.50 * 1.058 * 1.03
    wel = r.group_by("wet", "aanbieder_agb", jaar=pl.col("begindatum").dt.year().cast(pl.Int64)).agg(
        werkelijk=pl.col("c").sum()
    )
    boven = een.join(wel, on=sleutel).filter(pl.col("werkelijk") > pl.col("budgetplafond"))
    assert 0 < boven.height < 0.25 * een.height


def test_steps_of_a_melding_follow_each_other(ijkstad: Stad) -> None:
    m = ijkstad.csv("meldingen.csv").with_columns(pl.col("^.*_op$").str.to_date("%d-%m-%Y"))
    for a, b in (
        ("melding_op", "onderzoek_op"),
        ("onderzoek_op", "aanvraag_op"),
        ("aanvraag_op", "besluit_op"),
    ):
        assert m.filter(pl.col(a) > pl.col(b)).height == 0, (a, b)
    open_ = m.filter(pl.col("besluit_op").is_null())
    assert 0 < open_.height < 0.05 * m.height
    assert open_["besluit"].null_count() == open_.height
    assert m["melding_id"].is_unique().all()
    toegekend = m.filter(pl.col("besluit") == "toegekend")
    assert toegekend["toewijzingnummer"].null_count() == 0
    assert m.filter((pl.col("besluit") != "toegekend") & pl.col("toewijzingnummer").is_not_null()).height == 0
