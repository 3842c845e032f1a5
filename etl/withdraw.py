"""The command withdraw: one file is taken back, and the log says so."""

import argparse
from datetime import UTC, datetime

import polars as pl

from etl.errors import UsageError
from etl.files import mask
from etl.lake import Lake
from etl.tables import TABELLEN


def run_withdraw(arg: argparse.Namespace) -> int:
    """Takes a file back and says so; UsageError for a file that is not there, or without a reason."""
    lake = Lake(arg.lake)
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {arg.lake}")
    if not arg.why.strip():
        raise UsageError("Geef met --why de reden; die komt in het laadlog.")
    with lake.locked(), lake.taken_back_on_failure():
        lake.recover()
        lake.check_schema()
        rijen = lake.read("bericht").filter(pl.col("sha256") == arg.sha256.lower())
        if rijen.is_empty():
            raise UsageError("Geen geladen bestand heeft deze sha256. 'etl log' toont welke er zijn.")
        lake.withdraw(rijen.get_column("bericht_id").to_list())
        nu = datetime.now(UTC).replace(tzinfo=None)
        log = rijen.select(k for k in TABELLEN["laadlog"] if k in rijen.columns).with_columns(
            pl.lit("ingetrokken").alias("status"),
            pl.lit(nu, dtype=pl.Datetime("us")).alias("geladen_op"),
            pl.lit("{}").alias("redenen"),
            pl.lit(mask(arg.why)).alias("toelichting"),
        )
        lake.append("laadlog", log)
    naam = rijen.get_column("naam")[0]
    print(f"Ingetrokken: {naam}. De regels tellen niet meer; het bestand kan opnieuw worden geladen.")
    return 0
