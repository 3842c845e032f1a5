"""The lines that were set apart, by reason: for the screen, and as the list a sender repairs."""

import json
import sys
from pathlib import Path
from typing import TextIO

import polars as pl

from etl.errors import UsageError
from etl.files import mask
from etl.lake import Lake
from etl.reasons import VAN_BESTAND, VAN_REGEL
from etl.words import format_count, format_euros, name_kind

KOLOMMEN = (
    "naam",
    "sha256",
    "berichttype",
    "afzender",
    "regel_nr",
    "referentienummer",
    "veld",
    "code",
    "omschrijving",
    "advies",
    "bedrag_cent",
)
KOPPEN = {
    "naam": "bestand",
    "berichttype": "soort",
    "afzender": "afzender",
    "regel_nr": "regel",
    "referentienummer": "referentienummer",
    "veld": "gegeven",
    "code": "code",
    "omschrijving": "reden",
    "advies": "wat te doen",
    "bedrag_cent": "bedrag in euro",
}
"""Columns of the sender's list, and what they are called there."""
_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n")
_PER_REDEN = 20


def read_quarantine(lake: Lake, sha256: str | None = None) -> pl.DataFrame:
    """The lines in quarantine of files that are in the lake, most frequent reason first; columns KOLOMMEN.

    `regel_nr` 0 stands for the whole file. Raises UsageError where there is no lake, or no such file in it.
    """
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {lake.pad}")
    lake.check_schema()
    bestanden = lake.read("bericht", ["bericht_id", "sha256", "afzender"])
    if sha256:
        bestanden = bestanden.filter(pl.col("sha256") == sha256.lower())
        if bestanden.is_empty():
            raise UsageError("Geen bestand in het lake heeft deze sha256. 'etl log' toont welke er zijn.")
    advies = {code: wat for code, (_, wat) in (VAN_BESTAND | VAN_REGEL).items()}
    return (
        lake.read("quarantaine")
        .join(bestanden.select("bericht_id", "afzender"), on="bericht_id", how="inner")
        .with_columns(
            pl.col("code").replace_strict(advies, default="", return_dtype=pl.Utf8).alias("advies"),
            pl.len().over("code", "veld").alias("_n"),
        )
        .sort(
            ["_n", "code", "veld", "naam", "regel_nr"], descending=[True, *[False] * 4], maintain_order=True
        )
        .select(KOLOMMEN)
    )


def quarantine_as_csv(regels: pl.DataFrame) -> bytes:
    """The sender's list: semicolons, decimal comma, UTF-8 with BOM; no cell can run as a formula."""
    uit = [";".join(_cell(k) for k in KOPPEN.values())]
    for rij in regels.select(list(KOPPEN)).iter_rows(named=True):
        cent = rij.pop("bedrag_cent")
        bedrag = "" if cent is None else f"{'-' if cent < 0 else ''}{abs(cent) // 100},{abs(cent) % 100:02d}"
        uit.append(";".join([*(_cell(w) for w in rij.values()), bedrag]))
    return ("\ufeff" + "\r\n".join(uit) + "\r\n").encode()


def _cell(waarde: object) -> str:
    tekst = "" if waarde is None else str(waarde)
    if tekst.startswith(_FORMULE):
        tekst = f"'{tekst}"
    if any(c in tekst for c in ';"\r\n'):
        tekst = '"' + tekst.replace('"', '""') + '"'
    return tekst


def write_csv(regels: pl.DataFrame, naar: str) -> None:
    """Writes the sender's list to a file, or to the standard output for '-'; UsageError where it cannot."""
    if naar == "-":
        sys.stdout.buffer.write(quarantine_as_csv(regels))
        sys.stdout.buffer.flush()
        return
    try:
        Path(naar).write_bytes(quarantine_as_csv(regels))
    except OSError as fout:
        raise UsageError(f"De lijst kan niet worden geschreven: {mask(naar)}") from fout
    print(f"{format_count(regels.height)} regels geschreven naar {mask(naar)}.")


def quarantine_as_json(regels: pl.DataFrame) -> str:
    """The lines as JSON, one object a line."""
    return json.dumps(regels.to_dicts(), ensure_ascii=False)


def print_quarantine(regels: pl.DataFrame, uit: TextIO) -> None:
    """The lines by reason: how many, how many euros, what to do, and the first of them with their place."""
    if regels.is_empty():
        print("Geen regels in quarantaine.", file=uit)
        return
    for groep in regels.partition_by("code", "veld", maintain_order=True):
        eerste = groep.row(0, named=True)
        cent = int(groep.get_column("bedrag_cent").sum() or 0)
        bedrag = f" (€ {format_euros(cent)})" if cent else ""
        print(f"\n{format_count(groep.height)} keer{bedrag}: {eerste['omschrijving']}", file=uit)
        print(f"  Wat te doen: {eerste['advies']}", file=uit)
        for r in groep.head(_PER_REDEN).iter_rows(named=True):
            plek = "hele bestand" if r["regel_nr"] == 0 else f"regel {r['regel_nr']}"
            nummer = f"  referentie {r['referentienummer']}" if r["referentienummer"] else ""
            geld = "" if r["bedrag_cent"] is None else f"  € {format_euros(r['bedrag_cent'])}"
            print(f"    {r['naam']}  {name_kind(r['berichttype'])}  {plek}{nummer}{geld}", file=uit)
        if groep.height > _PER_REDEN:
            print(
                f"    en nog {format_count(groep.height - _PER_REDEN)}; alles staat in de lijst van --csv",
                file=uit,
            )
