"""Separator, encoding, decimal mark and dates are recognised from the sample, shown, or refused."""

import random
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.containers import Bron
from etl.errors import RefusedError
from etl.extracts import read_extract
from etl.files import Bestand
from etl.key import Sleutel
from etl.reasons import describe
from etl.recognise_table import Extract, recognise_table
from etl.settings import Instellingen
from etl.tables import conform
from etl.vorm import ISO, NEDERLANDS, Datumvorm, as_dutch, read_day
from etl.wijken import Wijktabel
from tests.etl.conftest import Laad, rows, the_file
from tests.etl.maken import BSN_1, BSN_2, DECLARATIEKOP, csv, declaratieregel
from tests.etl.tabellen import DATUMS, TWEE, Rij, as_csv, as_parquet, as_xlsx, line


def read(data: bytes) -> tuple[pl.DataFrame, Bestand]:
    """Rows of declaratieregel as the lake has them, without what tells the file apart."""
    bron = Bron.in_memory("d", data)
    soort = recognise_table(bron, Instellingen())
    assert isinstance(soort, Extract)
    if soort.fout:
        raise soort.fout
    bestand = Bestand("d", "0" * 64, soort="extract", berichttype="declaratieregels", mapping_versie="1")
    delen = list(read_extract(bron, bestand, soort, Sleutel("s" * 32), Wijktabel.empty()))
    goed = [conform(u["declaratieregel"], "declaratieregel") for u in delen if "declaratieregel" in u]
    return (pl.concat(goed) if goed else pl.DataFrame()), bestand


def test_the_table_itself_is_what_it_should_be() -> None:
    """The values of the other tests of this file, told once by hand."""
    frame, _ = read(as_csv(TWEE))
    assert frame.select("bedrag_cent", "toegekend_cent", "tarief_cent").rows() == [
        (12_345_600, 12_345_600, 1250),
        (-5, -5, 1250),
    ]
    assert frame["periode_begin"].to_list() == [date(2024, 4, 13)] * 2
    assert frame["ontvangen_op"].to_list() == [datetime(2024, 5, 5, 12, 34, 56)] * 2
    assert frame["aanbieder_agb"].to_list() == ["01656055"] * 2
    assert frame["regel_nr"].to_list() == [1, 2]


@pytest.mark.parametrize(
    ("opmaak", "vorm"),
    [
        ({}, ["puntkomma", "UTF-8 met BOM", "decimale komma", "dd-mm-jjjj"]),
        ({"scheiding": ",", "komma": "."}, ["komma", "UTF-8 met BOM", "decimale punt", "dd-mm-jjjj"]),
        ({"scheiding": ","}, ["komma", "UTF-8 met BOM", "decimale komma", "dd-mm-jjjj"]),
        ({"scheiding": "\t", "codering": "utf-8"}, ["tab", "UTF-8", "decimale komma", "dd-mm-jjjj"]),
        ({"scheiding": "|", "codering": "utf-16"}, ["streep", "UTF-16", "decimale komma", "dd-mm-jjjj"]),
        ({"codering": "utf-16-be"}, ["puntkomma", "UTF-16", "decimale komma", "dd-mm-jjjj"]),
        ({"duizend": "."}, ["puntkomma", "UTF-8 met BOM", "decimale komma", "dd-mm-jjjj"]),
        ({"komma": ".", "duizend": ","}, ["puntkomma", "UTF-8 met BOM", "decimale punt", "dd-mm-jjjj"]),
        *(({"datum": d}, ["puntkomma", "UTF-8 met BOM", "decimale komma", d]) for d in DATUMS),
    ],
)
def test_every_form_gives_the_same_rows_and_is_shown(opmaak: dict[str, Any], vorm: list[str]) -> None:
    verwacht, _ = read(as_csv(TWEE))
    frame, bestand = read(as_csv(TWEE, **opmaak))
    assert frame.equals(verwacht)
    assert list(bestand.vorm.values()) == vorm
    assert bestand.status == "geladen" and not bestand.redenen


