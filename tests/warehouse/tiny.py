"""Tiny lakes for tests: rows a person can check in the head, written as Delta tables without the loader."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from deltalake import write_deltalake

from warehouse.build import Options, Result
from warehouse.build import build as build_snapshot
from warehouse.lake_schema import LAKE

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]

POLARS = {
    "VARCHAR": pl.String,
    "BIGINT": pl.Int64,
    "DATE": pl.Date,
    "TIMESTAMP": pl.Datetime("us"),
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
}
FEIT = {
    "gemeentecode": "0392",
    "wet": "Wmo",
    "bron": "extract",
    "aanbieder_agb": "00000001",
    "client_id": "anna",
}
PRODUCT = {"toewijzing_sleutel": "1", "productcategorie": "02", "productcode": "02A01"}
LEVEREN = {"gemeentecode": "0392", "ontvangen_op": "2020-01-01"}
DEFAULTS: dict[str, Row] = {
    "toewijzing": {**FEIT, **PRODUCT, "ingangsdatum": "2026-01-01", "ontvangen_op": "2020-01-01"},
    "start": {**FEIT, **PRODUCT, "ontvangen_op": "2020-01-01", "status_aanlevering": "1"},
    "stop": {**FEIT, **PRODUCT, "ontvangen_op": "2020-01-01", "status_aanlevering": "1"},
    "declaratieregel": {**FEIT, **PRODUCT, "eenheid": "04", "declaratienummer": "d1"},
    "declaratieantwoord": {"gemeentecode": "0392", "wet": "Wmo", "aanbieder_agb": "00000001"},
    "client": {**LEVEREN, "bron": "extract", "client_id": "anna"},
    "product": {
        **LEVEREN,
        "wet": "Wmo",
        "productcategorie": "02",
        "geldig_van": "2015-01-01",
        "productgroep": "Begeleiding",
        "hoofdproduct": "Ambulante begeleiding",
        "zwaarte": "n.v.t.",
        "zwaarte_rang": 0,
        "eenheid": "04",
    },
    "bevinding": {"berichttype": "wmo323"},
    "laadlog": {},
    "grootboek": {"gemeentecode": "0392", "wet": "Wmo", "bron": "synthetisch", "periode": 0},
}


def build(lake: Path, out: Path, bekend_op: date | None = None, options: Options | None = None) -> Result:
    """The build, on one thread unless told otherwise: a tiny lake leaves nothing to share out."""
    options = options or Options()
    return build_snapshot(lake, out, bekend_op, replace(options, threads=options.threads or 1))


def _convert(value: Any, kind: str) -> Any:
    """Read a date or moment that was written as text; YAML already turns bare dates into dates."""
    if value is None:
        return None
    if kind == "DATE":
        return date.fromisoformat(value) if isinstance(value, str) else value
    if kind == "TIMESTAMP":
        if isinstance(value, datetime):
            return value
        return (
            datetime.fromisoformat(value)
            if isinstance(value, str)
            else datetime.combine(value, datetime.min.time())
        )
    if kind == "VARCHAR":
        return str(value)
    return value


def _line(row: Row, number: int) -> Row:
    """Fill in what follows from the rest of a declared line."""
    row.setdefault("referentienummer", f"r{number}")
    row.setdefault("debet_credit", "C" if row["bedrag_cent"] < 0 else "D")
    row.setdefault("volume", -1 if row["debet_credit"] == "C" else 1)
    begin = _convert(row["periode_begin"], "DATE")
    last = date(begin.year + begin.month // 12, begin.month % 12 + 1, 1).toordinal() - 1
    row.setdefault("periode_eind", date.fromordinal(last))
    row.setdefault("ontvangen_op", date.fromordinal(last + 5))
    return row


def complete(tables: Tables) -> dict[str, list[Row]]:
    """Rows with defaults filled in, and a `bericht` row for every file that a row comes from."""
    full: dict[str, list[Row]] = {}
    for naam, rows in tables.items():
        if naam == "bericht":
            continue
        full[naam] = []
        for number, given in enumerate(rows, start=1):
            row = {**DEFAULTS.get(naam, LEVEREN), **given}
            if naam == "declaratieregel":
                row = _line(row, number)
            if "regel_nr" in LAKE[naam].columns:
                row.setdefault("regel_nr", number)
            row.setdefault("bericht_id", f"{row.get('bron', 'x')}-{naam}")
            full[naam].append(row)
    full["bericht"] = _messages(list(tables.get("bericht", [])), full)
    return full


def _newest(rows: Sequence[tuple[str, Row]]) -> Any:
    """The newest moment in a file, which is the file's own, as the loader writes it."""
    moments = [_convert(row.get("ontvangen_op"), "TIMESTAMP") for _, row in rows]
    return max((moment for moment in moments if moment is not None), default=None)


