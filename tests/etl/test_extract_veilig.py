"""Damaged and hostile tables: a clear reason, the rest of the batch loads, no line and no cent is lost."""

import io
import random
import struct
import zipfile
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.containers import Bron
from etl.errors import RefusedError
from etl.extracts import read_extract
from etl.files import Bestand
from etl.key import Sleutel
from etl.reasons import VAN_BESTAND, advise, describe
from etl.recognise_table import Extract, recognise_table
from etl.settings import Instellingen
from etl.wijken import Wijktabel
from tests.etl.conftest import Laad, rows, the_file
from tests.etl.maken import BSN_1, DECLARATIEKOP, csv, declaratie, declaratieregel, prestatie, zip_of
from tests.etl.maken import client as client_van
from tests.etl.tabellen import TWEE, as_csv, as_parquet, as_xlsx, line

KOP = DECLARATIEKOP.encode() + b"\n"
GOED = (declaratieregel("R1") + "\n").encode()


def bomb(leden: dict[str, int]) -> bytes:
    """A workbook with parts of so many zeros."""
    uit = io.BytesIO(as_xlsx(TWEE))
    with zipfile.ZipFile(uit, "a", zipfile.ZIP_DEFLATED) as boek:
        for naam, grootte in leden.items():
            with boek.open(naam, "w", force_zip64=True) as deel:
                for _ in range(grootte // (1 << 20)):
                    deel.write(bytes(1 << 20))
    return uit.getvalue()


def lying(data: bytes) -> bytes:
    """The same zip, whose directory says that every part unpacks to hardly anything."""
    uit = bytearray(data)
    plek = uit.find(b"PK\x01\x02")
    while plek >= 0:
        struct.pack_into("<I", uit, plek + 24, 10)
        plek = uit.find(b"PK\x01\x02", plek + 4)
    return bytes(uit)


def far_cell(plek: str) -> bytes:
    """A workbook with one cell far away: the parser would keep a place for every cell up to it."""
    uit = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(TWEE))) as bron,
        zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as boek,
    ):
        for lid in bron.infolist():
            data = bron.read(lid)
            if lid.filename == "xl/worksheets/sheet1.xml":
                cel = f'<row r="9"><c r="{plek}"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</sheetData>", cel.encode())
            boek.writestr(lid, data)
    return uit.getvalue()


def wide_parquet() -> bytes:
    """The columns of declaratieregels, one of them a list."""
    frame = pl.read_csv(as_csv(TWEE), separator=";", infer_schema=False)
    uit = io.BytesIO()
    frame.with_columns(pl.concat_list("bsn").alias("bsn")).write_parquet(uit)
    return uit.getvalue()


def parquet_bomb() -> bytes:
    """A row group of a gigabyte of the same text, in some kilobytes."""
    kolommen = {k: pa.array(["x"] * 1100) for k in DECLARATIEKOP.split(";")}
    kolommen["naam"] = pa.array(["a" * 1_000_000] * 1100)
    uit = io.BytesIO()
    pq.write_table(pa.table(kolommen), uit, use_dictionary=False, compression="zstd")
    return uit.getvalue()


