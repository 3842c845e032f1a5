"""305 and 307: start and stop of care, one client per message, in the shape of 2.3 and of 3.2."""

from __future__ import annotations

import polars as pl

from sample_data.berichten.xml import Vorm
from sample_data.instellingen import GEMEENTE


def write_regie(wet: int, nummer: int, release: str, df: pl.DataFrame) -> pl.DataFrame:
    """One 305 or 307 per row (columns nummer, code, ingang, begin, status, and for 307 reden, eind)."""
    v = Vorm(wet, nummer, release)
    oud = release.startswith("2")
    soort = "StartProduct" if nummer == 305 else "StopProduct"
    categorie, code = v.b("Categorie", "categorie"), v.b("Code", "code")
    delen = [
        v.el("ToewijzingNummer", "nummer"),
        pl.when(pl.col("categorie").is_not_null())
        .then(v.groep("Product", categorie, code))
        .otherwise(pl.lit("")),
        v.el("ToewijzingIngangsdatum", v.datum("ingang")),
        v.el("Begindatum", v.datum("begin")),
    ]
    if nummer == 307:
        delen += [v.el("RedenBeeindiging", "reden"), v.el("Einddatum", v.datum("eind"))]
    delen.append(v.el("StatusAanlevering", "status"))
    kop = [
        pl.lit(v.codes()),
        v.el("Afzender", "agb"),
        pl.lit(v.vast("Ontvanger", GEMEENTE)),
        v.identificatie("BerichtIdentificatie", "identificatie", "ontvangen"),
    ]
    if not oud:
        kop.append(v.xsdversie())
    client = [v.el("Bsn", "bsn"), v.geboortedatum(), v.el("Geslacht", "geslacht"), v.verkorte_naam()]
    if oud:
        client.append(pl.lit(v.vast("StatusAanlevering", "9")))
    client.append(v.groep(f"{soort}en", v.groep(soort, *delen)))
    return df.select(
        "zip",
        naam=v.bestandsnaam("identificatie"),
        xml=pl.concat_str(
            pl.lit(v.kop), v.groep("Header", *kop), v.groep("Client", *client), pl.lit(v.staart)
        ),
    )
