"""verwacht.json.

What a loader and a warehouse should find in what was written, and every deliberate fault.
"""

from __future__ import annotations

import polars as pl

from sample_data.declaraties import FOUTEN
from sample_data.instellingen import Instellingen, schrijf_maand
from sample_data.papier import RELEASE_3, Papier
from sample_data.regie import REGIE_FOUTEN, Regie

LAAT_MAANDEN = 12


def _json(df: pl.DataFrame) -> list[dict[str, object]]:
    return df.to_dicts()


def make_verwacht(
    inst: Instellingen,
    stukken: Papier,
    regie: Regie,
    tellingen: list[pl.DataFrame],
    bijzonder: list[dict[str, object]],
    historie: dict[str, pl.DataFrame],
    tabellen: dict[str, pl.DataFrame],
) -> dict[str, object]:
    """Totals per law and berichttype, per extract and per levermaand.

    The list of faults with their keys.
    """
    return {
        "stuurinformatie_verwacht": 1,
        "clienten": inst.clienten,
        "van": schrijf_maand(inst.van),
        "tot": schrijf_maand(inst.tot),
        "berichten_van": schrijf_maand(inst.berichten_van),
        "vorm": inst.wijze,
        "zaad": inst.zaad,
        "berichten": _berichten(inst, stukken, tellingen, bijzonder),
        "extracten": _extracten(historie, tabellen),
        "levermaanden": _levermaanden(stukken),
        "toelichting": (
            "berichten: alle bestanden behalve de kopieën byte voor byte; levermaanden en extracten: zonder "
            "de tweede berichten met dezelfde identiteit, want alleen het eerste telt"
        ),
        "fouten": _fouten(inst, stukken, regie, bijzonder, historie),
    }