@pytest.mark.parametrize(
    ("data", "bevinding"),
    [
        (as_csv(TWEE, kaal=True), True),
        (as_xlsx(TWEE), False),
        (as_xlsx(TWEE, getallen=False), False),
        (as_xlsx(TWEE, kaal=True), True),
        (as_xlsx(TWEE, bladen=2), False),
        (as_parquet(TWEE), False),
        (as_parquet(TWEE, als_float=True), False),
        (as_parquet(TWEE, kaal=True), True),
        (as_parquet(TWEE, kaal=True, als_float=True), True),
    ],
)
def test_workbook_and_parquet_give_the_same_rows(data: bytes, bevinding: bool) -> None:
    """Zeros are lost of gemeentecode 0392, AGB 01656055, categorie 02 and eenheid 04; the BSN begins with
    9.
    """
    verwacht, _ = read(as_csv(TWEE))
    frame, bestand = read(data)
    assert frame.equals(verwacht)
    kwijt = ("gemeentecode", "aanbieder_agb", "productcategorie", "eenheid")
    assert bestand.redenen == ({f"bevinding:voorloopnullen:{k}": 2 for k in kwijt} if bevinding else {})


lijst = st.lists(
    st.tuples(
        st.integers(0, 10**9), st.sampled_from("DC"), st.sampled_from([BSN_1, BSN_2]),
        st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    ),
    min_size=1,
    max_size=25,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(lijst, st.integers(0, 10**6))
def test_any_form_gives_the_rows_of_the_plain_one(
    regels: list[tuple[int, str, str, date]], zaad: int
) -> None:
    """Whatever the amounts, days, form and order of columns: the same rows, or a refusal because the days
    prove nothing.
    """
    kans = random.Random(zaad)
    rijen: list[Rij] = [line(f"R{n}", c, dc, b, d) for n, (c, dc, b, d) in enumerate(regels)]
    verwacht, _ = read(as_csv(rijen))
    namen = list(rijen[0])
    kans.shuffle(namen)
    geschud = [{n: r[n] for n in namen} for r in rijen]
    komma, duizend = kans.choice([(",", ""), (",", "."), (".", ""), (".", ",")])
    vormen = [
        as_csv(
            geschud,
            scheiding=kans.choice(";,\t|"),
            komma=komma,
            duizend=duizend,
            datum=kans.choice([d for d in DATUMS if d != "dd-mm-jj"]),
            codering=kans.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
            kaal=kans.random() < 0.3,
        ),
        as_xlsx(geschud, getallen=kans.random() < 0.7, kaal=kans.random() < 0.3),
        as_parquet(geschud, kaal=kans.random() < 0.3, als_float=kans.random() < 0.5),
    ]
    for data in vormen:
        frame, bestand = read(data)
        assert frame.equals(verwacht), bestand.vorm
        assert bestand.regels == len(rijen)


# -- days ----------------------------------------------------------------------------------------------------


def table(dagen: list[tuple[str, str]], bedragen: list[str] | None = None) -> bytes:
    """Lines with these texts for begin and end; received in a form that proves nothing."""
    regels = [declaratieregel(f"R{n}", begin=b) for n, (b, _) in enumerate(dagen)]
    regels = [r.replace("30-04-2024", e) for r, (_, e) in zip(regels, dagen, strict=True)]
    for n, bedrag in enumerate(bedragen or []):
        regels[n] = regels[n].replace("12,50", "12").replace("50,00", bedrag)
    return csv(DECLARATIEKOP, *regels)


def test_day_or_month_first_is_decided_by_the_whole_sample() -> None:
    """04/01/2024 is 1 April where another column or line can only be month first."""
    frame, bestand = read(table([("04/01/2024", "04/30/2024"), ("05/01/2024", "05/31/2024")]))
    assert frame["periode_begin"].to_list() == [date(2024, 4, 1), date(2024, 5, 1)]
    assert frame["periode_eind"].to_list() == [date(2024, 4, 30), date(2024, 5, 31)]
    assert "mm/dd/jjjj" in bestand.vorm["datum"]


def test_the_dutch_form_wins_where_nothing_speaks_against_it() -> None:
    frame, _ = read(table([("04/01/2024", "05/02/2024")]))
    assert frame["periode_begin"].to_list() == [date(2024, 1, 4)]


@pytest.mark.parametrize(
    "dagen",
    [
        [("04/13/2024", "30-04-2024"), ("13/04/2024", "30-04-2024")],
        # Excel turned the days that it could read, and left the others as text.
        [("4-5-2024", "30-04-2024"), ("04/25/2024", "30-04-2024"), ("25-4-2024", "30-04-2024")],
        # Two columns that prove the opposite, and a third that proves nothing.
        [("04/13/2024", "30/04/2024")],
    ],
)
def test_contradicting_days_refuse_the_file(dagen: list[tuple[str, str]]) -> None:
    with pytest.raises(RefusedError, match="datumvorm") as fout:
        read(table(dagen).replace(b"05-05-2024", b"05/05/2024").replace(b"15-05-2024", b"05/05/2024"))
    assert "dag of de maand" in describe(fout.value.reden)


def test_a_contradiction_in_a_later_block_refuses_the_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    dagen = [("04/01/2024", "04/02/2024")] * 300 + [("04/13/2024", "04/02/2024")]
    monkeypatch.setattr("etl.csv_read.BLOK", 4096)
    monkeypatch.setattr("etl.csv_read.CsvLezer.__init__.__defaults__", (4096,))
    with pytest.raises(RefusedError, match="datumvorm"):
        read(table(dagen))


@pytest.mark.parametrize("dag", ["24-04-01", "01-05-98"])
def test_a_century_is_not_guessed(dag: str) -> None:
    with pytest.raises(RefusedError, match="datum_eeuw"):
        read(table([(dag, "30-04-2024")]))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(set(DATUMS) - {"dd-mm-jj"})))
