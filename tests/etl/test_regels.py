"""Which line is kept, which is set apart, and what is only reported."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.files import Bestand
from etl.key import Sleutel
from etl.messages import Groep, GroepLezer
from etl.recognise import Bericht, recognise_message
from etl.wijken import Wijktabel
from etl.xml_read import require_whole, to_utf8
from tests.etl.conftest import Laad, rows, the_file
from tests.etl.maken import BSN_1, BSN_2, client, declaratie, prestatie, start, toewijzing


def read_alone(tekst: str) -> tuple[Bestand, dict[str, int]]:
    """One message through the gate: its file, and the cents in the lake's and the quarantine's rows."""
    soort = recognise_message(to_utf8(tekst.encode()))
    assert isinstance(soort, Bericht) and soort.mapping is not None
    require_whole(soort.tekst)
    bestand = Bestand(
        "a.xml", "0" * 64, "bericht", soort.standaard, soort.release, soort.berichttype, soort.wet
    )
    groep = Groep(soort.mapping, soort.standaard, soort.release, [bestand], [soort.tekst])
    uit = GroepLezer(groep, Sleutel("s" * 32), Wijktabel.empty()).read()
    cent = {
        t: sum(int(f["bedrag_cent"].sum()) for f in uit.get(t, []))
        for t in ("declaratieregel", "quarantaine")
    }
    return bestand, cent


@pytest.mark.parametrize(
    ("was", "wordt", "reden"),
    [
        (f"<m:Bsn>{BSN_1}</m:Bsn>", "<m:Bsn></m:Bsn>", "ontbreekt:bsn"),
        (f"<m:Bsn>{BSN_1}</m:Bsn>", "<m:Bsn>12 34</m:Bsn>", "type:bsn"),
        ("<b:ReferentieNummer>R1</b:ReferentieNummer>", "", "ontbreekt:referentienummer"),
        ("<m:ToewijzingNummer>101<", "<m:ToewijzingNummer>x<", "type:toewijzing_nummer"),
        ("<b:Begindatum>2026-04-01</b:Begindatum><b:Einddatum>2026-04-30</b:Einddatum></m:ProductPeriode>",
         "<b:Einddatum>2026-04-30</b:Einddatum></m:ProductPeriode>", "ontbreekt:periode_begin"),
        ("<b:Bedrag>5000</b:Bedrag>", "<b:Bedrag>50.00</b:Bedrag>", "type:bedrag_cent"),
        ("<b:Bedrag>5000</b:Bedrag>", "<b:Bedrag>-5000</b:Bedrag>", "type:bedrag_cent"),
        ("<b:Bedrag>5000</b:Bedrag>", "", "ontbreekt:bedrag_cent"),
        ("<b:DebetCredit>D</b:DebetCredit></m:IngediendBedrag>",
         "<b:DebetCredit>d</b:DebetCredit></m:IngediendBedrag>", "type:debet_credit"),
    ],
)  # fmt: skip
def test_unreadable_line_is_set_apart_with_its_reason(was: str, wordt: str, reden: str) -> None:
    tekst = declaratie(
        client(BSN_1, prestatie("R1")), client(BSN_2, prestatie("R2", 700, tarief="175")), totaal=5700
    )
    assert was in tekst
    bestand, cent = read_alone(tekst.replace(was, wordt, 1))
    zonder = "bedrag_cent" in reden or "debet_credit" in reden
    assert (bestand.status, bestand.regels, bestand.regels_geladen) == ("deels", 2, 1)
    assert bestand.redenen[reden] == 1
    assert bestand.regels_zonder_bedrag == int(zonder)
    assert cent == {"declaratieregel": 700, "quarantaine": 0 if zonder else 5000}
    assert bestand.bedrag_cent == 5700
    missend = bestand.bedrag_cent - bestand.bedrag_geladen_cent - bestand.bedrag_quarantaine_cent
    assert missend == (5000 if zonder else 0), "what cannot be read shows as the difference with the header"


@pytest.mark.parametrize(
    ("was", "wordt", "reden"),
    [
        ("<m:Eenheid>04</m:Eenheid>", "<m:Eenheid>99</m:Eenheid>", "codelijst:eenheid"),
        (
            "<m:ProductCode>02A03</m:ProductCode>",
            "<m:ProductCode>02A03XYZ</m:ProductCode>",
            "lengte:productcode",
        ),
        ("<m:ProductCategorie>02<", "<m:ProductCategorie>77<", "codelijst:productcategorie"),
        ("<m:GeleverdVolume>4<", "<m:GeleverdVolume>vier<", "type:volume"),
        ("<m:ProductTarief>1250<", "<m:ProductTarief>12,50<", "type:tarief_cent"),
        ("<b:TotaalBedrag>5700<", "<b:TotaalBedrag>5701<", "TR358"),
        (">484<", ">485<", "berichtcode"),
        ("<m:DeclaratieNummer>DB1</m:DeclaratieNummer>", "", "ontbreekt:declaratienummer"),
    ],
)
def test_readable_line_against_a_rule_is_kept_and_reported(was: str, wordt: str, reden: str) -> None:
    tekst = declaratie(
        client(BSN_1, prestatie("R1")), client(BSN_2, prestatie("R2", 700, tarief="175")), totaal=5700
    )
    assert was in tekst
    bestand, cent = read_alone(tekst.replace(was, wordt, 1))
    assert (bestand.status, bestand.regels_geladen) == ("geladen", 2)
    assert dict(bestand.redenen) == {f"bevinding:{reden}": 1}
    assert cent["declaratieregel"] == 5700 == bestand.bedrag_cent


@pytest.mark.parametrize(
    ("was", "wordt", "reden"),
    [
        ("<m:Afzender>65656055<", "<m:Afzender>iets<", "kop_type:afzender"),
        ("<m:Ontvanger>0392</m:Ontvanger>", "", "kop_ontbreekt:ontvanger"),
        ("<b:Dagtekening>2026-05-06<", "<b:Dagtekening>06-05-2026<", "kop_type:dagtekening"),
        ("<b:Identificatie>B1</b:Identificatie>", "", "kop_ontbreekt:identificatie"),
    ],
)
def test_header_that_cannot_be_read_refuses_the_file(
    was: str, wordt: str, reden: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    tekst = declaratie(client(BSN_1, prestatie("R1")), totaal=5000)
    assert was in tekst
    (tmp_path / "a.xml").write_text(tekst.replace(was, wordt, 1))
    (tmp_path / "b.xml").write_text(declaratie(client(BSN_1, prestatie("R2")), totaal=5000, nummer="B2"))
    verslag = laad(tmp_path)
    assert the_file(verslag, "a.xml")["redenen"] == {reden: 1}
    assert the_file(verslag, "a.xml")["status"] == "geweigerd"
    assert the_file(verslag, "a.xml")["regels"] == 0
    assert rows(lake, "declaratieregel")["referentienummer"].to_list() == ["R2"]
    assert rows(lake, "bericht").sort("status")["status"].to_list() == ["geladen", "geweigerd"]


def test_message_without_a_single_line_is_refused(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "a.xml").write_text(declaratie(totaal=0))
    (tmp_path / "b.xml").write_text(start(BSN_1))
    assert {tuple(b["redenen"]) for b in laad(tmp_path)["files"]} == {("geen_regels",)}


def test_unknown_birth_date_gives_no_year(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """DatumGebruik 3 = everything unknown, then the standard writes 1900-01-01 (NASLAG 2.8)."""
    gebruik = "<b:Datum>1900-01-01</b:Datum><b:DatumGebruik>3</b:DatumGebruik>"
    (tmp_path / "a.xml").write_text(toewijzing(BSN_1, 7).replace("<b:Datum>1967-08-13</b:Datum>", gebruik))
    laad(tmp_path / "a.xml")
    assert rows(lake, "client")["geboortejaar"].to_list() == [None]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 99_999_999),
            st.sampled_from("DC"),
            st.sampled_from(["", "bedrag", "teken", "datum", "ref", "volume"]),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_lines_and_cents_in_are_kept_plus_quarantined(regels: list[tuple[int, str, str]]) -> None:
    """For any damage: lines add up, and so do the cents of every line whose amount and sign can be read."""
    stukken, leesbaar, onleesbaar, stuk = [], 0, 0, 0
    for n, (cent, dc, schade) in enumerate(regels):
        stukken.append(
            prestatie(
                "" if schade == "ref" else f"R{n}",
                "x" if schade == "bedrag" else cent,
                "?" if schade == "teken" else dc,
                "veel" if schade == "volume" else 4,
                begin="morgen" if schade == "datum" else "2026-04-01",
            )
        )
        onleesbaar += schade in ("bedrag", "teken")
        stuk += schade in ("bedrag", "teken", "datum", "ref")
        leesbaar += 0 if schade in ("bedrag", "teken") else cent if dc == "D" else -cent
    bestand, gevonden = read_alone(declaratie(client(BSN_1, *stukken), totaal=123))
    assert (bestand.regels, bestand.regels_quarantaine) == (len(regels), stuk)
    assert bestand.regels == bestand.regels_geladen + bestand.regels_quarantaine
    assert bestand.regels_zonder_bedrag == onleesbaar
    assert bestand.bedrag_geladen_cent + bestand.bedrag_quarantaine_cent == leesbaar
    assert gevonden == {
        "declaratieregel": bestand.bedrag_geladen_cent,
        "quarantaine": bestand.bedrag_quarantaine_cent,
    }
    assert bestand.bedrag_cent == (123 if onleesbaar else leesbaar)
