"""A mountain of synthetic messages for measuring: large declarations, and very many small messages, in zips.

Valid against the official 3.2 schemas and made of numbers only (BSNs 99xxxxxxx), but without the care of
`sample_data`: what is measured is the reader, so content needs the right size and variety, not meaning.
"""

import zipfile
from pathlib import Path

import numpy as np
import polars as pl

BASIS = "http://www.istandaarden.nl/iwmo/3_2"
_GEWICHT = np.array([9, 8, 7, 6, 5, 4, 3, 2])
KLANT_REGELS = 20
"""Lines of one client in one declaration."""


def make_bsns(aantal: int, start: int = 0) -> list[str]:
    """Different numbers 99xxxxxxx that pass the 11-proef, from the `start`-th on."""
    uit: list[str] = []
    kandidaat = 990000000 + start * 12
    while len(uit) < aantal:
        blok = np.arange(kandidaat, min(kandidaat + 200_000, 1_000_000_000))
        if not blok.size:
            raise ValueError("zoveel voorbeeld-BSN's zijn er niet")
        cijfers = (blok[:, None] // 10 ** np.arange(8, -1, -1)) % 10
        goed = (cijfers[:, :8] @ _GEWICHT - cijfers[:, 8]) % 11 == 0
        uit += [str(b) for b in blok[goed]]
        kandidaat = int(blok[-1]) + 1
    return uit[:aantal]


def _head(soort: str, code: int, nummer: int, van: str, aan: str, dag: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\r\n<{soort}:Bericht xmlns:iwmo="{BASIS}/basisschema/schema" '
        f'xmlns:{soort}="{BASIS}/{soort}/schema">\r\n<{soort}:Header><{soort}:BerichtCode>{code}</{soort}:BerichtCode>'
        f"<{soort}:BerichtVersie>3</{soort}:BerichtVersie><{soort}:BerichtSubversie>2</{soort}:BerichtSubversie>"
        f"<{soort}:Afzender>{van}</{soort}:Afzender><{soort}:Ontvanger>{aan}</{soort}:Ontvanger>"
        f"<{soort}:BerichtIdentificatie><iwmo:Identificatie>N{nummer}</iwmo:Identificatie>"
        f"<iwmo:Dagtekening>{dag}</iwmo:Dagtekening></{soort}:BerichtIdentificatie>"
        f"<{soort}:XsdVersie><iwmo:BasisschemaXsdVersie>1.0.0</iwmo:BasisschemaXsdVersie>"
        f"<iwmo:BerichtXsdVersie>1.0.0</iwmo:BerichtXsdVersie></{soort}:XsdVersie>"
    )


def declaration(nummer: int, regels: int, bsns: list[str], per_klant: int = KLANT_REGELS) -> bytes:
    """A 323 of April 2026 with so many lines, `per_klant` a client."""
    w = "wmo323"
    rij = pl.DataFrame({"i": np.arange(regels, dtype=np.int64)}).with_columns(
        (pl.col("i") % 900 + 1).alias("volume"),
        (pl.col("i") * 37 % 9000 + 1000).alias("tarief"),
        pl.Series("toewijzing", np.random.default_rng(nummer).integers(1, 99_999_999, regels)),
    )
    totaal = int((rij["volume"] * rij["tarief"]).sum())
    regel = pl.format(
        f"<{w}:Prestatie><{w}:ProductReferentie><iwmo:ReferentieNummer>{nummer}-{{}}</iwmo:ReferentieNummer>"
        f"</{w}:ProductReferentie><{w}:ToewijzingNummer>{{}}</{w}:ToewijzingNummer>"
        f"<{w}:ProductCategorie>02</{w}:ProductCategorie><{w}:ProductCode>02A03</{w}:ProductCode>"
        f"<{w}:ProductPeriode><iwmo:Begindatum>2026-04-01</iwmo:Begindatum><iwmo:Einddatum>2026-04-30"
        f"</iwmo:Einddatum></{w}:ProductPeriode><{w}:GeleverdVolume>{{}}</{w}:GeleverdVolume>"
        f"<{w}:Eenheid>04</{w}:Eenheid><{w}:ProductTarief>{{}}</{w}:ProductTarief><{w}:IngediendBedrag>"
        f"<iwmo:Bedrag>{{}}</iwmo:Bedrag><iwmo:DebetCredit>D</iwmo:DebetCredit></{w}:IngediendBedrag>"
        f"</{w}:Prestatie>\r\n",
        "i", "toewijzing", "volume", "tarief", pl.col("volume") * pl.col("tarief"),
    )  # fmt: skip
    klant = rij.group_by(pl.col("i") // per_klant, maintain_order=True).agg(regel.alias("r").str.join(""))
    wie = pl.Series("b", [bsns[k % len(bsns)] for k in range(klant.height)])
    klanten = klant.with_columns(wie).select(
        pl.format(
            f"<{w}:Client><{w}:Bsn>{{}}</{w}:Bsn><{w}:Prestaties>\r\n{{}}</{w}:Prestaties></{w}:Client>\r\n",
            "b",
            "r",
        ).str.join("")
    )
    kop = _head(w, 484, nummer, f"{10_000_000 + nummer % 60}", "0392", "2026-05-06")
    return (
        f"{kop}</{w}:Header>\r\n<{w}:Declaratie><{w}:DeclaratieNummer>D{nummer}</{w}:DeclaratieNummer>"
        f"<{w}:DeclaratiePeriode><iwmo:Begindatum>2026-04-01</iwmo:Begindatum><iwmo:Einddatum>2026-04-30"
        f"</iwmo:Einddatum></{w}:DeclaratiePeriode><{w}:DeclaratieDagtekening>2026-05-06</{w}:DeclaratieDagtekening>"
        f"<{w}:TotaalIngediendBedrag><iwmo:TotaalBedrag>{totaal}</iwmo:TotaalBedrag>"
        f"<iwmo:DebetCredit>D</iwmo:DebetCredit></{w}:TotaalIngediendBedrag>\r\n<{w}:Clienten>"
        f"{klanten.item()}</{w}:Clienten></{w}:Declaratie>\r\n</{w}:Bericht>\r\n"
    ).encode()


def start_message(nummer: int, bsn: str) -> bytes:
    """A 305 with one StartProduct."""
    w = "wmo305"
    return (
        f"{_head(w, 418, nummer, f'{10_000_000 + nummer % 60}', '0392', '2026-05-06')}</{w}:Header>"
        f"<{w}:Client><{w}:Bsn>{bsn}</{w}:Bsn><{w}:Geboortedatum><iwmo:Datum>1950-01-01</iwmo:Datum>"
        f"</{w}:Geboortedatum><{w}:Geslacht>2</{w}:Geslacht><{w}:Naam><iwmo:Geslachtsnaam><iwmo:Achternaam>Proef"
        f"</iwmo:Achternaam></iwmo:Geslachtsnaam></{w}:Naam><{w}:StartProducten><{w}:StartProduct>"
        f"<{w}:ToewijzingNummer>{nummer}</{w}:ToewijzingNummer><{w}:Product><iwmo:Categorie>02</iwmo:Categorie>"
        f"<iwmo:Code>02A03</iwmo:Code></{w}:Product><{w}:Begindatum>2026-05-03</{w}:Begindatum>"
        f"<{w}:StatusAanlevering>1</{w}:StatusAanlevering></{w}:StartProduct></{w}:StartProducten></{w}:Client>"
        f"</{w}:Bericht>\r\n"
    ).encode()


def write_declarations(
    map_: Path, regels: int, per_bericht: int = 22_000, per_zip: int = 8
) -> tuple[int, int]:
    """Zips of large declarations under `map_`; returns (messages, bytes unpacked)."""
    map_.mkdir(parents=True, exist_ok=True)
    bsns = make_bsns(20_000)
    nummer = omvang = 0
    while nummer * per_bericht < regels:
        with zipfile.ZipFile(
            map_ / f"declaraties{nummer // per_zip:03d}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=6
        ) as z:
            for _ in range(per_zip):
                rest = min(per_bericht, regels - nummer * per_bericht)
                if rest <= 0:
                    break
                data = declaration(nummer, rest, bsns[nummer * 131 % 10_000 :])
                z.writestr(f"WMO323_{nummer}.xml", data)
                omvang, nummer = omvang + len(data), nummer + 1
    return nummer, omvang


def write_starts(map_: Path, aantal: int, per_zip: int = 5_000) -> int:
    """Zips of small messages under `map_`; returns bytes unpacked."""
    map_.mkdir(parents=True, exist_ok=True)
    bsns = make_bsns(min(aantal, 50_000))
    omvang = 0
    for eerste in range(0, aantal, per_zip):
        with zipfile.ZipFile(map_ / f"starts{eerste:06d}.zip", "w", zipfile.ZIP_DEFLATED) as z:
            for n in range(eerste, min(eerste + per_zip, aantal)):
                data = start_message(n, bsns[n % len(bsns)])
                z.writestr(f"WMO305_{n}.xml", data)
                omvang += len(data)
    return omvang
