"""Opens a snapshot, locked down, and moves over when a newer one is published.

A second connection to the path of an open database gives the old file back, so the path is resolved to the
file it
points to and that file is attached to a fresh in-memory database, read-only. Every query has a cursor to
itself (see cursors).

What a query can name are four schemas of views, not the tables themselves:
`vrij` holds no persons; `stad` has persons but never an aanbieder (the column is there, empty);
`eigen` holds only the rows of the aanbieders in the variable `bereik` (unset: none);
`ander` holds all rows and is open to averages over other aanbieders alone (see reader).
"""

import re
import threading
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from dashboard.access.cursors import Cursors
from warehouse.rekenen.cellen import index_sql

VRIJ = {
    "snapshot": "meta.snapshot",
    "vergelijking": "meta.vergelijking",
    "controle": 'meta."check"',
    "begrip": "meta.begrip",
    "herkomst": "meta.herkomst",
    "begroting_jaar": "mart.begroting_jaar",
    "bevolking_wijk": "mart.bevolking_wijk",
    "breuk": "mart.breuk",
    "hek_jaar": "mart.hek_jaar",
    "hek_regel": "mart.hek_regel",
    "maatregel": "mart.maatregel",
    "jaarrekening": "mart.jaarrekening",
    "overlopende_post": "mart.overlopende_post",
    "rechtmatigheid": "mart.rechtmatigheid",
    "sociale_basis": "mart.sociale_basis",
    "nagekomen_toets": "mart.nagekomen_toets",
    "prognose_methode": "mart.prognose_methode",
    "prognose_toets": "mart.prognose_toets",
    "aansluiting": "mart.aansluiting",
    "onbekende_code": "mart.onbekende_code",
    "laadlog": "mart.laadlog",
    "quarantaine": "mart.quarantaine",
    "aanbieder": "kern.aanbieder",
    "wijk": "kern.wijk",
}
STAD = (
    "uitgaven_maand",
    "uitgaven_jaar",
    "doorstroom",
    "knop_basis",
    "reeks_jaar",
    "stroom_gevoeligheid",
    "huishouden_maand",
    "duur",
    "duur_curve",
    "concentratie",
    "lorenz",
    "zwaarste_huishoudens",
    "aanbieder_wijk",
    "toegang",
    "uitnutting_verdeling",
    "verwijzer",
    "afloop",
    "prognose",
    "klantcontact_maand",
)
STAD_OF_AANBIEDER = ("nagekomen", "regelkaart", "programma", "pq_programma")
"""Rows of the city and rows of one aanbieder in one table: the latter only for who may see that one."""
EIGEN = (
    "aanbieder_vergelijking",
    "aanbieder_casemix",
    "aanbieder_aandeel",
    "trajectprijs",
    "slapers",
    "verplichting",
    "verzilvering",
    "uitnutting_jaar",
)
MET_STUKKEN = {"dagbesteding": "clienten", "huishoudelijke_ondersteuning": "huishoudens"}
"""Rows of clients and rows out of documents in one table: the latter count nobody."""
VRIJ_IN_BEREIK = ("declaratiecontrole", "controle_oorzaak", "volledigheid")
"""Without persons, but of one aanbieder each."""
PER_AANBIEDER = (
    "client_maand",
    "client_maand_toen",
    "pq_maand",
    "pq_maand_toen",
    "uitnutting_maand",
    "aanbieder_jaar",
)
# A number counts in half the time that a pseudonym takes, and leaves the latter out of every query's reach.
MET_NUMMER = "* EXCLUDE (client_nr) REPLACE (client_nr AS client_id)"
GENUMMERD = """SELECT table_name FROM duckdb_columns()
               WHERE database_name = 'wh' AND schema_name = 'mart' AND column_name = 'client_nr'"""