def count_berichten(bestanden: pl.DataFrame) -> pl.DataFrame:
    """Files and repeating units per berichttype of one month, counted in the texts.

    Byte copies are left out.
    """
    # the repeating unit of each message: what a parser must find
    eenheid = {"301": "ToegewezenProduct>", "305": "StartProduct>", "307": "StopProduct>"}
    df = bestanden.filter(~pl.col("naam").str.starts_with("nogmaals_")).with_columns(
        berichttype=pl.col("naam").str.extract(r"^([A-Z]+\d{3})").str.to_lowercase()
    )
    df = df.with_columns(nr=pl.col("berichttype").str.slice(-3))
    tel = pl.lit(0, dtype=pl.UInt32)
    for nr in ("301", "303", "304", "305", "307", "323", "325"):
        zoek = ":" + eenheid.get(nr, "Prestatie>")
        tel = (
            pl.when(pl.col("nr") == nr)
            .then(pl.col("xml").str.count_matches(zoek, literal=True) // 2)
            .otherwise(tel)
        )
    return df.group_by("berichttype").agg(bestanden=pl.len(), regels=tel.sum()).sort("berichttype")


def _berichten(
    inst: Instellingen, stukken: Papier, tellingen: list[pl.DataFrame], bijzonder: list[dict[str, object]]
) -> list[dict[str, object]]:
    """Files, lines and signed cents per berichttype.

    Cents only for the declarations themselves (323, 303).
    """
    if not tellingen:
        return []
    uit = pl.concat(tellingen).group_by("berichttype").agg(pl.col("bestanden", "regels").sum())
    heen = stukken.berichten.filter(pl.col("ontvangen_maand") >= inst.berichten_van)
    soort = pl.when(pl.col("om") < RELEASE_3).then(pl.lit("303")).otherwise(pl.lit("323"))
    naam = pl.concat_str(pl.when(pl.col("wet") == 0).then(pl.lit("wmo")).otherwise(pl.lit("jw")), soort)
    cent = (
        stukken.regels.join(heen.select("bericht", om="ontvangen_maand"), on="bericht", how="inner")
        .group_by(naam.alias("berichttype"))
        .agg(bedrag_cent=pl.col("bedrag_getekend").sum())
    )
    tweede = pl.DataFrame(
        [
            ("jw323" if b["wet"] == "Jeugdwet" else "wmo323", b["bedrag_cent"])
            for b in bijzonder
            if b["soort"] == "zelfde identiteit, andere inhoud"
        ],
        schema={"berichttype": pl.String, "bedrag_cent": pl.Int64},
        orient="row",
    )
    cent = pl.concat([cent, tweede]).group_by("berichttype").agg(pl.col("bedrag_cent").sum())
    uit = uit.join(cent, on="berichttype", how="left").with_columns(pl.col("bedrag_cent").fill_null(0))
    return _json(uit.sort("berichttype"))


def _extracten(
    historie: dict[str, pl.DataFrame], tabellen: dict[str, pl.DataFrame]
) -> list[dict[str, object]]:
    """Rows per extract, and signed cents of the declared lines."""
    uit: list[dict[str, object]] = []
    for naam, df in sorted({**historie, **tabellen}.items()):
        rij: dict[str, object] = {"naam": naam, "rijen": df.height}
        if naam.startswith("declaratieregels"):
            cent = df["bedrag"].str.replace(",", "", literal=True).cast(pl.Int64)
            rij["bedrag_cent"] = int((cent * (df["debet_credit"] == "D").cast(pl.Int64) * 2 - cent).sum())
        uit.append(rij)
    return uit


def _levermaanden(stukken: Papier) -> list[dict[str, object]]:
    """Submitted signed cents and lines per levermaand and law over extracts and messages together."""
    df = (
        stukken.regels.group_by("maand", "wetnaam")
        .agg(
            regels=pl.len(),
            bedrag_cent=pl.col("bedrag_getekend").sum(),
            goedgekeurd_cent=pl.col("bedrag_getekend")
            .filter(pl.col("beantwoord") & ~pl.col("afgekeurd"))
            .sum(),
            afgekeurd_cent=pl.col("bedrag_getekend").filter(pl.col("beantwoord") & pl.col("afgekeurd")).sum(),
        )
        .sort("maand", "wetnaam")
    )
    return [
        {
            "levermaand": schrijf_maand(r["maand"]),
            "wet": r["wetnaam"],
            "regels": r["regels"],
            "bedrag_cent": r["bedrag_cent"],
            "goedgekeurd_cent": r["goedgekeurd_cent"],
            "afgekeurd_cent": r["afgekeurd_cent"],
        }
        for r in df.iter_rows(named=True)
    ]


def _fouten(
    inst: Instellingen,
    stukken: Papier,
    regie: Regie,
    bijzonder: list[dict[str, object]],
    historie: dict[str, pl.DataFrame],
) -> dict[str, object]:
    """Counts per kind, and the keys of each case."""
    vuil = stukken.regels.filter(pl.col("vuil").is_not_null()).join(
        stukken.berichten.select("bericht", "identificatie", "ontvangen_maand"),
        on="bericht",
        how="left",
        maintain_order="left",
    )
    regels = vuil.select(
        soort="vuil",
        retourcode=pl.col("vuil").replace_strict({k: c for k, (c, _) in FOUTEN.items()}),
        regel=pl.col("vuil").replace_strict({k: r for k, (_, r) in FOUTEN.items()}),
        wet="wetnaam",
        aanbieder="agb",
        referentienummer="referentie",
        toewijzingnummer="nummer",
        bericht="identificatie",
        afgekeurd="afgekeurd",
        als=pl.when(pl.col("ontvangen_maand") >= inst.berichten_van)
        .then(pl.lit("bericht"))
        .otherwise(pl.lit("extract")),
    )
    koppen = stukken.berichten.filter(pl.col("kop") != "ok").select(
        soort=pl.when(pl.col("kop") == "0001")
        .then(pl.lit("verkeerd totaal"))
        .otherwise(pl.lit("nummer dubbel")),
        retourcode="kop",
        regel=pl.when(pl.col("kop") == "0001").then(pl.lit("TR358")).otherwise(pl.lit("TR333")),
        wet=pl.when(pl.col("wet") == 0).then(pl.lit("Wmo")).otherwise(pl.lit("Jeugdwet")),
        aanbieder="agb",
        bericht="identificatie",
        declaratienummer="declaratienummer",
        regels="regels",
        als=pl.when(pl.col("ontvangen_maand") >= inst.berichten_van)
        .then(pl.lit("bericht"))
        .otherwise(pl.lit("extract")),
    )
    stops = stukken.stops.with_columns(
        vuil=pl.when(pl.col("te_laat") & pl.col("vuil").is_null()).then(pl.lit("late stop")).otherwise("vuil")
    )
    dubbel = stukken.stops.filter(pl.col("te_laat") & pl.col("vuil").is_not_null()).with_columns(
        vuil=pl.lit("late stop")
    )
    regiefouten = pl.concat([_regiefouten(x) for x in (stukken.starts, stops, dubbel)]).sort(
        "soort", "wet", "aanbieder", "toewijzingnummer", nulls_last=True
    )
    wees = regiefouten.filter(pl.col("soort") == "stop zonder start")
    nullen = [
        {"extract": naam, "wet": w, "aanbieder": a, "referentienummer": r}
        for naam, df in sorted(historie.items())
        if naam.startswith("declaratieregels")
        for w, a, r in df.filter(
            (pl.col("eenheid").str.len_chars() < 2) | (pl.col("productcategorie").str.len_chars() < 2)
        )
        .select("wet", "aanbieder_agb", "referentienummer")
        .iter_rows()
    ]
    return {
        "aantallen": {
            **{
                r["soort"]: r["len"]
                for r in regels.group_by("soort").len().sort("soort").iter_rows(named=True)
            },
            **{
                r["soort"]: r["len"]
                for r in koppen.group_by("soort").len().sort("soort").iter_rows(named=True)
            },
            **{
                r["soort"]: r["len"]
                for r in regiefouten.group_by("soort").len().sort("soort").iter_rows(named=True)
            },
            "start ontbreekt": regie.ontbreekt.height,
            "voorloopnullen kwijt": len(nullen),
            **{
                k: sum(b["soort"] == k for b in bijzonder)
                for k in sorted({str(b["soort"]) for b in bijzonder})
            },
        },
        "regels": _json(regels),
        "koppen": _json(koppen),
        "bijzonder": bijzonder,
        "voorloopnullen_kwijt": nullen,
        "stops": _json(wees.select("soort", "wet", "aanbieder", "toewijzingnummer")),
        "regie": _json(regiefouten.filter(pl.col("soort") != "stop zonder start")),
        "starts_ontbreken": _json(_starts_ontbreken(stukken, regie)),
        "laat_gedeclareerd": _json(_laat(stukken)),
    }


def _regiefouten(df: pl.DataFrame) -> pl.DataFrame:
    return df.filter(pl.col("vuil").is_in(list(REGIE_FOUTEN))).select(
        soort="vuil",
        regel=pl.col("vuil").replace_strict(REGIE_FOUTEN, return_dtype=pl.String),
        wet="wetnaam",
        aanbieder="agb",
        toewijzingnummer="nummer",
        begin=pl.col("begin").cast(pl.String),
    )


def _starts_ontbreken(stukken: Papier, regie: Regie) -> pl.DataFrame:
    """Care without a start; ``geleverd`` where a declared line that counts shows that it began."""
    elders = ["onbekend toewijzingnummer", "andere bsn", "andere aanbieder", "verwijderde toewijzing"]
    telt = (pl.col("dc") == "D") & ~(pl.col("beantwoord") & pl.col("afgekeurd"))
    telt &= ~pl.col("vuil").is_in([*elders, "buiten toewijzing"]).fill_null(False)
    geleverd = (
        stukken.regels.filter(telt).select("wet", "nummer").unique().with_columns(geleverd=pl.lit(True))
    )
    return (
        regie.ontbreekt.join(geleverd, on=["wet", "nummer"], how="left", maintain_order="left")
        .select(
            wet=pl.col("wet").replace_strict({0: "Wmo", 1: "Jeugdwet"}, return_dtype=pl.String),
            toewijzingnummer="nummer",
            geleverd=pl.col("geleverd").fill_null(False),
        )
        .sort("wet", "toewijzingnummer")
    )


def _laat(stukken: Papier) -> pl.DataFrame:
    """Debits that came in more than twelve months after the levermaand."""
    maand = stukken.berichten.select("bericht", "ontvangen_maand")
    df = stukken.regels.filter(pl.col("dc") == "D").join(
        maand, on="bericht", how="inner", maintain_order="left"
    )
    return df.filter(pl.col("ontvangen_maand") - pl.col("maand") > LAAT_MAANDEN).select(
        wet="wetnaam", aanbieder="agb", referentienummer="referentie"
    )
