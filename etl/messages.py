"""A batch of messages of one mapping, standard and release: from parsed tables to rows of the lake."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from etl.errors import RefusedError
from etl.fields import apply_signs, check, fault, raw, read_codes
from etl.files import Bestand
from etl.gate import add_identities, count_lines, judge, quarantine_rows
from etl.key import Sleutel
from etl.mapping import Mapping, Uitvoer
from etl.reasons import BEVINDING
from etl.wijken import Wijktabel, to_client_rows
from etl.xml_read import Tekst, parse_bundle

Rijen = dict[str, list[pl.DataFrame]]
_VALT_AF = ("geweigerd", "niet van ons")


@dataclass
class Groep:
    """Messages that are read alike, waiting to be checked together: checks run on columns, not on files."""

    mapping: Mapping
    standaard: str
    release: str
    bestanden: list[Bestand] = field(default_factory=list)
    teksten: list[Tekst] = field(default_factory=list)
    gemeentecodes: frozenset[str] = frozenset()
    """Own municipalities; messages of others are not ours. Empty takes all."""

    @property
    def lijsten(self) -> dict[str, list[str]]:
        """Code lists of this standard and release; without any, codes are not checked."""
        return read_codes().get(f"{self.standaard}_{self.release.replace('.', '_')}", {})


def _number_lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds `regel_nr`: the ordinal of a row within its message, from 1. Rows are in the order of the
    messages.
    """
    f = frame.get_column("f").to_numpy()
    eerste = np.searchsorted(f, f, side="left")
    return frame.with_columns(
        pl.col("f").cast(pl.Int64), pl.Series("regel_nr", np.arange(len(f)) - eerste + 1, dtype=pl.Int64)
    )


def read_group(groep: Groep, sleutel: Sleutel, wijken: Wijktabel) -> Rijen:
    """Rows per lake table of a group; its texts are let go of, counts and headers are in its files."""
    lezer = GroepLezer(groep, sleutel, wijken)
    groep.teksten.clear()
    return lezer.read()


