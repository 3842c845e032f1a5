"""303 and 304 of release 2.3: the declaration before 2021 and the answer to it."""

from __future__ import annotations

import polars as pl

from sample_data.berichten.xml import EINDE, Vorm
from sample_data.declaraties import signed
from sample_data.instellingen import GEMEENTE

RELEASE = "2.3"
# codes of 3.2 that 2.3 did not have yet, and what was sent instead
CODE_OUD = {"9338": "0551", "9340": "1142", "9389": "8021", "9333": "0030"}


def write_303(wet: int, regels: pl.DataFrame, koppen: pl.DataFrame) -> pl.DataFrame:
    """One 303 (declaratie) per row of ``koppen``.

    No BerichtIdentificatie: aanbieder and number are the identity.
    """
    v = Vorm(wet, 303, RELEASE)
    inhoud = _clienten(v, regels, v.groep("Prestatie", *_prestatie(v)), pl.lit(""))
    df = koppen.join(inhoud, on="bericht", how="inner", maintain_order="left")
    bedragen = v.groep(
        "DeclaratieFactuurBedragen", _basisbedrag(v, "DeclaratieFactuurTotaalBedrag", pl.col("koptotaal"))
    )
    tekst = pl.concat_str(
        pl.lit(v.kop),
        v.groep("Header", *_kop(v), bedragen),
        v.groep("Clienten", pl.col("x")),
        pl.lit(v.staart),
    )
    return df.select("zip", naam=v.bestandsnaam("declaratienummer"), xml=tekst)


def write_304(wet: int, regels: pl.DataFrame, koppen: pl.DataFrame) -> pl.DataFrame:
    """One 304 per answered 303.

    The rejected lines of ``regels`` and what was granted on them (nothing).
    """
    v = Vorm(wet, 304, RELEASE)
    nul = pl.lit(0, dtype=pl.Int64)
    toegekend = v.groep(
        "ToegekendeBedragPrestatie",
        _basisbedrag(v, "GemeenteBerekendBedrag", nul, "Bedrag"),
        _basisbedrag(v, "ToegekendBedrag", nul, "Bedrag"),
    )
    code = pl.col("retourcode").replace(CODE_OUD)
    prestatie = v.groep("Prestatie", *_prestatie(v), toegekend, _retour(v, code))
    inhoud = _clienten(v, regels, prestatie, _retour(v, pl.lit("0200")))
    df = koppen.join(inhoud, on="bericht", how="left", maintain_order="left")
    kopcode = (
        pl.when(pl.col("kop") != "ok")
        .then(pl.col("kop").replace(CODE_OUD))
        .when(pl.col("x").is_null())
        .then(pl.lit("8001"))
        .otherwise(pl.lit("0200"))
    )
    kop = v.groep(
        "Header",
        *_kop(v),
        v.groep(
            "RetourHeader",
            v.b("GemeenteReferentieNummer", "antwoordnummer"),
            v.b("RetourDagtekening", v.datum("antwoord")),
        ),
        v.groep(
            "RetourBedragen",
            _basisbedrag(v, "IngediendTotaalBedrag", pl.col("koptotaal")),
            _basisbedrag(v, "ToegekendTotaalBedrag", pl.col("toegekend")),
        ),
        _retour(v, kopcode),
    )
    clienten = pl.when(pl.col("x").is_not_null()).then(v.groep("Clienten", pl.col("x"))).otherwise(pl.lit(""))
    tekst = pl.concat_str(pl.lit(v.kop), kop, clienten, pl.lit(v.staart))
    return df.select("zip", naam=v.bestandsnaam("antwoordnummer"), xml=tekst)


def _retour(v: Vorm, code: pl.Expr) -> pl.Expr:
    return v.groep("RetourCodes", v.el("RetourCode", code))


def _basisbedrag(v: Vorm, naam: str, kolom: pl.Expr, veld: str = "TotaalBedrag") -> pl.Expr:
    """Amount of which the wrapping element is of the basisschema too."""
    return v.bedrag(naam, kolom, veld, basis=True)


def _kop(v: Vorm) -> list[pl.Expr]:
    """Header elements that 303 and 304 share."""
    p = v.standaard
    periode = pl.concat_str(
        pl.lit(f"<{p}:DeclaratiePeriode>{EINDE}"),
        v.b("Begindatum", v.datum("dp_begin")),
        v.b("Einddatum", v.datum("dp_eind")),
        pl.lit(f"</{p}:DeclaratiePeriode>{EINDE}"),
    )
    return [
        pl.lit(v.codes()),
        pl.lit(v.vast("Gemeente", GEMEENTE)),
        v.el("Aanbieder", "agb"),
        pl.lit(v.vast("BetalingAanID", "02")),
        v.groep(
            "DeclaratieFactuurIdentificatie",
            periode,
            v.b("DeclarantFactuurNummer", "declaratienummer"),
            v.b("FactuurDagtekening", v.datum("ontvangen")),
            pl.lit(v.vast("ValutaCode", "EUR", basis=True)),
        ),
    ]


def _prestatie(v: Vorm) -> list[pl.Expr]:
    """Children of a Prestatie in 303 and 304; the reference comes after the amounts here."""
    return [
        v.el("BeschikkingNummer", "beschikking"),
        v.el("ToewijzingNummer", "nummer"),
        v.el("ProductCategorie", "categorie"),
        v.el("ProductCode", "code"),
        v.groep("ProductPeriode", v.b("Begindatum", v.datum("begin")), v.b("Einddatum", v.datum("eind"))),
        v.groep(
            "IngediendeBedragPrestatie",
            v.b("GeleverdVolume", "volume"),
            v.b("Eenheid", "eenheid"),
            v.b("ProductTarief", "tarief"),
            _basisbedrag(v, "DeclaratieFactuurBedrag", signed(), "Bedrag"),
        ),
        v.groep(
            "ProductReferentie",
            v.b("ReferentieNummer", "referentie"),
            v.b("VorigReferentieNummer", "vorige_referentie"),
        ),
    ]


def _clienten(v: Vorm, regels: pl.DataFrame, prestatie: pl.Expr, retour: pl.Expr) -> pl.DataFrame:
    """Client blocks per message, in the order of the lines."""
    kolommen = ["bsn", "geboren", "geslacht", "achternaam", "voorvoegsel", "voorletters"]
    client = v.groep(
        "Client",
        v.el("Bsn", "bsn"),
        v.geboortedatum(),
        v.el("Geslacht", "geslacht"),
        v.verkorte_naam(),
        v.groep("Prestaties", pl.col("x")),
        retour,
    )
    return (
        regels.select("bericht", "persoon", *kolommen, x=prestatie)
        .group_by("bericht", "persoon", maintain_order=True)
        .agg(*(pl.col(k).first() for k in kolommen), pl.col("x").str.join(""))
        .select("bericht", x=client)
        .group_by("bericht", maintain_order=True)
        .agg(pl.col("x").str.join(""))
    )