INDEX_DAGEN = ("van_0", "tot_0", "van_1", "tot_1")
# Which part of a month has been declared, of a whole productgroep: tells when bills come, not whose.
DECLARATIEGRAAD = """SELECT gemeentecode, wet, productgroep, levermaand, fractie FROM wh.mart.nagekomen
                     WHERE aanbieder_agb IS NULL AND fractie > 0"""
# Few rows out of many, without persons, gathered once: names of products, which periods are compared, and
# what tables and columns mean, as the models' own headers say.
VERZAMELD = {
    "productboom": """SELECT DISTINCT wet, hoofdproduct, productgroep, product, zwaarte, zwaarte_rang
                      FROM wh.mart.pq_maand""",
    "pq_vergelijking": """SELECT DISTINCT vergelijking, rijpheid, peil_0, van_0, tot_0, van_1, tot_1
                          FROM wh.mart.pq_effect""",
    "tabel": """SELECT table_name AS naam, comment AS omschrijving FROM duckdb_tables()
                WHERE database_name = 'wh' AND schema_name = 'mart'""",
    "model": """SELECT schema_name || '.' || table_name AS naam, comment AS omschrijving FROM duckdb_tables()
                WHERE database_name = 'wh' AND schema_name IN ('kern', 'mart')""",
    "kolom": """SELECT table_name AS tabel, column_name AS kolom, column_index AS nr, comment AS betekenis
                FROM duckdb_columns() WHERE database_name = 'wh' AND schema_name = 'mart'""",
}
BOEKEN = {
    "maand": "onderdeel <> 'berichten'",
    # Years before the first message are known from the ledger alone.
    "jaar": "onderdeel <> 'berichten' OR jaar < (SELECT year(eerste_levermaand) FROM wh.meta.snapshot)",
}
# Whose figures the demo gives as own: the largest, and among them the largest that declares nothing (a fixed
# sum), as its dossier looks different.
DEMO_EIGEN = """
WITH per AS (
    SELECT aanbieder_agb, coalesce(sum(realisatie_cent), 0) AS cent,
           coalesce(sum(budgetplafond_cent), 0) AS plafond FROM ander.aanbieder_jaar GROUP BY aanbieder_agb)
SELECT aanbieder_agb FROM per
ORDER BY cent = 0 AND plafond > 0 AND aanbieder_agb = (
    SELECT arg_max(aanbieder_agb, (plafond, aanbieder_agb)) FROM per WHERE cent = 0) DESC,
    cent DESC, aanbieder_agb LIMIT $hoeveel
"""
IN_BEREIK = (
    "(coalesce(getvariable('alle'), false)"
    " OR list_contains(coalesce(getvariable('bereik'), []::varchar[]), {}))"
)


class SnapshotOntbreektError(Exception):
    """There is no snapshot where the setting points."""


class SnapshotError(Exception):
    """There is a file, but not one that this dashboard can read; the text is Dutch and fit to show."""


@dataclass(frozen=True)
class Momentopname:
    """What `meta.snapshot` says: known at which date, which generation, which months are complete."""

    bekend_op: date
    generatie: str
    gebouwd_op: datetime | None
    eerste_levermaand: date | None
    laatste_levermaand: date | None
    voorlopig_vanaf: date | None
    is_voorbeeld: bool