@pytest.mark.parametrize(
    ("reden", "data"),
    [
        ("regel_eindeloos", KOP + b"a;" * 20_000_000),
        ("nul", KOP + GOED + b"Wmo;\0;" + GOED),
        ("codering", as_csv(TWEE, codering="utf-16")[:-1]),
        ("codering", KOP + GOED + "Café\n".encode() + "Café\n".encode("cp1252")),
        ("codering", KOP + GOED + b"\x81\x8d\n"),
        ("kolommen_veel", DECLARATIEKOP.encode() + b"".join(b";k%d" % n for n in range(2000)) + b"\n" + GOED),
        ("kolom_dubbel", DECLARATIEKOP.encode() + b";B S N\n" + GOED),
        ("excel_oud", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
        ("xlsx_bom", bomb({"xl/media/a.bin": 300 << 20})),
        ("xlsx_groot", far_cell("XFD1048576")),
        ("xlsx_groot", far_cell("A9999999")),
        ("xlsx_groot", far_cell("ZZ999999")),
        ("xlsx", lying(as_xlsx([line(f"R{n}") for n in range(50)]))),
        ("parquet", as_parquet(TWEE)[:-20]),
        ("parquet", b"PAR1" + bytes(200)),
        ("parquet_type:bsn", wide_parquet()),
        ("parquet_groot", parquet_bomb()),
    ],
    ids=lambda w: w if isinstance(w, str) else "",
)
def test_refused_with_a_reason_and_the_rest_loads(
    reden: str, data: bytes, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    (tmp_path / "b.csv").write_bytes(csv(DECLARATIEKOP, declaratieregel("RB")))
    verslag = laad(tmp_path)
    bestand = the_file(verslag, "a.csv")
    assert (bestand["status"], bestand["redenen"]) == ("geweigerd", {reden: 1})
    assert describe(reden).endswith(".") and advise(reden).endswith(".")
    assert rows(lake, "declaratieregel")["referentienummer"].to_list() == ["RB"]


def test_every_reason_says_what_is_wrong_and_what_to_do() -> None:
    for wat, raad in VAN_BESTAND.values():
        assert wat.endswith(".") and raad.endswith(".") and len(wat) < 130


def test_gigantic_lines_and_fields_cost_their_own_line(tmp_path: Path, laad: Laad, lake: Path) -> None:
    data = [
        declaratieregel("R1"), declaratieregel("x" * 70_000), "x" * 900_000, '"' * 999, '"open;' * 9,
        declaratieregel('"R2'), ";" * 5000, declaratieregel("R3"),
    ]  # fmt: skip
    (tmp_path / "a.csv").write_bytes(csv(DECLARATIEKOP, *data))
    bestand = the_file(laad(tmp_path / "a.csv"), "a.csv")
    assert (bestand["regels"], bestand["regels_geladen"]) == (8, 2)
    assert bestand["redenen"] == {"regel_lang": 2, "kolommen": 4}
    assert rows(lake, "declaratieregel").sort("regel_nr")["regel_nr"].to_list() == [1, 8]


def test_a_workbook_is_told_from_a_zip_by_its_content(tmp_path: Path, laad: Laad, lake: Path) -> None:
    bericht = declaratie(client_van(BSN_1, prestatie("RX")), totaal=5000).encode()
    (tmp_path / "berichten.xlsx").write_bytes(zip_of([("a.xml", bericht)]))
    (tmp_path / "zip.zip").write_bytes(
        zip_of([("extract.dat", as_xlsx(TWEE)), ("p.bin", as_parquet([line("RP")]))])
    )
    brief = zip_of([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>")])
    (tmp_path / "brief.docx").write_bytes(brief)
    verslag = laad(tmp_path)
    assert sorted(rows(lake, "declaratieregel")["referentienummer"]) == ["R1", "R2", "RP", "RX"]
    assert the_file(verslag, "extract.dat")["vorm"] == {"bestand": "Excel, werkblad 1"}
    assert the_file(verslag, "p.bin")["vorm"] == {"bestand": "Parquet"}
    assert {b["status"] for b in verslag["files"] if "xml" in b["name"] and b["name"] != "a.xml"} == {
        "onbekend"
    }


def test_of_a_workbook_the_first_sheet_that_fits_is_read(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "a.xlsx").write_bytes(as_xlsx(TWEE, bladen=2))
    bestand = the_file(laad(tmp_path), "a.xlsx")
    assert bestand["vorm"]["bestand"] == "Excel, werkblad 3" and bestand["regels_geladen"] == 2


def test_formula_cells_stay_text_and_are_reported(tmp_path: Path, laad: Laad, lake: Path) -> None:
    kop = "gemeentecode;aanbieder_agb;naam;concern;soort;peildatum"
    namen = ['=HYPERLINK("x")', "+31 Zorg", "-1+1", "@SUM(A1)", "\tstil", "Zorg = goed", "-"]
    regels = [
        f'0392;6565605{n};"{t.replace(chr(34), chr(34) * 2)}";;;01-01-2026' for n, t in enumerate(namen)
    ]
    (tmp_path / "a.csv").write_bytes(csv(kop, *regels))
    (tmp_path / "d.csv").write_bytes(
        csv(DECLARATIEKOP, declaratieregel("=R1", "+50,00"), declaratieregel("R2"))
    )
    verslag = laad(tmp_path)
    assert the_file(verslag, "a.csv")["redenen"] == {"bevinding:formule:naam": 5}
    assert the_file(verslag, "d.csv")["redenen"] == {"bevinding:formule:referentienummer": 1}
    assert rows(lake, "aanbieder").sort("aanbieder_agb")["naam"].to_list() == [t.strip() for t in namen]


def judge(data: bytes) -> tuple[Bestand, int, int] | str:
    """What becomes of these bytes: the file, cents kept and cents set apart; or the code of its refusal."""
    bestand = Bestand("d", "0" * 64, soort="extract", berichttype="declaratieregels", mapping_versie="1")
    goed = opzij = 0
    try:
        bron = Bron.in_memory("d", data)
        soort = recognise_table(bron, Instellingen())
        if not isinstance(soort, Extract):
            return "onbekend"
        if soort.fout:
            raise soort.fout
        for uit in read_extract(bron, bestand, soort, Sleutel("s" * 32), Wijktabel.empty()):
            goed += int(uit["declaratieregel"]["bedrag_cent"].sum()) if "declaratieregel" in uit else 0
            opzij += int(uit["quarantaine"]["bedrag_cent"].sum()) if "quarantaine" in uit else 0
    except RefusedError as fout:
        assert describe(fout.reden)
        return fout.reden
    return bestand, goed, opzij


HEEL = {
    "csv": as_csv([line(f"R{n}", n * 101) for n in range(20)]),
    "quotes": as_csv([line(f"R;{n}", n * 101) for n in range(20)]),
    "utf-16": as_csv([line(f"R{n}", n * 101) for n in range(20)], codering="utf-16"),
    "xlsx": as_xlsx([line(f"R{n}", n * 101) for n in range(20)]),
    "parquet": as_parquet([line(f"R{n}", n * 101) for n in range(20)]),
}


@pytest.mark.parametrize("soort", sorted(HEEL))
@settings(max_examples=120, deadline=None)
@given(zaad=st.integers(0, 10**9))
def test_whatever_the_damage_lines_and_cents_add_up(soort: str, zaad: int) -> None:
    kans = random.Random(zaad)
    data = bytearray(HEEL[soort])
    for _ in range(kans.randrange(1, 6)):
        plek = kans.randrange(len(data))
        match kans.randrange(5):
            case 0:
                data[plek] = kans.randrange(256)
            case 1:
                del data[plek : plek + kans.randrange(1, 40)]
            case 2:
                data[plek:plek] = bytes(kans.choice(b';,"\n\r\0E+-=1.') for _ in range(kans.randrange(1, 9)))
            case 3:
                del data[plek:]
            case _:
                ander = kans.randrange(len(data))
                data[plek:plek] = data[ander : ander + kans.randrange(1, 300)]
        if not data:
            return
    gevonden = judge(bytes(data))
    if isinstance(gevonden, str):
        return
    bestand, goed, opzij = gevonden
    assert bestand.regels == bestand.regels_geladen + bestand.regels_quarantaine
    assert (bestand.bedrag_geladen_cent, bestand.bedrag_quarantaine_cent) == (goed, opzij)
    hard = {r: n for r, n in bestand.redenen.items() if not r.startswith("bevinding")}
    assert sum(hard.values()) == bestand.regels_quarantaine


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_recognised_or_refused(data: bytes) -> None:
    judge(data)
    judge(KOP + data)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text('ab;"\n \r', max_size=6), min_size=3, max_size=3), min_size=1, max_size=12))
def test_quoted_fields_are_read_as_the_standard_library_reads_them(velden: list[list[str]]) -> None:
    """Written and read by Python's csv module, an implementation of its own."""
    import csv as csvmodule

    from etl.csv_read import CsvLezer
    from etl.opmaak import read_layouts

    uit = io.StringIO()
    schrijver = csvmodule.writer(uit, delimiter=";", quoting=csvmodule.QUOTE_ALL, lineterminator="\n")
    schrijver.writerows([["k1", "k2", "k3"], *velden])
    tekst = uit.getvalue()
    (opmaak,) = [o for o in read_layouts(tekst.encode()) if o.scheiding == ";"]
    verwacht = [
        [w.replace("\r\n", "\n").replace("\r", "\n") for w in r]
        for r in csvmodule.reader(io.StringIO(tekst, newline=""), delimiter=";")
    ][1:]
    for grootte in (16, 1 << 20):
        blokken = list(CsvLezer(Bron.in_memory("x", tekst.encode()), opmaak, grootte).blocks())
        assert not [g for b in blokken for g in b.gerafeld]
        gelezen = [["" if w is None else w for w in r[:3]] for b in blokken for r in b.frame.rows()]
        assert gelezen == verwacht
