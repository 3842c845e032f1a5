"""The rules one message decides: each broken once and kept once at its border; rows and counts agree."""

import random
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.fields import raw
from etl.files import Bestand
from etl.key import Sleutel
from etl.mapping import read_shapes
from etl.messages import Groep, GroepLezer
from etl.recognise import Bericht, recognise_message
from etl.regels import REGELS, Soort, rules_for
from etl.tables import TABELLEN
from etl.wijken import Wijktabel
from tests.etl.conftest import Laad, rows, the_file
from tests.etl.maken import BSN_1, BSN_2, antwoord, client, codes, declaratie, prestatie, start, stop
from tests.etl.maken_vormen import bericht, e, omvang, persoon, product
from tests.etl.test_regels import read_alone

MEI = {"begin": "2026-04-01", "eind": "2026-05-01"}


def codes_of(tekst: str) -> dict[str, int]:
    """Findings of one message by code; nothing of it is quarantined."""
    bestand, _ = read_alone(tekst)
    assert bestand.status == "geladen" and bestand.regels_quarantaine == 0
    return {reden.removeprefix("bevinding:"): n for reden, n in bestand.redenen.items()}


def een_regel(totaal: int = 5000, **anders: object) -> str:
    """A 323 of April 2026, dated 6 May, with one line: 4 hours of 12,50."""
    return declaratie(client(BSN_1, prestatie("R1", **anders)), totaal=totaal)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verwacht", "anders", "totaal"),
    [
        ({}, {}, 5000),
        ({"CS337": 1, "TR319": 1}, MEI, 5000),
        ({}, {"begin": "2026-04-30", "eind": "2026-04-30"}, 5000),
        ({"TR137": 1}, {"begin": "2026-04-30", "eind": "2026-04-01"}, 5000),
        ({"TR319": 1}, {"begin": "2026-05-01", "eind": "2026-05-01"}, 5000),
        ({}, {"begin": "2021-05-01", "eind": "2021-05-06"}, 5000),
        ({"TR335": 1}, {"begin": "2021-05-01", "eind": "2021-05-05"}, 5000),
        ({"CS100": 1, "TR335": 1}, {"begin": "2020-12-01", "eind": "2020-12-31"}, 5000),
        ({"TR346": 1}, {"cent": 5001}, 5001),
        ({"TR346": 1}, {"volume": 3}, 5000),
        # In minutes: 83 cent is 50,00 an hour rounded; 50 minutes are 4.167 cent, or 4.150 as rounded.
        ({}, {"eenheid": "01", "tarief": "83", "volume": 50, "cent": 4167}, 4167),
        ({}, {"eenheid": "01", "tarief": "83", "volume": 50, "cent": 4150}, 4150),
        ({}, {"eenheid": "01", "tarief": "83", "volume": 50, "cent": 4175}, 4175),
        ({"TR346": 1}, {"eenheid": "01", "tarief": "83", "volume": 50, "cent": 4176}, 4176),
        # Or the tariff of the hour itself: 50 minutes of 50,00 are 4.167 cent.
        ({}, {"eenheid": "01", "tarief": "5000", "volume": 50, "cent": 4167}, 4167),
        ({"TR346": 1}, {"eenheid": "01", "tarief": "5000", "volume": 50, "cent": 4168}, 4168),
        ({}, {"eenheid": "83", "tarief": "", "volume": 5000}, 5000),
        ({"CS339": 1}, {"eenheid": "83", "tarief": "", "volume": 4999}, 5000),
        ({"CD087": 1}, {"eenheid": "83", "volume": 5000}, 5000),
        ({"CD087": 1}, {"tarief": ""}, 5000),
        ({"CD060": 1}, {"dc": "C"}, -5000),
        ({"CD060": 1}, {"vorig": "R0"}, 5000),
        ({}, {"dc": "C", "vorig": "R0"}, -5000),
        ({"CS325": 1}, {"cent": 0, "volume": 0, "dc": "C", "vorig": "R0"}, 0),
        ({}, {"cent": 0, "volume": 0}, 0),
        ({"TR358": 1}, {}, 4999),
        ({"TR358": 1}, {}, -5000),
    ],
)  # fmt: skip
def test_rules_of_a_declaration(verwacht: dict[str, int], anders: dict[str, object], totaal: int) -> None:
    assert codes_of(een_regel(totaal, **anders)) == verwacht