class Snapshot:
    """One generation, open for reading."""

    def __init__(self, bestand: Path) -> None:
        self.bestand = bestand
        self.basis = duckdb.connect()
        instellingen = "SET autoinstall_known_extensions=false; SET autoload_known_extensions=false; "
        instellingen += "SET allow_community_extensions=false; SET threads=2; SET memory_limit='1500MB'"
        self.basis.execute(instellingen)
        try:
            self.basis.execute("ATTACH '" + str(bestand).replace("'", "''") + "' AS wh (READ_ONLY)")
            self._make_views()
            self.meta = self._read_meta()
        except duckdb.CatalogException as fout:
            raise SnapshotError(
                "De momentopname mist tabellen die dit dashboard nodig heeft. Bouw haar opnieuw."
            ) from fout
        except (duckdb.IOException, duckdb.SerializationException, duckdb.BinderException) as fout:
            raise SnapshotError("De momentopname kan niet worden geopend. Bouw haar opnieuw.") from fout
        self.basis.execute("SET enable_external_access=false; SET lock_configuration=true")
        self.cursors = Cursors(self.basis)
        self._grootste: dict[int, tuple[str, ...]] = {}

    def _make_views(self) -> None:
        views: list[str] = []
        for naam, tabel in VRIJ.items():
            views.append(f"CREATE VIEW vrij.{naam} AS FROM wh.{tabel}")
        for naam in STAD:
            views.append(f"CREATE VIEW stad.{naam} AS FROM wh.mart.{naam}")
        voorwaarde = IN_BEREIK.format("aanbieder_agb")
        genummerd = {naam for (naam,) in self.basis.execute(GENUMMERD).fetchall()}
        for naam in PER_AANBIEDER:
            rijen = f"(FROM wh.mart.{naam} SELECT {MET_NUMMER if naam in genummerd else '*'})"
            zonder = "SELECT * REPLACE (NULL::varchar AS aanbieder_agb)"
            views.append(f"CREATE VIEW stad.{naam} AS {zonder} FROM {rijen}")
            views.append(f"CREATE VIEW eigen.{naam} AS FROM {rijen} WHERE {voorwaarde}")
            views.append(f"CREATE VIEW ander.{naam} AS FROM {rijen}")
        stroom, cel = "wh.mart.stroom_maand", IN_BEREIK.format("cel")
        views.append(f"CREATE VIEW stad.stroom_maand AS FROM {stroom} WHERE niveau <> 'aanbieder'")
        views.append(f"CREATE VIEW eigen.stroom_maand AS FROM {stroom} WHERE niveau = 'aanbieder' AND {cel}")
        views.append(f"CREATE VIEW ander.stroom_maand AS FROM {stroom} WHERE niveau = 'aanbieder'")
        for naam in STAD_OF_AANBIEDER:
            views.append(f"CREATE VIEW stad.{naam} AS FROM wh.mart.{naam} WHERE aanbieder_agb IS NULL")
            views.append(f"CREATE VIEW eigen.{naam} AS FROM wh.mart.{naam} WHERE {voorwaarde}")
        views += [f"CREATE VIEW eigen.{naam} AS FROM wh.mart.{naam} WHERE {voorwaarde}" for naam in EIGEN]
        views += [
            f"CREATE VIEW vrij.{naam} AS FROM wh.mart.{naam} WHERE {voorwaarde}" for naam in VRIJ_IN_BEREIK
        ]
        boeken = "(cijfer = 'grootboek' OR cijfer LIKE 'begroting%')"
        views.append(f"CREATE VIEW vrij.verschil_boeken AS FROM wh.mart.verschil WHERE {boeken}")
        views.append(f"CREATE VIEW stad.verschil AS FROM wh.mart.verschil WHERE NOT {boeken}")
        for naam, teller in MET_STUKKEN.items():
            views.append(f"CREATE VIEW stad.{naam} AS FROM wh.mart.{naam} WHERE {teller} IS NOT NULL")
            views.append(f"CREATE VIEW vrij.{naam}_stukken AS FROM wh.mart.{naam} WHERE {teller} IS NULL")
        stukken = "wh.mart.reeks_jaar WHERE clienten IS NULL AND coalesce(berichten_cent, 0) = 0"
        views.append(f"CREATE VIEW vrij.reeks_jaar_stukken AS FROM {stukken}")
        effect, agb = "wh.mart.pq_effect", IN_BEREIK.format("aanbieder_agb")
        views.append(f"CREATE VIEW stad.pq_effect AS FROM {effect} WHERE weergave = 'wijk'")
        views.append(f"CREATE VIEW eigen.pq_effect AS FROM {effect} WHERE weergave = 'aanbieder' AND {agb}")
        # The tariffs of an aanbieder go into the index of a wijk: only the index itself is to be read.
        eigen = f"WHERE {IN_BEREIK.format('cel')}"
        for schema, plek, waar in (("stad", "wijkcode", ""), ("eigen", "aanbieder_agb", eigen)):
            index = index_sql(plek, "wh.mart.pq_maand", "wh.kern.tarief", "wh.kern.product", INDEX_DAGEN)
            kop = f"CREATE MACRO {schema}.pq_index({', '.join(INDEX_DAGEN)}) AS TABLE"
            views.append(f"{kop} SELECT * FROM ({index}) {waar}")  # noqa: S608
        views.append(f"CREATE VIEW vrij.declaratiegraad AS {DECLARATIEGRAAD}")
        views += [f"CREATE TABLE vrij.{naam} AS {vraag}" for naam, vraag in VERZAMELD.items()]
        for naam, boeken in BOEKEN.items():
            views.append(f"CREATE VIEW vrij.grootboek_{naam} AS FROM wh.mart.uitgaven_{naam} WHERE {boeken}")
        schemas = "".join(f"CREATE SCHEMA {s};" for s in ("vrij", "stad", "eigen", "ander"))
        self.basis.execute(schemas + ";".join(views))

    def _read_meta(self) -> Momentopname:
        rijen = self.basis.execute(
            """SELECT bekend_op, generatie, gebouwd_op, eerste_levermaand, laatste_levermaand,
                      voorlopig_vanaf, is_voorbeeld FROM vrij.snapshot"""
        ).fetchall()
        if len(rijen) != 1:
            raise SnapshotError("De momentopname zegt niet wanneer zij is gemaakt. Bouw haar opnieuw.")
        return Momentopname(*rijen[0])

    def largest_aanbieders(self, hoeveel: int) -> tuple[str, ...]:
        """AGB codes of the aanbieders that the demo calls its own."""
        if hoeveel not in self._grootste:
            with self.cursors.lend(()) as cursor:
                rijen = cursor.execute(DEMO_EIGEN, {"hoeveel": hoeveel}).fetchall()
            self._grootste[hoeveel] = tuple(r[0] for r in rijen)
        return self._grootste[hoeveel]

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own, to whose queries no reach and no time applies; close it afterwards."""
        return self.basis.cursor()


def find_file(pad: Path) -> Path:
    """Resolve the setting to the newest generation.

    FILE.duckdb is a link to FILE.<generation>.duckdb; where links are not to be had (Windows) the newest
    generation
    beside it counts. Raises SnapshotOntbreektError.
    """
    if pad.exists():
        return pad.resolve()
    patroon = re.compile(re.escape(pad.stem) + r"\.[^.]+" + re.escape(pad.suffix))
    generaties = [p for p in pad.parent.glob(f"{pad.stem}.*{pad.suffix}") if patroon.fullmatch(p.name)]
    if not generaties:
        raise SnapshotOntbreektError(str(pad))
    return max(generaties, key=lambda p: (p.stat().st_mtime_ns, p.name))


class Bron:
    """The snapshot that is current now: asked again at every run, opened again when it was replaced."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        self._slot = threading.Lock()
        self._open: tuple[tuple[str, int, int], Snapshot] | None = None

    def current(self) -> Snapshot:
        """Return the newest generation, opened; the old one is let go once its last query is done."""
        bestand = find_file(self.pad)
        try:
            stand = bestand.stat()
        except OSError as fout:
            raise SnapshotOntbreektError(str(self.pad)) from fout
        kenmerk = (str(bestand), stand.st_ino, stand.st_mtime_ns)
        with self._slot:
            if self._open is None or self._open[0] != kenmerk:
                self._open = (kenmerk, Snapshot(bestand))
            return self._open[1]