def test_a_day_is_read_back_in_its_form_and_in_no_other(dag: date, naam: str) -> None:
    tekst = dag.strftime(DATUMS[naam])
    vormen = {
        "dd-mm-jjjj": NEDERLANDS, "jjjj-mm-dd": ISO, "dd/mm/jjjj": Datumvorm("dmj", "/"),
        "mm/dd/jjjj": Datumvorm("mdj", "/"), "jjjjmmdd": Datumvorm("kaal", ""),
        "dd.mm.jjjj": Datumvorm("dmj", "."),
    }  # fmt: skip
    assert vormen[naam].woorden == naam
    assert read_day(tekst, vormen[naam]) == dag
    assert as_dutch(f"{tekst}T07:08", [vormen[naam]]) == f"{dag:%d-%m-%Y} 07:08:00"
    vreemd = [v for n, v in vormen.items() if n != naam and {n, naam} != {"dd/mm/jjjj", "mm/dd/jjjj"}]
    assert as_dutch(tekst, vreemd) == "?"


# -- amounts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bedragen", "centen"),
    [
        (["1.234", "12,50"], [123_400, 1250]),
        (["1,234", "12.50"], [123_400, 1250]),
        (["1.234", "12"], [123_400, 1200]),
        (["1.234.567", "1.234"], [123_456_700, 123_400]),
        (["12.3400", "7"], [1234, 700]),
        (["1234,5000", "0,05"], [123_450, 5]),
    ],
)
def test_a_mark_before_three_digits_is_read_as_the_others_prove(
    bedragen: list[str], centen: list[int]
) -> None:
    frame, _ = read(table([("01-04-2024", "30-04-2024")] * len(bedragen), bedragen))
    assert frame["bedrag_cent"].to_list() == centen


@pytest.mark.parametrize(
    "bedragen", [["1.234", "1,234"], ["1.234", "12,50", "12.50", "13,50"], ["62,150", "1,053"]]
)
def test_amounts_that_may_be_either_refuse_the_file(bedragen: list[str]) -> None:
    with pytest.raises(RefusedError, match="getalvorm"):
        read(table([("01-04-2024", "30-04-2024")] * len(bedragen), bedragen))


# -- text ----------------------------------------------------------------------------------------------------


def test_quoted_text_holds_separators_quotes_and_line_ends(tmp_path: Path, laad: Laad, lake: Path) -> None:
    kop = "gemeentecode;aanbieder_agb;naam;concern;soort;peildatum"
    regels = [
        '0392;65656055;"Zorg; ""de Brug""\nHaarlem";;x;01-01-2026',
        '0392;65656056;"Een losse " in de tekst";;x;01-01-2026',
        '0392;65656057;"Niet gesloten;;x;01-01-2026',
        "0392;65656058;Gewoon;;x;01-01-2026",
        "",
        "Totaal;4",
    ]
    (tmp_path / "a.csv").write_bytes(csv(kop, *regels))
    bestand = the_file(laad(tmp_path / "a.csv"), "a.csv")
    assert (bestand["regels"], bestand["redenen"]) == (5, {"kolommen": 3})
    assert rows(lake, "aanbieder").sort("regel_nr").select("regel_nr", "naam").rows() == [
        (1, 'Zorg; "de Brug"\nHaarlem'),
        (4, "Gewoon"),
    ]


