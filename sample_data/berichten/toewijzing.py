"""301.

The snapshot of all current toewijzingen of a client at an aanbieder, in the shape of 2.3 and of 3.2.
"""

from __future__ import annotations

import polars as pl

from sample_data.berichten.xml import EINDE, Vorm
from sample_data.instellingen import GEMEENTE


def write_301(wet: int, release: str, regels: pl.DataFrame, koppen: pl.DataFrame) -> pl.DataFrame:
    """One 301 per row of ``koppen`` with the versions in ``regels`` (bericht, nummer, code, op, eind…)."""
    v = Vorm(wet, 301, release)
    oud = release.startswith("2")
    product = v.groep("Product", v.b("Categorie", "categorie"), v.b("Code", "code"))
    omvang = v.groep(
        "Omvang", v.b("Volume", "volume"), v.b("Eenheid", "eenheid"), v.b("Frequentie", "frequentie")
    )
    delen = [
        v.el("ToewijzingNummer", "nummer"),
        pl.when(pl.col("categorie").is_not_null()).then(product).otherwise(pl.lit("")),
        v.el("Toewijzingsdatum", pl.col("op").dt.date().cast(pl.String)),
        v.el("Toewijzingstijd", pl.col("op").dt.time().cast(pl.String).str.slice(0, 8)),
        v.el("Ingangsdatum", v.datum("ingang")),
        v.el("Einddatum", v.datum("eind")),
        v.el("RedenWijziging", "reden"),
        pl.when(pl.col("volume").is_not_null()).then(omvang).otherwise(pl.lit("")),
    ]
    if not oud:
        delen.append(v.el("Budget", "budget"))
    inhoud = (
        regels.select("bericht", x=v.groep("ToegewezenProduct", *delen))
        .group_by("bericht", maintain_order=True)
        .agg(pl.col("x").str.join(""))
    )
    df = koppen.join(inhoud, on="bericht", how="inner", maintain_order="left")
    kop = [
        pl.lit(v.codes()),
        pl.lit(v.vast("Afzender", GEMEENTE)),
        v.el("Ontvanger", "agb"),
        v.identificatie("BerichtIdentificatie", "identificatie", "ontvangen"),
    ]
    if not oud:
        kop.append(v.xsdversie())
    p = v.standaard
    naam = v.groep(
        "Naam",
        pl.concat_str(
            pl.lit(f"<{p}:Geslachtsnaam>{EINDE}"),
            v.b("Achternaam", "achternaam"),
            v.b("Voorvoegsel", "voorvoegsel"),
            pl.lit(f"</{p}:Geslachtsnaam>{EINDE}"),
        ),
        v.b("Voorletters", "voorletters"),
        pl.lit(v.vast("NaamGebruik", "1", basis=True)),
    )
    huis = pl.concat_str(
        pl.lit(f"<{p}:Huis>{EINDE}"),
        v.b("Huisnummer", "huisnummer"),
        v.b("Huisletter", "huisletter"),
        v.b("HuisnummerToevoeging", "toevoeging"),
        pl.lit(f"</{p}:Huis>{EINDE}"),
    )
    adres = v.groep(
        "Adres", huis, v.b("Postcode", "postcode"), v.b("Straatnaam", "straat"), v.b("Plaatsnaam", "plaats")
    )
    contact = v.groep("Contactgegevens", v.groep("Contact", pl.lit(v.vast("Soort", "01")), adres))
    producten = v.groep("ToegewezenProducten", pl.col("x"))
    if oud:
        producten = v.groep(
            "Beschikking",
            v.el("BeschikkingNummer", "beschikking"),
            v.el("Afgiftedatum", v.datum("ontvangen")),
            v.el("Ingangsdatum", v.datum("ingang_eerste")),
            producten,
        )
    client = v.groep(
        "Client",
        v.el("Bsn", "bsn"),
        v.geboortedatum(),
        v.el("Geslacht", "geslacht"),
        naam,
        contact,
        producten,
    )
    return df.select(
        "zip",
        naam=v.bestandsnaam("identificatie"),
        xml=pl.concat_str(pl.lit(v.kop), v.groep("Header", *kop), client, pl.lit(v.staart)),
    )
