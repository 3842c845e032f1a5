"""Pseudonyms over whole columns: HMAC-SHA-256 with a key per purpose (STACK 3.6)."""

import polars as pl
import polars_hash as plh

from etl.key import Sleutel

LENGTE = 32
"""Hex characters kept: 128 bits, no collision to be expected among all inhabitants of the country."""


def pseudonymise(frame: pl.DataFrame, bron: str, doel: str, kolom: str, sleutel: Sleutel) -> pl.DataFrame:
    """Adds `kolom`: the keyed hash of column `bron` for purpose `doel`; NULL stays NULL.

    Hashed once per distinct value: a client has some hundred lines.
    """
    uniek = frame.select(pl.col(bron).cast(pl.Utf8).alias(bron)).unique().drop_nulls()
    gehasht = uniek.with_columns(
        plh.col(bron).chash.hmac_sha256(key=sleutel.for_purpose(doel)).str.head(LENGTE).alias(kolom)
    )
    return frame.join(gehasht, on=bron, how="left", maintain_order="left")


def bsn_passes(bron: pl.Expr) -> pl.Expr:
    """Whether a text holds a BSN of nine digits that passes the 11-proef (LDT_BurgerServicenummer,
    CS002).

    9a+8b+7c+6d+5e+4f+3g+2h-i is a multiple of 11.
    """
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    getal = bron.cast(pl.Int32, strict=False)
    som = pl.sum_horizontal(
        getal // 10 ** (8 - plek) % 10 * gewicht for plek, gewicht in enumerate(gewichten)
    )
    return (bron.str.contains(r"^[0-9]{9}$") & (som % 11 == 0)).fill_null(False)
