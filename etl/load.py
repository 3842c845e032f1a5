"""Loading: every file through recognise, read, check, pseudonymise and write."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol

import polars as pl

from etl.batch import Batch, Known, refusal_row
from etl.containers import ONLEESBAAR, Bron
from etl.contract import OPZOEK
from etl.errors import PROGRAMMAFOUTEN, RefusedError
from etl.extracts import read_extract
from etl.files import Bestand
from etl.intake import Inname, take_in
from etl.key import Sleutel
from etl.lake import Lake
from etl.mapping import LEZER_VERSIE
from etl.messages import Groep, Rijen, read_group
from etl.opzoek import Opzoektabellen
from etl.recognise import Onbekend, is_xml
from etl.recognise_table import recognise_table
from etl.settings import Instellingen
from etl.sources import find_first, is_named_xml, walk
from etl.wijken import ONBEKEND, Wijktabel

STUK_BYTES = 24 * 1024 * 1024
"""Messages go to a worker together up to this size: bounds the memory, and large enough for whole columns."""
STUK_BESTANDEN = 2_000
MAX_WERKERS = 2


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
    """One load into one lake, which the caller has locked; with `proef` nothing is written.

    Two stages run on worker threads, each over a piece of some megabytes: taking files in, and turning
    messages into rows. What depends on order (is it double, what becomes of it, writing) stays on this thread
    and follows the order of the files, so that the lake does not depend on which worker was first.
    """

    def __init__(
        self,
        lake: Lake,
        sleutel: Sleutel,
        proef: bool,
        meekijker: Meekijker,
        instellingen: Instellingen | None = None,
        werkers: int | None = None,
    ) -> None:
        self.sleutel, self.meekijker = sleutel, meekijker
        self.instellingen = instellingen or Instellingen()
        self.werkers = werkers or min(MAX_WERKERS, os.cpu_count() or 1)
        self.verslag = Verslag()
        self.wijken = Wijktabel.empty()
        self.wijken.add(
            lake.read_counted("postcode_wijk", ["gemeentecode", "jaar", "postcode_sleutel", "wijkcode"])
        )
        self.opzoeken = Opzoektabellen()
        self.bekend = Known(lake)
        self.batch = Batch(None if proef else lake)
        self.innames: deque[Future[list[Inname]]] = deque()
        self.groepen: deque[tuple[Future[Rijen], Groep, list[Inname]]] = deque()
        self.gelezen: set[tuple[object, ...]] = set()
        self.zonder_wijk = self.gelogd = self.volgnummer = 0

    def load(self, bronnen: Iterable[Bron]) -> Verslag:
        """Loads the sources, tables that others need before all else."""
        lijst = list(bronnen)
        with ThreadPoolExecutor(self.werkers) as self.pool:
            try:
                for bron in lijst:
                    for tabel in find_first(bron, self.instellingen):
                        self._handle_table(tabel)
                        self.gelezen.add(tabel.plek)
                for bron in lijst:
                    self.meekijker.file_opened(bron)
                    self._take_all(walk(bron, self._refuse_unread, self.meekijker.member_read))
                    self.meekijker.file_read()
                self.flush()
            except BaseException:
                self.pool.shutdown(wait=False, cancel_futures=True)
                raise
            finally:
                self.batch.close()
        self.verslag.bestanden.sort(key=lambda b: b.volgnummer)
        if self.zonder_wijk:
            self.verslag.waarschuwingen.append(
                f"Van {self.zonder_wijk} adresregels is de wijk 'onbekend', omdat er geen tabel "
                "postcode_wijk is. Laad postcode_wijk.csv. Trek daarna de bestanden met adressen "
                "(301, clienten.csv) in met "
                "'etl withdraw' en laad ze opnieuw, of begin met een leeg lake."
            )
        return self.verslag

    # -- messages --------------------------------------------------------------------------------------------

    def _take_all(self, bronnen: Iterator[Bron]) -> None:
        """Hands messages to the workers in pieces, and reads tables itself."""
        stuk: list[Bron] = []
        omvang = 0
        for bron in bronnen:
            if not is_named_xml(bron) and not is_xml(bron.peek()):
                if bron.plek not in self.gelezen:
                    self._handle_table(bron)
                bron.bewaard = None
                continue
            stuk.append(bron)
            omvang += max(bron.grootte, 1)
            if omvang >= STUK_BYTES or len(stuk) >= STUK_BESTANDEN:
                self._submit(stuk)
                stuk, omvang = [], 0
        if stuk:
            self._submit(stuk)

    def _submit(self, stuk: list[Bron]) -> None:
        self.innames.append(self.pool.submit(_take_in_all, stuk, self.instellingen))
        while len(self.innames) > self.werkers:
            self._settle(self.innames.popleft().result())

    def _settle(self, innames: list[Inname]) -> None:
        """What became of a piece that was taken in: known already, refused, or on to be read in its group."""
        self.bekend.look_up([i.bestand for i in innames])
        groepen: dict[tuple[str, str, str], tuple[Groep, list[Inname]]] = {}
        for i in innames:
            bestand = i.bestand
            self._number(bestand)
            if i.anders:
                self._handle_table(i.bron)
            elif i.fout is not None:
                self._refuse(bestand, i.bron, i.fout)
            elif i.bericht is None or i.bericht.mapping is None or self._is_double(bestand):
                self._report(bestand, i.bron)
            else:
                m, b = i.bericht.mapping, i.bericht
                self.bekend.add(bestand)
                nieuw = Groep(m, b.standaard, b.release, gemeentecodes=self.instellingen.gemeentecodes)
                groep, leden = groepen.setdefault((m.naam, b.standaard, b.release), (nieuw, []))
                groep.bestanden.append(bestand)
                groep.teksten.append(b.tekst)
                i.bericht = None
                leden.append(i)
        for groep, leden in groepen.values():
            taak = self.pool.submit(read_group, groep, self.sleutel, self.wijken)
            self.groepen.append((taak, groep, leden))
        while len(self.groepen) > self.werkers:
            self._gather()

    def _gather(self) -> None:
        """Takes the rows of the oldest group that was sent to be read."""
        taak, groep, leden = self.groepen.popleft()
        try:
            rijen = taak.result()
        except PROGRAMMAFOUTEN:
            return self._read_apart(groep, leden)
        herhaald = self.bekend.find_repeats(groep.bestanden)
        for f in herhaald:
            groep.bestanden[f].become_double()
        if herhaald:
            rijen = {t: [r.filter(~pl.col("f").is_in(list(herhaald))) for r in rs] for t, rs in rijen.items()}
        self._take_rows(rijen, groep.bestanden)
        houden = []
        for inname in leden:
            bestand = inname.bestand
            if bestand.status == "geweigerd":
                self._keep_refused(bestand)
            elif bestand.status in ("geladen", "deels"):
                houden.append(bestand)
            self._report(bestand, inname.bron)
        self._keep(houden)
        if self.batch.is_full:
            self._drain()
            self._write()

    def _read_apart(self, groep: Groep, leden: list[Inname]) -> None:
        """After a fault of the program: message by message, so that it costs only the one it is about."""
        if len(leden) == 1:
            return self._refuse(leden[0].bestand, leden[0].bron, RefusedError("onverwacht"))
        for inname, tekst in reversed(list(zip(leden, groep.teksten, strict=True))):
            inname.bestand.start_over()
            een = replace(groep, bestanden=[inname.bestand], teksten=[tekst])
            taak = self.pool.submit(read_group, een, self.sleutel, self.wijken)
            self.groepen.appendleft((taak, een, [inname]))

    def _drain(self) -> None:
        while self.groepen:
            self._gather()

    # -- tables ----------------------------------------------------------------------------------------------

    def _handle_table(self, bron: Bron) -> None:
        try:
            soort = recognise_table(bron, self.instellingen)
        except RefusedError as fout:
            return self._refuse_unread(bron, fout)
        if isinstance(soort, Onbekend):
            if not soort.stil:
                bestand = Bestand(bron.naam, bron.digest(), status="onbekend")
                bestand.redenen["onbekend"] = 1
                self._report(bestand, bron)
            return
        contract = soort.contract
        som = bron.digest()
        bestand = Bestand(bron.naam, som, soort="extract", berichttype=contract.naam, inhoud_hash=som)
        bestand.mapping_versie = contract.versie
        self._number(bestand)
        try:
            if soort.fout:
                raise soort.fout
            self.bekend.look_up([bestand])
            if self._is_double(bestand):
                return self._report(bestand, bron)
            for rijen in read_extract(bron, bestand, soort, self.sleutel, self.wijken, self.opzoeken):
                if "postcode_wijk" in rijen:
                    self.wijken.add(rijen["postcode_wijk"])
                self._take_rows({tabel: [frame] for tabel, frame in rijen.items()}, [bestand])
        except (*ONLEESBAAR, *PROGRAMMAFOUTEN) as fout:
            self.batch.drop_rows(bestand)
            if not isinstance(fout, RefusedError):
                fout = RefusedError("csv" if isinstance(fout, ONLEESBAAR) else "onverwacht")
            return self._refuse(bestand, bron, fout)
        # A lookup leaves nothing in the lake, so that every load reads it again.
        if contract.tabel != OPZOEK:
            self._keep([bestand])
        self._report(bestand, bron)

    # -- what became of it -----------------------------------------------------------------------------------

    def _number(self, bestand: Bestand) -> None:
        self.volgnummer += 1
        bestand.volgnummer = self.volgnummer

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

    def _keep(self, bestanden: list[Bestand]) -> None:
        """Lays files with their batch, each in the place of what an older mapping made of it."""
        houden = []
        for bestand in bestanden:
            eerder, nu = self.bekend.in_lake(bestand), self.bekend.in_load(bestand)
            if nu is not None and nu is not bestand:
                continue
            if eerder is not None and eerder["bericht_id"] == bestand.bericht_id:
                continue
            if eerder is not None:
                self.batch.vervangt.append(eerder["bericht_id"])
            self.bekend.add(bestand)
            houden.append(bestand)
        self.batch.add_files(houden)

    def _refuse(self, bestand: Bestand, bron: Bron, fout: RefusedError) -> None:
        bestand.refuse(fout)
        self._keep_refused(bestand)
        self._report(bestand, bron)

    def _refuse_unread(self, bron: Bron, fout: RefusedError) -> None:
        """Refuses a source of which not even the kind is known."""
        bestand = Bestand(bron.naam, bron.digest(), mapping_versie=str(LEZER_VERSIE))
        self._number(bestand)
        bestand.refuse(fout)
        self._report(bestand, bron)

    def _keep_refused(self, bestand: Bestand) -> None:
        """A refused file of a known kind is in the lake too, with its reason; an unknown one in the log
        only.
        """
        if not bestand.berichttype or not bestand.mapping_versie:
            return
        voor = self.batch.aantal_bestanden
        self._keep([bestand])
        if self.batch.aantal_bestanden > voor:
            self.batch.add_rows({"quarantaine": [refusal_row(bestand)]})

    def _report(self, bestand: Bestand, bron: Bron) -> None:
        self.verslag.bestanden.append(bestand)
        self.meekijker.file_done(bestand, bron)

    def _take_rows(self, rijen: Rijen, bestanden: list[Bestand]) -> None:
        """Adds what identifies the file to lines set apart and findings, and counts addresses without a
        wijk.
        """
        for tabel in ("quarantaine", "bevinding"):
            if tabel in rijen:
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
                rijen[tabel] = [f.join(wie, on="f", how="left") for f in rijen[tabel]]
        if self.wijken.rijen.is_empty():
            for frame in rijen.get("client", []):
                self.zonder_wijk += frame.filter(pl.col("wijkcode") == ONBEKEND).height
        self.batch.add_rows(rijen)

    def flush(self) -> None:
        """Waits for what is under way, and writes the batch."""
        while self.innames:
            self._settle(self.innames.popleft().result())
        self._drain()
        self._write()

    def _write(self) -> None:
        te_loggen = self.verslag.bestanden[self.gelogd :]
        for bestand in te_loggen:
            bestand.follow_original()
        if te_loggen:
            self.batch.write(te_loggen)
        self.gelogd = len(self.verslag.bestanden)


def _take_in_all(bronnen: list[Bron], instellingen: Instellingen) -> list[Inname]:
    return [take_in(bron, instellingen) for bron in bronnen]
