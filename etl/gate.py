"""The gate between what was read and what is written: quarantine, findings, pseudonyms. Whole columns only.

A frame that comes in has a row a line, with column `f` (which file of the batch), `regel_nr`, the checked
fields and their bool columns (`fields.check`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from etl.fields import VAN_EXTRACTEN, Veld, fault, is_blocking, raw
from etl.files import Bestand
from etl.key import Sleutel
from etl.pseudonym import bsn_passes, pseudonymise
from etl.reasons import BEVINDING, describe

REFERENTIES = ("referentienummer", "vorig_referentienummer")
_NAAMDELEN = (
    "wet",
    "gemeentecode",
    "aanbieder_agb",
    "client_id",
    "beschikking_nummer",
    "productcategorie",
    "productcode",
    "ingangsdatum",
)


@dataclass
class Oordeel:
    """What became of the lines of a frame: kept rows, quarantined rows, and findings per file."""

    goed: pl.DataFrame
    quarantaine: pl.DataFrame
    bevindingen: pl.DataFrame


def _fault_columns(frame: pl.DataFrame, velden: Iterable[Veld]) -> list[tuple[Veld, str, str]]:
    """(field, code, column) of every rule that was checked, in the order of the fields."""
    codes = (
        *VAN_EXTRACTEN,
        "ontbreekt",
        "type",
        "kolommen",
        "niet_voorbeeld",
        "lengte",
        "codelijst",
        "elfproef",
    )
    return [(v, c, fault(v.naam, c)) for v in velden for c in codes if fault(v.naam, c) in frame.columns]


def check_bsn(frame: pl.DataFrame, velden: Iterable[Veld], sleutel: Sleutel) -> pl.DataFrame:
    """Adds the 11-proef as a finding, or, under the public sample key, anything but a sample BSN as
    blocking.
    """
    for v in velden:
        if v.type != "BurgerServicenummer":
            continue
        goed = bsn_passes(pl.col(v.naam))
        if sleutel.voorbeeld:
            mag = goed & pl.col(v.naam).str.starts_with("99")
            expr = (pl.col(v.naam).is_not_null() & ~mag).alias(fault(v.naam, "niet_voorbeeld"))
        else:
            expr = (pl.col(v.naam).is_not_null() & ~goed).alias(fault(v.naam, "elfproef"))
        frame = frame.with_columns(expr)
    return frame


def judge(frame: pl.DataFrame, velden: Sequence[Veld], sleutel: Sleutel) -> Oordeel:
    """Splits the lines into kept and quarantined, by the first blocking rule in the order of the fields."""
    frame = check_bsn(frame, velden, sleutel)
    kolommen = _fault_columns(frame, velden)
    blok = [(v, c, k) for v, c, k in kolommen if is_blocking(v, c) or c in ("niet_voorbeeld", "kolommen")]
    eerste: list[pl.Expr] = [pl.when(pl.col(k)).then(pl.lit(f"{c}:{v.naam}")) for v, c, k in blok]
    reden = pl.coalesce([*eerste, pl.lit(None, dtype=pl.Utf8)])
    frame = frame.with_columns(reden.alias("reden"))
    goed = frame.filter(pl.col("reden").is_null())
    zacht = [(v, c, k) for v, c, k in kolommen if (v, c, k) not in blok]
    tel = goed.group_by("f").agg(pl.col(k).sum().alias(f"{BEVINDING}:{c}:{v.naam}") for v, c, k in zacht)
    bevindingen = (
        tel.unpivot(index="f", variable_name="reden", value_name="aantal").filter(pl.col("aantal") > 0)
        if zacht
        else pl.DataFrame(schema={"f": pl.Int64, "reden": pl.Utf8, "aantal": pl.UInt32})
    )
    return Oordeel(goed, frame.filter(pl.col("reden").is_not_null()), bevindingen)


def quarantine_rows(fout: pl.DataFrame, bedrag: str) -> pl.DataFrame:
    """Rows of lake table `quarantaine` out of quarantined lines: positions and codes, no content.

    The reference number is kept so that the sender can find the line, unless it holds a BSN.
    """
    referentie: pl.Expr = pl.lit(None, dtype=pl.Utf8)
    if "referentienummer" in fout.columns:
        bsn = pl.col(raw("bsn")).str.strip_chars() if raw("bsn") in fout.columns else None
        verraadt = _tells_bsn("referentienummer", bsn)
        referentie = pl.when(~verraadt).then(pl.col("referentienummer").str.head(20))
    redenen = fout.get_column("reden").unique().to_list()
    zinnen = pl.DataFrame(
        {"reden": redenen, "omschrijving": [describe(r) for r in redenen]},
        schema={"reden": pl.Utf8, "omschrijving": pl.Utf8},
    )
    return fout.join(zinnen, on="reden", how="left").select(
        "f",
        pl.col("regel_nr").cast(pl.Int64),
        referentie.alias("referentienummer"),
        pl.col("reden").str.split(":").list.get(1, null_on_oob=True).alias("veld"),
        pl.col("reden").str.split(":").list.get(0).alias("code"),
        "omschrijving",
        (pl.col(bedrag) if bedrag else pl.lit(None, dtype=pl.Int64)).alias("bedrag_cent"),
    )


def count_lines(bestanden: Sequence[Bestand], oordeel: Oordeel, bedrag: str, meetellend: bool = True) -> None:
    """Adds lines, cents and reasons of a judged frame to its files.

    `bedrag`: the signed amount column, or '' for messages without money.
    """
    for goed, frame in ((True, oordeel.goed), (False, oordeel.quarantaine)):
        som = pl.col(bedrag).sum() if bedrag else pl.lit(0)
        leeg = pl.col(bedrag).null_count() if bedrag else pl.lit(0)
        per_f = frame.group_by("f").agg(pl.len().alias("n"), som.alias("cent"), leeg.alias("zonder"))
        for f, n, cent, zonder in per_f.iter_rows() if meetellend else ():
            b = bestanden[f]
            b.regels += n
            b.regels_zonder_bedrag += zonder
            if goed:
                b.regels_geladen += n
                b.bedrag_geladen_cent += cent
            else:
                b.regels_quarantaine += n
                b.bedrag_quarantaine_cent += cent
    if meetellend:
        for f, reden, n in oordeel.quarantaine.group_by("f", "reden").len().iter_rows():
            bestanden[f].redenen[reden] += n
    for f, reden, n in oordeel.bevindingen.iter_rows():
        bestanden[f].redenen[reden] += n


def hidden_form(hash_: pl.Expr) -> pl.Expr:
    """The form of a hidden reference: within the standard's twenty characters, and to be told from others."""
    return pl.lit("R") + hash_.str.head(19)


