"""Sentences of the tactical pages: products, programme, access and the focus themes."""

import polars as pl

from dashboard.numbers import euro_mln
from dashboard.producttabel import TAAKSTELLING, Producttabel


def title_producten(tabel: Producttabel) -> str:
    """Name the part furthest from its budget; where there is none, the part with the most euros."""
    df = tabel.rijen.filter(pl.col("verschil_cent").is_not_null() & (pl.col("deel") != TAAKSTELLING))
    if df.height == 0:
        df = tabel.rijen.filter(pl.col("realisatie_cent").is_not_null())
        if df.height == 0:
            return "Geen uitgaven om te tonen"
        rij = df.sort("realisatie_cent").row(-1, named=True)
        naam = f"zwaarte {rij['deel']}" if tabel.niveau == "zwaarte" else rij["deel"]
        return f"Het meeste gaat naar {naam}: {euro_mln(rij['realisatie_cent'])}"
    rij = df.sort(pl.col("verschil_cent").abs()).row(-1, named=True)
    if rij["verschil_cent"] == 0:
        return "Alle producten blijven op de begroting"
    kant = "boven" if rij["verschil_cent"] > 0 else "onder"
    bedrag = euro_mln(abs(rij["verschil_cent"]))
    if tabel.jaar is None:
        return f"{rij['deel']} zit {bedrag} {kant} de begroting"
    return f"{rij['deel']} eindigt {tabel.jaar} naar verwachting {bedrag} {kant} de begroting"
