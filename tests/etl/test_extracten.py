"""Extracts: what is wrong with a line or a column is told in Dutch, the rest is loaded, nothing is lost."""

import random
from datetime import date, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.containers import Bron
from etl.contract import read_contracts
from etl.csv_read import Blok, CsvLezer
from etl.opmaak import read_layouts
from etl.reasons import describe
from etl.recognise_table import Extract
from etl.tables import TABELLEN
from tests.etl.conftest import Laad, lake_hash, rows, the_file
from tests.etl.maken import BSN_1, BSN_2, DECLARATIEKOP, POSTCODES, csv, declaratieregel


def test_lines_become_signed_cents(tmp_path: Path, laad: Laad, lake: Path) -> None:
    data = csv(
        DECLARATIEKOP,
        declaratieregel("R1", "1.234,5"),
        declaratieregel("R2", "0,05", "C"),
        declaratieregel("R3", "7"),
    )
    (tmp_path / "d.csv").write_bytes(data)
    verslag = laad(tmp_path / "d.csv")
    assert (verslag["exit"], verslag["totaal"]["regels_geladen"]) == (0, 3)
    assert verslag["totaal"]["bedrag_cent"] == 0, (
        "CONTRACT: cents in the report are those of 303 and 323 only"
    )
    regels = rows(lake, "declaratieregel").sort("referentienummer")
    assert regels["bedrag_cent"].to_list() == [123450, -5, 700]
    assert regels["toegekend_cent"].to_list() == [123450, -5, 700]
    assert regels["volume"].to_list() == [4, -4, 4]
    assert regels["tarief_cent"].to_list() == [1250] * 3
    assert regels["beantwoord_op"].to_list() == [datetime(2024, 5, 15)] * 3
    assert regels["regel_nr"].to_list() == [1, 2, 3]
    assert set(regels["bron"]) == {"extract"}
    assert rows(lake, "bericht")["bedrag_cent"].to_list() == [123450 - 5 + 700]