HIDDEN = r"^R[0-9a-f]{19}$"


def hide_references(frame: pl.DataFrame, sleutel: Sleutel) -> pl.DataFrame:
    """Replaces reference numbers that hold the BSN of their own line by a keyed hash of the same length at
    most.

    Some senders build them from the BSN. The hash is the same in a 323 and its 325, so matching still works.
    """
    for kolom in (k for k in REFERENTIES if k in frame.columns):
        verraadt = _tells_bsn(kolom, pl.col("bsn") if "bsn" in frame.columns else None)
        frame = frame.with_columns(verraadt.alias("_verraadt"))
        if frame.get_column("_verraadt").any():
            frame = pseudonymise(frame, kolom, "referentie", "_hash", sleutel, hidden_form)
            frame = frame.with_columns(
                pl.when("_verraadt").then("_hash").otherwise(pl.col(kolom)).alias(kolom)
            ).drop("_hash")
        frame = frame.drop("_verraadt")
    return frame


def _tells_bsn(kolom: str, eigen: pl.Expr | None) -> pl.Expr:
    """Whether a text holds the BSN of its own line, or a run of nine digits that could be anyone's.

    A run that begins with 00 is a serial number; BSNs of that size are not issued.
    """
    reeks = pl.col(kolom).str.extract(r"(?:^|[^0-9])([0-9]{9})(?:[^0-9]|$)", 1)
    verraadt = bsn_passes(reeks) & ~reeks.str.starts_with("00")
    if eigen is not None:
        verraadt |= (pl.col(kolom).str.contains(eigen, literal=True) & (eigen.str.len_chars() > 3)).fill_null(
            False
        )
    return verraadt.fill_null(False)


def add_identities(frame: pl.DataFrame, sleutel: Sleutel) -> pl.DataFrame:
    """Adds client_id out of bsn, and toewijzing_sleutel (CONTRACT): the number, else a hash of what names
    it.
    """
    frame = hide_references(frame, sleutel)
    if "bsn" in frame.columns:
        frame = pseudonymise(frame, "bsn", "client", "client_id", sleutel)
    if "toewijzing_nummer" not in frame.columns:
        return frame
    return add_toewijzing_key(frame, sleutel)


def add_toewijzing_key(frame: pl.DataFrame, sleutel: Sleutel) -> pl.DataFrame:
    """Adds toewijzing_sleutel to lines with a client_id: the number, else a hash of what names it."""
    frame = frame.with_columns(pl.col("toewijzing_nummer").cast(pl.Utf8).alias("toewijzing_sleutel"))
    if "ingangsdatum" not in frame.columns or frame["toewijzing_nummer"].null_count() == 0:
        return frame
    frame = frame.with_columns(
        pl.concat_str(
            [pl.col(d).cast(pl.Utf8).fill_null("") for d in _NAAMDELEN if d in frame.columns], separator="|"
        ).alias("_naam")
    )
    frame = pseudonymise(frame, "_naam", "toewijzing", "_hash", sleutel)
    return frame.with_columns(pl.coalesce("toewijzing_sleutel", "_hash").alias("toewijzing_sleutel"))
