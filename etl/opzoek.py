"""What one extract knows for another within a load: who client 4711 is. In memory, never written."""

from dataclasses import dataclass, field

import polars as pl

from etl.contract import Contract, Kolom
from etl.fields import raw


@dataclass
class Opzoektabellen:
    """The lines of lookup extracts of this load, by the name of their contract."""

    tabellen: dict[str, pl.DataFrame] = field(default_factory=dict)

    def add(self, contract: Contract, regels: pl.DataFrame) -> None:
        """Adds checked lines; of the same key the last one counts."""
        namen = [v.naam for v in contract.velden]
        deel = regels.select(
            pl.col(raw(n)).alias(n) if raw(n) in regels.columns else pl.lit(None, pl.Utf8).alias(n)
            for n in namen
        )
        eerder = self.tabellen.get(contract.naam)
        samen = deel if eerder is None else pl.concat([eerder, deel])
        self.tabellen[contract.naam] = samen.unique(
            subset=list(contract.sleutel), keep="last", maintain_order=True
        )

    def find(self, teksten: pl.Series, kolom: Kolom) -> pl.Series:
        """The value for each key; NULL where no extract of this load has the key."""
        vraag = kolom.opzoek
        tabel = self.tabellen.get(vraag.contract) if vraag else None
        if vraag is None or tabel is None:
            return pl.Series(teksten.name, [None] * len(teksten), dtype=pl.Utf8)
        uniek = tabel.filter(pl.col(vraag.sleutel).is_not_null()).unique(subset=vraag.sleutel, keep="last")
        return teksten.replace_strict(
            uniek.get_column(vraag.sleutel), uniek.get_column(vraag.neem), default=None, return_dtype=pl.Utf8
        )
