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
from etl.regels import Regel

REFERENTIES = ("referentienummer", "vorig_referentienummer", "productcode", "productcategorie")
"""Texts of which the length is only a finding, so that a BSN could stand in them."""
_CODES = (
    *VAN_EXTRACTEN,
    "ontbreekt",
    "type",
    "kolommen",
    "niet_voorbeeld",
    "lengte",
    "codelijst",
    "CS002",
)
_BLOKKEERT = ("niet_voorbeeld", "kolommen")
NAAMDELEN = (
    "wet",
    "gemeentecode",
    "aanbieder_agb",
    "client_id",
    "beschikking_nummer",
    "productcategorie",
    "productcode",
    "ingangsdatum",
)
BEVINDINGEN: dict[str, pl.DataType] = {
    "f": pl.Int64(),
    "regel_nr": pl.Int64(),
    "referentienummer": pl.Utf8(),
    "veld": pl.Utf8(),
    "code": pl.Utf8(),
}
"""A row a finding: which line of which file, the field and the rule. No content."""


@dataclass
class Oordeel:
    """What became of the lines of a frame: kept rows, quarantined rows, and findings on the kept ones."""

    goed: pl.DataFrame
    quarantaine: pl.DataFrame
    bevindingen: pl.DataFrame


def _fault_columns(frame: pl.DataFrame, velden: Iterable[Veld]) -> list[tuple[Veld, str, str]]:
    """(field, code, column) of every rule that was checked, in the order of the fields."""
    er = set(frame.columns)
    return [(v, c, fault(v.naam, c)) for v in velden for c in _CODES if fault(v.naam, c) in er]


def check_bsn(frame: pl.DataFrame, velden: Iterable[Veld], sleutel: Sleutel) -> pl.DataFrame:
    """Adds the 11-proef (CS002) as a finding, or, under the public sample key, anything but a sample BSN as
    blocking; not where that was done before, at the level of the client.
    """
    for v in velden:
        code = "niet_voorbeeld" if sleutel.voorbeeld else "CS002"
        if v.type != "BurgerServicenummer" or fault(v.naam, code) in frame.columns:
            continue
        goed = bsn_passes(pl.col(v.naam))
        if sleutel.voorbeeld:
            goed &= pl.col(v.naam).str.starts_with("99")
        frame = frame.with_columns((pl.col(v.naam).is_not_null() & ~goed).alias(fault(v.naam, code)))
    return frame


def _broken(frame: pl.DataFrame, kolommen: Iterable[str]) -> set[str]:
    """The bool columns with a true in them; most have none, and then nothing more is to be done."""
    if not (namen := list(kolommen)):
        return set()
    ergens = frame.select(pl.col(k).any() for k in namen).row(0)
    return {k for k, waar in zip(namen, ergens, strict=True) if waar}


def judge(
    frame: pl.DataFrame, velden: Sequence[Veld], sleutel: Sleutel, regels: Sequence[Regel] = ()
) -> Oordeel:
    """Splits the lines into kept and quarantined, by the first blocking rule in the order of the fields.

    `regels`: rules of the standard on these lines, reported and never blocking.
    """
    frame = check_bsn(frame, velden, sleutel)
    frame = frame.with_columns(r.fout.fill_null(False).alias(fault(r.veld, r.code)) for r in regels)
    kolommen = _fault_columns(frame, velden)
    gebroken = _broken(frame, (k for _, _, k in kolommen))
    blok = [(v, c, k) for v, c, k in kolommen if is_blocking(v, c) or c in _BLOKKEERT]
    zacht = [(v.naam, c, k) for v, c, k in kolommen if (v, c, k) not in blok]
    zacht += [(r.veld, r.code, fault(r.veld, r.code)) for r in regels]
    eerste = [pl.when(pl.col(k)).then(pl.lit(f"{c}:{v.naam}")) for v, c, k in blok if k in gebroken]
    goed, slecht = frame, frame.clear().with_columns(pl.lit(None, dtype=pl.Utf8).alias("reden"))
    if eerste:
        frame = frame.with_columns(pl.coalesce(eerste).alias("reden"))
        goed, slecht = (
            frame.filter(pl.col("reden").is_null()),
            frame.filter(pl.col("reden").is_not_null()),
        )
    return Oordeel(goed, slecht, find(goed, zacht))


