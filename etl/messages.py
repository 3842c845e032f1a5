"""A batch of messages of one mapping, standard and release: from parsed tables to rows of the lake."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

from etl.errors import RefusedError
from etl.fields import Veld, apply_signs, check, fault, raw
from etl.files import Bestand
from etl.gate import (
    NAAMDELEN,
    Oordeel,
    add_identities,
    check_bsn,
    count_findings,
    count_lines,
    find,
    judge,
    quarantine_rows,
)
from etl.groep import Groep, not_increasing, number_lines
from etl.key import Sleutel
from etl.mapping import Niveau, Uitvoer
from etl.pseudonym import pseudonymise
from etl.reasons import describe
from etl.regels import VAN_VELD, Regel, Soort, rules_for
from etl.tables import TABELLEN
from etl.wijken import Wijktabel, to_client_rows
from etl.xml_read import parse_bundle

__all__ = ["Groep", "GroepLezer", "Rijen", "read_group"]

Rijen = dict[str, list[pl.DataFrame]]
_VALT_AF = ("geweigerd", "niet van ons")
_ZACHT = ("ontbreekt", "type", "lengte", "codelijst")
_OPGETELD = {"declaratieregel": "bedrag_cent", "declaratieantwoord": "ingediend_cent"}
"""Per lake table the amount whose sum a header is held against."""


def read_group(groep: Groep, sleutel: Sleutel, wijken: Wijktabel) -> Rijen:
    """Rows per lake table of a group; its texts are let go of, counts and headers are in its files."""
    rijen = GroepLezer(groep, sleutel, wijken).read()
    groep.teksten.clear()
    return rijen


class GroepLezer:
    """Turns one group into rows; keeps the intermediate frames of the group together."""

    def __init__(self, groep: Groep, sleutel: Sleutel, wijken: Wijktabel) -> None:
        self.groep, self.mapping, self.sleutel, self.wijken = groep, groep.mapping, sleutel, wijken
        bundel = parse_bundle(groep.teksten, groep.mapping)
        for f, fout in bundel.fouten.items():
            groep.bestanden[f].refuse(fout)
        for f, som in bundel.digests().items():
            # The release says what its codes mean, so it is content.
            groep.bestanden[f].regels_hash = f"{groep.release}:{groep.mapping.versie}:{som}"
        if not groep.mapping.leeg_mag:
            self._refuse_empty(bundel.tabellen)
        self.ruw = {naam: number_lines(tabel) for naam, tabel in bundel.tabellen.items()}
        self._number_on()
        # The parser trims what is written out, not what a character reference or CDATA stands for; a single
        # byte is looked for because that costs nothing.
        self.bijgesneden = not any(b"&" in t.data or b"!" in t.data for t in groep.teksten)
        self.rijen: Rijen = {}
        self.bevindingen: list[pl.DataFrame] = []
        self.teksten: dict[tuple[str, str], tuple[str, str]] = {}
        self.gelezen: dict[str, pl.DataFrame] = {}
        self.codes: dict[str, pl.DataFrame] = {}

    def _refuse_empty(self, tabellen: dict[str, pl.DataFrame]) -> None:
        """A message that must have lines and has none cannot be what it says it is."""
        m = self.mapping
        met = set().union(*(m.rows_of(n, tabellen).get_column("f").to_list() for n in m.eenheden))
        for f, bestand in enumerate(self.groep.bestanden):
            if f not in met and bestand.status != "geweigerd":
                bestand.refuse(RefusedError("geen_regels"))

    def read(self) -> Rijen:
        """Rows per lake table, and the counts and header in the files of the group."""
        self.kop = self._read_header()
        self._refuse_repeated_parents()
        for uitvoer in self.mapping.tabellen:
            self._write(uitvoer)
        self._put_findings()
        for bestand in self.groep.bestanden:
            if bestand.status not in _VALT_AF:
                bestand.settle()
        return self.rijen

    def _number_on(self) -> None:
        """Of several units the lines are numbered through: the three parts of a 317 are one list."""
        eerder = np.zeros(len(self.groep.bestanden), dtype=np.int64)
        for naam in (e for e in self.mapping.eenheden if not self.mapping.niveaus[e].enkel):
            f = self.ruw[naam].get_column("f").to_numpy()
            self.ruw[naam] = self.ruw[naam].with_columns(pl.col("regel_nr") + pl.Series(eerder[f]))
            eerder += np.bincount(f, minlength=len(eerder))

    def _read_header(self) -> pl.DataFrame:
        """Checked headers, a row a file; a header that cannot be read refuses its file."""
        m = self.mapping
        kop = check(self.ruw["kop"].drop("regel_nr"), m.kop, self.groep.lijsten, self.bijgesneden)
        kop = apply_signs(kop, m.kop)
        bestanden = self.groep.bestanden
        for v in (v for v in m.kop if v.strikt):
            for code in ("ontbreekt", "type"):
                if fault(v.naam, code) in kop.columns:
                    for f in kop.filter(pl.col(fault(v.naam, code))).get_column("f").to_list():
                        bestanden[f].refuse(RefusedError(f"kop_{code}", v.naam))
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
            pl.lit(bestanden[0].berichttype).alias("berichttype"),
            pl.lit(self.groep.standaard).alias("standaard"),
            pl.lit(self.groep.release).alias("release"),
            pl.lit(0, dtype=pl.Int64).alias("regel_nr"),
        )
        if "kopcode" in self.ruw:
            kop = kop.join(self._joined_codes("kopcode"), on="f", how="left", maintain_order="left")
        if codes:
            vreemd = ~pl.col("berichtcode").is_in(codes).fill_null(False)
            kop = kop.with_columns(vreemd.alias(fault("berichtcode", "berichtcode")))
        self._report_header(kop)
        namen = [k for k in kop.columns if "|" not in k]
        for rij in kop.select(namen).iter_rows(named=True):
            bestand = bestanden[rij["f"]]
            if bestand.status not in _VALT_AF and self._is_ours(bestand, rij):
                bestand.kop = rij
        enkel = [v for n in m.niveaus.values() if n.enkel for v in n.velden]
        eigen = [fault(v.naam, c) for v in m.kop for c in _ZACHT]
        kop = kop.drop([*eigen, *(raw(v.naam) for v in m.kop)], strict=False)
        return self._checked(kop, enkel)

    def _report_header(self, kop: pl.DataFrame) -> None:
        velden = [
            (v.naam, code, fault(v.naam, code))
            for v in self.mapping.kop
            for code in _ZACHT
            if fault(v.naam, code) in kop.columns
        ]
        velden += [("berichtcode", "berichtcode", fault("berichtcode", "berichtcode"))]
        regels = [r for tabel in self._tables() for r in self._rules(tabel, "kop", kop.columns)]
        kop = kop.with_columns(r.fout.fill_null(False).alias(fault(r.veld, r.code)) for r in regels)
        self._report(
            find(
                kop,
                [v for v in velden if v[2] in kop.columns]
                + [(r.veld, r.code, fault(r.veld, r.code)) for r in regels],
            )
        )

    def _tables(self) -> list[str]:
        return [u.tabel for u in self.mapping.tabellen if u.niveau in self.mapping.eenheden]

    def _rules(self, tabel: str, niveau: Soort, kolommen: Iterable[str]) -> list[Regel]:
        """Rules that hold here; their sentences are kept for the rows of findings."""
        regels = rules_for(tabel, niveau, self.groep.release, kolommen)
        self.teksten |= {(r.code, r.veld): (r.zin, r.retourcode) for r in regels}
        return regels

    def _report(self, bevindingen: pl.DataFrame) -> None:
        if bevindingen.height:
            self.bevindingen.append(bevindingen)

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

    def _of_good_files(self, frame: pl.DataFrame) -> pl.DataFrame:
        ok = self._ok()
        return frame if len(ok) == len(self.groep.bestanden) else frame.filter(pl.col("f").is_in(ok))

    def _refuse_repeated_parents(self) -> None:
        """A container that stands twice where it may stand once would tie lines to the wrong client."""
        for niveau in self.mapping.repeating:
            sleutels = ["f", *self.mapping.keys_of(niveau.naam)]
            for f in not_increasing(self.ruw[niveau.naam], sleutels):
                self.groep.bestanden[f].refuse(RefusedError("vorm"))

    def _joined_codes(self, naam: str) -> pl.DataFrame:
        """Return codes of a level, comma-joined per row of the level around it; unknown ones are reported."""
        if naam in self.codes:
            return self.codes[naam]
        niveau = self.mapping.niveaus[naam]
        sleutels = ["f", *self.mapping.keys_of(naam)[:-1]]
        frame = check(self.ruw[naam], niveau.velden, self.groep.lijsten, self.bijgesneden)
        if fault("retourcode", "codelijst") in frame.columns:
            # The position of a code is not that of a line, so it is reported of the message.
            van_bericht = frame.with_columns(pl.lit(0, dtype=pl.Int64).alias("regel_nr"))
            self._report(find(van_bericht, [("retourcode", "codelijst", fault("retourcode", "codelijst"))]))
        self.codes[naam] = frame.group_by(sleutels, maintain_order=True).agg(
            pl.col("retourcode").drop_nulls().str.join(",").alias("retourcodes")
        )
        return self.codes[naam]

    def _checked(self, frame: pl.DataFrame, velden: Iterable[Veld]) -> pl.DataFrame:
        """Adds values and rules of a level's own fields, and the client's pseudonym where the BSN stands.

        Done before the level is joined to its lines: a client is checked once, not once a line.
        """
        velden = tuple(velden)
        frame = apply_signs(check(frame, velden, self.groep.lijsten, self.bijgesneden), velden)
        frame = check_bsn(frame, velden, self.sleutel)
        if any(v.naam == "bsn" for v in velden):
            frame = pseudonymise(frame, "bsn", "client", "client_id", self.sleutel)
            if fault("bsn", "niet_voorbeeld") in frame.columns:
                # Under the public sample key no real person gets a pseudonym, on no row.
                mag = ~pl.col(fault("bsn", "niet_voorbeeld"))
                frame = frame.with_columns(pl.when(mag).then(pl.col("client_id")).alias("client_id"))
        return frame

    def _level(self, niveau: Niveau) -> pl.DataFrame:
        """Checked rows of a repeating level."""
        if niveau.naam not in self.gelezen:
            self.gelezen[niveau.naam] = self._checked(self.ruw[niveau.naam], niveau.velden)
        return self.gelezen[niveau.naam]

    def _lines(self, uit: Uitvoer, regels: Iterable[str]) -> pl.DataFrame:
        """Rows of a level with what it takes from the levels around it and the header, of files not
        refused; `regels`: columns of the header that rules look at.
        """
        m = self.mapping
        niveau = m.niveaus[uit.niveau]
        if niveau.enkel:
            er = self._of_good_files(self.kop).filter(niveau.is_there)
            return er.with_columns(pl.lit(1, dtype=pl.Int64).alias("regel_nr"))
        frame = self._of_good_files(self._level(niveau))
        for ouder in m.ancestors(uit.niveau):
            if not ouder.enkel:
                op = ["f", *m.keys_of(ouder.naam)]
                frame = frame.join(
                    self._level(ouder).drop("regel_nr"), on=op, how="left", maintain_order="left"
                )
        eigen = {v.naam for v in m.kop} | set(m.kop_ook)
        wil = {*TABELLEN[uit.tabel], *NAAMDELEN, *uit.neem.values(), *regels}
        mee = [k for k in self.kop.columns if k not in frame.columns and (k not in eigen or k in wil)]
        return frame.join(self.kop.select("f", *mee), on="f", how="left", maintain_order="left")

    def _write(self, uit: Uitvoer) -> None:
        m = self.mapping
        if uit.niveau == "bericht":
            # Of the message itself: nothing of the client that is read along with the header.
            enkel = [v.naam for n in m.niveaus.values() if n.enkel for v in n.velden]
            goed = self._of_good_files(self.kop).drop([*enkel, "client_id"], strict=False)
            sleutels = ["f"]
        else:
            kolommen = {
                k
                for n in [*m.ancestors(uit.niveau), m.niveaus[uit.niveau]]
                for v in n.velden
                for k in (v.naam, raw(v.naam))
            }
            regels = self._rules(uit.tabel, "regel", kolommen | set(self.kop.columns))
            nodig = {k for r in regels for k in r.fout.meta.root_names()}
            oordeel = judge(self._lines(uit, nodig), m.fields_of(uit.niveau), self.sleutel, regels)
            if uit.niveau in m.eenheden:
                self._count(uit, oordeel)
            goed, sleutels = add_identities(oordeel.goed, self.sleutel), ["f", *m.keys_of(uit.niveau)]
        if uit.als:
            goed = goed.filter(pl.col(uit.als).is_not_null())
        if "toewijzingsdatum" in goed.columns:
            middernacht = pl.col("toewijzingsdatum").cast(pl.Datetime("us"))
            tijd = pl.col("toewijzingstijd").cast(pl.Duration("us")).fill_null(pl.duration(seconds=0))
            goed = goed.with_columns((middernacht + tijd).alias("toegewezen_op"))
        if uit.codes:
            goed = goed.drop("retourcodes", strict=False).join(
                self._joined_codes(uit.codes), on=sleutels, how="left", maintain_order="left"
            )
        if uit.adres:
            goed = to_client_rows(self._with_address(goed, uit), self.wijken, self.sleutel)
        goed = goed.with_columns(
            *(pl.col(bron).alias(naam) for naam, bron in uit.neem.items()),
            *(pl.lit(waarde).alias(naam) for naam, waarde in uit.vast.items()),
        )
        self._put(uit.tabel, goed)

    def _count(self, uit: Uitvoer, oordeel: Oordeel) -> None:
        """Counts the lines of a unit in their files, and sets the header against their sum."""
        bedrag = self.mapping.geld.get("bedrag", "")
        self._report(oordeel.bevindingen)
        count_lines(
            self.groep.bestanden,
            Oordeel(oordeel.goed, oordeel.quarantaine, oordeel.bevindingen.clear()),
            bedrag,
        )
        self._put("quarantaine", quarantine_rows(oordeel.quarantaine, bedrag))
        if uit.tabel in _OPGETELD:
            self._compare_totals(uit.tabel, oordeel)

    def _compare_totals(self, tabel: str, oordeel: Oordeel) -> None:
        """The rules about the sum of the lines (TR358, TR342), where all amounts were read."""
        kolom = _OPGETELD[tabel]
        alle = pl.concat([oordeel.goed.select("f", kolom), oordeel.quarantaine.select("f", kolom)])
        som = alle.group_by("f").agg(
            pl.len().cast(pl.Int64).alias("regels"),
            pl.col(kolom).sum().alias("som_cent"),
            pl.col(kolom).null_count().cast(pl.Int64).alias("zonder_bedrag"),
        )
        kop = self._of_good_files(self.kop).join(som, on="f", how="left", maintain_order="left")
        kop = kop.with_columns(pl.col("regels", "som_cent", "zonder_bedrag").fill_null(0))
        regels = self._rules(tabel, "totaal", kop.columns)
        kop = kop.with_columns(r.fout.fill_null(False).alias(fault(r.veld, r.code)) for r in regels)
        self._report(find(kop, [(r.veld, r.code, fault(r.veld, r.code)) for r in regels]))

    def _with_address(self, goed: pl.DataFrame, uit: Uitvoer) -> pl.DataFrame:
        """Clients with their registered address (AdresSoort 01), the first where there are more."""
        op = ["f", *self.mapping.keys_of(uit.niveau)]
        delen = []
        for naam in uit.adres:
            velden = self.mapping.niveaus[naam].velden
            delen.append(check(self.ruw[naam], velden, {}).select(*op, *(v.naam for v in velden)))
        contact = pl.concat(delen).filter(pl.col("soort_adres") == "01")
        eerste = contact.unique(subset=op, keep="first", maintain_order=True)
        return goed.join(eerste, on=op, how="left", maintain_order="left")

    def _put_findings(self) -> None:
        """Rows of lake table `bevinding`, and their counts in the files: the same rows, so they agree."""
        if not self.bevindingen:
            return
        alle = self._of_good_files(pl.concat(self.bevindingen))
        count_findings(self.groep.bestanden, alle)
        soorten = alle.select("code", "veld").unique()
        teksten = [
            self.teksten.get((code, veld), (describe(f"{code}:{veld}"), VAN_VELD))
            for code, veld in soorten.iter_rows()
        ]
        soorten = soorten.with_columns(
            pl.Series("omschrijving", [zin for zin, _ in teksten], dtype=pl.Utf8),
            pl.Series("retourcode", [code for _, code in teksten], dtype=pl.Utf8),
        )
        wie = self.kop.select("f", "bericht_id", "berichttype")
        alle = alle.join(soorten, on=["code", "veld"], how="left").join(wie, on="f", how="left")
        self._put("bevinding", alle)

    def _put(self, tabel: str, frame: pl.DataFrame) -> None:
        if frame.height:
            self.rijen.setdefault(tabel, []).append(frame)
