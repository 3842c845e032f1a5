"""The same table written in every form that an extract may have."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import xlsxwriter

from tests.etl.maken import BSN_1, BSN_2

Rij = dict[str, Any]
CODES = ("wet", "gemeentecode", "aanbieder_agb", "bsn", "productcategorie", "productcode", "eenheid")


def line(ref: str, cent: int = 5000, dc: str = "D", bsn: str = BSN_1, dag: date = date(2024, 4, 13)) -> Rij:
    """A line of declaratieregels in values, not in text: amounts are whole cents here."""
    return {
        "wet": "Wmo", "gemeentecode": "0392", "aanbieder_agb": "01656055", "bsn": bsn,
        "toewijzingnummer": 101, "productcategorie": "02", "productcode": "02A03",
        "begindatum": dag, "einddatum": date(2024, 4, 30),
        "volume": 4, "eenheid": "04", "tarief": Decimal("12.50"), "bedrag": Decimal(cent).scaleb(-2),
        "debet_credit": dc, "referentienummer": ref, "vorig_referentienummer": None,
        "declaratienummer": "DN1",
        "ontvangen_op": datetime(2024, 5, 5, 12, 34, 56), "beantwoord_op": None, "status": "goedgekeurd",
        "toegekend_bedrag": Decimal(cent).scaleb(-2),
    }  # fmt: skip


TWEE = [line("R1", 123_456_00), line("R2", 5, "C", BSN_2)]
DATUMS = {
    "dd-mm-jjjj": "%d-%m-%Y", "jjjj-mm-dd": "%Y-%m-%d", "dd/mm/jjjj": "%d/%m/%Y", "mm/dd/jjjj": "%m/%d/%Y",
    "jjjjmmdd": "%Y%m%d", "dd.mm.jjjj": "%d.%m.%Y", "dd-mm-jj": "%d-%m-%y",
}  # fmt: skip


def amount(bedrag: Decimal, komma: str, duizend: str) -> str:
    """An amount with two decimals, with this mark and a mark between thousands."""
    return f"{bedrag:,.2f}".replace(",", "_").replace(".", komma).replace("_", duizend)


def as_csv(
    rijen: Sequence[Rij],
    scheiding: str = ";",
    komma: str = ",",
    duizend: str = "",
    datum: str = "dd-mm-jjjj",
    codering: str = "utf-8-sig",
    kaal: bool = False,
) -> bytes:
    """The table as delimited text; `kaal` takes the leading zeros off codes, as a spreadsheet does."""

    def cell(naam: str, w: Any) -> str:
        if w is None:
            return ""
        if isinstance(w, datetime):
            return w.strftime(f"{DATUMS[datum]} %H:%M:%S")
        if isinstance(w, date):
            return w.strftime(DATUMS[datum])
        tekst = amount(w, komma, duizend) if isinstance(w, Decimal) else str(w)
        if kaal and naam in CODES and tekst.isdigit():
            tekst = tekst.lstrip("0")
        if any(t in tekst for t in (scheiding, '"', "\n")):
            tekst = '"' + tekst.replace('"', '""') + '"'
        return tekst

    regels = [scheiding.join(rijen[0]), *(scheiding.join(cell(n, w) for n, w in r.items()) for r in rijen)]
    return ("\n".join(regels) + "\n").encode(codering)


def as_xlsx(rijen: Sequence[Rij], getallen: bool = True, kaal: bool = False, bladen: int = 0) -> bytes:
    """The table as a workbook: real numbers and dates, or (`getallen` False) Dutch texts.

    `kaal`: codes of digits are number cells. `bladen`: other sheets before it.
    """
    uit = io.BytesIO()
    with xlsxwriter.Workbook(uit, {"in_memory": True}) as boek:
        dag = boek.add_format({"num_format": "dd-mm-yyyy"})
        moment = boek.add_format({"num_format": "dd-mm-yyyy hh:mm:ss"})
        for n in range(bladen):
            boek.add_worksheet(f"toelichting {n}").write_string(0, 0, "Dit is geen tabel")
        blad = boek.add_worksheet("gegevens")
        for k, naam in enumerate(rijen[0]):
            blad.write_string(0, k, naam)
        for r, rij in enumerate(rijen, 1):
            for k, (naam, w) in enumerate(rij.items()):
                if w is None:
                    continue
                if isinstance(w, datetime):
                    if getallen:
                        blad.write_datetime(r, k, w, moment)
                    else:
                        blad.write_string(r, k, w.strftime("%d-%m-%Y %H:%M:%S"))
                elif isinstance(w, date):
                    if getallen:
                        blad.write_datetime(r, k, w, dag)
                    else:
                        blad.write_string(r, k, w.strftime("%d-%m-%Y"))
                elif isinstance(w, Decimal | int):
                    if getallen:
                        blad.write_number(r, k, float(w))
                    else:
                        blad.write_string(r, k, amount(w, ",", "") if isinstance(w, Decimal) else str(w))
                elif kaal and naam in CODES and w.isdigit():
                    blad.write_number(r, k, int(w))
                else:
                    blad.write_string(r, k, str(w))
    return uit.getvalue()


def as_parquet(rijen: Sequence[Rij], kaal: bool = False, als_float: bool = False) -> bytes:
    """The table as Parquet, with small row groups; `kaal`: codes are integers, amounts may be floats."""
    frame = pl.DataFrame(list(rijen), infer_schema_length=None)
    bedragen = [k for k, t in frame.schema.items() if t.is_decimal()]
    if als_float:
        frame = frame.with_columns(pl.col(bedragen).cast(pl.Float64))
    if kaal:
        cijfers = [k for k in CODES if frame[k].str.contains(r"^\d+$").all()]
        frame = frame.with_columns(pl.col(cijfers).cast(pl.Float64 if als_float else pl.Int64))
    uit = io.BytesIO()
    frame.write_parquet(uit, row_group_size=7)
    return uit.getvalue()
