"""Clients without address: postcode to wijk, address to household, birth date to year."""

from dataclasses import dataclass

import polars as pl

from etl.key import Sleutel
from etl.pseudonym import pseudonymise

ONBEKEND = "onbekend"
BUITEN = "buiten gemeente"
_VORM = {"gemeentecode": pl.Utf8, "jaar": pl.Int64, "postcode_sleutel": pl.Utf8, "wijkcode": pl.Utf8}


def key_postcodes(frame: pl.DataFrame, sleutel: Sleutel) -> pl.DataFrame:
    """Adds postcode_sleutel: keyed hash of the postcode ('1234 ab' as '1234AB'); NULL where it is no
    postcode.
    """
    kaal = pl.col("postcode").str.replace_all(r"\s", "").str.to_uppercase()
    goed = kaal.str.contains(r"^[1-9][0-9]{3}[A-Z]{2}$")
    frame = frame.with_columns(pl.when(goed).then(kaal).alias("_pc"))
    return pseudonymise(frame, "_pc", "postcode", "postcode_sleutel", sleutel)


@dataclass
class Wijktabel:
    """The postcode table of all municipalities and years that are known: in the lake, or earlier in this
    load.
    """

    rijen: pl.DataFrame

    @classmethod
    def empty(cls) -> "Wijktabel":
        """A table without a single postcode."""
        return cls(pl.DataFrame(schema=_VORM))

    def add(self, rijen: pl.DataFrame) -> None:
        """Adds rows of lake table postcode_wijk; of the same postcode and year, the last one counts."""
        self.rijen = pl.concat([self.rijen, rijen.select(_VORM.keys())]).unique(
            subset=["gemeentecode", "jaar", "postcode_sleutel"], keep="last", maintain_order=True
        )

    def find(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Adds wijkcode, from gemeentecode, jaar and postcode_sleutel.

        The table of the newest year not after `jaar` counts, else the oldest one. A postcode outside the
        table is 'buiten gemeente'; without a postcode or without a table of that municipality it is
        'onbekend'.
        """
        jaren = self.rijen.select("gemeentecode", pl.col("jaar").alias("tabeljaar")).unique()
        vraag = frame.select("gemeentecode", "jaar").unique()
        gekozen = (
            vraag.join(jaren, on="gemeentecode")
            .group_by("gemeentecode", "jaar")
            .agg(
                pl.coalesce(
                    pl.col("tabeljaar").filter(pl.col("tabeljaar") <= pl.col("jaar")).max(),
                    pl.col("tabeljaar").min(),
                ).alias("tabeljaar")
            )
        )
        met_jaar = frame.join(gekozen, on=["gemeentecode", "jaar"], how="left", maintain_order="left")
        gevonden = met_jaar.join(
            self.rijen.rename({"jaar": "tabeljaar", "wijkcode": "_wijk"}),
            on=["gemeentecode", "tabeljaar", "postcode_sleutel"],
            how="left",
            maintain_order="left",
        )
        buiten = pl.col("tabeljaar").is_not_null() & pl.col("postcode_sleutel").is_not_null()
        wijk = pl.coalesce("_wijk", pl.when(buiten).then(pl.lit(BUITEN)), pl.lit(ONBEKEND))
        return gevonden.with_columns(wijk.alias("wijkcode")).drop("_wijk", "tabeljaar")


def to_client_rows(frame: pl.DataFrame, tabel: Wijktabel, sleutel: Sleutel) -> pl.DataFrame:
    """Rows for lake table client out of lines with client_id, birth date and address.

    Adds geboortejaar (NULL where unknown: DatumGebruik 3, or the standard's 1900-01-01), huishouden_id
    (keyed hash of postcode, number and addition; none for an institution) and wijkcode (table of the year it
    was received).
    """
    frame = frame.with_columns(
        [pl.lit(None, dtype=t).alias(k) for k, t in _MAG_MISSEN.items() if k not in frame.columns]
    )
    onbekend = (pl.col("datumgebruik") == "3").fill_null(False) | (
        pl.col("geboortedatum") == pl.date(1900, 1, 1)
    )
    frame = key_postcodes(frame, sleutel).with_columns(
        pl.when(~onbekend.fill_null(False))
        .then(pl.col("geboortedatum").dt.year())
        .cast(pl.Int64)
        .alias("geboortejaar"),
        pl.col("overleden_op").dt.year().cast(pl.Int64).alias("overleden_jaar"),
        pl.col("ontvangen_op").dt.year().cast(pl.Int64).alias("jaar"),
    )
    woont = (pl.col("soort_adres") != "instelling").fill_null(True)
    adres = pl.concat_str(
        "_pc",
        pl.col("huisnummer").cast(pl.Utf8),
        pl.col("huisletter").fill_null("").str.to_uppercase(),
        pl.col("toevoeging").fill_null("").str.to_uppercase(),
        separator="|",
    )
    frame = frame.with_columns(pl.when(woont).then(adres).alias("_adres"))
    frame = pseudonymise(frame, "_adres", "huishouden", "huishouden_id", sleutel)
    return tabel.find(frame)


_MAG_MISSEN: dict[str, pl.DataType] = {
    "datumgebruik": pl.Utf8(),
    "soort_adres": pl.Utf8(),
    "overleden_op": pl.Date(),
    "adres_van": pl.Date(),
    "adres_tot": pl.Date(),
}
