"""The lake as the models see it: columns and types per table.

A municipality that lacks an extract has no such Delta table; the models then read an empty table with these
columns. ``Kind`` says how time is applied:

- ``bericht``: the messages themselves; all that had been received by bekend_op, with ``eerste`` and ``telt``
- ``feit``: rows of messages and history extracts; they count when their bericht counts, from their own
  ontvangen_op
- ``volledig``: a delivery replaces the former; the newest known at bekend_op, else the earliest after it
- ``aanvullend``: every row counts from its own ontvangen_op
- ``maatstaf``: yardsticks of the outside world (population, CPI); a peildatum is optional. Rows without one
  carry no moment of knowing and all count; rows with one count from it, or all when none was known yet
- ``naslag``: breaks and measures; their date is that of the thing itself, not of knowing, so all count
- ``beheer``: what the loader wrote down about itself; shown, never counted, and only what it noted of files
  that were known at bekend_op or before it met a later one
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["bericht", "feit", "volledig", "aanvullend", "maatstaf", "naslag", "beheer"]


@dataclass(frozen=True)
class LakeTable:
    """One table of the lake: its kind and its columns in order (name -> DuckDB type).

    `later`: columns that came after the first release; a lake that lacks them reads as empty there.
    """

    kind: Kind
    columns: dict[str, str]
    later: frozenset[str] = frozenset()


def _columns(text: str) -> dict[str, str]:
    """Read 'naam type, naam type' into an ordered mapping; without a type a column is text."""
    result: dict[str, str] = {}
    for part in text.replace("\n", " ").split(","):
        name, _, kind = part.strip().partition(" ")
        result[name] = kind.strip().upper() or "VARCHAR"
    return result


_ROW = "bericht_id, regel_nr bigint, gemeentecode, "
_FACT = _ROW + "bron, wet, standaard, release, aanbieder_agb, client_id, ontvangen_op timestamp, "
_PRODUCT = "toewijzing_nummer bigint, toewijzing_sleutel, productcategorie, productcode, "

LAKE: dict[str, LakeTable] = {
    "bericht": LakeTable(
        "bericht",
        _columns(
            "bericht_id, gemeentecode, sha256, mapping_versie, naam, soort, standaard, release, "
            "berichttype, wet,"
            "aanbieder_agb, afzender, ontvanger, identificatie, dagtekening date, ontvangen_op timestamp,"
            "inhoud_hash, status, declaratienummer, declaratieperiode_begin date, declaratie_identificatie,"
            "totaal_ingediend_cent bigint, totaal_toegekend_cent bigint, retourcodes, regels bigint,"
            "regels_geladen bigint, regels_quarantaine bigint, regels_zonder_bedrag bigint, bedrag_cent "
            "bigint,"
            "bedrag_geladen_cent bigint, bedrag_quarantaine_cent bigint"
        ),
    ),
    "toewijzing": LakeTable(
        "feit",
        _columns(
            _FACT + "toewijzing_nummer bigint, toewijzing_sleutel, beschikking_nummer, productcategorie, "
            "productcode,"
            "toegewezen_op timestamp, ingangsdatum date, einddatum date, reden_wijziging, volume bigint, "
            "eenheid,"
            "frequentie, budget_cent bigint, verwijzer, referentie_sleutel"
        ),
    ),
    "start": LakeTable("feit", _columns(_FACT + _PRODUCT + "begindatum date, status_aanlevering")),
    "stop": LakeTable(
        "feit",
        _columns(
            _FACT + _PRODUCT + "begindatum date, status_aanlevering, reden_beeindiging, einddatum date",
        ),
    ),
    "declaratieregel": LakeTable(
        "feit",
        _columns(
            _FACT
            + _PRODUCT
            + "periode_begin date, periode_eind date, volume bigint, eenheid, tarief_cent bigint,"
            "bedrag_cent bigint, debet_credit, referentienummer, vorig_referentienummer, declaratienummer,"
            "declaratieperiode_begin date, status, toegekend_cent bigint, beantwoord_op timestamp"
        ),
    ),
    "declaratieantwoord": LakeTable(
        "feit",
        _columns(
            _ROW + "wet, standaard, release, aanbieder_agb, ontvangen_op timestamp, niveau,"
            "declaratie_identificatie, declaratienummer, client_id, referentienummer, retourcodes,"
            "ingediend_cent bigint, toegekend_cent bigint"
        ),
    ),
    "verzoek": LakeTable(
        "feit",
        _columns(
            _FACT + _PRODUCT + "berichttype, soort, referentie_sleutel, reden_verzoek, beschikking_nummer, "
            "ingangsdatum date, einddatum date, volume bigint, eenheid, frequentie, budget_cent bigint, "
            "verwijzer, raamcontract"
        ),
    ),
    "antwoord": LakeTable(
        "feit",
        _columns(
            _ROW + "wet, standaard, release, aanbieder_agb, ontvangen_op timestamp, berichttype, "
            "referentie_sleutel, verzoek_antwoord, reden_afwijzing"
        ),
    ),
    "retour": LakeTable(
        "feit",
        _columns(
            _FACT + _PRODUCT + "berichttype, niveau, heen_identificatie, referentie_sleutel, begindatum date,"
            "retourcodes"
        ),
    ),
    "client": LakeTable(
        "volledig",
        _columns(
            _ROW + "bron, client_id, huishouden_id, geboortejaar bigint, geslacht, wijkcode, adres_van date,"
            "adres_tot date, overleden_jaar bigint, ontvangen_op timestamp"
        ),
    ),
    "product": LakeTable(
        "volledig",
        _columns(
            _ROW
            + "wet, productcategorie, productcode, geldig_van date, geldig_tot date, product, productgroep,"
            "hoofdproduct, zwaarte, zwaarte_rang bigint, eenheid, uitvoeringsvariant, taakveld,"
            "ontvangen_op timestamp"
        ),
    ),
    "aanbieder": LakeTable(
        "volledig", _columns(_ROW + "aanbieder_agb, naam, concern, soort, ontvangen_op timestamp")
    ),
    "contract": LakeTable(
        "volledig",
        _columns(
            _ROW + "wet, aanbieder_agb, jaar bigint, perceel, bekostiging, budgetplafond_cent bigint,"
            "ontvangen_op timestamp"
        ),
    ),
    "tarief": LakeTable(
        "volledig",
        _columns(
            _ROW + "wet, aanbieder_agb, productcode, eenheid, tarief_cent bigint, geldig_van date,"
            "geldig_tot date, ontvangen_op timestamp"
        ),
    ),
    "wijk": LakeTable(
        "volledig",
        _columns(
            _ROW
            + "jaar bigint, wijkcode, wijknaam, stadsdeel, rij bigint, kolom bigint, ontvangen_op timestamp",
        ),
    ),
    "grootboek": LakeTable(
        "aanvullend",
        _columns(
            _ROW + "jaar bigint, periode bigint, taakveld, wet, hoofdproduct, soort, bedrag_cent bigint,"
            "geboekt_op date, bron, ontvangen_op timestamp"
        ),
    ),
    "begroting": LakeTable(
        "aanvullend",
        _columns(
            _ROW + "jaar bigint, wet, hoofdproduct, soort, bedrag_cent bigint, vastgesteld_op date, bron,"
            "ontvangen_op timestamp"
        ),
    ),
    "programmering": LakeTable(
        "aanvullend",
        _columns(
            _ROW + "jaar bigint, wet, hoofdproduct, productgroep, product, zwaarte, klantcontacten double,"
            "doorverwijzingen double, instroom double, clienten double, duur_weken double, intensiteit "
            "double,"
            "uitnutting double, tarief_cent bigint, volume double, eenheid, bedrag_cent bigint,"
            "vastgesteld_op date, bron, ontvangen_op timestamp, wijkcode, aanbieder_agb"
        ),
        later=frozenset({"wijkcode", "aanbieder_agb"}),
    ),
    "melding": LakeTable(
        "aanvullend",
        _columns(
            _ROW + "melding_id, wet, client_id, wijkteam, verwijzer, melding_op date, onderzoek_op date,"
            "aanvraag_op date, besluit_op date, besluit, toewijzing_nummer bigint, ontvangen_op timestamp"
        ),
    ),
    "klantcontact": LakeTable(
        "maatstaf",
        _columns(
            _ROW
            + "maand date, wijkteam, contacten bigint, doorverwijzingen bigint, bron, ontvangen_op timestamp",
        ),
    ),
    "bevolking": LakeTable(
        "maatstaf",
        _columns(
            _ROW + "jaar bigint, wijkcode, leeftijdsgroep, inwoners bigint, bron, ontvangen_op timestamp",
        ),
    ),
    "cpi": LakeTable("maatstaf", _columns(_ROW + "jaar bigint, index double, bron, ontvangen_op timestamp")),
    "benchmark": LakeTable(
        "maatstaf",
        _columns(
            _ROW + "gemeente, jaar bigint, maat, waarde double, eenheid, bron, ontvangen_op timestamp",
        ),
    ),
    "breuk": LakeTable(
        "naslag",
        _columns(_ROW + "datum date, wet, hoofdproduct, omschrijving, bron, ontvangen_op timestamp"),
    ),
    "regelkaart_basis": LakeTable(
        "aanvullend",
        _columns(
            _ROW + "maat, cel, basis_van date, basis_reden, door, vastgelegd_op date, ontvangen_op timestamp",
        ),
    ),
    "maatregel": LakeTable(
        "naslag",
        _columns(
            _ROW + "maatregel, wet, hoofdproduct, ingang_op date, effect_per_jaar_cent bigint, status, bron,"
            "ontvangen_op timestamp"
        ),
    ),
    "kpi": LakeTable(
        "maatstaf",
        _columns(
            _ROW + "jaar bigint, maand bigint, onderdeel, maat, waarde double, eenheid, bron,"
            "ontvangen_op timestamp"
        ),
    ),
    "volume_jaar": LakeTable(
        "maatstaf",
        _columns(
            _ROW
            + "jaar bigint, wet, hoofdproduct, product, zwaarte, clienten bigint, volume double, eenheid,"
            "bedrag_cent bigint, bron, ontvangen_op timestamp"
        ),
    ),
    "quarantaine": LakeTable(
        "beheer",
        _columns(
            "bericht_id, sha256, naam, berichttype, regel_nr bigint, referentienummer, veld, code, "
            "omschrijving,"
            "bedrag_cent bigint"
        ),
    ),
    "bevinding": LakeTable(
        "beheer",
        _columns(
            "bericht_id, berichttype, regel_nr bigint, referentienummer, veld, code, retourcode, omschrijving"
        ),
    ),
    "laadlog": LakeTable(
        "beheer",
        _columns(
            "geladen_op timestamp, naam, sha256, mapping_versie, bericht_id, standaard, release, berichttype,"
            "status, regels bigint, regels_geladen bigint, regels_quarantaine bigint,"
            "regels_zonder_bedrag bigint, bedrag_cent bigint, bedrag_geladen_cent bigint,"
            "bedrag_quarantaine_cent bigint, redenen"
        ),
    ),
}