@pytest.mark.parametrize(
    ("was", "wordt", "verwacht"),
    [
        ("2026-04-30</b:Einddatum></m:DeclaratiePeriode>", "2026-04-29</b:Einddatum></m:DeclaratiePeriode>",
         {"CS340": 1, "TR319": 1}),
        ("<m:DeclaratiePeriode><b:Begindatum>2026-04-01", "<m:DeclaratiePeriode><b:Begindatum>2026-03-01",
         {"CS340": 1}),
        ("<m:DeclaratiePeriode><b:Begindatum>2026-04-01", "<m:DeclaratiePeriode><b:Begindatum>2020-12-01",
         {"CS340": 1, "CS100": 1}),
        (f"<m:Bsn>{BSN_1}", "<m:Bsn>999900007", {"CS002": 1}),
    ],
)  # fmt: skip
def test_rules_of_the_header_and_the_bsn(was: str, wordt: str, verwacht: dict[str, int]) -> None:
    assert was in een_regel()
    assert codes_of(een_regel().replace(was, wordt)) == verwacht


def test_each_repeat_of_a_reference_is_one_finding_and_the_message_is_whole(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    """TR314: three times R1 is two repeats, also under another client; R2 is none."""
    tekst = declaratie(
        client(BSN_1, prestatie("R1"), prestatie("R2"), prestatie("R1")),
        client(BSN_2, prestatie("R1")),
        totaal=20000,
    )
    ander = declaratie(client(BSN_1, prestatie("R1")), totaal=5000, nummer="B2")
    (tmp_path / "a.xml").write_text(tekst)
    (tmp_path / "b.xml").write_text(ander)
    verslag = laad(tmp_path)
    assert the_file(verslag, "a.xml")["redenen"] == {"bevinding:TR314": 2}
    assert the_file(verslag, "a.xml")["regels_geladen"] == 4 and verslag["exit"] == 0
    assert the_file(verslag, "b.xml")["redenen"] == {}, "across messages is for the warehouse to say"
    bevinding = rows(lake, "bevinding").sort("regel_nr")
    assert bevinding.select("regel_nr", "referentienummer", "veld", "code", "retourcode").rows() == [
        (3, "R1", "referentienummer", "TR314", "8021"),
        (4, "R1", "referentienummer", "TR314", "8021"),
    ]


@pytest.mark.parametrize(
    ("ingediend", "toegekend", "regels", "verwacht"),
    [
        (8000, 3000, [5000], {}),
        (8000, 3000, [4999], {"TR342": 1}),
        (8000, 8000, [], {}),
        (8000, 3000, [], {"TR342": 1}),
        (8000, 0, [], {}),  # the whole declaration was rejected without naming its lines (IV087)
        (8000, 0, [8000], {}),
        (8000, 0, [7000], {"TR342": 1}),
    ],
)  # fmt: skip
def test_answer_adds_up(ingediend: int, toegekend: int, regels: list[int], verwacht: dict[str, int]) -> None:
    lijnen = [prestatie(f"R{n}", c).replace("</m:Prestatie>", codes("9338") + "</m:Prestatie>")
              for n, c in enumerate(regels)]  # fmt: skip
    klant = client(BSN_1, *lijnen).replace("</m:Client>", codes("0200") + "</m:Client>")
    kern = "<m:DeclaratieAntwoord><m:DeclaratieNummer>DB1</m:DeclaratieNummer>"
    for naam, bedrag in (("Ingediend", ingediend), ("Toegekend", toegekend)):
        kern += (
            f"<m:Totaal{naam}Bedrag><b:TotaalBedrag>{bedrag}</b:TotaalBedrag>"
            f"<b:DebetCredit>D</b:DebetCredit></m:Totaal{naam}Bedrag>"
        )
    kern += (
        (f"<m:Clienten>{klant}</m:Clienten>" if regels else "") + codes("0200") + "</m:DeclaratieAntwoord>"
    )
    assert codes_of(antwoord(("0200",), kern)) == verwacht


def toegewezen(release: str, *inhoud: str, ingang: str = "2026-01-01", eind: str = "2026-12-31") -> str:
    """A 301 of 3.x with one toewijzing."""
    vast = [e("Toewijzingsdatum", "2026-01-01"), e("Toewijzingstijd", "10:00:00"), e("Ingangsdatum", ingang)]
    vast += [e("Einddatum", eind)] if eind else []
    kern = e("ToegewezenProduct", e("ToewijzingNummer", "7"), *vast, *inhoud)
    return bericht("wmo", 301, release, e("Client", persoon(BSN_1), e("ToegewezenProducten", kern)))


SPECIFIEK = (product(), omvang(6, "04", "4"))
BUDGET = e("Budget", 90000)


@pytest.mark.parametrize(
    ("release", "inhoud", "dagen", "verwacht"),
    [
        ("3.2", SPECIFIEK, {}, {}),
        ("3.2", SPECIFIEK, {"eind": ""}, {}),
        ("3.2", SPECIFIEK, {"eind": "2026-01-01"}, {}),
        ("3.2", SPECIFIEK, {"eind": "2025-12-31"}, {"CS003": 1}),
        ("3.2", (product(),), {}, {"CD041": 1}),
        ("3.2", (product(code=""), BUDGET), {}, {}),
        ("3.2", (product(code=""), BUDGET), {"eind": ""}, {"CD075": 1}),
        ("3.2", (BUDGET,), {}, {}),
        ("3.2", (product(code=""),), {}, {}),
        ("3.2", (), {}, {"product_of_budget": 1}),
        ("3.2", (*SPECIFIEK, BUDGET), {}, {"omvang_naast_budget": 1}),
        ("3.2", (product(code=""), omvang(6, "04", "4")), {}, {"omvang_zonder_code": 1}),
        ("3.2", (product(code=""), omvang(6, "04", "4")), {"ingang": "2020-01-01", "eind": "2020-12-31"}, {}),
        ("3.2", (product(), omvang(6, "04", "2")), {"eind": ""}, {"CD076": 1}),
        ("3.1", (product(), omvang(6, "04", "2")), {"eind": ""}, {}),
        ("3.0", (product(), omvang(6, "04", "6")), {"eind": ""}, {"CD076": 1}),
        ("3.2", (product(), omvang(6, "04", "6")), {"eind": ""}, {}),
        ("3.2", (product(), omvang(6, "14", "1")), {}, {"frequentie_per_dag": 1}),
        ("3.2", (product(), omvang(6, "04", "1")), {}, {}),
        ("3.2", (*SPECIFIEK, e("RedenWijziging", "13")), {}, {"verwijderd_met_duur": 1}),
        ("3.2", (*SPECIFIEK, e("RedenWijziging", "13")), {"eind": ""}, {"verwijderd_met_duur": 1}),
        ("3.1", (*SPECIFIEK, e("RedenWijziging", "13")), {"eind": "2026-01-01"}, {}),
        ("3.0", (*SPECIFIEK, e("RedenWijziging", "13")), {}, {"codelijst:reden_wijziging": 1}),
    ],
)  # fmt: skip
def test_rules_of_a_toewijzing(
    release: str, inhoud: tuple[str, ...], dagen: dict[str, str], verwacht: dict[str, int]
) -> None:
    assert codes_of(toegewezen(release, *inhoud, **dagen)) == verwacht


def test_rules_of_start_and_stop() -> None:
    assert codes_of(start(BSN_1, 7).replace("Aanlevering>1<", "Aanlevering>2<")) == {"CS058": 1}
    assert codes_of(start(BSN_1, 7).replace("Aanlevering>1<", "Aanlevering>3<")) == {}
    assert codes_of(stop(BSN_1, 7).replace("2026-06-30", "2026-05-03")) == {}
    laat = stop(BSN_1, 7, 8).replace("2026-06-30", "2026-05-02").replace("Aanlevering>1<", "Aanlevering>9<")
    assert codes_of(laat) == {"CS003": 2, "CS058": 2}


def test_every_rule_finds_its_fields_in_some_message() -> None:
    """A misspelled field would keep a rule silent for ever; `rules_for` leaves out what a message lacks."""

    toegepast = set()
    for (_, release, _), vormen in read_shapes().items():
        for mapping in vormen:
            kop = (
                {v.naam for v in mapping.kop}
                | set(mapping.kop_ook)
                | {"f", "som_cent", "regels", "zonder_bedrag"}
            )
            for uit in mapping.tabellen:
                if uit.niveau in mapping.eenheden:
                    velden = {v.naam for v in mapping.fields_of(uit.niveau)}
                    er = kop | velden | {raw(v) for v in velden}
                    niveaus: tuple[Soort, ...] = ("regel", "kop", "totaal")
                    for niveau in niveaus:
                        toegepast |= {id(r) for r in rules_for(uit.tabel, niveau, release, er)}
    assert [r.code for r in REGELS if id(r) not in toegepast] == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_rows_of_findings_are_the_counted_ones(zaad: int) -> None:
    """For any dirty message: as many rows per code as the file counts, on lines that were kept."""

    kies = random.Random(zaad)
    lijnen = [
        prestatie(
            f"R{kies.randint(1, 4)}",
            kies.choice([5000, 0, 4999, "x"]),
            kies.choice("DDC"),
            kies.choice([4, 4, 3, "vier"]),
            begin=kies.choice(["2026-04-01", "2026-03-31", "gisteren"]),
            eenheid=kies.choice(["04", "04", "83", "01", "99"]),
            tarief=kies.choice(["1250", "1250", "", "12,50"]),
        )
        for _ in range(12)
    ]
    soort = recognise_message(declaratie(client(BSN_1, *lijnen), totaal=kies.choice([5000, 1])).encode())
    assert isinstance(soort, Bericht) and soort.mapping is not None
    bestand = Bestand(
        "a.xml", "0" * 64, "bericht", soort.standaard, soort.release, soort.berichttype, soort.wet
    )

    groep = Groep(soort.mapping, soort.standaard, soort.release, [bestand], [soort.tekst])
    uit = GroepLezer(groep, Sleutel("s" * 32), Wijktabel.empty()).read()
    rijen = pl.concat(uit["bevinding"]) if "bevinding" in uit else pl.DataFrame(schema=TABELLEN["bevinding"])
    per_code = Counter(rijen["code"].to_list())
    geteld_per_code: Counter[str] = Counter()
    for reden, n in bestand.redenen.items():
        if reden.startswith("bevinding:"):
            geteld_per_code[reden.split(":")[1]] += n
    assert per_code == geteld_per_code
    if rijen.height:
        leeg = rijen.select("code", "omschrijving", "retourcode", "bericht_id").null_count()
        assert sum(leeg.row(0)) == 0
    slecht = {n for f in uit.get("quarantaine", []) for n in f["regel_nr"].to_list()}
    assert slecht.isdisjoint(set(rijen["regel_nr"].to_list()))


def test_findings_hold_no_content_and_hide_a_reference_that_tells_a_bsn(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    (tmp_path / "a.xml").write_text(
        declaratie(client(BSN_1, prestatie(f"X{BSN_1}", 4999), prestatie("R2", 4999)), totaal=9998)
    )
    laad(tmp_path / "a.xml")
    bevinding = rows(lake, "bevinding").sort("regel_nr")
    assert bevinding["referentienummer"].to_list() == [None, "R2"]
    assert bevinding["code"].to_list() == ["TR346", "TR346"]
    assert bevinding["omschrijving"].unique().to_list() == ["Het bedrag is niet het volume maal het tarief."]
    assert BSN_1 not in bevinding.write_csv() and "4999" not in bevinding.drop("bericht_id").write_csv()


def test_ten_thousand_findings_of_one_kind_are_all_kept(tmp_path: Path, laad: Laad, lake: Path) -> None:
    n = 12_000
    tekst = declaratie(client(BSN_1, *(prestatie(f"R{i}", 1) for i in range(n))), totaal=n)
    (tmp_path / "a.xml").write_text(tekst)
    assert laad(tmp_path / "a.xml")["files"][0]["redenen"] == {"bevinding:TR346": n}
    assert rows(lake, "bevinding")["regel_nr"].n_unique() == n


@pytest.mark.parametrize("wit", ["  5000\t", "5000&#13;&#10;", "<![CDATA[ 5000 ]]>", "\n5000&#32;"])
def test_white_space_around_a_value_is_no_value(wit: str) -> None:
    assert codes_of(een_regel().replace("<b:Bedrag>5000<", f"<b:Bedrag>{wit}<")) == {}