def test_ragged_lines_and_wrong_types_are_quarantined_one_by_one(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    data = csv(
        DECLARATIEKOP,
        declaratieregel("R1"),
        declaratieregel("R2") + ";teveel",
        "te;weinig",
        "",
        declaratieregel("R4", "vijftig"),
        declaratieregel("R5", dc="X"),
        declaratieregel("R6", bsn="12345"),
        declaratieregel("R7", begin="2024-04-01"),
        declaratieregel("R8", begin="31-02-2024"),
        declaratieregel("R9", "-50,00"),
        declaratieregel(""),
        declaratieregel('"R11'),
        declaratieregel('"R;12"'),
    )
    (tmp_path / "d.csv").write_bytes(data)
    verslag = laad(tmp_path / "d.csv")
    bestand = the_file(verslag, "d.csv")
    assert bestand["status"] == "deels" and verslag["exit"] == 1
    assert (bestand["regels"], bestand["regels_geladen"], bestand["regels_quarantaine"]) == (12, 2, 10)
    assert bestand["redenen"] == {
        "kolommen": 3,
        "type:bedrag_cent": 2,
        "type:debet_credit": 1,
        "type:bsn": 1,
        "type:periode_begin": 2,
        "ontbreekt:referentienummer": 1,
    }
    assert sorted(rows(lake, "declaratieregel")["referentienummer"]) == ["R1", "R;12"]
    quarantaine = rows(lake, "quarantaine").sort("regel_nr")
    assert quarantaine.select("regel_nr", "code", "veld").rows()[:3] == [
        (2, "kolommen", None),
        (3, "kolommen", None),
        (4, "type", "bedrag_cent"),
    ]
    assert quarantaine.filter(quarantaine["regel_nr"] == 4)["referentienummer"].to_list() == ["R4"]
    assert "niet te lezen" in quarantaine.filter(quarantaine["regel_nr"] == 4)["omschrijving"][0]


def test_missing_column_is_named(tmp_path: Path, laad: Laad) -> None:
    kop = DECLARATIEKOP.replace(";bedrag;", ";")
    (tmp_path / "d.csv").write_bytes(csv(kop, declaratieregel("R1")))
    (bestand,) = laad(tmp_path / "d.csv")["files"]
    assert (bestand["status"], bestand["redenen"]) == ("geweigerd", {"kolom_ontbreekt:bedrag": 1})
    assert describe("kolom_ontbreekt:bedrag") == "Een kolom van het extract ontbreekt (bedrag)."


def test_column_twice_is_refused_and_a_strange_one_is_left_out(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    (tmp_path / "twee.csv").write_bytes(csv(DECLARATIEKOP + ";bsn", declaratieregel("R1") + ";1"))
    veel = ";naam" + "".join(f";eigen_{n}" for n in range(20))
    regel = declaratieregel("R1") + ";Ganzeveer" + ";x" * 20
    (tmp_path / "extra.csv").write_bytes(csv(DECLARATIEKOP + veel, regel))
    verslag = laad(tmp_path)
    assert the_file(verslag, "twee.csv")["redenen"] == {"kolom_dubbel": 1}
    assert the_file(verslag, "extra.csv")["regels_geladen"] == 1
    assert "naam" not in rows(lake, "declaratieregel").columns


def test_no_useful_text_is_unknown_and_millions_of_columns_do_no_harm(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "a.csv").write_bytes(b"a;b\n1;2\n")
    (tmp_path / "b.csv").write_bytes(b";".join(b"k%d" % n for n in range(1_000_000)) + b"\n1\n")
    (tmp_path / "c.bin").write_bytes(bytes(range(256)) * 50)
    assert {b["status"] for b in laad(tmp_path)["files"]} == {"onbekend"}


def test_windows_text_is_read_and_reported(tmp_path: Path, laad: Laad, lake: Path) -> None:
    kop = "gemeentecode;aanbieder_agb;naam;concern;soort;peildatum"
    tekst = f"{kop}\n0392;65656055;Caf\u00e9 Zorg;;x;01-01-2026\n"
    (tmp_path / "a.csv").write_bytes(tekst.encode("cp1252"))
    verslag = laad(tmp_path / "a.csv")
    assert the_file(verslag, "a.csv")["redenen"] == {"bevinding:windows": 1}
    assert rows(lake, "aanbieder")["naam"].to_list() == ["Caf\u00e9 Zorg"]


def read_blocks(data: bytes, grootte: int = 1 << 20) -> list[Blok]:
    """The blocks of a text with semicolons."""
    (opmaak,) = [o for o in read_layouts(data) if o.scheiding == ";"]
    return list(CsvLezer(Bron.in_memory("x", data), opmaak, grootte).blocks())


def test_line_ends_of_any_kind_give_the_same_lines() -> None:
    for einde in ("\n", "\r\n"):
        blokken = read_blocks(f"a;b{einde}1;2{einde}{einde}3;4".encode())
        assert [r for b in blokken for r in b.frame.rows()] == [("1", "2", 1), ("3", "4", 2)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["1;2", "3;4", "scheef", "5;6;7", "", '"a;b";c', 'x"y;z']), max_size=30),
    st.integers(8, 40),
)
def test_blocks_of_any_size_give_the_same_lines(regels: list[str], grootte: int) -> None:
    data = "\n".join(["a;b", *regels]).encode()

    def read(n: int) -> tuple[list[tuple[object, ...]], list[int]]:
        blokken = read_blocks(data, n)
        return [r for b in blokken for r in b.frame.rows()], [n for b in blokken for n, _ in b.gerafeld]

    heel = read(1 << 20)
    assert read(grootte) == heel
    assert len(heel[0]) + len(heel[1]) == sum(1 for r in regels if r)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_cents_and_lines_in_are_those_kept_plus_quarantined(zaad: int) -> None:
    """Lines are damaged at random; what was written is counted here from the text itself."""
    from etl.extracts import read_extract
    from etl.files import Bestand
    from etl.key import Sleutel
    from etl.wijken import Wijktabel

    kans = random.Random(zaad)
    regels, leesbaar = [], 0
    for n in range(kans.randrange(1, 40)):
        cent, dc = kans.randrange(0, 10**7), kans.choice("DC")
        bedrag = f"{cent // 100},{cent % 100:02d}"
        schade = kans.randrange(6)
        if schade == 1:
            bedrag = kans.choice(["", "x", "1,234", "1e5", "12.34"])
        bsn = kans.choice(["", "1234", "abcdefghi"]) if schade == 2 else kans.choice([BSN_1, BSN_2])
        begin = kans.choice(["", "32-01-2024", "2024"]) if schade == 3 else "01-04-2024"
        regel = declaratieregel(f"R{n}", bedrag, dc, bsn, begin)
        if schade == 4:
            regel += ";"
        regels.append(regel)
        if schade not in (1, 4):
            leesbaar += cent if dc == "D" else -cent
    contract = next(c for c in read_contracts() if c.naam == "declaratieregels")
    bestand = Bestand("d.csv", "0" * 64, soort="extract", berichttype="declaratieregels", mapping_versie="1")
    bron = Bron.in_memory("d.csv", csv(DECLARATIEKOP, *regels))
    uit = list(read_extract(bron, bestand, Extract(contract), Sleutel("s" * 32), Wijktabel.empty()))
    assert bestand.regels == len(regels) == bestand.regels_geladen + bestand.regels_quarantaine
    assert bestand.bedrag_geladen_cent + bestand.bedrag_quarantaine_cent == leesbaar
    in_lake = sum(int(f["bedrag_cent"].sum()) for u in uit for t, f in u.items() if t == "declaratieregel")
    opzij = sum(int(f["bedrag_cent"].sum()) for u in uit for t, f in u.items() if t == "quarantaine")
    assert (in_lake, opzij) == (bestand.bedrag_geladen_cent, bestand.bedrag_quarantaine_cent)
    assert (
        sum(n for r, n in bestand.redenen.items() if not r.startswith("bevinding"))
        == bestand.regels_quarantaine
    )


