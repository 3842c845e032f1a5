"""Writes the workbook in which a municipality fills in its jaarprogrammering (METHODEN §13, AEF 3.4).

The first sheet has the columns of the extract `programmering`, so the filled-in file loads as it is; the
second explains them. With a snapshot the rows are those of the last whole year, with what was realised.
"""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from warehouse.errors import UsageError

SMALLEST = 10
"""Fewer clients than this are not written into a file that leaves the house (METHODEN §8)."""
EMPTY_ROWS = 500
"""Rows that have the checks on their cells, beyond those that are filled in."""
UNITS = ["01", "04", "14", "16", "21", "81", "82", "83", "84"]
LAWS = ["Wmo", "Jeugdwet"]

# name, width, kind, explanation in Dutch
COLUMNS: list[tuple[str, int, str, str]] = [
    ("gemeentecode", 13, "code", "CBS-code van de gemeente, vier cijfers. Verplicht."),
    ("jaar", 8, "jaar", "Jaar waarvoor de regel geldt. Verplicht."),
    ("wet", 10, "wet", "Wmo of Jeugdwet. Verplicht."),
    ("hoofdproduct", 26, "tekst", "Regel van de begroting, met de naam uit de producttabel."),
    ("productgroep", 26, "tekst", "Groep van producten; leeg = alle groepen van het hoofdproduct samen."),
    (
        "product",
        30,
        "tekst",
        "Product, met de naam uit de producttabel; leeg = alle producten van de groep samen.",
    ),
    (
        "zwaarte",
        13,
        "tekst",
        "Zwaarte uit de producttabel (bijvoorbeeld licht of n.v.t.); leeg = alle samen.",
    ),
    ("wijkcode", 13, "code", "Code van de wijk (zoals WK039201); leeg = de hele gemeente."),
    ("aanbieder_agb", 14, "code", "AGB-code van de aanbieder, acht cijfers; leeg = alle aanbieders."),
    ("klantcontacten", 14, "getal", "Verwacht aantal klantcontacten in de toegang."),
    ("doorverwijzingen", 16, "getal", "Verwacht aantal doorverwijzingen naar dit product."),
    ("instroom", 10, "getal", "Verwacht aantal cliënten dat in het jaar met zorg begint."),
    ("clienten", 10, "getal", "Verwacht aantal cliënten dat in het jaar dit product krijgt."),
    (
        "duur_weken",
        11,
        "getal",
        "Verwachte weken zorg per cliënt binnen het jaar. Staat hier de duur van een heel traject, dan volgt "
        "de duur binnen het jaar uit volume / (cliënten x intensiteit x uitnutting).",
    ),
    ("intensiteit", 11, "getal", "Verwachte toegewezen eenheden per cliënt per week zorg."),
    ("uitnutting", 11, "deel", "Verwacht deel van het toegewezene dat wordt geleverd: 0,9 is 90 procent."),
    ("tarief", 10, "euro", "Verwacht tarief per eenheid in euro's."),
    (
        "volume",
        12,
        "getal",
        "Verwacht volume in het jaar, in de eenheid van de regel. Leeg = cliënten x duur x intensiteit x "
        "uitnutting. Bij eenheid 83 (euro) is het volume het bedrag zelf.",
    ),
    (
        "eenheid",
        9,
        "eenheid",
        "01 minuut, 04 uur, 14 etmaal, 16 dagdeel, 21 week, 81 tijdsduur, 82 stuks (output), 83 euro, "
        "84 stuks (inspanning). Zonder eenheid is het verschil niet te verdelen.",
    ),
    ("bedrag", 14, "euro", "Verwacht bedrag in het jaar in euro's. Verplicht."),
    (
        "vastgesteld_op",
        14,
        "datum",
        "Datum waarop de programmering is vastgesteld. Verplicht; telt vanaf die dag.",
    ),
    ("bron", 18, "tekst", "Waar de regel vandaan komt, bijvoorbeeld 'jaarprogrammering 2027'."),
]
NAMES = [name for name, *_ in COLUMNS]


