"""Makes a lake k times as large: every fact again under other names, so that joins keep their selectivity.

Clients, households, allocations, messages, lines and declarations get names of their own in each copy;
products, aanbieders, tariffs, wijken and other reference tables are written once.
"""

import json
import shutil
from pathlib import Path

import duckdb
from deltalake import DeltaTable, write_deltalake

NAMEN = (
    "bericht_id",
    "sha256",
    "inhoud_hash",
    "identificatie",
    "declaratie_identificatie",
    "heen_identificatie",
    "client_id",
    "huishouden_id",
    "toewijzing_sleutel",
    "beschikking_nummer",
    "referentie_sleutel",
    "referentienummer",
    "vorig_referentienummer",
    "declaratienummer",
    "melding_id",
)
"""Columns whose values name something that exists once: a copy gets a letter more."""
STAP = 100_000_000
"""What a copy adds to toewijzing_nummer, the one name that is a number."""
EENMALIG = (
    "product",
    "aanbieder",
    "contract",
    "tarief",
    "wijk",
    "postcode_wijk",
    "grootboek",
    "begroting",
    "programmering",
    "klantcontact",
    "bevolking",
    "cpi",
    "benchmark",
    "breuk",
    "maatregel",
    "volume_jaar",
)


def multiply_lake(bron: Path, uit: Path, maal: int) -> Path:
    """Write `bron` `maal` times under `uit` and return it; an earlier result there is replaced."""
    shutil.rmtree(uit, ignore_errors=True)
    uit.mkdir(parents=True)
    con = duckdb.connect()
    con.execute("SET memory_limit = '2GB'")
    con.execute("SET enable_progress_bar = false")
    for tabel in sorted(pad for pad in bron.iterdir() if (pad / "_delta_log").is_dir()):
        delta = DeltaTable(str(tabel))
        bestanden = ", ".join(f"'{uri}'" for uri in sorted(delta.file_uris()))
        kolommen = [veld.name for veld in delta.schema().fields]
        # the reference files themselves are messages too, but of those one copy is enough as well
        for nummer in range(1 if tabel.name in EENMALIG else maal):
            velden = ", ".join(_renamed(kolom, nummer) for kolom in kolommen)
            if bestanden:
                rijen = con.sql(
                    f"SELECT {velden} FROM read_parquet([{bestanden}], union_by_name = true)"  # noqa: S608
                )
                write_deltalake(str(uit / tabel.name), rijen.fetch_arrow_reader(500_000), mode="append")
    con.close()
    about = json.loads((bron / "lake.json").read_text(encoding="utf-8"))
    (uit / "lake.json").write_text(json.dumps(about), encoding="utf-8")
    return uit


def _renamed(kolom: str, nummer: int) -> str:
    """A column of copy `nummer` (0 is the original) as SQL."""
    if nummer and kolom == "toewijzing_nummer":
        return f'"{kolom}" + {nummer * STAP} AS "{kolom}"'
    if nummer and kolom in NAMEN:
        return f'"{kolom}" || \'{chr(ord("g") + nummer)}\' AS "{kolom}"'
    return f'"{kolom}"'
