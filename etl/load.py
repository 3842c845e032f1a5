"""Loading: every file through recognise, read, check, pseudonymise and write."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from etl.batch import Batch, Known, refusal_row
from etl.containers import LEESFOUTEN, MAX_BERICHT, Bron, members
from etl.errors import RefusedError
from etl.extracts import read_extract
from etl.files import Bestand
from etl.key import Sleutel
from etl.lake import Lake
from etl.mapping import LEZER_VERSIE, Mapping
from etl.messages import Groep, GroepLezer
from etl.recognise import Bericht, Onbekend, is_xml, is_zip, recognise_message
from etl.recognise_table import Extract, recognise_table
from etl.settings import Instellingen
from etl.wijken import ONBEKEND, Wijktabel
from etl.xml_read import content_hash, count_elements, require_one_document

ONLEESBAAR: tuple[type[Exception], ...] = (RefusedError, *LEESFOUTEN)
MAX_BATCH_BYTES = 96 * 1024 * 1024


class Meekijker(Protocol):
    """Who is told how far the load is."""

    def file_opened(self, bron: Bron) -> None:
        """A loose file or zip is about to be read."""

    def member_read(self, lid: Bron) -> None:
        """A member of a zip has been read."""

    def file_read(self) -> None:
        """A loose file or zip has been read."""

    def file_done(self, bestand: Bestand, bron: Bron) -> None:
        """A file has its status."""


@dataclass
class Verslag:
    """What a load did: every file, and what the reader must know."""

    bestanden: list[Bestand] = field(default_factory=list)
    waarschuwingen: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all read; 1 something refused, unknown, or a line quarantined (CONTRACT)."""
        return int(any(b.status in ("deels", "geweigerd", "onbekend") for b in self.bestanden))


