"""History as a back office exports it.

CSV with ``;``, decimal comma, dd-mm-jjjj, UTF-8 with BOM, one file a year.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from sample_data.instellingen import GEMEENTE, Instellingen, maandbegin
from sample_data.papier import Papier

NULLEN_KWIJT = 2_000  # one line in so many of those that have zeros to lose


def euro(kolom: str, naam: str | None = None) -> pl.Expr:
    """Euro text with decimal comma out of a column of cents (may be negative or null)."""
    c = pl.col(kolom)
    tekst = pl.concat_str(
        pl.when(c < 0).then(pl.lit("-")).otherwise(pl.lit("")),
        (c.abs() // 100).cast(pl.String),
        pl.lit(","),
        (c.abs() % 100).cast(pl.String).str.zfill(2),
    )
    return tekst.alias(naam or kolom)


def write_csv(pad: Path, df: pl.DataFrame) -> tuple[str, int]:
    """Write one extract; returns its name and number of rows."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    tekst = [c for c, t in df.schema.items() if t == pl.String]
    df.with_columns(pl.col(tekst).replace("", None)).write_csv(
        pad,
        separator=";",
        include_bom=True,
        date_format="%d-%m-%Y",
        datetime_format="%d-%m-%Y %H:%M:%S",
        null_value="",
        decimal_comma=True,
    )
    return pad.stem, df.height


def write_historie(inst: Instellingen, papier: Papier, map_: Path) -> dict[str, pl.DataFrame]:
    """Facts received before the message window, a file per kind and year of receipt.

    Returns the frames written.
    """
    grens = inst.berichten_van
    uit: dict[str, pl.DataFrame] = {}
    eerste_jaar = inst.van // 12

    def schrijf(naam: str, df: pl.DataFrame) -> None:
        # what was received before the first year still matters when it runs on: it goes with the year before
        jaar = (pl.col("ontvangen_maand") // 12).clip(lower_bound=eerste_jaar - 1)
        for (j,), deel in df.with_columns(_jaar=jaar).group_by(["_jaar"], maintain_order=True):
            sleutel = f"{naam}_{j}"
            uit[sleutel] = deel.drop("_jaar", "ontvangen_maand")

    schrijf("toewijzingen", _toewijzingen(papier, grens))
    schrijf("starts", _starts(papier, grens))
    schrijf("stops", _stops(papier, grens))
    schrijf("declaratieregels", _regels(inst, papier, grens))
    _lose_zeros(uit)
    for naam, df in uit.items():
        write_csv(map_ / f"{naam}.csv", df)
    return uit


def _lose_zeros(historie: dict[str, pl.DataFrame]) -> None:
    """One row in a few thousand lost its leading zeros, as in a spreadsheet: category 1 and unit 4."""
    for naam, df in historie.items():
        if naam.startswith("declaratieregels"):
            nul = pl.col("eenheid").str.starts_with("0")
            raak = nul & (nul.cum_sum() % NULLEN_KWIJT == NULLEN_KWIJT // 4)
            kort = [
                pl.when(raak).then(pl.col(k).str.strip_chars_start("0")).otherwise(k).alias(k)
                for k in ("productcategorie", "eenheid")
            ]
            historie[naam] = df.with_columns(kort)


def _toewijzingen(papier: Papier, grens: int) -> pl.DataFrame:
    return (
        papier.toewijzingen.filter(pl.col("ontvangen_maand") < grens)
        .sort("op", "wet", "nummer")
        .select(
            wet="wetnaam",
            gemeentecode=pl.lit(GEMEENTE),
            aanbieder_agb="agb",
            bsn="bsn",
            toewijzingnummer="nummer",
            productcategorie="categorie",
            productcode="code",
            toegewezen_op="op",
            ingangsdatum="ingang",
            einddatum="eind",
            reden_wijziging="reden",
            volume="volume",
            eenheid="eenheid",
            frequentie="frequentie",
            budget=euro("budget"),
            verwijzer="verwijzer",
            ontvangen_maand="ontvangen_maand",
        )
    )


def _starts(papier: Papier, grens: int) -> pl.DataFrame:
    return papier.starts.filter(pl.col("ontvangen_maand") < grens).select(
        wet="wetnaam",
        gemeentecode=pl.lit(GEMEENTE),
        aanbieder_agb="agb",
        bsn="bsn",
        toewijzingnummer="nummer",
        productcategorie="categorie",
        productcode="code",
        begindatum="begin",
        ontvangen_op="ontvangen",
        ontvangen_maand="ontvangen_maand",
    )


def _stops(papier: Papier, grens: int) -> pl.DataFrame:
    return papier.stops.filter(pl.col("ontvangen_maand") < grens).select(
        wet="wetnaam",
        gemeentecode=pl.lit(GEMEENTE),
        aanbieder_agb="agb",
        bsn="bsn",
        toewijzingnummer="nummer",
        productcategorie="categorie",
        productcode="code",
        begindatum="begin",
        ontvangen_op="ontvangen",
        reden_beeindiging="reden",
        einddatum="eind",
        ontvangen_maand="ontvangen_maand",
    )


def _regels(inst: Instellingen, papier: Papier, grens: int) -> pl.DataFrame:
    """Declared lines; an answer counts only when it was given before the message window."""
    kop = papier.berichten.select(
        "bericht", "ontvangen", "antwoord", "ontvangen_maand", "antwoord_maand", "declaratienummer"
    )
    # in an extracts-only delivery the window is empty and every answer up to the end is known
    laatste = maandbegin(min(grens, inst.tot + 1))
    df = papier.regels.drop("ontvangen", "antwoord").join(
        kop.filter(pl.col("ontvangen_maand") < grens), on="bericht", how="inner", maintain_order="left"
    )
    klaar = pl.col("antwoord").to_physical() < laatste
    return df.select(
        wet="wetnaam",
        gemeentecode=pl.lit(GEMEENTE),
        aanbieder_agb="agb",
        bsn="bsn",
        toewijzingnummer="nummer",
        productcategorie="categorie",
        productcode="code",
        begindatum="begin",
        einddatum="eind",
        volume="volume",
        eenheid="eenheid",
        tarief=euro("tarief"),
        bedrag=euro("bedrag"),
        debet_credit="dc",
        referentienummer="referentie",
        vorig_referentienummer="vorige_referentie",
        declaratienummer="declaratienummer",
        ontvangen_op="ontvangen",
        beantwoord_op=pl.when(klaar).then("antwoord").otherwise(None),
        status=pl.when(~klaar)
        .then(pl.lit("in behandeling"))
        .when("afgekeurd")
        .then(pl.lit("afgekeurd"))
        .otherwise(pl.lit("goedgekeurd")),
        toegekend_bedrag=pl.when(klaar).then(
            pl.when("afgekeurd").then(pl.lit("0,00")).otherwise(euro("bedrag"))
        ),
        ontvangen_maand="ontvangen_maand",
    )
