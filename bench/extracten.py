"""Loading one large extract in every form: python -m bench.extracten [--lines N]. Prints seconds and memory.

The peak is of the whole command, the lake on disk included; it must stay under 1 GB whatever the size.
"""

import argparse
import io
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from bench.meting import measure

STUK = 250_000
SLEUTEL = "voorbeeldsleutel-van-de-meting"


def sample_bsns(aantal: int) -> list[str]:
    """Numbers of the sample range that pass the 11-proef."""
    kans, uit = random.Random(1), []
    while len(uit) < aantal:
        s = f"99{kans.randrange(10**7):07d}"
        if (sum(int(c) * g for c, g in zip(s[:8], range(9, 1, -1), strict=True)) - int(s[8])) % 11 == 0:
            uit.append(s)
    return uit


def make_lines(begin: int, aantal: int, bsns: list[str]) -> pl.DataFrame:
    """Declaratieregels in typed columns."""
    n = pl.int_range(begin, begin + aantal, eager=True).alias("n")
    kans = random.Random(begin)
    cent = pl.Series("cent", [kans.randrange(100, 500_000) for _ in range(aantal)])
    wie = pl.Series("bsn", [kans.choice(bsns) for _ in range(aantal)])
    maand = pl.date(2024, pl.col("n") % 12 + 1, 1)
    frame = pl.DataFrame([n, cent, wie]).with_columns(
        (pl.col("cent") / 100).cast(pl.Decimal(12, 2)).alias("bedrag")
    )
    vast = {"wet": "Wmo", "gemeentecode": "0392", "aanbieder_agb": "65656055", "productcategorie": "02"}
    vast |= {"productcode": "02A03", "eenheid": "04", "debet_credit": "D", "status": "goedgekeurd"}
    rest = frame.select(
        "bsn",
        "bedrag",
        (100_000 + pl.col("n") % 90_000).alias("toewijzingnummer"),
        maand.alias("begindatum"),
        maand.dt.month_end().alias("einddatum"),
        (pl.col("n") % 90 + 1).alias("volume"),
        pl.lit("12.50").cast(pl.Decimal(12, 2)).alias("tarief"),
        pl.format("REF{}", "n").alias("referentienummer"),
        pl.lit(None, pl.Utf8).alias("vorig_referentienummer"),
        pl.format("DN{}", pl.col("n") // 500).alias("declaratienummer"),
        maand.dt.offset_by("35d").cast(pl.Datetime("us")).alias("ontvangen_op"),
        maand.dt.offset_by("45d").cast(pl.Datetime("us")).alias("beantwoord_op"),
        pl.col("bedrag").alias("toegekend_bedrag"),
    )
    return rest.with_columns(pl.lit(w).alias(k) for k, w in vast.items())


def write_dutch(frame: pl.DataFrame, uit: io.BufferedWriter, kop: bool) -> None:
    """Semicolons, decimal comma, dd-mm-jjjj, UTF-8 with BOM."""
    frame.write_csv(
        uit, separator=";", include_header=kop, include_bom=kop, decimal_comma=True, date_format="%d-%m-%Y",
        datetime_format="%d-%m-%Y %H:%M:%S",
    )  # fmt: skip


def write_other(frame: pl.DataFrame, uit: io.BufferedWriter, kop: bool) -> None:
    """Commas, every field quoted, decimal point, mm/dd/jjjj, Windows-1252 (nothing beyond ASCII here)."""
    frame.write_csv(
        uit, separator=",", include_header=kop, quote_style="always", date_format="%m/%d/%Y",
        datetime_format="%m/%d/%Y %H:%M:%S",
    )  # fmt: skip


def write_table(
    pad: Path, regels: int, schrijf: Callable[[pl.DataFrame, io.BufferedWriter, bool], None]
) -> None:
    """One table of so many lines, written in pieces."""
    bsns = sample_bsns(20_000)
    with pad.open("wb") as uit:
        for begin in range(0, regels, STUK):
            schrijf(make_lines(begin, min(STUK, regels - begin), bsns), uit, begin == 0)


def main() -> None:
    """Measures every form and prints a line each."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--lines", type=int, default=1_000_000)
    regels = vraag.parse_args().lines
    env = {k: w for k, w in os.environ.items() if not k.startswith("STUURINFO_")} | {"STUURINFO_KEY": SLEUTEL}
    print(f"{'vorm':<28}{'MB':>8}{'sec':>8}{'regels/s':>12}{'piek MB':>10}")
    with tempfile.TemporaryDirectory() as map_:
        for naam, schrijf in (("csv, puntkomma", write_dutch), ("csv, aanhalingstekens", write_other)):
            pad = Path(map_) / "extract.csv"
            write_table(pad, regels, schrijf)
            show(naam, pad, regels, env)
        pad = Path(map_) / "extract.parquet"
        bsns = sample_bsns(20_000)
        stukken = [make_lines(b, min(STUK, regels - b), bsns) for b in range(0, regels, STUK)]
        pl.concat(stukken).write_parquet(pad)
        show("parquet", pad, regels, env)
        regels = min(regels, 200_000)
        pad = Path(map_) / "extract.xlsx"
        make_lines(0, regels, bsns).write_excel(pad, autofit=False)
        show(f"xlsx ({regels} regels)", pad, regels, env)


def show(naam: str, pad: Path, regels: int, env: dict[str, str]) -> None:
    """Loads one file into a lake of its own and prints what it cost."""
    with tempfile.TemporaryDirectory() as lake:
        meting = measure(
            naam, [sys.executable, "-m", "etl", "load", str(pad), "--lake", f"{lake}/lake", "--json"], env
        )
    per_seconde = f"{regels / meting.seconden:,.0f}".replace(",", ".")
    mb = pad.stat().st_size / 1e6
    print(f"{naam:<28}{mb:>8.0f}{meting.seconden:>8.1f}{per_seconde:>12}{meting.piek_mb:>10.0f}", flush=True)
    pad.unlink()


if __name__ == "__main__":
    main()
