"""The model turned into records: the columns that extracts and messages both are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data import toewijzingen as tw
from sample_data.aanbieders import Aanbieders
from sample_data.declaraties import Declaraties, signed
from sample_data.instellingen import NOOIT, Instellingen, als_datum, begin_van, maand_van
from sample_data.producten import GGZ_NIEUW, PRODUCTEN
from sample_data.regie import Regie
from sample_data.toewijzingen import Toewijzingen, Versies

WETNAAM = {0: "Wmo", 1: "Jeugdwet"}
RELEASE_3 = 2021 * 12
VERWIJDERD_SINDS = 19086  # RedenWijziging 13 exists since 4-4-2022; before that it was 01 with Eind = Ingang
CATEGORIE_OUD = {"54001": "54", "54003": "54", "53A01": "53"}


@dataclass
class Papier:
    """Records with text columns; dates are Date, moments Datetime, amounts cents."""

    toewijzingen: pl.DataFrame  # a row a version
    starts: pl.DataFrame
    stops: pl.DataFrame
    regels: pl.DataFrame
    berichten: pl.DataFrame


def _wie(inst: Instellingen, aanb: Aanbieders, personen: pl.DataFrame, df: pl.DataFrame) -> pl.DataFrame:
    """Add wetnaam, agb and bsn to rows with wet, aanbieder and persoon."""
    agb = np.array(aanb.agb)[df["aanbieder"].to_numpy()]
    bsn = personen["bsn"].to_numpy()[df["persoon"].to_numpy()]
    return df.with_columns(
        wetnaam=pl.col("wet").replace_strict(WETNAAM, return_dtype=pl.String),
        agb=pl.Series(agb.astype(str)),
        bsn=pl.Series(bsn.astype(str)),
    )


def make_papier(
    inst: Instellingen,
    aanb: Aanbieders,
    personen: pl.DataFrame,
    t: Toewijzingen,
    versies: Versies,
    regie: Regie,
    decl: Declaraties,
) -> Papier:
    """All records of the run, before they are divided over extracts and messages."""
    toew = _wie(inst, aanb, personen, _versieregels(t, versies))
    starts = _wie(inst, aanb, personen, _met_soort(regie.starts, t)).with_columns(als_datum("begin"))
    stops = _wie(inst, aanb, personen, _met_soort(regie.stops, t)).with_columns(
        als_datum("begin"), als_datum("eind")
    )
    starts, stops = (
        x.with_columns(
            als_datum("ontvangen"),
            ontvangen_maand=pl.Series(maand_van(x["ontvangen"].to_numpy())),
            status=pl.lit("1"),
        )
        for x in (starts, stops)
    )
    berichten = _wie_bericht(aanb, decl.berichten)
    regels = _wie(inst, aanb, personen, decl.regels)
    regels = regels.with_columns(
        als_datum("begin"),
        als_datum("eind"),
        categorie="cat",
        referentie=pl.concat_str(pl.lit("R"), pl.col("rn").cast(pl.String).str.zfill(9)),
        vorige_referentie=pl.concat_str(pl.lit("R"), pl.col("vorig").cast(pl.String).str.zfill(9)),
        bedrag_getekend=signed(),
        beschikking=pl.Series(t.beschikking[decl.regels["toewijzing"].to_numpy()]),
    )
    return Papier(toew, starts, stops, regels, berichten)


def _versieregels(t: Toewijzingen, v: Versies) -> pl.DataFrame:
    """One row per version of a toewijzing with what the 301 says about it."""
    rij = v.toewijzing
    s = t.seg
    product = s.product[rij]
    soort = t.soort[rij]
    spec = soort == tw.SPECIFIEK
    budget = (soort == tw.BUDGET) | (soort == tw.GENERIEK)
    maanden = np.ceil((np.minimum(v.eind, NOOIT - 1) - s.begin[rij] + 1) / 30.0).clip(1, 60)
    op_dag = v.op // 86400
    eenheid = np.array([p.eenheid for p in PRODUCTEN])[product]
    eenheid = np.where((eenheid == "84") & (maand_van(op_dag) < RELEASE_3), "82", eenheid)
    code = np.where(s.nieuwe_code[rij], GGZ_NIEUW, np.array([p.code for p in PRODUCTEN])[product])
    reden = np.where((v.reden == 13) & (op_dag < VERWIJDERD_SINDS), 1, v.reden)
    frequentie = np.array([p.frequentie for p in PRODUCTEN])[product]
    return (
        pl.DataFrame(
            {
                "toewijzing": rij,
                "wet": np.where(tw.geldig_wet(product), 0, 1),
                "aanbieder": s.aanbieder[rij],
                "persoon": s.persoon[rij],
                "nummer": t.nummer[rij],
                "beschikking": t.beschikking[rij],
                "categorie": code,
                "code": code,
                "op": v.op,
                "ingang": s.begin[rij],
                "eind": v.eind,
                "reden": reden,
                "volume": s.volume[rij],
                "eenheid": eenheid,
                "frequentie": frequentie.astype(str),
                "budget": (s.volume[rij] * maanden).astype(np.int64),
                "verwijzer": t.verwijzer[rij],
                "_spec": spec,
                "_budget": budget,
                "_generiek": soort == tw.GENERIEK,
                "soort": soort,
            }
        )
        .with_columns(
            pl.from_epoch("op", time_unit="s").alias("op"),
            als_datum("ingang"),
            als_datum("eind"),
            reden=pl.when(pl.col("reden") > 0)
            .then(pl.col("reden").cast(pl.String).str.zfill(2))
            .otherwise(None),
            categorie=pl.when("_generiek").then(None).otherwise(pl.col("categorie").str.slice(0, 2)),
            code=pl.when("_spec").then("code").otherwise(None),
            volume=pl.when("_spec").then("volume").otherwise(None),
            eenheid=pl.when("_spec").then("eenheid").otherwise(None),
            frequentie=pl.when("_spec").then("frequentie").otherwise(None),
            budget=pl.when("_budget").then("budget").otherwise(None),
            verwijzer=pl.col("verwijzer").cast(pl.String).str.zfill(2),
            ontvangen_maand=pl.Series(maand_van(op_dag)),
        )
        .drop("_spec", "_budget", "_generiek")
    )


def _met_soort(df: pl.DataFrame, t: Toewijzingen) -> pl.DataFrame:
    """Start and stop tell the product as the toewijzing did.

    Aspecific without code, generiek without product.
    """
    soorten = pl.DataFrame(
        {
            "nummer": t.nummer,
            "wet": np.where(tw.geldig_wet(t.seg.product), 0, 1),
            "soort": t.soort,
            "ingang": t.seg.begin,
        }
    ).with_columns(als_datum("ingang"))
    df = df.join(soorten, on=["wet", "nummer"], how="left", maintain_order="left")
    vrij = pl.col("soort").is_in([tw.ASPECIFIEK, tw.BUDGET])
    return df.with_columns(
        categorie=pl.when(pl.col("soort") == tw.GENERIEK)
        .then(None)
        .otherwise(pl.col("code").str.slice(0, 2)),
        code=pl.when(vrij | (pl.col("soort") == tw.GENERIEK)).then(None).otherwise("code"),
    )


def _wie_bericht(aanb: Aanbieders, b: pl.DataFrame) -> pl.DataFrame:
    """Headers of declarations with agb, dates and months of receipt and answer."""
    dp = b["dp"].to_numpy()
    return b.with_columns(
        agb=pl.Series(np.array(aanb.agb)[b["aanbieder"].to_numpy()].astype(str)),
        dp_begin=pl.Series(begin_van(dp)),
        dp_eind=pl.Series(begin_van(dp + 1) - 1),
        ontvangen_maand=pl.Series(maand_van(b["ontvangen"].to_numpy())),
        antwoord_maand=pl.Series(maand_van(b["antwoord"].to_numpy())),
        antwoordnummer=pl.concat_str(pl.lit("A"), pl.col("bericht").cast(pl.String).str.zfill(8)),
    ).with_columns(als_datum("dp_begin"), als_datum("dp_eind"), als_datum("ontvangen"), als_datum("antwoord"))
