"""The tables of the lake: columns and types, one place. Checked with dataframely before every write."""

from functools import cache

import dataframely as dy
import polars as pl

T, I, F, D, M = pl.Utf8(), pl.Int64(), pl.Float64(), pl.Date(), pl.Datetime("us")  # noqa: E741
Kolommen = dict[str, pl.DataType]

_RIJ: Kolommen = {"bericht_id": T, "regel_nr": I, "gemeentecode": T}
_FEIT: Kolommen = _RIJ | {
    "bron": T,
    "wet": T,
    "standaard": T,
    "release": T,
    "aanbieder_agb": T,
    "client_id": T,
    "ontvangen_op": M,
    "toewijzing_nummer": I,
    "toewijzing_sleutel": T,
}
_PRODUCT: Kolommen = {"productcategorie": T, "productcode": T}
TELLINGEN: Kolommen = {
    "regels": I,
    "regels_geladen": I,
    "regels_quarantaine": I,
    "regels_zonder_bedrag": I,
    "bedrag_cent": I,
    "bedrag_geladen_cent": I,
    "bedrag_quarantaine_cent": I,
}

TABELLEN: dict[str, Kolommen] = {
    "toewijzing": _FEIT
    | {"beschikking_nummer": T}
    | _PRODUCT
    | {"toegewezen_op": M, "ingangsdatum": D, "einddatum": D, "reden_wijziging": T, "volume": I}
    | {"eenheid": T, "frequentie": T, "budget_cent": I, "verwijzer": T, "referentie_sleutel": T},
    "start": _FEIT | _PRODUCT | {"begindatum": D, "status_aanlevering": T},
    "stop": _FEIT
    | _PRODUCT
    | {"begindatum": D, "status_aanlevering": T, "reden_beeindiging": T, "einddatum": D},
    "declaratieregel": _FEIT
    | _PRODUCT
    | {"periode_begin": D, "periode_eind": D, "volume": I, "eenheid": T, "tarief_cent": I, "bedrag_cent": I}
    | {"debet_credit": T, "referentienummer": T, "vorig_referentienummer": T, "declaratienummer": T}
    | {"declaratieperiode_begin": D, "status": T, "toegekend_cent": I, "beantwoord_op": M},
    "declaratieantwoord": _RIJ
    | {"wet": T, "standaard": T, "release": T, "aanbieder_agb": T, "ontvangen_op": M, "niveau": T}
    | {"declaratie_identificatie": T, "declaratienummer": T, "client_id": T, "referentienummer": T}
    | {"retourcodes": T, "ingediend_cent": I, "toegekend_cent": I},
    "client": _RIJ
    | {"bron": T, "client_id": T, "huishouden_id": T, "geboortejaar": I, "geslacht": T, "wijkcode": T}
    | {"adres_van": D, "adres_tot": D, "overleden_jaar": I, "ontvangen_op": M},
    "product": _RIJ
    | {"wet": T}
    | _PRODUCT
    | {"geldig_van": D, "geldig_tot": D, "product": T, "productgroep": T, "hoofdproduct": T, "zwaarte": T}
    | {"zwaarte_rang": I, "eenheid": T, "uitvoeringsvariant": T, "taakveld": T, "ontvangen_op": M},
    "aanbieder": _RIJ | {"aanbieder_agb": T, "naam": T, "concern": T, "soort": T, "ontvangen_op": M},
    "contract": _RIJ
    | {"wet": T, "aanbieder_agb": T, "jaar": I, "perceel": T, "bekostiging": T, "budgetplafond_cent": I}
    | {"ontvangen_op": M},
    "tarief": _RIJ
    | {"wet": T, "aanbieder_agb": T, "productcode": T, "eenheid": T, "tarief_cent": I, "geldig_van": D}
    | {"geldig_tot": D, "ontvangen_op": M},
    "grootboek": _RIJ
    | {"jaar": I, "periode": I, "taakveld": T, "wet": T, "hoofdproduct": T, "soort": T, "bedrag_cent": I}
    | {"geboekt_op": D, "bron": T, "ontvangen_op": M},
    "begroting": _RIJ
    | {"jaar": I, "wet": T, "hoofdproduct": T, "soort": T, "bedrag_cent": I, "vastgesteld_op": D, "bron": T}
    | {"ontvangen_op": M},
    "programmering": _RIJ
    | {"jaar": I, "wet": T, "hoofdproduct": T, "productgroep": T, "product": T, "zwaarte": T}
    | {"klantcontacten": F, "doorverwijzingen": F, "instroom": F, "clienten": F, "duur_weken": F}
    | {"intensiteit": F, "uitnutting": F, "tarief_cent": I, "volume": F, "eenheid": T, "bedrag_cent": I}
    | {"vastgesteld_op": D, "bron": T, "ontvangen_op": M, "wijkcode": T, "aanbieder_agb": T},
    "wijk": _RIJ
    | {"jaar": I, "wijkcode": T, "wijknaam": T, "stadsdeel": T, "rij": I, "kolom": I, "ontvangen_op": M},
    # A postcode is keyed here too: only the loader looks it up, and so no address is ever on disk.
    "postcode_wijk": _RIJ | {"jaar": I, "postcode_sleutel": T, "wijkcode": T, "ontvangen_op": M},
    "bevolking": _RIJ
    | {"jaar": I, "wijkcode": T, "leeftijdsgroep": T, "inwoners": I, "bron": T, "ontvangen_op": M},
    "cpi": _RIJ | {"jaar": I, "index": F, "bron": T, "ontvangen_op": M},
    "melding": _RIJ
    | {"melding_id": T, "wet": T, "client_id": T, "wijkteam": T, "verwijzer": T, "melding_op": D}
    | {"onderzoek_op": D, "aanvraag_op": D, "besluit_op": D, "besluit": T, "toewijzing_nummer": I}
    | {"ontvangen_op": M},
    "klantcontact": _RIJ
    | {"maand": D, "wijkteam": T, "contacten": I, "doorverwijzingen": I, "bron": T, "ontvangen_op": M},
    "benchmark": _RIJ
    | {"gemeente": T, "jaar": I, "maat": T, "waarde": F, "eenheid": T, "bron": T, "ontvangen_op": M},
    "breuk": _RIJ
    | {"datum": D, "wet": T, "hoofdproduct": T, "omschrijving": T, "bron": T, "ontvangen_op": M},
    "regelkaart_basis": _RIJ
    | {
        "maat": T,
        "cel": T,
        "basis_van": D,
        "basis_reden": T,
        "door": T,
        "vastgelegd_op": D,
        "ontvangen_op": M,
    },
    "maatregel": _RIJ
    | {"maatregel": T, "wet": T, "hoofdproduct": T, "ingang_op": D, "effect_per_jaar_cent": I}
    | {"status": T, "bron": T, "ontvangen_op": M},
    "volume_jaar": _RIJ
    | {"jaar": I, "wet": T, "hoofdproduct": T, "product": T, "zwaarte": T, "clienten": I, "volume": F}
    | {"eenheid": T, "bedrag_cent": I, "bron": T, "ontvangen_op": M},
    "kpi": _RIJ
    | {"jaar": I, "maand": I, "onderdeel": T, "maat": T, "waarde": F, "eenheid": T, "bron": T}
    | {"ontvangen_op": M},
    "verzoek": _FEIT
    | {"berichttype": T, "soort": T, "referentie_sleutel": T, "reden_verzoek": T, "beschikking_nummer": T}
    | _PRODUCT
    | {"ingangsdatum": D, "einddatum": D, "volume": I, "eenheid": T, "frequentie": T, "budget_cent": I}
    | {"verwijzer": T, "raamcontract": T},
    "antwoord": _RIJ
    | {"wet": T, "standaard": T, "release": T, "aanbieder_agb": T, "ontvangen_op": M, "berichttype": T}
    | {"referentie_sleutel": T, "verzoek_antwoord": T, "reden_afwijzing": T},
    "retour": _FEIT
    | {"berichttype": T, "niveau": T, "heen_identificatie": T, "referentie_sleutel": T}
    | _PRODUCT
    | {"begindatum": D, "retourcodes": T},
    "quarantaine": {"bericht_id": T, "sha256": T, "naam": T, "berichttype": T, "regel_nr": I}
    | {"referentienummer": T, "veld": T, "code": T, "omschrijving": T, "bedrag_cent": I},
    "bevinding": {"bericht_id": T, "berichttype": T, "regel_nr": I, "referentienummer": T, "veld": T}
    | {"code": T, "retourcode": T, "omschrijving": T},
    "laadlog": {"geladen_op": M, "naam": T, "sha256": T, "mapping_versie": T, "bericht_id": T}
    | {"standaard": T, "release": T, "berichttype": T, "status": T}
    | TELLINGEN
    | {"redenen": T, "toelichting": T, "schema_oordeel": T},
    "bericht": {"bericht_id": T, "sha256": T, "mapping_versie": T, "naam": T, "soort": T, "standaard": T}
    | {"release": T, "berichttype": T, "wet": T, "gemeentecode": T, "aanbieder_agb": T, "afzender": T}
    | {
        "ontvanger": T,
        "identificatie": T,
        "dagtekening": D,
        "ontvangen_op": M,
        "inhoud_hash": T,
        "regels_hash": T,
    }
    | {"status": T}
    | {"declaratienummer": T, "declaratieperiode_begin": D, "declaratie_identificatie": T}
    | {"totaal_ingediend_cent": I, "totaal_toegekend_cent": I, "retourcodes": T}
    | {"heen_identificatie": T, "schema_oordeel": T}
    | TELLINGEN,
}