def write_template(out: Path, year: int | None, snapshot: Path | None) -> int:
    """Write the workbook and return the number of rows that are filled in.

    Args:
        out: the XLSX file.
        year: year of the programme; without it the year after the one in which the snapshot was known.
        snapshot: snapshot to fill the rows from; without it the workbook has no rows.

    Raises:
        UsageError: neither year nor snapshot, a snapshot that cannot be read, a file that cannot be written.

    """
    rows: list[dict[str, Any]] = []
    origin = ""
    if snapshot is not None:
        year, whole, rows = _read_last_year(snapshot, year)
        origin = (
            f"De regels zijn ingevuld met de realisatie van {whole}, het laatste hele jaar in de snapshot. "
            f"Het zijn geen doelen: pas ze aan. Regels met minder dan {SMALLEST} cliënten zijn leeg gelaten."
        )
    if year is None:
        raise UsageError("Geef --jaar of --snapshot, dan is bekend voor welk jaar de programmering is.")
    try:
        out.write_bytes(make_workbook(year, rows, origin))
    except OSError as error:
        raise UsageError(f"{out} is niet te schrijven: {error.strerror}") from error
    return len(rows)


def make_workbook(year: int, rows: Sequence[dict[str, Any]], origin: str = "") -> bytes:
    """The workbook as bytes: sheet `programmering` with `rows` (column -> value), sheet `toelichting`."""
    buffer = io.BytesIO()
    # no text ever becomes a formula, a link or a number: codes keep their leading zeros
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **plain}) as book:
        formats = {
            "kop": book.add_format({"bold": True, "bottom": 1}),
            "tekst": book.add_format({"num_format": "@"}),
            "code": book.add_format({"num_format": "@"}),
            "wet": book.add_format({"num_format": "@"}),
            "eenheid": book.add_format({"num_format": "@"}),
            "jaar": book.add_format({"num_format": "0"}),
            "getal": book.add_format({"num_format": "#,##0.##"}),
            "deel": book.add_format({"num_format": "0.00"}),
            "euro": book.add_format({"num_format": "#,##0.00"}),
            "datum": book.add_format({"num_format": "dd-mm-yyyy"}),
        }
        sheet = book.add_worksheet("programmering")
        last = len(rows) + EMPTY_ROWS
        for place, (name, width, kind, words) in enumerate(COLUMNS):
            sheet.set_column(place, place, width, formats[kind])
            sheet.write_string(0, place, name, formats["kop"])
            sheet.data_validation(1, place, last, place, {**_rule(kind), **_help(name, words)})
        for number, row in enumerate(rows, start=1):
            for place, (name, _, kind, _) in enumerate(COLUMNS):
                value = row.get(name)
                if value is None:
                    continue
                if isinstance(value, str):
                    sheet.write_string(number, place, value, formats[kind])
                elif isinstance(value, date):
                    sheet.write_datetime(number, place, value, formats[kind])
                else:
                    sheet.write_number(number, place, float(value), formats[kind])
        sheet.freeze_panes(1, 0)
        _explain(book, year, origin)
    return buffer.getvalue()


