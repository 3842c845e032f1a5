"""One file on its way to the lake: what it is, and what became of its lines."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from etl.errors import RefusedError

_BSN_ACHTIG = re.compile(r"\d{9,}|\d{3}[. -]\d{3}[. -]\d{3}|\d{4}[. -]\d{2}[. -]\d{3}")

_STUURTEKEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def mask(naam: str) -> str:
    """A file name (or a person's remark) in which nothing that could be a BSN is left, nor a control
    character that a terminal would obey.
    """
    return _STUURTEKEN.sub("�", _BSN_ACHTIG.sub("#########", naam))


@dataclass(slots=True)
class Bestand:
    """A file: identity, header and counts. Becomes a row of `bericht` and of `laadlog`.

    `regels`, `*_cent`: as in CONTRACT, --json of load. `redenen` counts lines per reason.
    """

    naam: str
    sha256: str
    soort: str = ""
    standaard: str | None = None
    release: str | None = None
    berichttype: str | None = None
    wet: str | None = None
    mapping_versie: str = ""
    inhoud_hash: str = ""
    """sha256 of the message as it came out of its envelope; of the file where there is none."""
    regels_hash: str = ""
    """Hash of what this mapping read of a message (`Bundel.digests`)."""
    status: str = "geladen"
    namespace: str = ""
    schema_oordeel: str | None = None
    """What the official schema says of it ('geldig', or the first fault's line and kind); None unasked."""
    vorm: dict[str, str] = field(default_factory=dict)
    """Of an extract: how it is written (separator, encoding, decimal mark, dates), in Dutch words."""
    ontvangen: datetime | None = None
    """When its envelope was sent; None for a message without one, which then counts from its own date."""
    kop: dict[str, Any] = field(default_factory=dict)
    regels: int = 0
    regels_geladen: int = 0
    regels_quarantaine: int = 0
    regels_zonder_bedrag: int = 0
    bedrag_cent: int = 0
    bedrag_geladen_cent: int = 0
    bedrag_quarantaine_cent: int = 0
    redenen: Counter[str] = field(default_factory=Counter)
    origineel: "Bestand | None" = None
    """Of a double within one load: the file that it repeats."""
    volgnummer: int = 0
    """Place among the files of its load."""

    @property
    def bericht_id(self) -> str:
        """Identity of this file as read by this mapping."""
        return hashlib.sha256(f"{self.sha256}:{self.mapping_versie}".encode()).hexdigest()[:32]

    @property
    def identiteit(self) -> tuple[Any, ...]:
        """What a message is known by, whatever its content (CONTRACT); only after its header was read."""
        afzender = self.kop.get("afzender") or self.kop.get("aanbieder_agb")
        return (self.wet, self.berichttype, afzender, self.kop.get("identificatie"))

    def become_double(self) -> None:
        """Marks the file as one that repeats another: nothing of it is kept or counted as loaded."""
        self.status = "dubbel"
        self.redenen = Counter()
        self.regels_geladen = self.regels_quarantaine = self.regels_zonder_bedrag = 0
        self.bedrag_geladen_cent = self.bedrag_quarantaine_cent = 0

    def refuse(self, fout: RefusedError) -> None:
        """Marks the file as one that cannot be read as what it says it is: no line of it is kept."""
        self.start_over()
        self.status = "geweigerd"
        self.redenen = Counter({fout.reden: 1})

    def start_over(self) -> None:
        """Puts the file as it was before its lines were read."""
        self.status = "geladen"
        self.redenen = Counter()
        self.regels = self.regels_geladen = self.regels_quarantaine = self.regels_zonder_bedrag = 0
        self.bedrag_cent = self.bedrag_geladen_cent = self.bedrag_quarantaine_cent = 0
        self.kop = {}

    def follow_original(self) -> None:
        """A double within one load says what became of the file that it repeats, once that is known."""
        eerste = self.origineel
        if eerste is None:
            return
        if eerste.status == "geweigerd":
            self.status, self.redenen = eerste.status, Counter(eerste.redenen)
        else:
            self.regels, self.bedrag_cent = eerste.regels, eerste.bedrag_cent

    def settle(self) -> None:
        """Sets the status from the counts, and checks that no line and no cent is lost.

        Raises AssertionError when lines in are not lines kept plus lines quarantined.
        """
        if self.regels != self.regels_geladen + self.regels_quarantaine:
            raise AssertionError("regels in het bestand zijn niet gelijk aan geladen plus quarantaine")
        gelezen = self.bedrag_geladen_cent + self.bedrag_quarantaine_cent
        totaal = self.kop.get("totaal_ingediend_cent")
        if self.regels_zonder_bedrag and totaal is not None:
            # What could not be read shows as the difference with the header (CONTRACT).
            self.bedrag_cent = totaal
        else:
            self.bedrag_cent = gelezen
        self.status = "deels" if self.regels_quarantaine else "geladen"

    def row_of_bericht(self) -> dict[str, Any]:
        """The row of lake table `bericht`."""
        return {
            "bericht_id": self.bericht_id,
            **{k: getattr(self, k) for k in _EIGEN},
            **{k: self.kop.get(k) for k in _UIT_KOP},
            **self.counts(),
        }

    def row_of_log(self, geladen_op: datetime, redenen: str) -> dict[str, Any]:
        """The row of lake table `laadlog`."""
        return {
            "geladen_op": geladen_op,
            "bericht_id": self.bericht_id if self.mapping_versie else None,
            **{k: getattr(self, k) for k in ("naam", "sha256", "mapping_versie", "standaard")},
            **{k: getattr(self, k) for k in ("release", "berichttype", "status")},
            **self.counts(),
            "redenen": redenen,
            "toelichting": self.namespace or ", ".join(self.vorm.values()) or None,
            "schema_oordeel": self.schema_oordeel,
        }

    def counts(self) -> dict[str, int]:
        """The seven counts of lines and cents."""
        return {k: getattr(self, k) for k in TELLINGEN}


TELLINGEN = (
    "regels",
    "regels_geladen",
    "regels_quarantaine",
    "regels_zonder_bedrag",
    "bedrag_cent",
    "bedrag_geladen_cent",
    "bedrag_quarantaine_cent",
)
_EIGEN = (
    "sha256",
    "mapping_versie",
    "naam",
    "soort",
    "standaard",
    "release",
    "berichttype",
    "wet",
    "inhoud_hash",
    "regels_hash",
    "status",
    "schema_oordeel",
)
_UIT_KOP = (
    "gemeentecode",
    "aanbieder_agb",
    "afzender",
    "ontvanger",
    "identificatie",
    "dagtekening",
    "ontvangen_op",
    "declaratienummer",
    "declaratieperiode_begin",
    "declaratie_identificatie",
    "totaal_ingediend_cent",
    "totaal_toegekend_cent",
    "retourcodes",
    "heen_identificatie",
)


def midnight(dag: date | None) -> datetime | None:
    """The moment a date begins."""
    return None if dag is None else datetime(dag.year, dag.month, dag.day)