class Lader:
    """One load into one lake, which the caller has locked; with `proef` nothing is written."""

    def __init__(
        self,
        lake: Lake,
        sleutel: Sleutel,
        proef: bool,
        meekijker: Meekijker,
        instellingen: Instellingen | None = None,
    ) -> None:
        self.sleutel, self.meekijker = sleutel, meekijker
        self.instellingen = instellingen or Instellingen()
        self.verslag = Verslag()
        self.wijken = Wijktabel.empty()
        self.wijken.add(
            lake.read_counted("postcode_wijk", ["gemeentecode", "jaar", "postcode_sleutel", "wijkcode"])
        )
        self.bekend = Known(lake)
        self.batch = Batch(None if proef else lake)
        self.groepen: dict[tuple[str, str, str], Groep] = {}
        self.wacht: list[tuple[Bestand, Bron]] = []
        self.bytes = self.gelogd = 0
        self.zonder_wijk = 0

    def load(self, bronnen: Iterable[Bron]) -> Verslag:
        """Loads the sources, the postcode table before all else: addresses need it."""
        lijst = list(bronnen)
        for bron in sorted(lijst, key=lambda b: not self._has_postcodes(b)):
            self.meekijker.file_opened(bron)
            self._handle(bron)
            self.meekijker.file_read()
        self.flush()
        if self.zonder_wijk:
            self.verslag.waarschuwingen.append(
                f"Van {self.zonder_wijk} adresregels is de wijk 'onbekend', omdat er geen tabel "
                "postcode_wijk is. Laad postcode_wijk.csv. Trek daarna de bestanden met adressen "
                "(301, clienten.csv) in met "
                "'etl withdraw' en laad ze opnieuw, of begin met een leeg lake."
            )
        return self.verslag

    def _has_postcodes(self, bron: Bron) -> bool:
        try:
            begin = bron.peek()
            if is_zip(begin):
                leden = (m for m in members(bron) if not m.naam.lower().endswith(".xml"))
                return bron.diepte < 2 and any(self._has_postcodes(m) for m in leden)
            soort = None if is_xml(begin) or not begin else recognise_table(bron, self.instellingen)
        except RefusedError:
            return False
        finally:
            bron.bewaard = None
        return isinstance(soort, Extract) and soort.contract.tabel == "postcode_wijk"

    # -- one file --------------------------------------------------------------------------------------------

    def _handle(self, bron: Bron) -> None:
        """One source; what is wrong with it ends up in its own status and stops nothing else."""
        try:
            begin = bron.peek()
            if not begin:
                raise RefusedError("leeg")
            if is_zip(begin):
                if bron.diepte > 1:
                    raise RefusedError("zip_diep")
                for lid in members(bron):
                    self._handle(lid)
                    self.meekijker.member_read(lid)
            elif is_xml(begin):
                self._handle_message(bron)
            else:
                self._handle_table(bron)
        except RefusedError as fout:
            bestand = Bestand(bron.naam, _hash(bron), mapping_versie=str(LEZER_VERSIE))
            bestand.refuse(fout)
            self._report(bestand, bron)
        finally:
            bron.bewaard = None

    def _handle_message(self, bron: Bron) -> None:
        data = bron.read(MAX_BERICHT)
        bestand = Bestand(bron.naam, hashlib.sha256(data).hexdigest(), soort="bericht")
        bestand.mapping_versie, bestand.inhoud_hash = str(LEZER_VERSIE), bestand.sha256
        try:
            soort = recognise_message(data)
            if isinstance(soort, Bericht):
                bestand.standaard, bestand.release = soort.standaard, soort.release
                bestand.berichttype, bestand.wet = soort.berichttype, soort.wet
            if isinstance(soort, Onbekend) or soort.mapping is None:
                ours = not (isinstance(soort, Onbekend) and soort.niet_van_ons)
                bestand.status = "onbekend" if ours else "niet van ons"
                bestand.mapping_versie = ""
                bestand.namespace = soort.namespace if isinstance(soort, Onbekend) else soort.wortel.namespace
                if ours:
                    bestand.redenen["onbekend"] = 1
                return self._report(bestand, bron)
            bestand.mapping_versie = soort.mapping.versie
            self._read_message(bestand, bron, soort, soort.mapping)
        except RefusedError as fout:
            self._refuse(bestand, bron, fout)
        self.bytes += len(data)
        if self.bytes >= MAX_BATCH_BYTES:
            self.flush()

    def _read_message(self, bestand: Bestand, bron: Bron, soort: Bericht, mapping: Mapping) -> None:
        """Lays a message with those that are read alike; RefusedError where it is not one
        whole.
        """
        kaal = require_one_document(soort.tekst, soort.wortel)
        bestand.inhoud_hash = content_hash(soort.tekst)
        if self._is_double(bestand):
            return self._report(bestand, bron)
        geteld = count_elements(kaal, mapping.niveaus[mapping.eenheid].element)
        if geteld == 0 and not mapping.leeg_mag:
            raise RefusedError("geen_regels")
        self.bekend.add(bestand)
        sleutel = (mapping.naam, soort.standaard, soort.release)
        groep = self.groepen.setdefault(sleutel, Groep(mapping, soort.standaard, soort.release))
        groep.bestanden.append(bestand)
        groep.teksten.append(soort.tekst)
        groep.geteld.append(geteld)
        self.wacht.append((bestand, bron))

    def _handle_table(self, bron: Bron) -> None:
        soort = recognise_table(bron, self.instellingen)
        if isinstance(soort, Onbekend):
            if not soort.stil:
                bestand = Bestand(bron.naam, _hash(bron), status="onbekend")
                bestand.redenen["onbekend"] = 1
                self._report(bestand, bron)
            return
        contract = soort.contract
        som = _hash(bron)
        bestand = Bestand(bron.naam, som, soort="extract", berichttype=contract.naam, inhoud_hash=som)
        bestand.mapping_versie = contract.versie
        try:
            if soort.fout:
                raise soort.fout
            if self._is_double(bestand):
                return self._report(bestand, bron)
            for rijen in read_extract(bron, bestand, soort, self.sleutel, self.wijken):
                if "postcode_wijk" in rijen:
                    self.wijken.add(rijen["postcode_wijk"])
                self._take_rows({tabel: [frame] for tabel, frame in rijen.items()}, [bestand])
        except ONLEESBAAR as fout:
            self.batch.drop_rows(bestand)
            return self._refuse(
                bestand, bron, fout if isinstance(fout, RefusedError) else RefusedError("csv")
            )
        self._keep(bestand)
        self._report(bestand, bron)
        if self.batch.begonnen:
            self.flush()

    # -- what became of it -----------------------------------------------------------------------------------

    def _is_double(self, bestand: Bestand) -> bool:
        """Whether the same content was read by the same mapping before; then nothing of the file is
        loaded.
        """
        nu, eerder = self.bekend.in_load(bestand), self.bekend.in_lake(bestand)
        if nu is not None and nu.status != "geweigerd":
            bestand.origineel = nu
        elif eerder is not None and eerder["status"] != "geweigerd":
            if eerder["mapping_versie"] != bestand.mapping_versie:
                return False
            bestand.regels, bestand.bedrag_cent = eerder["regels"], eerder["bedrag_cent"]
        else:
            return False
        bestand.status = "dubbel"
        return True

    def _keep(self, bestand: Bestand) -> bool:
        """Lays a file with its batch, in the place of what an older mapping made of it; False where it is
        there.
        """
        eerder, nu = self.bekend.in_lake(bestand), self.bekend.in_load(bestand)
        if nu is not None and nu is not bestand:
            return False
        if eerder is not None and eerder["bericht_id"] == bestand.bericht_id:
            return False
        self.batch.add_file(bestand, eerder["bericht_id"] if eerder else None)
        self.bekend.add(bestand)
        return True

    def _refuse(self, bestand: Bestand, bron: Bron, fout: RefusedError) -> None:
        bestand.refuse(fout)
        self._keep_refused(bestand)
        self._report(bestand, bron)

    def _keep_refused(self, bestand: Bestand) -> None:
        """A refused file of a known kind is in the lake too, with its reason; an unknown one in the log
        only.
        """
        if not bestand.berichttype:
            return
        if self._keep(bestand):
            self.batch.add_rows({"quarantaine": [refusal_row(bestand)]})

    def _report(self, bestand: Bestand, bron: Bron) -> None:
        self.verslag.bestanden.append(bestand)
        self.meekijker.file_done(bestand, bron)

    def _take_rows(self, rijen: dict[str, list[pl.DataFrame]], bestanden: list[Bestand]) -> None:
        """Adds what identifies the file to quarantined lines, and counts addresses without a wijk."""
        if "quarantaine" in rijen:
            wie = pl.DataFrame(
                {
                    "f": range(len(bestanden)),
                    "bericht_id": [b.bericht_id for b in bestanden],
                    "sha256": [b.sha256 for b in bestanden],
                    "naam": [b.naam for b in bestanden],
                    "berichttype": [b.berichttype for b in bestanden],
                },
                schema_overrides={"f": pl.Int64},
            )
            rijen["quarantaine"] = [f.join(wie, on="f", how="left") for f in rijen["quarantaine"]]
        if self.wijken.rijen.is_empty():
            for frame in rijen.get("client", []):
                self.zonder_wijk += frame.filter(pl.col("wijkcode") == ONBEKEND).height
        self.batch.add_rows(rijen)

    def flush(self) -> None:
        """Reads the messages that wait, group by group, and writes the batch."""
        for groep in self.groepen.values():
            self._take_rows(GroepLezer(groep, self.sleutel, self.wijken).read(), groep.bestanden)
        for bestand, bron in self.wacht:
            if bestand.status == "geweigerd":
                self._keep_refused(bestand)
            else:
                self._keep(bestand)
            self._report(bestand, bron)
        self.groepen, self.wacht, self.bytes = {}, [], 0
        te_loggen = self.verslag.bestanden[self.gelogd :]
        for bestand in te_loggen:
            if bestand.origineel is not None:
                bestand.regels, bestand.bedrag_cent = bestand.origineel.regels, bestand.origineel.bedrag_cent
        if te_loggen:
            self.batch.write(te_loggen)
        self.gelogd = len(self.verslag.bestanden)


def _hash(bron: Bron) -> str:
    """sha256 of the bytes, as far as they can be read."""
    som = hashlib.sha256()
    try:
        with bron.open() as stroom:
            while stuk := stroom.read(1 << 20):
                som.update(stuk)
    except ONLEESBAAR:
        som.update(b"onleesbaar")
    return som.hexdigest()
