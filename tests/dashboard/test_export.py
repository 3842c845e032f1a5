"""Files that leave: Dutch CSV, safe cells, and the command line under the rules of a role."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.export import disarm, make_csv, make_xlsx, to_euros

DF = pl.DataFrame(
    {
        "naam": ["Zorg; & Co", '=HYPERLINK("http://x")', None],
        "bedrag_cent": [123_456, -50, None],
        "dag": [date(2026, 3, 1), None, date(2025, 12, 31)],
        "volume": [Decimal("1.5000"), Decimal("2"), None],
        "ok": [True, False, None],
    }
)


def _read(inhoud: bytes) -> list[list[str]]:
    assert inhoud.startswith(b"\xef\xbb\xbf"), "Excel needs the BOM"
    return list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";"))


def test_csv_is_as_a_dutch_spreadsheet_reads_it() -> None:
    rijen = _read(make_csv(to_euros(DF)))
    assert rijen[0] == ["naam", "bedrag_euro", "dag", "volume", "ok"]
    assert rijen[1] == ["Zorg; & Co", "1234,56", "01-03-2026", "1,5000", "ja"]
    assert rijen[2][:2] == ['\'=HYPERLINK("http://x")', "-0,5"]
    assert rijen[3] == ["", "", "31-12-2025", "", ""]


def test_csv_starts_with_what_it_is() -> None:
    rijen = _read(make_csv(DF.head(1), {"bekend op": "31-10-2026", "wijk": "=1+1"}))
    assert rijen[:3] == [["bekend op", "31-10-2026"], ["wijk", "'=1+1"], []]


@pytest.mark.parametrize("teken", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_starts_a_formula(teken: str) -> None:
    assert disarm(f"{teken}cmd") == f"'{teken}cmd"
    assert disarm("gewoon") == "gewoon"


VIJANDIG = [
    '=HYPERLINK("http://x";"klik")', "=1+1", "+31 20 1234", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1",
    '"=1+1', '=cmd|"/c calc"!A1', "a;=1+1", 'a";=1+1', "a\n=1+1", "=1+1;=2+2",
]  # fmt: skip


@pytest.mark.parametrize("tekst", VIJANDIG)
def test_hostile_text_is_one_cell_and_no_formula_in_csv_and_xlsx(tekst: str, tmp_path: Path) -> None:
    """As it comes out of a name in an extract, a filter in the explanation, or the name of a column."""
    df = pl.DataFrame({"naam": [tekst], tekst: ["x"]})
    rijen = _read(make_csv(df, {"wijk": tekst}))
    cellen = [c for r in rijen for c in r]
    assert [len(r) for r in rijen if r] == [2, 2, 2], "no text breaks out of its cell"
    assert not [c for c in cellen if c.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert rijen[-1][0].removeprefix("'").replace("\r\n", "\n") == tekst.replace("\r\n", "\n")
    bestand = tmp_path / "uit.xlsx"
    bestand.write_bytes(make_xlsx(df, {"wijk": tekst}))
    with zipfile.ZipFile(bestand) as z:
        for blad in ("sheet1", "sheet2"):
            assert b"<f>" not in z.read(f"xl/worksheets/{blad}.xml")
        stijlen = z.read("xl/styles.xml")
    gevaarlijk = tekst[0] in "=+-@\t\r＝"
    assert (b"quotePrefix" in stijlen) == gevaarlijk, "stays text when someone edits the cell"
    assert fastexcel.read_excel(bestand).load_sheet(0).to_polars()["naam"].to_list() == [tekst]


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_every_text_cell_reads_back_disarmed(teksten: list[str]) -> None:
    rijen = _read(make_csv(pl.DataFrame({"a": ["x"] * len(teksten), "t": teksten})))
    gelezen = "".join(r[1] if len(r) > 1 else "" for r in rijen[1:])
    assert not any(r[1][:1] in ("=", "+", "-", "@") for r in rijen[1:] if len(r) > 1)
    assert gelezen.replace("\r\n", "\n").count("\x00") == "".join(teksten).count("\x00")


def test_xlsx_holds_numbers_dates_explanation_and_no_formula(tmp_path: Path) -> None:
    bestand = tmp_path / "uit.xlsx"
    bestand.write_bytes(make_xlsx(to_euros(DF), {"bekend op": "31-10-2026"}))
    boek = fastexcel.read_excel(bestand)
    assert boek.sheet_names == ["gegevens", "toelichting"]
    blad = boek.load_sheet("gegevens").to_polars()
    assert blad["bedrag_euro"].to_list() == [1234.56, -0.5, None]
    assert blad["naam"][1] == '=HYPERLINK("http://x")'
    assert str(blad["dag"][0])[:10] == "2026-03-01"
    with zipfile.ZipFile(bestand) as z:
        assert b"<f>" not in z.read("xl/worksheets/sheet1.xml")


def _export(stad: Path, uit: Path, tabel: str, rol: str, *rest: str) -> int:
    vast = ["export", "--snapshot", str(stad), "--format", uit.suffix[1:], "--out", str(uit)]
    return main([*vast, "--table", tabel, "--role", rol, *rest])


def test_what_was_divided_by_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    df = to_euros(pl.DataFrame({"deel": [float("nan"), float("inf"), 0.5], "x_cent": [100, None, 50]}))
    assert df.rows() == [(None, 1.0), (None, None), (0.5, 0.5)]
    (tmp_path / "u.xlsx").write_bytes(make_xlsx(df))
    assert fastexcel.read_excel(tmp_path / "u.xlsx").load_sheet("gegevens").to_polars().rows() == [
        (None, 1.0),
        (None, None),
        (0.5, 0.5),
    ]
    assert make_csv(df).decode("utf-8-sig").splitlines()[1:] == [";1", ";", "0,5;0,5"]


def test_export_takes_small_cells_out(stad: Path, tmp_path: Path) -> None:
    uit = tmp_path / "pq.parquet"
    assert _export(stad, uit, "mart.pq_maand", "directie") == 0
    df = pl.read_parquet(uit)
    maand = df.filter(levermaand=date(2026, 9, 1), aanbieder_agb="A1")
    cellen = {(r["product"], r["zwaarte"]): r for r in maand.iter_rows(named=True)}
    assert cellen[("Hulp bij het huishouden", "n.v.t.")]["realisatie_cent"] == 20 * 30_000
    zwaar = cellen[("Begeleiding", "zwaar")]
    assert zwaar["realisatie_cent"] is None and zwaar["clienten"] is None and zwaar["volume"] is None
    assert zwaar["niet_getoond"] == "minder dan 10 cliënten: niet getoond"
    shown = df.filter(pl.col("realisatie_cent").is_not_null())
    assert shown["clienten"].min() == 10


def test_export_adds_up_to_the_city(stad: Path, tmp_path: Path) -> None:
    uit = tmp_path / "u.parquet"
    assert _export(stad, uit, "uitgaven_maand", "budgethouder") == 0
    df = pl.read_parquet(uit).filter(levermaand=date(2026, 9, 1))
    assert df.filter(onderdeel="berichten")["realisatie_cent"].sum() == 3_109_000
    assert df.filter(pl.col("onderdeel") != "berichten")["realisatie_cent"].sum() == 800_000


@pytest.mark.parametrize(
    ("tabel", "rol", "rest"),
    [
        ("client_maand", "directie", ()),
        ("mart.client_maand_toen", "contractmanager", ("--aanbieder", "A1")),
        ("kern.declaratieregel", "directie", ()),
        ("pq_maand", "wethouder", ()),
        ("laadlog", "directie", ()),
        ("pq_maand", "contractmanager", ()),
        ("pq_maand", "niemand", ()),
        ("pq_maand; DROP TABLE x", "directie", ()),
    ],
)
def test_what_may_not_leave_leaves_nothing(
    stad: Path, tmp_path: Path, tabel: str, rol: str, rest: tuple[str, ...]
) -> None:
    uit = tmp_path / "uit.csv"
    assert _export(stad, uit, tabel, rol, *rest) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_contractmanager_exports_own_rows_and_it_is_logged(
    stad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUURINFO_LOG", str(tmp_path / "log"))
    uit = tmp_path / "pq.parquet"
    assert _export(stad, uit, "pq_maand", "contractmanager", "--aanbieder", "A4") == 0
    df = pl.read_parquet(uit)
    assert set(df["aanbieder_agb"]) == {"A4"}
    assert df.filter(levermaand=date(2026, 9, 1))["clienten"].to_list() == [4]
    assert '"tabel": "pq_maand"' in (tmp_path / "log" / "inzage.jsonl").read_text()


def test_a_missing_snapshot_is_usage(tmp_path: Path) -> None:
    assert _export(tmp_path / "er_niet.duckdb", tmp_path / "uit.csv", "pq_maand", "directie") == 2
