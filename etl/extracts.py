"""One extract: its blocks checked against the contract, and turned into rows of the lake."""

from collections.abc import Iterator
from functools import cache

import polars as pl

from etl.cellen import prepare, second_look
from etl.containers import Bron
from etl.contract import OPZOEK, plain
from etl.csv_read import Blok
from etl.errors import RefusedError
from etl.fields import apply_signs, check, raw, read_codes
from etl.files import Bestand
from etl.gate import add_identities, count_lines, judge, quarantine_rows
from etl.key import Sleutel
from etl.opzoek import Opzoektabellen
from etl.reasons import BEVINDING, describe
from etl.recognise_table import Extract, recognise_table
from etl.settings import Instellingen
from etl.vorm import Vormen
from etl.wijken import Wijktabel, key_postcodes, to_client_rows

FEITEN = ("declaratieregel", "toewijzing", "start", "stop", "verzoek")


@cache
def _code_lists() -> dict[str, list[str]]:
    """Codes that some standard or release knows: an extract spans years and both laws, so it names no
    release.
    """
    samen: dict[str, set[str]] = {}
    for lijsten in read_codes().values():
        for naam, codes in lijsten.items():
            samen.setdefault(naam, set()).update(codes)
    return {naam: sorted(codes) for naam, codes in samen.items()}


def read_extract(
    bron: Bron,
    bestand: Bestand,
    soort: Extract,
    sleutel: Sleutel,
    wijken: Wijktabel,
    opzoeken: Opzoektabellen | None = None,
) -> Iterator[dict[str, pl.DataFrame]]:
    """Rows per lake table, block by block; the counts and header of `bestand` are complete after the last.

    Lines of a lookup contract go to `opzoeken` and to no table. Raises RefusedError when the file turns out
    not to be readable; what was yielded before must then not count.
    """
    lezer = _Lezer(bron, bestand, soort, sleutel, wijken, opzoeken or Opzoektabellen())
    yield from lezer.read()