def test_every_contract_loads_a_line_of_its_own(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """One line per contract, made from its types; the lake table then has that line.

    The contracts of other systems translate codes and look clients up: those have tests of their own.
    """
    contracten = [c for c in read_contracts() if not c.naam.startswith("pdc_")]
    waarden = {
        "Wet": "Wmo", "Gemeente": "0392", "AgbCode": "65656055", "BurgerServicenummer": BSN_1,
        "DatumNL": "01-04-2024",
        "TijdstipNL": "01-04-2024 12:00:00", "MaandNL": "2024-04", "Euro": "12,50", "Kommagetal": "1,5",
        "Geheel": "3", "Jaar": "2024", "Nummer": "101", "Volume": "4", "Status": "goedgekeurd",
        "DebetCredit": "D",
        "Eenheid": "04", "ProductCategorie": "02", "Postcode": "2011AA", "Huisnummer": "1",
    }  # fmt: skip
    for contract in contracten:
        kop = ";".join(k.kolom for k in contract.kolommen)
        regel = ";".join(waarden.get(k.veld.type, "1") for k in contract.kolommen)
        (tmp_path / f"{contract.naam}.csv").write_bytes(csv(kop, regel))
    verslag = laad(tmp_path)
    assert {b["name"]: b["status"] for b in verslag["files"] if b["status"] != "geladen"} == {}
    assert {b["name"] for b in verslag["files"]} == {f"{b['berichttype']}.csv" for b in verslag["files"]}
    for contract in contracten:
        rij = rows(lake, contract.tabel).to_dicts()[0]
        assert set(rij) == set(TABELLEN[contract.tabel])
        gelezen = {v.naam for v in contract.velden} & set(TABELLEN[contract.tabel])
        assert not [k for k in gelezen if rij[k] is None], contract.naam


def test_wijk_by_year_of_delivery(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """2011AA was WK039201 in the table of 2018 and WK039209 in that of 2025."""
    postcodes = csv(
        "gemeentecode;jaar;postcode;wijkcode", "0392;2018;2011AA;WK039201", "0392;2025;2011AA;WK039209"
    )
    kop = (
        "gemeentecode;bsn;geboortedatum;geslacht;postcode;huisnummer;huisletter;toevoeging;soort_adres;adres_van;"
        "adres_tot;overleden_op;peildatum"
    )

    def klant(bsn: str, postcode: str, dag: str, soort: str = "woonadres") -> str:
        return f"0392;{bsn};13-08-1967;1;{postcode};10;a;;{soort};01-01-2020;;;{dag}"

    (tmp_path / "a.csv").write_bytes(
        csv(kop, klant(BSN_1, "2011 aa", "01-06-2024"), klant(BSN_2, "2011AA", "01-06-2026"))
    )
    (tmp_path / "b.csv").write_bytes(
        csv(
            kop,
            klant(BSN_1, "1234ZZ", "01-06-2026"),
            klant(BSN_2, "", "01-06-2026"),
            klant(BSN_2, "2011AA", "01-06-2017", "instelling"),
        )
    )
    (tmp_path / "z_postcode.csv").write_bytes(postcodes)
    assert laad(tmp_path)["waarschuwingen"] == []
    klanten = rows(lake, "client").sort("ontvangen_op", "regel_nr", "bericht_id")
    wijken = klanten.select("ontvangen_op", "wijkcode").rows()
    assert sorted(wijken, key=str) == sorted(
        [
            (datetime(2017, 6, 1), "WK039201"),
            (datetime(2024, 6, 1), "WK039201"),
            (datetime(2026, 6, 1), "WK039209"),
            (datetime(2026, 6, 1), "buiten gemeente"),
            (datetime(2026, 6, 1), "onbekend"),
        ],
        key=str,
    )
    per_wijk = {(r["ontvangen_op"].year, r["wijkcode"]): r for r in klanten.to_dicts()}
    assert per_wijk[(2017, "WK039201")]["huishouden_id"] is None, "an institution is no household"
    assert per_wijk[(2024, "WK039201")]["huishouden_id"] == per_wijk[(2026, "WK039209")]["huishouden_id"]
    assert per_wijk[(2024, "WK039201")]["adres_van"] == date(2020, 1, 1)


def test_without_postcodes_the_report_says_so_and_a_later_load_needs_them_no_more(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    from tests.etl.maken import toewijzing

    (tmp_path / "a.xml").write_text(toewijzing(BSN_1, 7))
    verslag = laad(tmp_path / "a.xml")
    assert "postcode_wijk" in verslag["waarschuwingen"][0]
    assert rows(lake, "client")["wijkcode"].to_list() == ["onbekend"]
    (tmp_path / "p.csv").write_bytes(POSTCODES)
    laad(tmp_path / "p.csv")
    (tmp_path / "b.xml").write_text(toewijzing(BSN_2, 8, nummer="T2", postcode="2012BB"))
    assert laad(tmp_path / "b.xml")["waarschuwingen"] == []
    assert sorted(rows(lake, "client")["wijkcode"]) == ["WK039202", "onbekend"]


def test_same_extract_twice_is_double(tmp_path: Path, laad: Laad, lake: Path) -> None:
    (tmp_path / "d.csv").write_bytes(csv(DECLARATIEKOP, declaratieregel("R1")))
    laad(tmp_path / "d.csv")
    eerst = lake_hash(lake)
    (bestand,) = laad(tmp_path / "d.csv")["files"]
    assert (bestand["status"], bestand["regels_geladen"]) == ("dubbel", 0)
    assert lake_hash(lake) == eerst


def test_a_decision_on_a_control_chart_is_loaded_from_its_day_of_logging(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    kop = "gemeentecode;maat;cel;basis_van;reden;door;vastgelegd_op"
    regel = "0392;realisatie;Wmo|Begeleiding;2024-07;Nieuw contract;contractmanager;15-08-2024"
    (tmp_path / "regelkaart_basis.csv").write_bytes(
        csv(kop, regel, "0392;realisatie;;2024-07;;rol;15-08-2024")
    )
    verslag = laad(tmp_path / "regelkaart_basis.csv")
    # a decision without a reason is none
    assert (verslag["totaal"]["regels_geladen"], verslag["totaal"]["regels_quarantaine"]) == (1, 1)
    gevonden = rows(lake, "regelkaart_basis").to_dicts()[0]
    assert gevonden["basis_van"] == date(2024, 7, 1)
    assert gevonden["ontvangen_op"] == datetime(2024, 8, 15)
    assert (gevonden["cel"], gevonden["basis_reden"], gevonden["door"]) == (
        "Wmo|Begeleiding",
        "Nieuw contract",
        "contractmanager",
    )
