"""The marts of the analyses that may leave as a file, each with the rule by which small cells go.

Most of them count the clients of a row themselves; where a row has none, they are counted beside it at the
same grain. What holds no persons (documents, ledger, the record of a method) is free.
"""

from dashboard.access.suppress import Clienten, Geen, Stromen
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
from dashboard.access.tables_prognose import (
    AFLOOP,
    AFLOOP_REGEL,
    NAGEKOMEN,
    NAGEKOMEN_REGEL,
    PROGNOSE,
    PROGNOSE_REGEL,
)
from warehouse.rekenen.pq import EFFECTS, INGREDIENTS

METHODE = Geen("hoe goed een methode was, in fracties: geen personen")
BEVINDINGEN = Geen("regels van declaraties: geen cliënten; alleen van eigen aanbieders")
GEHEEL = Geen("prognoses van een hele wet en het hele jaar: geen groep mensen")
# What counts people itself (instroom, netto stroom) is its own count; of the rest the clients are counted.
REGELKAART = """
WITH mensen AS (
    SELECT levermaand AS maand, wet || '|' || productgroep AS cel, count(DISTINCT client_id) AS clienten
    FROM stad.client_maand GROUP BY ALL
    UNION ALL
    SELECT levermaand, wet, count(DISTINCT client_id) FROM stad.client_maand GROUP BY ALL)
SELECT t.* EXCLUDE (gemeentecode, aanbieder_agb),
       CASE WHEN t.eenheid = 'aantal' THEN round(abs(t.waarde))::BIGINT
            ELSE coalesce(m.clienten, 0) END AS clienten
FROM stad.regelkaart t LEFT JOIN mensen m ON m.maand = t.maand AND m.cel = t.cel ORDER BY ALL
"""
# The mean of what ended is over the few that ended, not over all clients of the row.
DUUR = """
SELECT * EXCLUDE (gemeentecode) REPLACE (
    CASE WHEN aantal_beeindigd >= 10 THEN aantal_beeindigd END AS aantal_beeindigd,
    CASE WHEN aantal_beeindigd >= 10 THEN gemiddelde_beeindigd_dagen END AS gemiddelde_beeindigd_dagen,
    CASE WHEN aantal_open >= 10 OR aantal_open = 0 THEN aantal_open END AS aantal_open)
FROM stad.duur ORDER BY ALL
"""
# A figure that changed tells about the clients of its own cell: those of that month, or of that year. A count
# that changed by a few tells about those few, and both counts beside each other tell the same.
VERSCHIL = """
WITH mensen AS (
    SELECT levermaand AS periode, wet, hoofdproduct, count(DISTINCT client_id) AS clienten
    FROM stad.client_maand GROUP BY ALL)
SELECT t.* EXCLUDE (gemeentecode),
       CASE WHEN t.eenheid = 'cliënten'
                 THEN least(nullif(t.vorig, 0), nullif(t.nu, 0), abs(t.verschil))::BIGINT
            ELSE coalesce(m.clienten, 0) END AS clienten
FROM stad.verschil t
LEFT JOIN mensen m ON m.periode = t.periode AND m.wet = t.wet AND m.hoofdproduct = t.hoofdproduct ORDER BY ALL
"""
VERSCHIL_MATEN = (
    "vorig",
    "nu",
    "verschil",
    "nieuwe_maanden",
    "nagekomen",
    "correcties",
    "gegevens",
    "indeling",
)
REEKS = "SELECT * EXCLUDE (gemeentecode) FROM stad.reeks_jaar WHERE clienten IS NOT NULL ORDER BY ALL"
PQ_EFFECT = """
SELECT * EXCLUDE (gemeentecode, aanbieder_agb),
       coalesce(least(nullif(product_clienten_0, 0), nullif(product_clienten_1, 0)), 0) AS clienten
FROM stad.pq_effect ORDER BY ALL
"""
PQ_MATEN = (
    "clienten_0",
    "clienten_1",
    "product_clienten_0",
    "product_clienten_1",
    "realisatie_0_cent",
    "realisatie_1_cent",
    "verschil_cent",
    *EFFECTS,
    "effect_mix_gecentreerd_cent",
    *INGREDIENTS,
)

# What tells about the people of a row; a page that reads the table empties the same.
CONCENTRATIE_MATEN = (
    "totaal_cent",
    "gini",
    "aandeel_top1",
    "aandeel_top5",
    "aandeel_top10",
    "aandeel_top20",
    "persistentie_top10",
)