def _rule(kind: str) -> dict[str, Any]:
    """What a cell of this kind may hold; empty is always allowed, the loader tells what is missing."""
    match kind:
        case "wet":
            return {"validate": "list", "source": LAWS}
        case "eenheid":
            return {"validate": "list", "source": UNITS}
        case "jaar":
            return {"validate": "integer", "criteria": "between", "minimum": 2015, "maximum": 2200}
        case "getal":
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        case "deel":
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 2}
        case "euro":
            return {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
        case "datum":
            return {"validate": "date", "criteria": ">=", "value": date(2015, 1, 1)}
        case _:
            return {"validate": "any"}


def _help(name: str, words: str) -> dict[str, Any]:
    """Words beside a cell and after a mistake, within the lengths that a workbook may have."""
    found: dict[str, Any] = {"input_title": name[:32], "input_message": words[:255]}
    return found | {"error_title": name[:32], "error_message": f"Dit past niet. {words}"[:255]}


def _explain(book: Any, year: int, origin: str) -> None:
    """Sheet `toelichting`: what the sheet is for, how to fill it in and what each column means."""
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("toelichting")
    sheet.set_column(0, 0, 20, wrap)
    sheet.set_column(1, 1, 110, wrap)
    general = [
        ("Waarvoor", f"Jaarprogrammering {year}: wat u per product verwacht, naast de realisatie."),
        ("Hoe", "Vul het blad 'programmering' in, één regel per product en zwaarte, en laad het bestand met "
         "'python -m etl load'. De namen van de kolommen moeten blijven staan."),
        ("Wijk en aanbieder", "Leeg betekent: alle samen. Een regel voor een wijk of aanbieder komt naast de "
         "regel voor de hele gemeente en wordt er niet bij opgeteld."),
        ("Wijzigen", "Een nieuwe versie is een nieuw bestand met een latere datum in vastgesteld_op. Per "
         "regel telt de laatste; van een eerdere versie blijft alles bewaard."),
        ("Verschil verdelen", "Met cliënten, volume, eenheid en (intensiteit en uitnutting, of duur) wordt "
         "het verschil verdeeld over cliënten, duur, intensiteit, uitnutting en prijs; anders niet."),
    ]  # fmt: skip
    if origin:
        general.append(("Ingevuld", origin))
    lines = [*general, ("", ""), *((name, words) for name, _, _, words in COLUMNS)]
    for row, (title, words) in enumerate(lines):
        sheet.write_string(row, 0, title, bold)
        sheet.write_string(row, 1, words, wrap)


def _read_last_year(snapshot: Path, year: int | None) -> tuple[int, int, list[dict[str, Any]]]:
    """Year of the programme, last whole year before it, and that year's realisation as rows of the sheet."""
    try:
        con = duckdb.connect(str(snapshot.resolve(strict=True)), read_only=True)
    except (OSError, duckdb.Error) as error:
        raise UsageError(f"Snapshot {snapshot} is niet te openen.") from error
    try:
        known, last = con.sql("SELECT bekend_op, laatste_levermaand FROM meta.snapshot").fetchall()[0]
        year = year or known.year + 1
        whole = min(year, last.year + (last.month == 12)) - 1
        found = con.execute(_LAST_YEAR, {"jaar": whole, "doeljaar": year, "klein": SMALLEST})
        names = [column[0] for column in found.description]
        return year, whole, [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error as error:
        raise UsageError(f"Snapshot {snapshot} heeft niet de tabellen die nodig zijn: {error}") from error
    finally:
        con.close()


# Clients and days are counted at the product, as mart.pq_effect does at its level.
_LAST_YEAR = """
WITH regels AS (
    SELECT gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, eenheid, client_id, levermaand,
        sum(clientdagen) AS productdagen, sum(volume) AS volume,
        max(date_diff('day', levermaand, CAST(levermaand + INTERVAL 1 MONTH AS DATE))) AS maanddagen
    FROM mart.client_maand
    WHERE year(levermaand) = $jaar
    GROUP BY ALL
),
cellen AS (
    SELECT gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, eenheid,
        count(DISTINCT client_id) AS clienten, sum(least(productdagen, maanddagen)) AS clientdagen,
        sum(productdagen) AS productdagen, sum(volume) AS volume
    FROM regels
    GROUP BY ALL
),
bedragen AS (
    SELECT gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, eenheid,
        sum(toegewezen_volume) AS toegewezen, sum(realisatie_cent) AS cent
    FROM mart.pq_maand
    WHERE year(levermaand) = $jaar
    GROUP BY ALL
)
SELECT
    gemeentecode, $doeljaar AS jaar, wet, hoofdproduct, productgroep, product, zwaarte, eenheid,
    CASE WHEN groot THEN clienten END AS clienten,
    CASE WHEN groot THEN round(clientdagen / 7.0 / clienten, 1) END AS duur_weken,
    CASE WHEN groot AND productdagen > 0 THEN round(toegewezen / (productdagen / 7.0), 3) END AS intensiteit,
    CASE WHEN groot AND toegewezen > 0 THEN round(volume / toegewezen, 3) END AS uitnutting,
    CASE WHEN groot AND volume > 0 THEN round(cent / volume / 100, 2) END AS tarief,
    CASE WHEN groot THEN round(volume, 2) END AS volume,
    CASE WHEN groot THEN cent / 100.0 END AS bedrag,
    'realisatie ' || $jaar AS bron
FROM (
    SELECT b.*, c.clienten, c.clientdagen, c.productdagen, c.volume,
        coalesce(c.clienten, 0) >= $klein AS groot
    FROM bedragen b
    LEFT JOIN cellen c USING (gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, eenheid)
    WHERE b.product <> 'onbekend' AND b.cent <> 0
)
ORDER BY gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, eenheid
"""
