"""The marts of indication, programme and focus themes that may leave as a file; see tables_analyse."""

from dashboard.access.suppress import Clienten, Geen
from dashboard.access.tabel import (
    OPERATIONEEL,
    STRATEGISCH,
    STUKKEN,
    TACTISCH,
    Tabel,
    make_eigen,
    make_stad,
    make_vrij,
)

GEHEEL = Geen("lasten en bevindingen van een hele wet en een heel jaar: geen groep mensen")
# What tells about the clients of a row; a page that reads the table empties the same.
VERWIJZER_MATEN = (
    "toewijzingen",
    "realisatie_cent",
    "kosten_per_client_cent",
    "zwaarte_rang",
    "beeindigd",
    "duur_dagen",
)
DAGBESTEDING_MATEN = (
    "volume",
    "bedrag_cent",
    "prijs_cent",
    "aandeel_volume",
    "dagdelen_per_client",
    "prijs_basis_cent",
    "uitsorteereffect_cent",
    "prijseffect_cent",
)
UREN_MATEN = (
    "clienten",
    "toegewezen_uren",
    "geleverde_uren",
    "uren_per_huishouden",
    "geleverd_per_huishouden",
)

# Of budget lines, which have no clients of their own, those of the hoofdproduct in that year are counted.
PROGRAMMA = """
WITH mensen AS (
    SELECT year(levermaand) AS jaar, wet, hoofdproduct, count(DISTINCT client_id) AS aantal
    FROM stad.client_maand GROUP BY ALL)
SELECT t.* EXCLUDE (gemeentecode, aanbieder_agb, clienten), coalesce(t.clienten, m.aantal, 0) AS clienten
FROM stad.@naam t LEFT JOIN mensen m ON m.jaar = t.jaar AND m.wet = t.wet AND m.hoofdproduct = t.hoofdproduct
ORDER BY ALL
"""
UITNUTTING_JAAR = """
WITH mensen AS (
    SELECT year(levermaand) AS jaar, wet, productgroep, product, aanbieder_agb,
           count(DISTINCT client_id) AS clienten
    FROM eigen.client_maand GROUP BY ALL)
SELECT t.* EXCLUDE (gemeentecode), coalesce(m.clienten, 0) AS clienten
FROM eigen.uitnutting_jaar t LEFT JOIN mensen m USING (jaar, wet, productgroep, product, aanbieder_agb)
ORDER BY ALL
"""
# A mean is over the few that ended, or over the toewijzingen, not over all clients of the row.
VERWIJZER = """
SELECT * EXCLUDE (gemeentecode) REPLACE (
    CASE WHEN toewijzingen >= 10 THEN toewijzingen END AS toewijzingen,
    CASE WHEN toewijzingen >= 10 THEN zwaarte_rang END AS zwaarte_rang,
    CASE WHEN beeindigd >= 10 THEN beeindigd END AS beeindigd,
    CASE WHEN beeindigd >= 10 THEN duur_dagen END AS duur_dagen)
FROM stad.verwijzer ORDER BY ALL
"""
UITNUTTING = (
    "toegewezen_volume",
    "maximum_volume",
    "geleverd_volume",
    "toegewezen_cent",
    "geleverd_cent",
    "uitnutting",
    "geleverd_gecorrigeerd_cent",
    "uitnutting_gecorrigeerd",
)
AFWIJKING = (
    "realisatie_cent",
    "verschil_cent",
    "effect_clienten_cent",
    "effect_duur_cent",
    "effect_stapeling_cent",
    "effect_mix_cent",
    "effect_toegewezen_intensiteit_cent",
    "effect_uitnutting_cent",
    "effect_geleverde_intensiteit_cent",
    "effect_tariefindex_cent",
    "effect_prijs_cent",
    "effect_overig_cent",
    "effect_niet_verdeeld_cent",
)
GEWORDEN = ("instroom", "duur_weken", "intensiteit", "uitnutting", "prijs_cent", "volume", "realisatie_cent")


def _met_stukken(naam: str, teller: str, *maten: str) -> Tabel:
    """Rows of clients under their rule, rows out of documents free."""
    sql = f"SELECT * EXCLUDE (gemeentecode) FROM @.{naam} ORDER BY ALL"  # noqa: S608
    stukken = sql.replace("@", "vrij").replace(naam, f"{naam}_stukken")
    return Tabel(STRATEGISCH, ((sql.replace("@", "stad"), Clienten(teller, maten)), (stukken, STUKKEN)))


STURING: dict[str, Tabel] = {
    "programma": Tabel(
        TACTISCH, ((PROGRAMMA.replace("@naam", "programma"), Clienten("clienten", GEWORDEN)),)
    ),
    "pq_programma": Tabel(
        TACTISCH, ((PROGRAMMA.replace("@naam", "pq_programma"), Clienten("clienten", AFWIJKING)),)
    ),
    "uitnutting_jaar": Tabel(
        OPERATIONEEL, ((UITNUTTING_JAAR, Clienten("clienten", UITNUTTING, eigen=True)),), per_aanbieder=True
    ),
    "uitnutting_verdeling": make_stad(
        "uitnutting_verdeling", "clienten", "toewijzingen", "toegewezen_cent", "geleverd_cent"
    ),
    "slapers": make_eigen(
        "slapers", "clienten", "lopend", "toewijzingen", "nooit_geleverd", "open_verplichting_cent"
    ),
    "verplichting": make_eigen(
        "verplichting",
        "clienten",
        "toewijzingen",
        "toegewezen_rest_cent",
        "uitnutting_verwacht",
        "verplichting_cent",
    ),
    "verzilvering": make_eigen(
        "verzilvering",
        "clienten",
        "gestart",
        "verzilverd",
        "te_jong",
        "clienten_oud_genoeg",
        "clienten_verzilverd",
    ),
    "verwijzer": Tabel(
        TACTISCH,
        (
            (
                VERWIJZER,
                Clienten(
                    "clienten",
                    VERWIJZER_MATEN,
                ),
            ),
        ),
    ),
    "dagbesteding": _met_stukken(
        "dagbesteding",
        "clienten",
        *DAGBESTEDING_MATEN,
    ),
    "huishoudelijke_ondersteuning": _met_stukken(
        "huishoudelijke_ondersteuning",
        "huishoudens",
        *UREN_MATEN,
    ),
    "jaarrekening": make_vrij("jaarrekening", GEHEEL),
    "overlopende_post": make_vrij("overlopende_post", GEHEEL),
    "rechtmatigheid": make_vrij("rechtmatigheid", GEHEEL),
    "sociale_basis": make_vrij("sociale_basis", STUKKEN),
}
