"""The same city as messages and as extracts tells the same: versions, starts, stops, lines and their fate."""

from collections import Counter
from collections.abc import Iterator

import polars as pl
import pytest
from lxml import etree

from tests.sample_data.conftest import Stad, make
from tests.sample_data.hulp import lees_regels

pytestmark = pytest.mark.xdist_group("sample_data")
NL, ISO = "%d-%m-%Y", "%Y-%m-%d"


@pytest.fixture(scope="module")
def als_extract(tmp_path_factory: pytest.TempPathFactory) -> Stad:
    """The city of ``op_papier`` by extracts."""
    return make(tmp_path_factory.mktemp("extract"), 900, "2020-07", "2021-05", "extracts")


def _wet(naam: str) -> str:
    return "Wmo" if naam.startswith("WMO") else "Jeugdwet"


def _iso(df: pl.DataFrame, *kolommen: str) -> pl.DataFrame:
    return df.with_columns(pl.col(k).str.to_date(NL).dt.strftime(ISO) for k in kolommen)


def test_every_version_is_in_a_301(op_papier: Stad, als_extract: Stad) -> None:
    """A version = number and moment of toewijzen; it says the same, repeats without RedenWijziging aside."""
    gezien: dict[tuple[str, str | None, str], set[tuple[str | None, ...]]] = {}
    redenen: dict[tuple[str, str | None, str], set[str | None]] = {}
    for naam, boom in op_papier.bomen("301_"):
        for p in boom.iter("ToegewezenProduct"):
            sleutel = (
                _wet(naam),
                p.findtext("ToewijzingNummer"),
                f"{p.findtext('Toewijzingsdatum')} {p.findtext('Toewijzingstijd')}",
            )
            inhoud = (
                boom.findtext("Client/Bsn"),
                boom.findtext("Header/Ontvanger"),
                p.findtext("Product/Categorie"),
                p.findtext("Product/Code"),
                p.findtext("Ingangsdatum"),
                p.findtext("Einddatum"),
                p.findtext("Omvang/Volume"),
                p.findtext("Omvang/Eenheid"),
                p.findtext("Omvang/Frequentie"),
            )
            gezien.setdefault(sleutel, set()).add(inhoud)
            redenen.setdefault(sleutel, set()).add(p.findtext("RedenWijziging"))
    t = _iso(als_extract.csv("toewijzingen_*.csv"), "ingangsdatum", "einddatum").with_columns(
        op=pl.col("toegewezen_op").str.to_datetime("%d-%m-%Y %H:%M:%S").dt.strftime("%Y-%m-%d %H:%M:%S")
    )
    verwacht = {
        (r["wet"], r["toewijzingnummer"], r["op"]): (
            r["bsn"],
            r["aanbieder_agb"],
            r["productcategorie"],
            r["productcode"],
            r["ingangsdatum"],
            r["einddatum"],
            r["volume"],
            r["eenheid"],
            r["frequentie"],
        )
        for r in t.iter_rows(named=True)
    }
    assert gezien.keys() == verwacht.keys()
    assert all(gezien[k] == {v} for k, v in verwacht.items())
    for r in t.iter_rows(named=True):
        assert r["reden_wijziging"] in redenen[r["wet"], r["toewijzingnummer"], r["op"]]
    assert any(len(v) == 2 for v in redenen.values())  # unchanged repeats exist


def _regie(stad: Stad, soort: str) -> Iterator[tuple[str, str, etree._Element, etree._Element]]:
    for naam, boom in stad.bomen(f"{soort}_"):
        for p in boom.iter("StartProduct", "StopProduct"):
            yield naam, _wet(naam), boom, p


