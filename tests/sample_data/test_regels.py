"""What is written follows the rules of the standard; only the faults told in verwacht.json do not."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sample_data.personen import make_bsns
from tests.sample_data.conftest import Stad
from tests.sample_data.hulp import datum, laatste_versies, lees_regels

pytestmark = pytest.mark.xdist_group("sample_data")


def _elfproef(bsn: str) -> bool:
    *cijfers, laatste = (int(c) for c in bsn)
    return (sum(g * c for g, c in zip(range(9, 1, -1), cijfers, strict=True)) - laatste) % 11 == 0


SLEUTEL = ["wet", "aanbieder_agb", "referentienummer"]


def _of_kind(stad: Stad, *soorten: str) -> pl.DataFrame:
    """Keys of the lines with faults of these kinds."""
    fouten = pl.DataFrame(stad.verwacht["fouten"]["regels"]).filter(pl.col("soort").is_in(soorten))
    assert set(fouten["soort"]) == set(soorten)
    return fouten.select("wet", "referentienummer", aanbieder_agb="aanbieder")


def _bekend(stad: Stad) -> set[str]:
    return {f["referentienummer"] for f in stad.verwacht["fouten"]["regels"]}


@pytest.fixture(scope="module")
def regels(ijkstad: Stad) -> pl.DataFrame:
    """All declared lines of the large city, without the few that lost zeros.

    ``vuil`` marks the known faults.
    """
    df = lees_regels(ijkstad.csv("declaratieregels_*.csv"))
    fout = pl.Series(sorted(_bekend(ijkstad)))
    return df.with_columns(vuil=pl.col("referentienummer").is_in(fout.implode()))


@given(zaad=st.integers(0, 10_000), n=st.integers(1, 3_000))
@settings(max_examples=25, deadline=None)
def test_bsns_pass_the_elfproef_and_differ(zaad: int, n: int) -> None:
    from pathlib import Path

    from sample_data.instellingen import Instellingen

    bsns = make_bsns(Instellingen(Path(), 10, 24216, 24220, zaad, "mixed"), n)
    assert len(set(bsns)) == n
    assert all(len(b) == 9 and b.startswith("99") and _elfproef(b) for b in bsns)


def test_the_elfproef_of_this_test_knows_a_wrong_number() -> None:
    assert _elfproef("999900006")  # of the official examples
    assert not _elfproef("999900007")


def test_every_bsn_that_is_delivered(gemengd: Stad) -> None:
    uit = set(gemengd.csv("declaratieregels_*.csv")["bsn"]) | set(gemengd.csv("clienten.csv")["bsn"])
    for _, boom in gemengd.bomen("30"):
        uit |= {e.text or "" for e in boom.iter("Bsn")}
    assert len(uit) > 1_000
    assert all(b.startswith("99") and _elfproef(b) for b in uit)


def test_amount_is_volume_times_tarief(ijkstad: Stad, regels: pl.DataFrame) -> None:
    regels = regels.join(
        _of_kind(ijkstad, "bedrag klopt niet", "euro klopt niet"),
        on=SLEUTEL,
        how="anti",
        maintain_order="left",
    )
    met = regels.filter(pl.col("tarief").is_not_null())
    assert met.filter(pl.col("bedrag") != pl.col("volume") * pl.col("tarief")).height == 0
    euro = regels.filter(pl.col("eenheid") == "83")
    assert euro.height > 500
    assert euro.filter(pl.col("tarief").is_not_null() | (pl.col("bedrag") != pl.col("volume"))).height == 0
    assert regels.filter((pl.col("eenheid") != "83") & pl.col("tarief").is_null()).height == 0


def test_tarief_is_the_contract_tarief(ijkstad: Stad, regels: pl.DataFrame) -> None:
    """Rule TR418 (0611).

    Every line whose tariff differs from the contract is a known fault, and the other way round.
    """
    t = ijkstad.csv("tarieven.csv").with_columns(
        pl.col("tarief").str.replace(",", "").cast(pl.Int64),
        jaar=pl.col("geldig_van").str.slice(6).cast(pl.Int32),
    )
    df = regels.filter(pl.col("tarief").is_not_null()).with_columns(jaar=pl.col("begindatum").dt.year())
    df = df.with_columns(eenheid=pl.col("eenheid").str.zfill(2)).join(
        t.select("wet", "aanbieder_agb", "productcode", "eenheid", "jaar", contract="tarief"),
        on=["wet", "aanbieder_agb", "productcode", "eenheid", "jaar"], how="left",
    )  # fmt: skip
    soort = pl.DataFrame(ijkstad.verwacht["fouten"]["regels"]).select("referentienummer", "soort")
    df = df.join(soort, on="referentienummer", how="left")
    # a line moved before the start of its toewijzing may carry the tariff of the year it was moved from
    df = df.filter(pl.col("soort").is_null() | (pl.col("soort") == "ander tarief"))
    assert df["contract"].null_count() == 0
    anders = df.filter(pl.col("tarief") != pl.col("contract"))
    assert set(anders["soort"].to_list()) == {"ander tarief"}
    assert anders.height == df.filter(pl.col("soort") == "ander tarief").height


def test_periods_lie_in_one_month_and_inside_the_toewijzing(ijkstad: Stad, regels: pl.DataFrame) -> None:
    """TR307, TR308, TR387, TR388 and the deletion rule TR384."""
    assert (
        regels.filter(
            pl.col("begindatum").dt.truncate("1mo") != pl.col("einddatum").dt.truncate("1mo")
        ).height
        == 0
    )
    t = laatste_versies(ijkstad.csv("toewijzingen_*.csv")).select(
        "wet", "toewijzingnummer", "ingangsdatum", eind="einddatum", reden="reden_wijziging"
    )
    df = regels.filter(~pl.col("vuil")).join(t, on=["wet", "toewijzingnummer"], how="left")
    assert df["ingangsdatum"].null_count() == 0  # TR338: every clean line has its toewijzing
    eerste, laatste = pl.col("begindatum").dt.month_start(), pl.col("begindatum").dt.month_end()
    goed_begin = pl.col("begindatum") == pl.max_horizontal(eerste, pl.col("ingangsdatum"))
    goed_eind = pl.col("einddatum") == pl.min_horizontal(laatste, pl.col("eind").fill_null(laatste))
    assert df.filter(~goed_begin).height == 0
    assert df.filter(~goed_eind).height == 0
    assert df.filter((pl.col("reden") == "13") | (pl.col("eind") < pl.col("ingangsdatum"))).height == 0


def test_a_line_belongs_to_its_toewijzing(ijkstad: Stad, regels: pl.DataFrame) -> None:
    """TR304, TR339, TR340: client, aanbieder, category and code are those of the toewijzing."""
    t = laatste_versies(ijkstad.csv("toewijzingen_*.csv")).select(
        "wet",
        "toewijzingnummer",
        agb="aanbieder_agb",
        client="bsn",
        cat="productcategorie",
        code="productcode",
    )
    df = regels.filter(~pl.col("vuil")).join(t, on=["wet", "toewijzingnummer"], how="left")
    df = df.with_columns(pl.col("productcategorie").str.zfill(2))
    assert (
        df.filter((pl.col("agb") != pl.col("aanbieder_agb")) | (pl.col("client") != pl.col("bsn"))).height
        == 0
    )
    assert df.filter(pl.col("cat").is_not_null() & (pl.col("cat") != pl.col("productcategorie"))).height == 0
    assert df.filter(pl.col("code").is_not_null() & (pl.col("code") != pl.col("productcode"))).height == 0


def test_volumes_stay_within_the_toewijzing(ijkstad: Stad, regels: pl.DataFrame) -> None:
    """TR321 (weeks touched x volume, Wmo category 01.

    6 x volume), TR322 over the whole toewijzing, TR369 on budgets.
    """
    t = laatste_versies(ijkstad.csv("toewijzingen_*.csv")).select(
        "wet", "toewijzingnummer", "ingangsdatum", "frequentie", "budget", per="volume", eenheid_t="eenheid"
    )
    df = regels.filter(~pl.col("vuil")).join(t, on=["wet", "toewijzingnummer"], how="left")
    uur = (
        pl.when((pl.col("eenheid").str.zfill(2) == "01") & (pl.col("eenheid_t") == "04"))
        .then(60)
        .otherwise(1)
    )
    df = df.with_columns(v=pl.col("volume") / uur * pl.col("teken"))
    # ISO weeks touched by the period: both days put on their Monday
    weken = (
        pl.col("einddatum").dt.truncate("1w") - pl.col("begindatum").dt.truncate("1w")
    ).dt.total_days() // 7 + 1
    week = df.filter((pl.col("frequentie") == "2") & (pl.col("debet_credit") == "D"))
    huis = pl.col("productcode").str.starts_with("01")
    # one Sunday more than there are is allowed where the toewijzing ends in the week after it
    morgen = pl.col("einddatum").dt.offset_by("1d").dt.truncate("1w")
    zondagen = (morgen - pl.col("begindatum").dt.truncate("1w")).dt.total_days() // 7 + 1
    output = pl.col("productcode") == "08A03"
    grens = pl.when(huis).then(6 * pl.col("per")).when(output).then(zondagen * pl.col("per"))
    grens = grens.otherwise(weken * pl.col("per"))
    assert week.height > 20_000
    assert week.filter(pl.col("v") > grens).height == 0
    maand = df.filter((pl.col("frequentie") == "4") & (pl.col("debet_credit") == "D"))
    assert maand.height > 10_000
    assert maand.filter(pl.col("v") > pl.col("per")).height == 0
    goed = df.filter(pl.col("status") == "goedgekeurd")
    sleutel = ["wet", "toewijzingnummer"]
    som = (
        goed.filter(pl.col("frequentie") == "2")
        .group_by(sleutel)
        .agg(pl.col("v").sum(), pl.col("per", "ingangsdatum").first(), pl.col("einddatum").max())
    )
    duur = (pl.col("einddatum") - pl.col("ingangsdatum")).dt.total_days() // 7 + 2
    assert som.filter(pl.col("v") > duur * pl.col("per")).height == 0
    budget = (
        goed.filter(pl.col("budget").is_not_null())
        .group_by(sleutel)
        .agg(pl.col("v").sum(), pl.col("budget").first())
    )
    assert budget.height > 5
    assert budget.filter(pl.col("v") > pl.col("budget")).height == 0


def test_references_are_unique_and_credits_form_chains(regels: pl.DataFrame) -> None:
    """TR314 to TR316: a credit equals an approved debit, comes later, once, in another message."""
    assert regels.select("wet", "aanbieder_agb", "referentienummer").is_unique().all()
    credit = regels.filter((pl.col("debet_credit") == "C") & ~pl.col("vuil"))
    assert 0.004 < credit.height / regels.height < 0.015
    assert credit["vorig_referentienummer"].null_count() == 0
    assert (
        regels.filter((pl.col("debet_credit") == "D") & pl.col("vorig_referentienummer").is_not_null()).height
        == 0
    )
    assert credit["vorig_referentienummer"].is_unique().all()
    paar = credit.join(
        regels, left_on=["wet", "aanbieder_agb", "vorig_referentienummer"],
        right_on=["wet", "aanbieder_agb", "referentienummer"], how="left", suffix="_d",
    )  # fmt: skip
    for k in (
        "bsn",
        "toewijzingnummer",
        "productcode",
        "begindatum",
        "einddatum",
        "volume",
        "tarief",
        "bedrag",
    ):
        assert paar.filter(~pl.col(k).eq_missing(pl.col(f"{k}_d"))).height == 0, k
    assert set(paar["status_d"].to_list()) == {"goedgekeurd"}
    assert paar.filter(pl.col("ontvangen_op") <= pl.col("beantwoord_op_d")).height == 0
    assert paar.filter(pl.col("declaratienummer") == pl.col("declaratienummer_d")).height == 0


def test_no_second_debit_without_a_credit(regels: pl.DataFrame) -> None:
    """TR389.

    Approved debits minus credits per toewijzing x product x month are at most one, the known doubles aside.
    """
    df = regels.filter((pl.col("status") == "goedgekeurd") & ~pl.col("vuil"))
    per = df.group_by("wet", "toewijzingnummer", "productcode", "begindatum").agg(pl.col("teken").sum())
    assert per.filter(pl.col("teken") > 1).height == 0
    assert per.filter(pl.col("teken") < 0).height == 0


def test_answers_come_within_ten_working_days(regels: pl.DataFrame) -> None:
    df = regels.filter(pl.col("beantwoord_op").is_not_null())
    dagen = (pl.col("beantwoord_op") - pl.col("ontvangen_op")).dt.total_days()
    assert df.filter((dagen < 0) | (dagen > 14)).height == 0
    assert df.filter(pl.col("beantwoord_op").dt.weekday() > 5).height == 0


def test_nothing_is_declared_before_it_was_given(regels: pl.DataFrame) -> None:
    """A line after its declaratieperiode (TR319) is the one fault of this kind."""
    assert regels.filter((pl.col("ontvangstmaand") <= pl.col("levermaand")) & ~pl.col("vuil")).height == 0


def test_toewijzing_rules(ijkstad: Stad) -> None:
    """Einddatum where the frequency is week or a budget is given.

    Omvang and Budget never together; 13 = Eind is Ingang.
    """
    t = ijkstad.csv("toewijzingen_*.csv")
    assert t.filter((pl.col("frequentie") == "2") & pl.col("einddatum").is_null()).height == 0
    assert (
        t.filter(
            pl.col("budget").is_not_null() & (pl.col("einddatum").is_null() | pl.col("volume").is_not_null())
        ).height
        == 0
    )
    assert t.filter(pl.col("productcode").is_not_null() & pl.col("volume").is_null()).height == 0
    assert t.filter(pl.col("productcode").is_null() & pl.col("volume").is_not_null()).height == 0
    assert t.filter(pl.col("productcategorie").is_null() & pl.col("budget").is_null()).height == 0
    weg = t.filter(pl.col("reden_wijziging").is_in(["13", "01"]))
    assert weg.height > 20
    assert weg.filter(pl.col("einddatum") != pl.col("ingangsdatum")).height == 0
    soorten = (t["productcode"].is_not_null().sum(), t["productcategorie"].is_null().sum())
    assert soorten[0] > 0 and soorten[1] > 0
    assert t.filter(pl.col("productcategorie").is_not_null() & pl.col("productcode").is_null()).height > 0


def test_the_laws_share_a_few_numbers(ijkstad: Stad) -> None:
    t = ijkstad.csv("toewijzingen_*.csv").select("wet", "toewijzingnummer").unique()
    gedeeld = t.filter(pl.col("toewijzingnummer").is_duplicated())["toewijzingnummer"].n_unique()
    assert 10 <= gedeeld <= 25
    een = (
        ijkstad.csv("toewijzingen_*.csv")
        .group_by("wet", "toewijzingnummer")
        .agg(pl.col("bsn", "aanbieder_agb").n_unique())
    )
    assert een.filter((pl.col("bsn") > 1) | (pl.col("aanbieder_agb") > 1)).height == 0


def test_versions_of_a_toewijzing_have_growing_moments(ijkstad: Stad) -> None:
    t = ijkstad.csv("toewijzingen_*.csv").with_columns(
        op=pl.col("toegewezen_op").str.to_datetime("%d-%m-%Y %H:%M:%S")
    )
    assert t.select("wet", "toewijzingnummer", "op").is_unique().all()
    eerste = t.sort("op").group_by("wet", "toewijzingnummer", maintain_order=True).first()
    assert eerste["reden_wijziging"].null_count() == eerste.height


def _getekend(e: etree._Element, pad: str, veld: str) -> int:
    teken = 1 if e.findtext(f"{pad}/DebetCredit") == "D" else -1
    return teken * int(e.findtext(f"{pad}/{veld}") or 0)


def test_header_total_is_the_sum_of_the_lines(gemengd: Stad) -> None:
    """TR358, except in the messages that verwacht.json names."""
    mis = {k["bericht"] for k in gemengd.verwacht["fouten"]["koppen"] if k["soort"] == "verkeerd totaal"}
    gezien = 0
    for naam, boom in gemengd.bomen("323_"):
        som = sum(_getekend(p, "IngediendBedrag", "Bedrag") for p in boom.iter("Prestatie"))
        kop = _getekend(boom, "Declaratie/TotaalIngediendBedrag", "TotaalBedrag")
        nummer = boom.findtext("Header/BerichtIdentificatie/Identificatie")
        assert (som == kop) != (nummer in mis), naam
        gezien += 1
    assert gezien > 100


def test_323_reports_one_whole_month(gemengd: Stad) -> None:
    te_laat = set(_of_kind(gemengd, "na declaratieperiode")["referentienummer"])
    for naam, boom in gemengd.bomen("323_"):
        begin = boom.findtext("Declaratie/DeclaratiePeriode/Begindatum") or ""
        eind = boom.findtext("Declaratie/DeclaratiePeriode/Einddatum") or ""
        assert begin.endswith("-01") and begin[:7] == eind[:7] and int(eind[8:]) >= 28, naam
        for p in boom.iter("Prestatie"):
            ref = p.findtext("ProductReferentie/ReferentieNummer")
            assert ((p.findtext("ProductPeriode/Einddatum") or "") > eind) == (ref in te_laat), naam
            credit = p.findtext("IngediendBedrag/DebetCredit") == "C"
            assert (p.find("ProductReferentie/VorigReferentieNummer") is not None) == credit, naam
            assert (p.find("ProductTarief") is None) == (p.findtext("Eenheid") == "83"), naam


def test_325_explains_the_difference(gemengd: Stad, op_papier: Stad) -> None:
    """TR342: rejected lines add up to submitted minus granted; the four shapes of an answer all occur."""
    vormen = set()
    for stad in (gemengd, op_papier):
        for naam, boom in stad.bomen("325_"):
            kop = boom.findtext("Header/RetourCodes/RetourCode")
            antwoord = boom.find("DeclaratieAntwoord")
            if antwoord is None:
                assert kop == "0001", naam
                vormen.add("technisch")
                continue
            ingediend = _getekend(antwoord, "TotaalIngediendBedrag", "TotaalBedrag")
            toegekend = _getekend(antwoord, "TotaalToegekendBedrag", "TotaalBedrag")
            code = antwoord.findtext("RetourCodes/RetourCode")
            af = sum(_getekend(p, "IngediendBedrag", "Bedrag") for p in antwoord.iter("Prestatie"))
            if code == "9333":
                assert toegekend == 0 and antwoord.find("Clienten") is None, naam
            else:
                assert af == ingediend - toegekend, naam
                assert (code == "8001") == (antwoord.find("Clienten") is None), naam
            vormen.add(code)
    assert vormen == {"technisch", "9333", "8001", "0200"}


def test_304_says_the_same_in_the_old_shape(op_papier: Stad) -> None:
    gezien = 0
    for naam, boom in op_papier.bomen("304_"):
        bedragen = "Header/RetourBedragen"
        verschil = _getekend(boom, f"{bedragen}/IngediendTotaalBedrag", "TotaalBedrag") - _getekend(
            boom, f"{bedragen}/ToegekendTotaalBedrag", "TotaalBedrag"
        )
        af = sum(
            _getekend(p, "IngediendeBedragPrestatie/DeclaratieFactuurBedrag", "Bedrag")
            for p in boom.iter("Prestatie")
        )
        if boom.findtext("Header/RetourCodes/RetourCode") in ("8001", "0200"):
            assert af == verschil, naam
        gezien += 1
    assert gezien > 50


def test_301_is_a_snapshot(gemengd: Stad) -> None:
    """Several toewijzingen of one client at one aanbieder come together.

    An unchanged one carries no RedenWijziging.
    """
    meer = 0
    for naam, boom in gemengd.bomen("301_"):
        dag = boom.findtext("Header/BerichtIdentificatie/Dagtekening") or ""
        producten = list(boom.iter("ToegewezenProduct"))
        nummers = [p.findtext("ToewijzingNummer") for p in producten]
        assert len(set(nummers)) == len(nummers), naam
        meer += len(nummers) > 1
        gewijzigd = [p for p in producten if (p.findtext("Toewijzingsdatum") or "") >= dag[:8] + "01"]
        for p in producten:
            if p not in gewijzigd:
                continue
            assert (p.findtext("Ingangsdatum") or "") <= (p.findtext("Einddatum") or "9999"), naam
        assert boom.find("Client/Contactgegevens/Contact/Adres/Postcode") is not None, naam
    assert meer > 10


def test_dagtekening_lies_in_the_month_of_its_zip(gemengd: Stad) -> None:
    for zip_, naam, inhoud in gemengd.berichten():
        dag = inhoud.split(b"Dagtekening>")[1][:7].decode()
        assert naam.startswith("nogmaals_") or dag == zip_, naam


def test_start_and_stop_follow_each_other(ijkstad: Stad) -> None:
    """A stop names the begin of the last start; without one only the known orphans."""
    sleutel = ["wet", "toewijzingnummer", "begindatum"]
    starts = ijkstad.csv("starts_*.csv").filter(pl.col("toewijzingnummer").is_not_null())
    stops = ijkstad.csv("stops_*.csv").filter(pl.col("toewijzingnummer").is_not_null())
    assert starts.select(sleutel).is_unique().all()
    wees = stops.join(starts, on=sleutel, how="anti")
    bekend = {(s["wet"], str(s["toewijzingnummer"])) for s in ijkstad.verwacht["fouten"]["stops"]}
    assert set(zip(wees["wet"], wees["toewijzingnummer"], strict=True)) == bekend
    assert bekend


def test_reasons_of_stopping_follow_law_and_release(ijkstad: Stad) -> None:
    """Code 31 is moving under the Wmo and planned end under the Jeugdwet; 36 to 39 exist since 2021."""
    s = ijkstad.csv("stops_*.csv").with_columns(op=pl.col("ontvangen_op").str.to_date("%d-%m-%Y"))
    oud = s.filter(pl.col("op").dt.year() < 2021)
    lijst = {
        "Wmo": {"02", "19", "20", "21", "22", "23", "31"},
        "Jeugdwet": {"02", "20", "31", "32", "33", "34", "35"},
    }
    for wet, codes in lijst.items():
        deel = s.filter(pl.col("wet") == wet)
        assert set(oud.filter(pl.col("wet") == wet)["reden_beeindiging"]) <= codes
        assert set(deel["reden_beeindiging"]) <= codes | {"36", "37", "38", "39"}
        aandeel = (deel["reden_beeindiging"] == "31").mean()
        assert (aandeel < 0.15) == (wet == "Wmo"), aandeel


def test_taakgericht_care_has_no_number_and_no_declaration(ijkstad: Stad, regels: pl.DataFrame) -> None:
    starts = ijkstad.csv("starts_*.csv").filter(pl.col("toewijzingnummer").is_null())
    assert starts.height > 50
    assert set(starts["productcode"]) == {"02A03", "02A16"}
    assert starts["begindatum"].str.slice(6).cast(pl.Int64).min() == 2023
    licht = regels.filter(pl.col("productcode").is_in(["02A03", "02A16"]) & ~pl.col("vuil"))
    assert licht["begindatum"].dt.year().max() == 2022
    zwaar = regels.filter((pl.col("productcode") == "02A05") & (pl.col("begindatum").dt.year() == 2024))
    assert zwaar.height > 100


def test_address_periods_of_a_person_follow_each_other(ijkstad: Stad) -> None:
    c = ijkstad.csv("clienten.csv").with_columns(
        pl.col("adres_van").str.to_date("%d-%m-%Y"), pl.col("adres_tot").str.to_date("%d-%m-%Y"),
        pl.col("overleden_op").str.to_date("%d-%m-%Y"),
    ).sort("bsn", "adres_van")  # fmt: skip
    rijen = c.select("bsn", "adres_van", "adres_tot").rows()
    for (b0, _, tot0), (b1, van1, _) in pairwise(rijen):
        if b0 == b1:
            assert tot0 is not None and (van1 - tot0).days == 1, b0
    assert c.filter(pl.col("soort_adres") == "instelling").height > 5
    assert c.filter(pl.col("overleden_op") < pl.col("adres_tot")).height == 0


def test_who_moves_away_gets_no_care_afterwards(ijkstad: Stad) -> None:
    """Code 31 is moving to another municipality under the Wmo only."""
    s = ijkstad.csv("stops_*.csv").with_columns(datum("einddatum"))
    weg = s.filter((pl.col("wet") == "Wmo") & (pl.col("reden_beeindiging") == "31"))
    assert weg["bsn"].n_unique() > 20
    laatste = weg.group_by("bsn").agg(pl.col("einddatum").min())
    starts = ijkstad.csv("starts_*.csv").with_columns(datum("begindatum"))
    assert starts.join(laatste, on="bsn").filter(pl.col("begindatum") > pl.col("einddatum")).height == 0


def test_who_died_gets_no_care_afterwards(ijkstad: Stad, regels: pl.DataFrame) -> None:
    dood = ijkstad.csv("clienten.csv").select("bsn", datum("overleden_op")).drop_nulls().unique()
    assert dood.height > 100
    schoon = regels.filter(~pl.col("vuil")).join(dood, on="bsn")
    assert schoon.filter(pl.col("begindatum") > pl.col("overleden_op")).height == 0
    stop = ijkstad.csv("stops_*.csv").filter(pl.col("reden_beeindiging") == "02")
    assert set(stop["bsn"]) <= set(dood["bsn"])