def find(frame: pl.DataFrame, regels: Iterable[tuple[str, str, str]]) -> pl.DataFrame:
    """Rows of findings out of bool columns, given as (field, code, column); `BEVINDINGEN`.

    The reference number is kept so that the sender can find the line, unless it holds a BSN.
    """
    regels = list(regels)
    gebroken = _broken(frame, (k for _, _, k in regels))
    delen = []
    for veld, code, kolom in regels:
        if kolom not in gebroken:
            continue
        deel = frame.filter(pl.col(kolom))
        delen.append(
            deel.select(
                pl.col("f").cast(pl.Int64),
                "regel_nr",
                _reference(deel),
                pl.lit(veld).alias("veld"),
                pl.lit(code).alias("code"),
            )
        )
    return pl.concat(delen) if delen else pl.DataFrame(schema=BEVINDINGEN)


def _reference(frame: pl.DataFrame) -> pl.Series:
    """The reference numbers of lines as they may be shown; NULL where there is none or it holds a BSN."""
    if "referentienummer" not in frame.columns:
        return pl.repeat(None, frame.height, dtype=pl.Utf8, eager=True).alias("referentienummer")
    eigen = raw("bsn") if raw("bsn") in frame.columns else "bsn" if "bsn" in frame.columns else ""
    verraadt = tells_bsn(frame, "referentienummer", eigen)
    toonbaar = pl.col("referentienummer").str.head(20).str.replace_all(r"\p{Cc}", "�")
    return frame.select(pl.when(~verraadt).then(toonbaar)).to_series()


def quarantine_rows(fout: pl.DataFrame, bedrag: str) -> pl.DataFrame:
    """Rows of lake table `quarantaine` out of quarantined lines: positions and codes, no content.

    The reference number is kept so that the sender can find the line, unless it holds a BSN.
    """
    redenen = fout.get_column("reden").unique().to_list()
    zinnen = pl.DataFrame(
        {"reden": redenen, "omschrijving": [describe(r) for r in redenen]},
        schema={"reden": pl.Utf8, "omschrijving": pl.Utf8},
    )
    return (
        fout.with_columns(_reference(fout))
        .join(zinnen, on="reden", how="left", maintain_order="left")
        .select(
            "f",
            pl.col("regel_nr").cast(pl.Int64),
            "referentienummer",
            pl.col("reden").str.split(":").list.get(1, null_on_oob=True).alias("veld"),
            pl.col("reden").str.split(":").list.get(0).alias("code"),
            "omschrijving",
            (pl.col(bedrag) if bedrag else pl.lit(None, dtype=pl.Int64)).alias("bedrag_cent"),
        )
    )


def count_lines(bestanden: Sequence[Bestand], oordeel: Oordeel, bedrag: str) -> None:
    """Adds lines, cents and reasons of a judged frame to its files.

    `bedrag`: the signed amount column, or '' for messages without money.
    """
    for goed, frame in ((True, oordeel.goed), (False, oordeel.quarantaine)):
        som = pl.col(bedrag).sum() if bedrag else pl.lit(0)
        leeg = pl.col(bedrag).null_count() if bedrag else pl.lit(0)
        per_f = frame.group_by("f").agg(pl.len().alias("n"), som.alias("cent"), leeg.alias("zonder"))
        for f, n, cent, zonder in per_f.iter_rows():
            b = bestanden[f]
            b.regels += n
            b.regels_zonder_bedrag += zonder
            if goed:
                b.regels_geladen += n
                b.bedrag_geladen_cent += cent
            else:
                b.regels_quarantaine += n
                b.bedrag_quarantaine_cent += cent
    for f, reden, n in oordeel.quarantaine.group_by("f", "reden").len().iter_rows():
        bestanden[f].redenen[reden] += n
    count_findings(bestanden, oordeel.bevindingen)


