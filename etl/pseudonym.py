"""Pseudonyms over whole columns: HMAC-SHA-256 with a key per purpose (STACK 3.6)."""

from collections.abc import Callable

import polars as pl
import polars_hash as plh

from etl.key import Sleutel

Vorm = Callable[[pl.Expr], pl.Expr]
LENGTE = 32
"""Hex characters kept: 128 bits, no collision to be expected among all inhabitants of the country."""


def _short(hash_: pl.Expr) -> pl.Expr:
    return hash_.str.head(LENGTE)


def lay_key(bron: str, sleutel: str, vorm: Vorm = _short) -> pl.Expr:
    """The keyed hash of column `bron` under one key of one purpose, in the form that is kept of it."""
    gehasht: pl.Expr = plh.col(bron).chash.hmac_sha256(key=sleutel)
    return vorm(gehasht)


def pseudonymise(
    frame: pl.DataFrame, bron: str, doel: str, kolom: str, sleutel: Sleutel, vorm: Vorm = _short
) -> pl.DataFrame:
    """Adds `kolom`: the keyed hash of column `bron` for purpose `doel`; NULL stays NULL.

    Hashed once per distinct value: a client has some hundred lines. A lake that was given another key has
    several: each is laid over the outcome of the one before.
    """
    uniek = frame.select(pl.col(bron).cast(pl.Utf8).alias(bron)).unique().drop_nulls()
    gehasht = uniek.with_columns(pl.col(bron).alias(kolom))
    for stap in sleutel.chain(doel):
        gehasht = gehasht.with_columns(lay_key(kolom, stap, vorm).alias(kolom))
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