RIJTABELLEN = tuple(t for t in TABELLEN if t not in ("laadlog", "bericht"))
"""Tables whose rows belong to a file, and count only when its bericht row is there."""

_VERPLICHT = {"bericht_id", "regel_nr", "gemeentecode"}


@cache
def schema_of(tabel: str) -> type[dy.Schema]:
    """Dataframely schema of one lake table: every column and type, the key columns filled, signs
    consistent.
    """
    kolommen: dict[str, object] = {}
    eist_rij = tabel in RIJTABELLEN and tabel not in ("quarantaine", "bevinding")
    for naam, soort in TABELLEN[tabel].items():
        leeg_mag = not (eist_rij and naam in _VERPLICHT)
        if soort == T:
            kolommen[naam] = dy.String(nullable=leeg_mag)
        elif soort == I:
            kolommen[naam] = dy.Int64(nullable=leeg_mag)
        elif soort == F:
            kolommen[naam] = dy.Float64(nullable=leeg_mag)
        elif soort == D:
            kolommen[naam] = dy.Date(nullable=leeg_mag)
        else:
            kolommen[naam] = dy.Datetime(nullable=leeg_mag, time_unit="us")
    if tabel == "declaratieregel":

        def amount_signed(cls: object) -> pl.Expr:
            credit = pl.col("debet_credit") == "C"
            return pl.when(credit).then(pl.col("bedrag_cent") <= 0).otherwise(pl.col("bedrag_cent") >= 0)

        kolommen["amount_signed"] = dy.rule()(amount_signed)
    return type(f"Lake_{tabel}", (dy.Schema,), kolommen)


def conform(frame: pl.DataFrame, tabel: str) -> pl.DataFrame:
    """The frame with exactly the columns of the lake table, absent ones NULL, checked against its schema.

    Raises dataframely's ValidationError, which means a mistake in a mapping or in this package: no input can
    cause it, because what cannot be read was quarantined before.
    """
    uit = frame.select(
        (pl.col(naam).cast(soort) if naam in frame.columns else pl.lit(None, dtype=soort)).alias(naam)
        for naam, soort in TABELLEN[tabel].items()
    )
    return schema_of(tabel).validate(uit, cast=False)
