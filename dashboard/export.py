"""Files to take along: CSV for a Dutch spreadsheet, XLSX with an explanation, Parquet for machines."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import xlsxwriter

from dashboard.numbers import day

GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Toelichting = Mapping[str, str]


def disarm(tekst: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{tekst}" if tekst.startswith(GEVAARLIJK) else tekst


def to_euros(df: pl.DataFrame) -> pl.DataFrame:
    """Turn every column *_cent into one in euros (cents only exist inside the house).

    What was divided by nothing is no number: such a cell becomes empty, in whatever kind of file.
    """
    namen = [k for k in df.columns if k.endswith("_cent")]
    breuk = pl.selectors.float()
    df = df.with_columns(pl.when(breuk.is_finite()).then(breuk))
    return df.with_columns((pl.col(k) / 100).round(2).alias(k) for k in namen).rename(
        {k: k.removesuffix("_cent") + "_euro" for k in namen}
    )


def _cell(waarde: Any) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, float | Decimal):
        tekst = f"{waarde:.4f}".rstrip("0").rstrip(".") if isinstance(waarde, float) else f"{waarde:f}"
        return tekst.replace(".", ",")
    if isinstance(waarde, int):
        return str(waarde)
    if isinstance(waarde, datetime):
        return f"{day(waarde)} {waarde:%H:%M:%S}"
    if isinstance(waarde, date):
        return day(waarde)
    tekst = disarm(str(waarde))
    if any(c in tekst for c in ';"\r\n'):
        tekst = '"' + tekst.replace('"', '""') + '"'
    return tekst


def make_csv(df: pl.DataFrame, toelichting: Toelichting | None = None) -> bytes:
    """CSV with `;`, decimal comma, dates dd-mm-jjjj, UTF-8 with BOM; the explanation first, a line each."""
    regels = [f"{_cell(k)};{_cell(v)}" for k, v in (toelichting or {}).items()]
    if regels:
        regels.append("")
    regels.append(";".join(_cell(k) for k in df.columns))
    regels += [";".join(_cell(w) for w in rij) for rij in df.iter_rows()]
    return ("\ufeff" + "\r\n".join(regels) + "\r\n").encode()


def make_xlsx(df: pl.DataFrame, toelichting: Toelichting | None = None) -> bytes:
    """XLSX: sheet `gegevens` with real numbers and dates, sheet `toelichting`; no cell is ever a formula."""
    return make_workbook({"gegevens": df}, toelichting)


def make_workbook(bladen: Mapping[str, pl.DataFrame], toelichting: Toelichting | None = None) -> bytes:
    """XLSX with a sheet per frame, by its name, and a last one `toelichting`; no cell is ever a formula.

    Text that looks like one is marked as text, so that it stays text when someone edits the cell or saves the
    sheet.
    """
    buffer = io.BytesIO()
    veilig = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, veilig) as boek:
        kop = boek.add_format({"bold": True, "bottom": 1})
        tekst = boek.add_format({"quote_prefix": True})
        for naam, df in bladen.items():
            _write_sheet(boek, naam, df)
        uitleg = boek.add_worksheet("toelichting")
        for r, (wat, zin) in enumerate((toelichting or {}).items()):
            uitleg.write_string(r, 0, wat, kop)
            uitleg.write_string(r, 1, zin, tekst if zin.startswith(GEVAARLIJK) else None)
        uitleg.set_column(0, 0, 24)
        uitleg.set_column(1, 1, 100)
    return buffer.getvalue()


def _write_sheet(boek: xlsxwriter.Workbook, naam: str, df: pl.DataFrame) -> None:
    kop = boek.add_format({"bold": True, "bottom": 1})
    datum = boek.add_format({"num_format": "dd-mm-yyyy"})
    tekst = boek.add_format({"quote_prefix": True})
    vet_tekst = boek.add_format({"bold": True, "bottom": 1, "quote_prefix": True})
    blad = boek.add_worksheet(naam)
    for k, kolom in enumerate(df.columns):
        blad.write_string(0, k, kolom, vet_tekst if kolom.startswith(GEVAARLIJK) else kop)
    for r, rij in enumerate(df.iter_rows(), 1):
        for k, w in enumerate(rij):
            if w is None:
                continue
            if isinstance(w, bool):
                blad.write_string(r, k, "ja" if w else "nee")
            elif isinstance(w, int | float | Decimal):
                blad.write_number(r, k, float(w))
            elif isinstance(w, date):
                blad.write_datetime(r, k, w, datum)
            else:
                blad.write_string(r, k, str(w), tekst if str(w).startswith(GEVAARLIJK) else None)
    blad.freeze_panes(1, 0)
    blad.autofit()


def make_parquet(df: pl.DataFrame) -> bytes:
    """Parquet of the frame as it is."""
    buffer = io.BytesIO()
    df.write_parquet(buffer)
    return buffer.getvalue()
