"""Building blocks of the message texts: namespaces, elements as string expressions, files in a zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

EINDE = "\r\n"  # the standard asks for CR/LF, UTF-8 without BOM, and no empty elements
BERICHTCODE = {
    "wmo301": 414,
    "jw301": 436,
    "wmo303": 416,
    "jw303": 432,
    "wmo304": 417,
    "jw304": 433,
    "wmo305": 418,
    "jw305": 438,
    "wmo307": 420,
    "jw307": 440,
    "wmo323": 484,
    "jw323": 490,
    "wmo325": 485,
    "jw325": 491,
}


@dataclass(frozen=True)
class Vorm:
    """One message kind of one law and release, e.g. wmo323 of iWmo 3.2."""

    wet: int  # 0 Wmo, 1 Jeugdwet
    nummer: int
    release: str

    @property
    def standaard(self) -> str:
        """``iwmo`` or ``ijw``: also the prefix of the basisschema."""
        return "ijw" if self.wet else "iwmo"

    @property
    def naam(self) -> str:
        """``wmo323``, ``jw301``…: also the prefix of the message's own elements."""
        return f"{'jw' if self.wet else 'wmo'}{self.nummer}"

    @property
    def kop(self) -> str:
        """XML declaration and opening tag."""
        r = self.release.replace(".", "_")
        basis = f"http://www.istandaarden.nl/{self.standaard}/{r}"
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>{EINDE}<{self.naam}:Bericht '
            f'xmlns:{self.standaard}="{basis}/basisschema/schema" '
            f'xmlns:{self.naam}="{basis}/{self.naam}/schema">{EINDE}'
        )

    @property
    def staart(self) -> str:
        """Closing tag."""
        return f"</{self.naam}:Bericht>{EINDE}"

    def codes(self) -> str:
        """BerichtCode, BerichtVersie and BerichtSubversie."""
        groot, klein = self.release.split(".")
        return (
            self.vast("BerichtCode", str(BERICHTCODE[self.naam]))
            + self.vast("BerichtVersie", groot)
            + self.vast("BerichtSubversie", klein)
        )

    def vast(self, naam: str, waarde: str, basis: bool = False) -> str:
        """Element with a fixed value."""
        p = self.standaard if basis else self.naam
        return f"<{p}:{naam}>{waarde}</{p}:{naam}>{EINDE}"

    def open(self, naam: str) -> pl.Expr:
        """Opening tag of a class of the message's own."""
        return pl.lit(f"<{self.naam}:{naam}>{EINDE}")

    def sluit(self, naam: str) -> pl.Expr:
        """Closing tag of a class of the message's own."""
        return pl.lit(f"</{self.naam}:{naam}>{EINDE}")

    def el(self, naam: str, waarde: pl.Expr | str, basis: bool = False) -> pl.Expr:
        """Element with the value of an expression (a str is a column name); nothing where it is null."""
        p = self.standaard if basis else self.naam
        e = pl.col(waarde) if isinstance(waarde, str) else waarde
        inhoud = e.cast(pl.String)
        return pl.concat_str(pl.lit(f"<{p}:{naam}>"), inhoud, pl.lit(f"</{p}:{naam}>{EINDE}")).fill_null("")

    def b(self, naam: str, waarde: pl.Expr | str) -> pl.Expr:
        """Element of the basisschema."""
        return self.el(naam, waarde, basis=True)

    def groep(self, naam: str, *delen: pl.Expr) -> pl.Expr:
        """Class with the given parts inside; parts that are null or empty vanish."""
        return pl.concat_str(self.open(naam), *delen, self.sluit(naam), ignore_nulls=True)

    def datum(self, kolom: str) -> pl.Expr:
        """xs:date text of a Date column; null stays null."""
        return pl.col(kolom).cast(pl.String)

    def xsdversie(self, naam: str = "XsdVersie") -> pl.Expr:
        """XsdVersie block; the iJw schemas at hand carry 0.1.0, the iWmo ones 1.0.0."""
        v = "0.1.0" if self.wet else "1.0.0"
        return self.groep(
            naam,
            pl.lit(self.vast("BasisschemaXsdVersie", v, basis=True)),
            pl.lit(self.vast("BerichtXsdVersie", v, basis=True)),
        )

    def identificatie(self, naam: str, nummer: str, dag: str) -> pl.Expr:
        """BerichtIdentificatie-like block out of two columns."""
        return self.groep(naam, self.b("Identificatie", nummer), self.b("Dagtekening", self.datum(dag)))

    def bedrag(self, naam: str, kolom: pl.Expr, veld: str = "TotaalBedrag", basis: bool = False) -> pl.Expr:
        """Amount with DebetCredit out of a signed expression in cents; 0 counts as debit (CS325)."""
        dc = pl.when(kolom < 0).then(pl.lit("C")).otherwise(pl.lit("D"))
        deel = pl.concat_str(self.b(veld, kolom.abs()), self.b("DebetCredit", dc))
        p = self.standaard if basis else self.naam
        return pl.concat_str(pl.lit(f"<{p}:{naam}>{EINDE}"), deel, pl.lit(f"</{p}:{naam}>{EINDE}"))

    def verkorte_naam(self) -> pl.Expr:
        """Naam of a client as 303, 304, 305 and 307 have it."""
        ach = pl.concat_str(self.b("Achternaam", "achternaam"), self.b("Voorvoegsel", "voorvoegsel"))
        p = self.standaard
        geslacht = pl.concat_str(
            pl.lit(f"<{p}:Geslachtsnaam>{EINDE}"), ach, pl.lit(f"</{p}:Geslachtsnaam>{EINDE}")
        )
        return self.groep("Naam", geslacht, self.b("Voorletters", "voorletters"))

    def geboortedatum(self) -> pl.Expr:
        """Geboortedatum block of a client."""
        return self.groep("Geboortedatum", self.b("Datum", self.datum("geboren")))

    def bestandsnaam(self, nummer: str) -> pl.Expr:
        """File name inside the zip: never a BSN in it."""
        return pl.concat_str(
            pl.lit(self.naam.upper() + "_"), pl.col("agb"), pl.lit("_"), pl.col(nummer), pl.lit(".xml")
        )


def write_zip(map_: Path, bestanden: pl.DataFrame) -> int:
    """Write the files of one month (columns zip, naam, xml) into its zip.

    Fixed time stamps make the bytes repeatable.
    """
    if bestanden.height == 0:
        return 0
    map_.mkdir(parents=True, exist_ok=True)
    df = bestanden.sort("naam")
    with zipfile.ZipFile(map_ / f"{df['zip'][0]}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=4) as z:
        return _add(z, df["naam"], df["xml"])


def _add(z: zipfile.ZipFile, namen: Iterable[str], teksten: Iterable[str]) -> int:
    aantal = 0
    for naam, tekst in zip(namen, teksten, strict=True):
        info = zipfile.ZipInfo(naam, date_time=(2020, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        z.writestr(info, tekst.encode("utf-8"))
        aantal += 1
    return aantal