ANALYSE: dict[str, Tabel] = {
    "hek_jaar": make_vrij("hek_jaar", STUKKEN),
    "hek_regel": make_vrij("hek_regel", STUKKEN),
    "maatregel": make_vrij("maatregel", STUKKEN),
    "reeks_jaar": Tabel(
        STRATEGISCH,
        (
            (
                REEKS,
                Clienten(
                    "clienten",
                    ("nominaal_cent", "berichten_cent", "reeel_cent", "verschoven_cent", "volume"),
                ),
            ),
            ("SELECT * EXCLUDE (gemeentecode) FROM vrij.reeks_jaar_stukken ORDER BY ALL", STUKKEN),
        ),
    ),
    "nagekomen": Tabel(TACTISCH, ((NAGEKOMEN, NAGEKOMEN_REGEL),), laag="productgroep"),
    "nagekomen_toets": make_vrij("nagekomen_toets", METHODE, TACTISCH),
    "afloop": Tabel(TACTISCH, ((AFLOOP, AFLOOP_REGEL),), laag="productgroep"),
    "prognose": Tabel(TACTISCH, ((PROGNOSE, PROGNOSE_REGEL),)),
    "prognose_toets": make_vrij("prognose_toets", GEHEEL, TACTISCH),
    "prognose_methode": make_vrij("prognose_methode", METHODE, TACTISCH),
    "pq_effect": Tabel(TACTISCH, ((PQ_EFFECT, Clienten("clienten", PQ_MATEN)),)),
    "knop_basis": make_stad(
        "knop_basis",
        "clienten",
        "clienten_maand",
        "clienten_laatste",
        "instroom_maand",
        "uitstroom_maand",
        "volume_per_clientmaand",
        "toegewezen_per_clientmaand",
        "prijs_cent",
        "realisatie_cent",
    ),
    "stroom_gevoeligheid": Tabel(
        STRATEGISCH,
        (
            (
                "SELECT * EXCLUDE (gemeentecode) FROM stad.stroom_gevoeligheid ORDER BY ALL",
                Stromen(
                    ("instroom", "instroom_nieuw", "instroom_herinstroom", "uitstroom"),
                    ("begin", "eind"),
                    sluit=True,
                ),
            ),
        ),
    ),
    "huishouden_maand": Tabel(
        STRATEGISCH,
        (
            (
                "SELECT * EXCLUDE (gemeentecode) FROM stad.huishouden_maand ORDER BY ALL",
                Stromen(
                    ("instroom", "uitstroom"),
                    ("begin", "eind", "clienten_begin", "clienten_eind"),
                    sluit=True,
                ),
            ),
        ),
    ),
    "duur": Tabel(
        TACTISCH,
        (
            (
                DUUR,
                Clienten(
                    "clienten",
                    (
                        "aantal_beeindigd",
                        "aantal_open",
                        "gemiddelde_beeindigd_dagen",
                        "mediaan_km_dagen",
                        "gemiddelde_km_dagen",
                        "gevolgd_tot_dagen",
                    ),
                ),
            ),
        ),
    ),
    "duur_curve": make_stad("duur_curve", "aantal_onder_risico", "overleving"),
    "concentratie": make_stad(
        "concentratie",
        "n",
        *CONCENTRATIE_MATEN,
        niveaus=STRATEGISCH,
    ),
    "lorenz": make_stad("lorenz", "n", "cumulatief_aandeel", niveaus=STRATEGISCH),
    "zwaarste_huishoudens": make_stad(
        "zwaarste_huishoudens",
        "aantal",
        "clienten",
        "totaal_cent",
        "aandeel",
        "gemiddeld_aanbieders",
        "gemiddeld_producten",
    ),
    "regelkaart": Tabel(
        TACTISCH,
        ((REGELKAART, Clienten("clienten", ("waarde", "gemiddelde", "ondergrens", "bovengrens"))),),
    ),
    "aanbieder_wijk": make_stad("aanbieder_wijk", "clienten", "grootste_aandeel"),
    "aanbieder_vergelijking": make_eigen(
        "aanbieder_vergelijking",
        "clienten",
        "aantal",
        "vergelijkbaar_aandeel",
        "waargenomen",
        "verwacht",
        "verhouding",
        "standaardfout",
        "grens_95_onder",
        "grens_95_boven",
        "grens_998_onder",
        "grens_998_boven",
    ),
    "aanbieder_casemix": make_eigen("aanbieder_casemix", "clienten", "aandeel"),
    "aanbieder_aandeel": make_eigen(
        "aanbieder_aandeel",
        "clienten",
        "realisatie_cent",
        "aandeel",
        "rang",
        "clienten_alleen_hier",
        "afhankelijk_aandeel",
    ),
    "trajectprijs": make_eigen(
        "trajectprijs",
        "clienten",
        "aantal",
        "gemiddelde_cent",
        "mediaan_cent",
        "gemiddelde_dagen",
        "langste_dagen",
    ),
    "toegang": Tabel(
        TACTISCH,
        (
            (
                "SELECT * EXCLUDE (gemeentecode) FROM stad.toegang ORDER BY ALL",
                # decided and running add up to all: one small one empties the three of them
                Stromen(
                    ("meldingen", "besluiten", "lopend"),
                    ("onderzoeken", "toegekend", "toewijzingen", "gestart"),
                ),
            ),
        ),
    ),
    "klantcontact_maand": Tabel(
        TACTISCH,
        (
            (
                "SELECT * EXCLUDE (gemeentecode) FROM stad.klantcontact_maand ORDER BY ALL",
                Stromen(("doorverwijzingen", "meldingen"), ("contacten",)),
            ),
        ),
    ),
    "verschil": Tabel(
        STRATEGISCH,
        (
            (VERSCHIL, Clienten("clienten", VERSCHIL_MATEN)),
            ("SELECT * EXCLUDE (gemeentecode) FROM vrij.verschil_boeken ORDER BY ALL", STUKKEN),
        ),
    ),
    "controle_oorzaak": make_vrij("controle_oorzaak", BEVINDINGEN, OPERATIONEEL),
}