def test_starts_and_stops_are_the_same(op_papier: Stad, als_extract: Stad) -> None:
    """After applying deletions (status 3) the messages hold the starts of the extract, and all its stops."""
    over: dict[tuple[str | None, ...], int] = {}
    for _, wet, boom, p in _regie(op_papier, "305"):
        sleutel = (
            wet,
            boom.findtext("Header/Afzender"),
            boom.findtext("Client/Bsn"),
            p.findtext("ToewijzingNummer"),
            p.findtext("Product/Code"),
            p.findtext("Begindatum"),
        )
        over[sleutel] = over.get(sleutel, 0) + (1 if p.findtext("StatusAanlevering") == "1" else -1)
    assert sum(n == 0 for n in over.values()) > 0
    s = _iso(als_extract.csv("starts_*.csv"), "begindatum")
    verwacht = set(
        s.select("wet", "aanbieder_agb", "bsn", "toewijzingnummer", "productcode", "begindatum").rows()
    )
    # deleting a start that has a stop, or that was never sent, is a fault of messages alone
    mis = {
        soort: {
            (b["wet"], b["aanbieder"], str(b["toewijzingnummer"]))
            for b in op_papier.verwacht["fouten"]["bijzonder"]
            if b["soort"] == soort
        }
        for soort in ("start verwijderd na stop", "verwijdering zonder start")
    }
    weg = {k for k, n in over.items() if n == 0 and k in verwacht}
    assert {(k[0], k[1], k[3]) for k in weg} == mis["start verwijderd na stop"]
    assert {(k[0], k[1], k[3]) for k, n in over.items() if n < 0} == mis["verwijdering zonder start"]
    assert all(mis.values())
    assert {k for k, n in over.items() if n >= 1} | weg == verwacht
    nogmaals = {
        soort: sorted(
            (b["wet"], b["aanbieder"], str(b["toewijzingnummer"]))
            for b in op_papier.verwacht["fouten"]["bijzonder"]
            if b["soort"] == soort
        )
        for soort in ("start nogmaals", "stop nogmaals")
    }
    assert sorted((k[0], k[1], k[3]) for k, n in over.items() if n > 1) == nogmaals["start nogmaals"]
    assert all(nogmaals.values())
    stops = [
        (
            wet,
            boom.findtext("Client/Bsn"),
            p.findtext("ToewijzingNummer"),
            p.findtext("Begindatum"),
            p.findtext("RedenBeeindiging"),
            p.findtext("Einddatum"),
        )
        for _, wet, boom, p in _regie(op_papier, "307")
    ]
    s = _iso(als_extract.csv("stops_*.csv"), "begindatum", "einddatum")
    dubbel = sorted((k[0], k[2]) for k, n in Counter(stops).items() if n > 1)
    assert dubbel == [(wet, nummer) for wet, _, nummer in nogmaals["stop nogmaals"]]
    assert set(stops) == set(
        s.select("wet", "bsn", "toewijzingnummer", "begindatum", "reden_beeindiging", "einddatum").rows()
    )


def test_lines_and_their_fate_are_the_same(op_papier: Stad, als_extract: Stad) -> None:
    """A line of a 323 or 303 is rejected when the answer lists it or refuses the whole; else approved."""
    heel: dict[tuple[str, str, str | None], bool] = {}
    af: set[tuple[str, str | None, str | None]] = set()
    for naam, boom in op_papier.bomen("325_"):
        agb, bericht = (
            boom.findtext("Header/Ontvanger"),
            boom.findtext("Header/DeclaratieIdentificatie/Identificatie"),
        )
        code = boom.findtext("DeclaratieAntwoord/RetourCodes/RetourCode")
        heel[_wet(naam), agb or "", bericht] = code in (None, "9333")
        af |= {
            (_wet(naam), agb, p.findtext("ProductReferentie/ReferentieNummer"))
            for p in boom.iter("Prestatie")
        }
    for naam, boom in op_papier.bomen("304_"):
        agb = boom.findtext("Header/Aanbieder")
        nummer = boom.findtext("Header/DeclaratieFactuurIdentificatie/DeclarantFactuurNummer")
        code = boom.findtext("Header/RetourCodes/RetourCode")
        heel[_wet(naam), agb or "", nummer] = code not in ("8001", "0200")
        af |= {
            (_wet(naam), agb, p.findtext("ProductReferentie/ReferentieNummer"))
            for p in boom.iter("Prestatie")
        }
    uit: dict[tuple[str, str, str | None], tuple[str | None, str | None, str]] = {}
    for naam, boom in op_papier.bomen("3_"):
        soort = naam.split("_")[0][-3:]
        if soort not in ("303", "323") or naam.endswith("_2.xml"):
            continue
        agb = boom.findtext("Header/Afzender" if soort == "323" else "Header/Aanbieder") or ""
        nummer = boom.findtext("Header/BerichtIdentificatie/Identificatie") or boom.findtext(
            "Header/DeclaratieFactuurIdentificatie/DeclarantFactuurNummer"
        )
        bericht = (_wet(naam), agb, nummer)
        for c in boom.iter("Client"):
            for p in c.iter("Prestatie"):
                ref = p.findtext("ProductReferentie/ReferentieNummer")
                status = "in behandeling"
                if bericht in heel:
                    status = "afgekeurd" if heel[bericht] or (bericht[0], agb, ref) in af else "goedgekeurd"
                uit[bericht[0], agb, ref] = (c.findtext("Bsn"), p.findtext("ToewijzingNummer"), status)
    r = lees_regels(als_extract.csv("declaratieregels_*.csv"))
    verwacht = {
        (x["wet"], x["aanbieder_agb"], x["referentienummer"]): (
            x["bsn"],
            str(x["toewijzingnummer"]),
            x["status"],
        )
        for x in r.iter_rows(named=True)
    }
    # a line with the number of an earlier one (TR314) goes by its own in the extract
    for b in op_papier.verwacht["fouten"]["bijzonder"]:
        if b.get("regel") == "TR314":
            eigen = (b["wet"], b["aanbieder"], b["in_extract"])
            assert eigen not in uit
            uit[eigen] = verwacht[eigen]
            uit[b["wet"], b["aanbieder"], b["referentienummer"]] = verwacht[
                b["wet"], b["aanbieder"], b["referentienummer"]
            ]
    assert uit == verwacht
    assert {x[2] for x in uit.values()} == {"goedgekeurd", "afgekeurd", "in behandeling"}