def test_columns_are_found_whatever_their_case_spaces_and_underscores() -> None:
    kop, rest = as_csv(TWEE).decode("utf-8-sig").split("\n", 1)
    anders = kop.upper().replace("REFERENTIENUMMER", "Referentie Nummer", 1).replace("_", " ")
    assert read(f"{anders}\n{rest}".encode())[0].equals(read(as_csv(TWEE))[0])


def test_excel_says_its_separator_in_a_line_before_the_header() -> None:
    data = b"sep=,\r\n" + as_csv(TWEE, scheiding=",", komma=".", codering="utf-8").replace(b"\n", b"\r\n")
    assert read(data)[0].equals(read(as_csv(TWEE))[0])


def test_scientific_notation_is_not_guessed_at() -> None:
    regels = [declaratieregel("R1"), declaratieregel("1,23E+08"), declaratieregel("R3", bsn="9,999E+08")]
    regels.append(declaratieregel("REF45E04"))
    frame, bestand = read(csv(DECLARATIEKOP, *regels))
    assert bestand.redenen == {"wetenschappelijk:referentienummer": 1, "wetenschappelijk:bsn": 1}
    assert "1,23E+08" in describe("wetenschappelijk:bsn")
    assert frame["referentienummer"].to_list() == ["R1", "REF45E04"]


def test_a_bsn_that_is_too_short_is_no_bsn_that_lost_zeros() -> None:
    """No BSN begins with three zeros; 99 begins the test range, so a real shape is used: 012345672."""
    regels = [declaratieregel("R1", bsn="12345672"), declaratieregel("R2", bsn="123456")]
    frame, bestand = read(csv(DECLARATIEKOP, *regels))
    assert bestand.redenen == {"bevinding:voorloopnullen:bsn": 1, "type:bsn": 1}
    assert frame.height == 1


def test_form_is_in_json_and_in_the_log(tmp_path: Path, laad: Laad, lake: Path) -> None:
    (tmp_path / "d.csv").write_bytes(as_csv(TWEE, codering="cp1252"))
    (tmp_path / "c.csv").write_bytes(
        "gemeentecode;aanbieder_agb;naam;concern;soort;peildatum\n0392;65656055;Café;;x;01-01-2026\n".encode(
            "cp1252"
        )
    )
    verslag = laad(tmp_path)
    assert the_file(verslag, "c.csv")["vorm"] == {
        "scheiding": "puntkomma", "codering": "Windows-1252", "datum": "dd-mm-jjjj"
    }  # fmt: skip
    log = {r["naam"]: r["toelichting"] for r in rows(lake, "laadlog").to_dicts()}
    assert log["c.csv"] == "puntkomma, Windows-1252, dd-mm-jjjj"
    assert log["d.csv"] == "puntkomma, UTF-8, decimale komma, dd-mm-jjjj"


# -- what a spreadsheet adds -------------------------------------------------------------------------------


@pytest.mark.parametrize("aangehaald", [False, True])
@pytest.mark.parametrize("onder", [";" * 20, "", " "])
def test_row_of_nothing_but_separators_is_no_row(onder: str, aangehaald: bool) -> None:
    """As Excel writes a row that was emptied; the row after it keeps its ordinal."""
    twee = declaratieregel("R2").replace(";DN1;", ';"DN1";' if aangehaald else ";DN1;")
    frame, bestand = read(csv(DECLARATIEKOP, declaratieregel("R1"), onder, twee, onder))
    assert frame["regel_nr"].to_list() == [1, 2]
    assert (bestand.status, bestand.regels) == ("geladen", 2)


@pytest.mark.parametrize("volume", ["4", "4,00", "4,0", "4.00", "4.0"])
def test_whole_number_written_with_decimals_is_that_number(volume: str) -> None:
    frame, bestand = read(csv(DECLARATIEKOP, declaratieregel("R1").replace(";4;04;", f";{volume};04;")))
    assert frame["volume"].to_list() == [4] and not bestand.redenen


@pytest.mark.parametrize("volume", ["4,50", "4,000", "4.5"])
def test_other_decimals_of_a_whole_number_are_told(volume: str) -> None:
    frame, bestand = read(csv(DECLARATIEKOP, declaratieregel("R1").replace(";4;04;", f";{volume};04;")))
    assert frame["volume"].to_list() == [None] and bestand.redenen == {"bevinding:type:volume": 1}