def count_findings(bestanden: Sequence[Bestand], bevindingen: pl.DataFrame) -> None:
    """Adds findings to the reasons of their files: 'bevinding:TR346', of a field 'bevinding:type:volume'."""
    per_f = bevindingen.group_by("f", "code", "veld").len()
    for f, code, veld, n in per_f.iter_rows():
        van_veld = code in _CODES and code != "CS002"
        bestanden[f].redenen[f"{BEVINDING}:{code}:{veld}" if van_veld else f"{BEVINDING}:{code}"] += n


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
        verraadt = tells_bsn(frame, kolom, "bsn" if "bsn" in frame.columns else "")
        if verraadt.any():
            frame = frame.with_columns(verraadt)
            frame = pseudonymise(frame, kolom, "referentie", "_hash", sleutel, hidden_form)
            frame = frame.with_columns(
                pl.when("_verraadt").then("_hash").otherwise(pl.col(kolom)).alias(kolom)
            ).drop("_hash", "_verraadt")
    return frame


_REEKS = r"(?:^|[^0-9])([0-9]{9})(?:[^0-9]|$)"


def tells_bsn(frame: pl.DataFrame, kolom: str, eigen: str) -> pl.Series:
    """Whether a text holds the BSN of its own line, or a run of nine digits that could be anyone's; bool
    column `_verraadt`.

    `eigen`: the column with the line's own BSN, or ''. A run that begins with 00 is a serial number; BSNs of
    that size are not issued. Most references are told apart by their length or digits alone, so the dear
    questions are put to the others only.
    """
    tekst = frame.get_column(kolom)
    # An own BSN that is not nine digits (raw text of a quarantined line) is looked for from four characters.
    kort = 9 if eigen in ("", "bsn") else 4
    kan = tekst.str.len_bytes() >= kort
    if kort == 9 and kan.any():
        kan &= tekst.str.contains(r"[0-9]{9}")
    kan = kan.fill_null(False)
    uit = pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    if kan.any():
        deel = frame.select(kolom, *([eigen] if eigen and eigen != kolom else [])).filter(kan)
        reeks = pl.when(pl.col(kolom).str.contains(_REEKS)).then(pl.col(kolom).str.extract(_REEKS, 1))
        deel = deel.with_columns(reeks.alias("_reeks"))
        verraadt = bsn_passes(pl.col("_reeks")) & ~pl.col("_reeks").str.starts_with("00")
        verraadt = verraadt.fill_null(False)
        if eigen:
            bsn = pl.col(eigen).str.strip_chars()
            in_tekst = pl.col(kolom).str.contains(bsn, literal=True) & (bsn.str.len_chars() > 3)
            verraadt |= in_tekst.fill_null(False)
        uit = uit.scatter(kan.arg_true(), deel.select(verraadt.alias("v")).get_column("v"))
    return uit.alias("_verraadt")


def add_identities(frame: pl.DataFrame, sleutel: Sleutel) -> pl.DataFrame:
    """Adds client_id out of bsn (where it is not there yet), referentie_sleutel out of the reference of the
    aanbieder, and toewijzing_sleutel (CONTRACT): the number, else a hash of what names it.
    """
    frame = hide_references(frame, sleutel)
    if "bsn" in frame.columns and "client_id" not in frame.columns:
        frame = pseudonymise(frame, "bsn", "client", "client_id", sleutel)
    if "referentie_aanbieder" in frame.columns:
        frame = pseudonymise(frame, "referentie_aanbieder", "verzoek", "referentie_sleutel", sleutel)
    if "toewijzing_nummer" not in frame.columns:
        return frame
    return add_toewijzing_key(frame, sleutel)


def add_toewijzing_key(frame: pl.DataFrame, sleutel: Sleutel) -> pl.DataFrame:
    """Adds toewijzing_sleutel to lines with a client_id: the number, else a hash of what names it."""
    frame = frame.with_columns(pl.col("toewijzing_nummer").cast(pl.Utf8).alias("toewijzing_sleutel"))
    if "ingangsdatum" not in frame.columns or frame["toewijzing_nummer"].null_count() == 0:
        return frame
    naam = pl.concat_str(
        [pl.col(d).cast(pl.Utf8).fill_null("") for d in NAAMDELEN if d in frame.columns], separator="|"
    )
    frame = frame.with_columns(pl.when(pl.col("ingangsdatum").is_not_null()).then(naam).alias("_naam"))
    frame = pseudonymise(frame, "_naam", "toewijzing", "_hash", sleutel)
    return frame.with_columns(pl.coalesce("toewijzing_sleutel", "_hash").alias("toewijzing_sleutel"))