class GroepLezer:
    """Turns one group into rows; keeps the intermediate frames of the group together."""

    def __init__(self, groep: Groep, sleutel: Sleutel, wijken: Wijktabel) -> None:
        self.groep, self.mapping, self.sleutel, self.wijken = groep, groep.mapping, sleutel, wijken
        bundel = parse_bundle(groep.teksten, groep.mapping)
        for f, fout in bundel.fouten.items():
            groep.bestanden[f].refuse(fout)
        for f, som in bundel.digests().items():
            groep.bestanden[f].regels_hash = f"{groep.mapping.versie}:{som}"
        self.ruw = {naam: _number_lines(tabel) for naam, tabel in bundel.tabellen.items()}
        if not groep.mapping.leeg_mag:
            self._refuse_empty()
        self.rijen: Rijen = {}

    def _refuse_empty(self) -> None:
        """A message that must have lines and has none cannot be what it says it is."""
        met = set().union(*(self.ruw[n].get_column("f").to_list() for n in self.mapping.eenheden))
        for f, bestand in enumerate(self.groep.bestanden):
            if f not in met and bestand.status != "geweigerd":
                bestand.refuse(RefusedError("geen_regels"))

    def read(self) -> Rijen:
        """Rows per lake table, and the counts and header in the files of the group."""
        self.kop = self._read_header()
        self._refuse_repeated_parents()
        for uitvoer in self.mapping.tabellen:
            self._write(uitvoer)
        for bestand in self.groep.bestanden:
            if bestand.status not in _VALT_AF:
                bestand.settle()
                self._compare_total(bestand)
        return self.rijen

    def _read_header(self) -> pl.DataFrame:
        """Checked headers, a row a file; a header that cannot be read refuses its file."""
        m = self.mapping
        kop = apply_signs(check(self.ruw["kop"].drop("regel_nr"), m.kop, self.groep.lijsten), m.kop)
        bestanden = self.groep.bestanden
        for v in m.kop:
            for code in ("ontbreekt", "type", "lengte", "codelijst"):
                if fault(v.naam, code) not in kop.columns:
                    continue
                for f in kop.filter(pl.col(fault(v.naam, code))).get_column("f").to_list():
                    if v.strikt and code in ("ontbreekt", "type"):
                        bestanden[f].refuse(RefusedError(f"kop_{code}", v.naam))
                    elif bestanden[f].status != "geweigerd":
                        bestanden[f].redenen[f"{BEVINDING}:{code}:{v.naam}"] += 1
        codes = next((le["code"] for le in m.leest if le["bericht"] == bestanden[0].berichttype), None)
        rol = {"aanbieder_agb": m.aanbieder, "gemeentecode": m.gemeente}
        kop = kop.with_columns(
            *(pl.col(bron).alias(naam) for naam, bron in (rol | m.kop_ook).items()),
            pl.coalesce(
                pl.Series([bestanden[f].ontvangen for f in kop["f"]], dtype=pl.Datetime("us")),
                pl.col("dagtekening").cast(pl.Datetime("us")),
            ).alias("ontvangen_op"),
            pl.Series("bericht_id", [bestanden[f].bericht_id for f in kop["f"]], dtype=pl.Utf8),
            pl.lit("bericht").alias("bron"),
            pl.lit(bestanden[0].wet).alias("wet"),
            pl.lit(self.groep.standaard).alias("standaard"),
            pl.lit(self.groep.release).alias("release"),
        )
        if "kopcode" in self.ruw:
            kop = kop.join(self._joined_codes("kopcode"), on="f", how="left", maintain_order="left")
        namen = [k for k in kop.columns if "|" not in k]
        for rij in kop.select(namen).iter_rows(named=True):
            f = rij["f"]
            if bestanden[f].status not in _VALT_AF and self._is_ours(bestanden[f], rij):
                bestanden[f].kop = rij
                if codes and rij.get("berichtcode") not in codes:
                    bestanden[f].redenen[f"{BEVINDING}:berichtcode"] += 1
        enkel = [raw(v.naam) for n in m.niveaus.values() if n.enkel for v in n.velden]
        return kop.select(*namen, *enkel)

    def _is_ours(self, bestand: Bestand, kop: dict[str, Any]) -> bool:
        """Whether the message is of an own municipality; of another one nothing is kept."""
        eigen = self.groep.gemeentecodes
        if not eigen or kop["gemeentecode"] in eigen:
            return True
        bestand.status, bestand.namespace, bestand.mapping_versie = "niet van ons", "andere gemeente", ""
        bestand.redenen.clear()
        return False

    def _ok(self) -> list[int]:
        return [f for f, b in enumerate(self.groep.bestanden) if b.status not in _VALT_AF]

    def _refuse_repeated_parents(self) -> None:
        """A container that stands twice where it may stand once would tie lines to the wrong client."""
        for niveau in self.mapping.repeating:
            sleutels = ["f", *self.mapping.keys_of(niveau.naam)]
            frame = self.ruw[niveau.naam]
            dubbel = frame.filter(pl.struct(sleutels).is_duplicated()).get_column("f").unique().to_list()
            for f in dubbel:
                self.groep.bestanden[f].refuse(RefusedError("vorm"))

    def _joined_codes(self, niveau: str) -> pl.DataFrame:
        """Return codes of a level, comma-joined per row of the level around it."""
        sleutels = ["f", *self.mapping.keys_of(niveau)[:-1]]
        frame = check(self.ruw[niveau], self.mapping.niveaus[niveau].velden, self.groep.lijsten)
        return frame.group_by(sleutels, maintain_order=True).agg(
            pl.col("retourcode").drop_nulls().str.join(",").alias("retourcodes")
        )

    def _lines(self, naam: str) -> pl.DataFrame:
        """Rows of a level with the fields of the levels around it and of the header, of files not refused."""
        m = self.mapping
        niveau = m.niveaus[naam]
        basis = (
            self.kop.with_columns(pl.lit(1, dtype=pl.Int64).alias("regel_nr"))
            if niveau.enkel
            else self.ruw[naam]
        )
        frame = basis.filter(pl.col("f").is_in(self._ok()))
        for ouder in m.ancestors(naam):
            if not ouder.enkel:
                op = ["f", *m.keys_of(ouder.naam)]
                frame = frame.join(
                    self.ruw[ouder.naam].drop("regel_nr"), on=op, how="left", maintain_order="left"
                )
        return frame if niveau.enkel else frame.join(self.kop, on="f", how="left", maintain_order="left")

    def _write(self, uit: Uitvoer) -> None:
        m, telt = self.mapping, uit.niveau == self.mapping.eenheid
        if uit.niveau == "bericht":
            goed = self.kop.filter(pl.col("f").is_in(self._ok())).with_columns(
                pl.lit(0, dtype=pl.Int64).alias("regel_nr")
            )
            if uit.als:
                goed = goed.filter(pl.col(uit.als).is_not_null())
            sleutels = ["f"]
        else:
            velden = m.fields_of(uit.niveau)
            frame = apply_signs(check(self._lines(uit.niveau), velden, self.groep.lijsten), velden)
            oordeel = judge(frame, velden, self.sleutel)
            bedrag = m.geld.get("bedrag", "") if telt else ""
            if telt:
                count_lines(self.groep.bestanden, oordeel, bedrag)
                self._put("quarantaine", quarantine_rows(oordeel.quarantaine, bedrag))
            goed = add_identities(oordeel.goed, self.sleutel)
            sleutels = ["f", *m.keys_of(uit.niveau)]
        if "toewijzingsdatum" in goed.columns:
            middernacht = pl.col("toewijzingsdatum").cast(pl.Datetime("us"))
            tijd = pl.col("toewijzingstijd").cast(pl.Duration("us")).fill_null(pl.duration(seconds=0))
            goed = goed.with_columns((middernacht + tijd).alias("toegewezen_op"))
        if uit.codes:
            goed = goed.drop("retourcodes", strict=False).join(
                self._joined_codes(uit.codes), on=sleutels, how="left", maintain_order="left"
            )
        if uit.adres:
            goed = to_client_rows(self._with_address(goed, uit.adres), self.wijken, self.sleutel)
        goed = goed.with_columns(
            *(pl.col(bron).alias(naam) for naam, bron in uit.neem.items()),
            *(pl.lit(waarde).alias(naam) for naam, waarde in uit.vast.items()),
        )
        self._put(uit.tabel, goed)

    def _with_address(self, goed: pl.DataFrame, niveau: str) -> pl.DataFrame:
        """Clients with their registered address (AdresSoort 01), the first where there are more."""
        velden = self.mapping.niveaus[niveau].velden
        contact = check(self.ruw[niveau], velden, {}).filter(pl.col("soort_adres") == "01")
        eerste = contact.unique(subset="f", keep="first", maintain_order=True)
        return goed.join(
            eerste.select("f", *(v.naam for v in velden)), on="f", how="left", maintain_order="left"
        )

    def _compare_total(self, bestand: Bestand) -> None:
        """TR358 as a finding: the header's total against the sum of the lines, where all amounts were
        read.
        """
        totaal = bestand.kop.get("totaal_ingediend_cent")
        leesbaar = bool(self.mapping.geld) and totaal is not None and not bestand.regels_zonder_bedrag
        if leesbaar and totaal != bestand.bedrag_cent:
            bestand.redenen[f"{BEVINDING}:totaal"] += 1

    def _put(self, tabel: str, frame: pl.DataFrame) -> None:
        if frame.height:
            self.rijen.setdefault(tabel, []).append(frame)
