"""303 (release 2.3) and 323 (3.2): declarations of an aanbieder, many clients in one message."""

from __future__ import annotations

import polars as pl

from sample_data.berichten.xml import Vorm
from sample_data.instellingen import GEMEENTE


def write_323(wet: int, regels: pl.DataFrame, koppen: pl.DataFrame) -> pl.DataFrame:
    """One 323 per row of ``koppen``; ``regels`` are its prestaties in the order they must appear.

    Its header is dated ``dagtekening``, its declaration ``ontvangen``.
    """
    v = Vorm(wet, 323, "3.2")
    prestatie = v.groep("Prestatie", *_prestatie(v))
    client = (
        regels.select("bericht", "persoon", "bsn", x=prestatie)
        .group_by("bericht", "persoon", maintain_order=True)
        .agg(pl.col("bsn").first(), pl.col("x").str.join(""))
        .select("bericht", x=v.groep("Client", v.el("Bsn", "bsn"), v.groep("Prestaties", pl.col("x"))))
        .group_by("bericht", maintain_order=True)
        .agg(pl.col("x").str.join(""))
    )
    kop = v.groep(
        "Header",
        pl.lit(v.codes()),
        v.el("Afzender", "agb"),
        pl.lit(v.vast("Ontvanger", GEMEENTE)),
        v.identificatie("BerichtIdentificatie", "identificatie", "dagtekening"),
        v.xsdversie(),
    )
    declaratie = v.groep(
        "Declaratie",
        v.el("DeclaratieNummer", "declaratienummer"),
        v.groep(
            "DeclaratiePeriode", v.b("Begindatum", v.datum("dp_begin")), v.b("Einddatum", v.datum("dp_eind"))
        ),
        v.el("DeclaratieDagtekening", v.datum("ontvangen")),
        v.bedrag("TotaalIngediendBedrag", pl.col("koptotaal")),
        v.groep("Clienten", pl.col("x")),
    )
    return koppen.join(client, on="bericht", how="inner", maintain_order="left").select(
        "zip",
        naam=v.bestandsnaam("identificatie"),
        xml=pl.concat_str(pl.lit(v.kop), kop, declaratie, pl.lit(v.staart)),
    )


def _prestatie(v: Vorm) -> list[pl.Expr]:
    """Children of a Prestatie in 323 and 325, in the order of the schema."""
    dc = pl.when(pl.col("dc") == "D").then(pl.col("bedrag")).otherwise(-pl.col("bedrag"))
    return [
        v.groep(
            "ProductReferentie",
            v.b("ReferentieNummer", "referentie"),
            v.b("VorigReferentieNummer", "vorige_referentie"),
        ),
        v.el("ToewijzingNummer", "nummer"),
        v.el("ProductCategorie", "categorie"),
        v.el("ProductCode", "code"),
        v.groep("ProductPeriode", v.b("Begindatum", v.datum("begin")), v.b("Einddatum", v.datum("eind"))),
        v.el("GeleverdVolume", "volume"),
        v.el("Eenheid", "eenheid"),
        v.el("ProductTarief", "tarief"),
        v.bedrag("IngediendBedrag", dc, veld="Bedrag"),
    ]


def write_325(wet: int, regels: pl.DataFrame, koppen: pl.DataFrame) -> pl.DataFrame:
    """One 325 per answered 323. ``regels`` are the rejected lines only; TR342 holds for every answer.

    Header 0200 and DeclaratieAntwoord 8001 = all accepted; header 0001 without DeclaratieAntwoord =
    technically refused; DeclaratieAntwoord 9333 with nothing granted = number used before.
    """
    v = Vorm(wet, 325, "3.2")

    def retour(code: pl.Expr) -> pl.Expr:
        return v.groep("RetourCodes", v.el("RetourCode", code))

    prestatie = v.groep("Prestatie", *_prestatie(v), retour(pl.col("retourcode")))
    client = (
        regels.select("bericht", "persoon", "bsn", x=prestatie)
        .group_by("bericht", "persoon", maintain_order=True)
        .agg(pl.col("bsn").first(), pl.col("x").str.join(""))
        .select(
            "bericht",
            x=v.groep(
                "Client", v.el("Bsn", "bsn"), v.groep("Prestaties", pl.col("x")), retour(pl.lit("0200"))
            ),
        )
        .group_by("bericht", maintain_order=True)
        .agg(pl.col("x").str.join(""))
    )
    df = koppen.join(client, on="bericht", how="left", maintain_order="left")
    kop = v.groep(
        "Header",
        pl.lit(v.codes()),
        pl.lit(v.vast("Afzender", GEMEENTE)),
        v.el("Ontvanger", "agb"),
        v.identificatie("BerichtIdentificatie", "antwoordnummer", "antwoord"),
        v.xsdversie(),
        v.identificatie("DeclaratieIdentificatie", "identificatie", "dagtekening"),
        v.xsdversie("XsdVersieDeclaratie"),
        retour(pl.when(pl.col("kop") == "0001").then(pl.lit("0001")).otherwise(pl.lit("0200"))),
    )
    niveau = (
        pl.when(pl.col("kop") == "9333")
        .then(pl.lit("9333"))
        .when(pl.col("x").is_null())
        .then(pl.lit("8001"))
        .otherwise(pl.lit("0200"))
    )
    antwoord = v.groep(
        "DeclaratieAntwoord",
        v.el("DeclaratieNummer", "declaratienummer"),
        v.bedrag("TotaalIngediendBedrag", pl.col("koptotaal")),
        v.bedrag("TotaalToegekendBedrag", pl.col("toegekend")),
        pl.when(pl.col("x").is_not_null()).then(v.groep("Clienten", pl.col("x"))).otherwise(pl.lit("")),
        retour(niveau),
    )
    inhoud = pl.when(pl.col("kop") == "0001").then(pl.lit("")).otherwise(antwoord)
    return df.select(
        "zip",
        naam=v.bestandsnaam("antwoordnummer"),
        xml=pl.concat_str(pl.lit(v.kop), kop, inhoud, pl.lit(v.staart)),
    )
