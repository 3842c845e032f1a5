"""One extract: its blocks checked against the contract, and turned into rows of the lake."""

from collections.abc import Iterator

import polars as pl

from etl.containers import Bron
from etl.contract import Contract
from etl.csv_read import Blok, read_blocks, read_header
from etl.fields import Veld, apply_signs, check, raw, read_codes
from etl.files import Bestand
from etl.gate import add_identities, count_lines, judge, quarantine_rows
from etl.key import Sleutel
from etl.reasons import BEVINDING, describe
from etl.recognise_table import Extract
from etl.wijken import Wijktabel, key_postcodes, to_client_rows

FEITEN = ("declaratieregel", "toewijzing", "start", "stop")


def _code_lists() -> dict[str, list[str]]:
    """Codes that some standard or release knows: an extract spans years and both laws, so it names no
    release.
    """
    samen: dict[str, set[str]] = {}
    for lijsten in read_codes().values():
        for naam, codes in lijsten.items():
            samen.setdefault(naam, set()).update(codes)
    return {naam: sorted(codes) for naam, codes in samen.items()}


def read_extract(
    bron: Bron, bestand: Bestand, soort: Extract, sleutel: Sleutel, wijken: Wijktabel
) -> Iterator[dict[str, pl.DataFrame]]:
    """Rows per lake table, block by block; the counts and header of `bestand` are complete after the last.

    Raises RefusedError when the file turns out not to be readable; what was yielded before must then not
    count.
    """
    contract = soort.contract
    with bron.open() as stroom:
        aanwezig = read_header(stroom.readline(1024 * 1024))
    velden = tuple(k.veld for k in contract.kolommen if k.kolom in aanwezig)
    bedrag = "bedrag_cent" if contract.tabel == "declaratieregel" else ""
    gemeenten: set[str] = set()
    for blok in read_blocks(bron):
        if blok.windows:
            bestand.redenen[f"{BEVINDING}:windows"] = 1
        hernoemd = blok.frame.select(
            pl.lit(0, dtype=pl.Int64).alias("f"),
            "regel_nr",
            *(pl.col(v.pad).alias(raw(v.naam)) for v in velden),
        )
        frame = apply_signs(check(hernoemd, velden, _code_lists()), velden)
        oordeel = judge(frame, velden, sleutel)
        count_lines([bestand], oordeel, bedrag)
        gemeenten.update(oordeel.goed.get_column("gemeentecode").unique().to_list())
        goed = _to_rows(oordeel.goed, bestand, contract, velden, sleutel, wijken)
        uit = {contract.tabel: goed} if goed.height else {}
        quarantaine = [quarantine_rows(oordeel.quarantaine, bedrag)] if oordeel.quarantaine.height else []
        if blok.gerafeld:
            quarantaine.append(_ragged(blok, bestand))
        if quarantaine:
            uit["quarantaine"] = pl.concat(quarantaine)
        if goed.height and "ontvangen_op" in goed.columns:
            laatst = goed.get_column("ontvangen_op").max()
            eerder = bestand.kop.get("ontvangen_op")
            bestand.kop["ontvangen_op"] = max([t for t in (laatst, eerder) if t is not None], default=None)
        yield uit
    bestand.kop["gemeentecode"] = gemeenten.pop() if len(gemeenten) == 1 else None
    bestand.settle()


def _ragged(blok: Blok, bestand: Bestand) -> pl.DataFrame:
    """Quarantine rows of lines whose width is not that of the header; counts them in the file."""
    n = len(blok.gerafeld)
    bestand.regels += n
    bestand.regels_quarantaine += n
    bestand.redenen["kolommen"] += n
    if bestand.berichttype == "declaratieregels":
        bestand.regels_zonder_bedrag += n
    return pl.DataFrame(
        {
            "f": [0] * n,
            "regel_nr": blok.gerafeld,
            "referentienummer": [None] * n,
            "veld": [None] * n,
            "code": ["kolommen"] * n,
            "omschrijving": [describe("kolommen")] * n,
            "bedrag_cent": [None] * n,
        },
        schema={"f": pl.Int64, "regel_nr": pl.Int64, "referentienummer": pl.Utf8, "veld": pl.Utf8}
        | {"code": pl.Utf8, "omschrijving": pl.Utf8, "bedrag_cent": pl.Int64},
    )


def _to_rows(
    goed: pl.DataFrame,
    bestand: Bestand,
    contract: Contract,
    velden: tuple[Veld, ...],
    sleutel: Sleutel,
    wijken: Wijktabel,
) -> pl.DataFrame:
    bron = [k for k in contract.ontvangen if any(v.naam == k for v in velden)]
    ontvangen = pl.coalesce([pl.col(k).cast(pl.Datetime("us")) for k in bron] or [pl.lit(None)])
    goed = goed.with_columns(
        pl.lit(bestand.bericht_id).alias("bericht_id"),
        ontvangen.cast(pl.Datetime("us")).alias("ontvangen_op"),
        *(pl.lit(waarde).alias(naam) for naam, waarde in contract.vast.items()),
    )
    if contract.tabel in (*FEITEN, "client"):
        goed = goed.with_columns(pl.lit("extract").alias("bron"))
    goed = add_identities(goed, sleutel)
    if contract.tabel == "client":
        return to_client_rows(goed, wijken, sleutel)
    if contract.tabel == "postcode_wijk":
        return key_postcodes(goed, sleutel)
    return goed