class _Lezer:
    """Reads one extract; holds what its blocks share."""

    def __init__(
        self,
        bron: Bron,
        bestand: Bestand,
        soort: Extract,
        sleutel: Sleutel,
        wijken: Wijktabel,
        opzoeken: Opzoektabellen,
    ) -> None:
        self.contract, self.bestand = soort.contract, bestand
        self.sleutel, self.wijken, self.opzoeken = sleutel, wijken, opzoeken
        if soort.tabel is None:
            opnieuw = recognise_table(bron, Instellingen())
            if not isinstance(opnieuw, Extract) or opnieuw.tabel is None:
                raise RefusedError("csv")
            soort = opnieuw
        assert soort.tabel is not None
        self.tabel = soort.tabel
        gevonden = {plain(k): n for n, k in reversed(list(enumerate(self.tabel.kolommen)))}
        self.plek = {k.veld.naam: p for k in self.contract.kolommen if (p := k.find(gevonden)) is not None}
        self.kolommen = tuple(k for k in self.contract.kolommen if k.veld.naam in self.plek or k.uit)
        self.velden = tuple(k.veld for k in self.kolommen)
        per_plek = self.tabel.soorten()
        soorten = {n: s for n, p in self.plek.items() if (s := per_plek.get(f"k{p}"))}
        opgezocht = {k.veld.naam for k in self.kolommen if k.opzoek}
        self.vormen = Vormen([v for v in self.velden if v.naam not in opgezocht], soorten)

    def read(self) -> Iterator[dict[str, pl.DataFrame]]:
        """Rows per lake table, block by block."""
        bestand = self.bestand
        gemeenten: set[str] = set()
        for blok in self.tabel.blocks(sorted(set(self.plek.values()))):
            if blok.windows:
                bestand.redenen[f"{BEVINDING}:windows"] = 1
            uit, goed = self._read_block(blok)
            gemeenten.update(goed.get_column("gemeentecode").unique().to_list() if goed.height else [])
            if goed.height and "ontvangen_op" in goed.columns:
                laatst = goed.get_column("ontvangen_op").max()
                eerder = bestand.kop.get("ontvangen_op")
                bestand.kop["ontvangen_op"] = max(
                    [t for t in (laatst, eerder) if t is not None], default=None
                )
            yield uit
        bestand.vorm = self.tabel.vorm() | self.vormen.describe()
        bestand.kop["gemeentecode"] = gemeenten.pop() if len(gemeenten) == 1 else None
        bestand.settle()

    def _read_block(self, blok: Blok) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        """Rows per table of one block, and its kept lines."""
        contract, velden = self.contract, self.velden
        ruw = blok.frame.select(
            pl.lit(0, dtype=pl.Int64).alias("f"),
            "regel_nr",
            *(pl.col(f"k{p}").alias(raw(n)) for n, p in self.plek.items()),
        )
        frame = prepare(ruw, self.kolommen, blok, self.vormen, self.opzoeken)
        frame = apply_signs(check(frame, velden, _code_lists(), bijgesneden=True), velden)
        frame = second_look(frame, self.contract, self.kolommen)
        frame = frame.with_columns(pl.lit(w).alias(n) for n, w in contract.vast.items())
        oordeel = judge(frame, velden, self.sleutel)
        count_lines([self.bestand], oordeel, contract.bedrag)
        quarantaine = (
            [quarantine_rows(oordeel.quarantaine, contract.bedrag)] if oordeel.quarantaine.height else []
        )
        if blok.gerafeld:
            quarantaine.append(self._ragged(blok))
        uit = {"quarantaine": pl.concat(quarantaine)} if quarantaine else {}
        if contract.tabel == OPZOEK:
            self.opzoeken.add(contract, oordeel.goed)
            return uit, pl.DataFrame()
        goed = self._to_rows(oordeel.goed)
        splitsveld, tabellen = contract.splits
        if splitsveld:
            delen = {t: goed.filter(pl.col(splitsveld) == w) for w, t in tabellen.items()}
        else:
            delen = {contract.tabel: goed}
        return uit | {t: f for t, f in delen.items() if f.height}, goed

    def _ragged(self, blok: Blok) -> pl.DataFrame:
        """Quarantine rows of lines that could not be parted into columns; counts them in the file."""
        n, bestand = len(blok.gerafeld), self.bestand
        bestand.regels += n
        bestand.regels_quarantaine += n
        if self.contract.bedrag:
            bestand.regels_zonder_bedrag += n
        codes = [code for _, code in blok.gerafeld]
        bestand.redenen.update(codes)
        return pl.DataFrame(
            {
                "f": [0] * n,
                "regel_nr": [nr for nr, _ in blok.gerafeld],
                "referentienummer": [None] * n,
                "veld": [None] * n,
                "code": codes,
                "omschrijving": [describe(c) for c in codes],
                "bedrag_cent": [None] * n,
            },
            schema={"f": pl.Int64, "regel_nr": pl.Int64, "referentienummer": pl.Utf8, "veld": pl.Utf8}
            | {"code": pl.Utf8, "omschrijving": pl.Utf8, "bedrag_cent": pl.Int64},
        )

    def _to_rows(self, goed: pl.DataFrame) -> pl.DataFrame:
        contract = self.contract
        bron = [k for k in contract.ontvangen if any(v.naam == k for v in self.velden)]
        ontvangen = pl.coalesce([pl.col(k).cast(pl.Datetime("us")) for k in bron] or [pl.lit(None)])
        goed = goed.with_columns(
            pl.lit(self.bestand.bericht_id).alias("bericht_id"),
            ontvangen.cast(pl.Datetime("us")).alias("ontvangen_op"),
        )
        if contract.tabel == "declaratieregel" and "debet_credit" not in goed.columns:
            teken = pl.when(pl.col("bedrag_cent") < 0).then(pl.lit("C")).otherwise(pl.lit("D"))
            goed = goed.with_columns(teken.alias("debet_credit"))
        if contract.tabel in (*FEITEN, "client"):
            goed = goed.with_columns(pl.lit("extract").alias("bron"))
        goed = add_identities(goed, self.sleutel)
        if contract.tabel == "client":
            return to_client_rows(goed, self.wijken, self.sleutel)
        if contract.tabel == "postcode_wijk":
            return key_postcodes(goed, self.sleutel)
        return goed