def _messages(given: list[Row], full: Mapping[str, list[Row]]) -> list[Row]:
    """The given messages, and one for each file that rows name, with counts and cents that fit the rows."""
    messages = {row["bericht_id"]: dict(row) for row in given}
    rows_of: dict[str, list[tuple[str, Row]]] = {}
    for naam, rows in full.items():
        if naam not in ("quarantaine", "bevinding", "laadlog"):
            for row in rows:
                rows_of.setdefault(row["bericht_id"], []).append((naam, row))
    for bericht_id, rows in rows_of.items():
        # the first row by number, so that the order in which rows are written says nothing
        naam, first = min(rows, key=lambda found: (found[0], found[1]["regel_nr"]))
        is_message = first.get("bron") == "bericht" or naam == "declaratieantwoord"
        number = {"declaratieregel": "323", "toewijzing": "301", "start": "305", "stop": "307"}.get(
            naam, "325"
        )
        cents = sum(row.get("bedrag_cent") or 0 for kind, row in rows if kind == "declaratieregel")
        defaults = {
            "bericht_id": bericht_id,
            "gemeentecode": first["gemeentecode"],
            "wet": first.get("wet") if is_message else None,
            "soort": "bericht" if is_message else "extract",
            "berichttype": f"wmo{number}" if is_message else naam,
            "aanbieder_agb": first.get("aanbieder_agb") if is_message else None,
            "afzender": first.get("aanbieder_agb") if is_message else None,
            "identificatie": bericht_id if is_message else None,
            "naam": f"{bericht_id}.xml",
            "sha256": bericht_id,
            "ontvangen_op": first["ontvangen_op"] if is_message else _newest(rows),
            "status": "geladen",
            "regels": len(rows),
            "regels_geladen": len(rows),
            "bedrag_cent": cents,
            "bedrag_geladen_cent": cents,
        }
        messages[bericht_id] = {**defaults, **messages.get(bericht_id, {})}
    for row in messages.values():
        for naam in ("regels", "regels_geladen", "regels_quarantaine", "regels_zonder_bedrag", "bedrag_cent"):
            row.setdefault(naam, 0)
        row.setdefault("bedrag_geladen_cent", 0)
        row.setdefault("bedrag_quarantaine_cent", 0)
    return list(messages.values())


def write_lake(path: Path, tables: Tables) -> Path:
    """Write the tables as a lake under `path` and return it."""
    for naam, rows in complete(tables).items():
        columns = LAKE[naam].columns
        unknown = {key for row in rows for key in row} - set(columns) - {"bron", "wet"}
        assert not unknown, f"{naam} heeft geen kolommen {unknown}"
        data = {col: [_convert(row.get(col), kind) for row in rows] for col, kind in columns.items()}
        frame = pl.DataFrame(data, schema={col: POLARS[kind] for col, kind in columns.items()}, strict=True)
        write_deltalake(str(path / naam), frame.to_arrow())
    (path / "lake.json").write_text(json.dumps({"schema_versie": 1, "voorbeeld": True}), encoding="utf-8")
    return path
