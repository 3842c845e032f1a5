"""The marts of the analyses that may leave as a file, each with the rule by which small cells go.

Most of them count the clients of a row themselves; where a row has none, they are counted beside it at the
same grain. What holds no persons (documents, ledger, the record of a method) is free.
"""

from dashboard.access.roles import Niveau
from dashboard.access.suppress import Clienten, Geen, Stromen
from dashboard.access.tabel import Tabel

STUKKEN = Geen("gepubliceerde stukken, begroting en grootboek: geen personen")
METHODE = Geen("hoe goed een methode was, in fracties: geen personen")
BEVINDINGEN = Geen("regels van declaraties: geen cliënten; alleen van eigen aanbieders")
STRATEGISCH: tuple[Niveau, ...] = ("strategisch",)
TACTISCH: tuple[Niveau, ...] = ("tactisch",)
OPERATIONEEL: tuple[Niveau, ...] = ("operationeel",)


def _stad(naam: str, teller: str, *maten: str, niveaus: tuple[Niveau, ...] = TACTISCH) -> Tabel:
    """A mart of the whole city whose column `teller` counts the clients (or households) of its row."""
    sql = f"SELECT * EXCLUDE (gemeentecode) FROM stad.{naam} ORDER BY ALL"  # noqa: S608
    return Tabel(niveaus, ((sql, Clienten(teller, maten)),))


def _eigen(naam: str, teller: str, *maten: str) -> Tabel:
    """A mart per aanbieder whose column `teller` counts the clients of its row."""
    sql = f"SELECT * EXCLUDE (gemeentecode) FROM eigen.{naam} ORDER BY ALL"  # noqa: S608
    return Tabel(OPERATIONEEL, ((sql, Clienten(teller, maten, eigen=True)),), per_aanbieder=True)


def _vrij(naam: str, regel: Geen, niveaus: tuple[Niveau, ...] = STRATEGISCH) -> Tabel:
    """A mart without persons."""
    return Tabel(
        niveaus,
        ((f"SELECT * EXCLUDE (gemeentecode) FROM vrij.{naam} ORDER BY ALL", regel),),  # noqa: S608
    )


NAGEKOMEN = """
WITH mensen AS (
    SELECT levermaand, wet, productgroep, count(DISTINCT client_id) AS clienten FROM stad.client_maand
    GROUP BY ALL)
SELECT t.* EXCLUDE (gemeentecode, aanbieder_agb), coalesce(m.clienten, 0) AS clienten
FROM stad.nagekomen t LEFT JOIN mensen m USING (levermaand, wet, productgroep) ORDER BY ALL
"""
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
# A figure that changed tells about the clients of its own cell: those of that month, or of that year.
VERSCHIL = """
WITH mensen AS (
    SELECT levermaand AS periode, wet, hoofdproduct, count(DISTINCT client_id) AS clienten
    FROM stad.client_maand GROUP BY ALL)
SELECT t.* EXCLUDE (gemeentecode),
       CASE WHEN t.eenheid = 'cliënten' THEN coalesce(least(nullif(t.vorig, 0), nullif(t.nu, 0)), 0)::BIGINT
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
EFFECTEN = tuple(
    f"effect_{e}_cent"
    for e in (
        "clienten",
        "duur",
        "stapeling",
        "mix",
        "toegewezen_intensiteit",
        "uitnutting",
        "geleverde_intensiteit",
        "tariefindex",
        "prijs",
        "overig",
        "mix_gecentreerd",
    )
)
PQ_MATEN = (
    "clienten_0",
    "clienten_1",
    "product_clienten_0",
    "product_clienten_1",
    "realisatie_0_cent",
    "realisatie_1_cent",
    "verschil_cent",
    *EFFECTEN,
)

ANALYSE: dict[str, Tabel] = {
    "hek_jaar": _vrij("hek_jaar", STUKKEN),
    "hek_regel": _vrij("hek_regel", STUKKEN),
    "maatregel": _vrij("maatregel", STUKKEN),
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
    "nagekomen": Tabel(
        TACTISCH,
        (
            (
                NAGEKOMEN,
                Clienten(
                    "clienten",
                    (
                        "gerapporteerd_cent",
                        "ultimate_cent",
                        "nagekomen_cent",
                        "standaardfout_cent",
                        "fractie",
                    ),
                ),
            ),
        ),
    ),
    "nagekomen_toets": _vrij("nagekomen_toets", METHODE, TACTISCH),
    "pq_effect": Tabel(TACTISCH, ((PQ_EFFECT, Clienten("clienten", PQ_MATEN)),)),
    "knop_basis": _stad(
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
                    ("instroom", "instroom_nieuw", "instroom_herinstroom", "uitstroom"), ("begin", "eind")
                ),
            ),
        ),
    ),
    "huishouden_maand": Tabel(
        STRATEGISCH,
        (
            (
                "SELECT * EXCLUDE (gemeentecode) FROM stad.huishouden_maand ORDER BY ALL",
                Stromen(("instroom", "uitstroom"), ("begin", "eind", "clienten_begin", "clienten_eind")),
            ),
        ),
    ),
    "duur": _stad(
        "duur",
        "clienten",
        "aantal_beeindigd",
        "aantal_open",
        "gemiddelde_beeindigd_dagen",
        "mediaan_km_dagen",
        "gemiddelde_km_dagen",
        "gevolgd_tot_dagen",
    ),
    "duur_curve": _stad("duur_curve", "aantal_onder_risico", "overleving"),
    "concentratie": _stad(
        "concentratie",
        "n",
        "totaal_cent",
        "gini",
        "aandeel_top1",
        "aandeel_top5",
        "aandeel_top10",
        "aandeel_top20",
        "persistentie_top10",
        niveaus=STRATEGISCH,
    ),
    "lorenz": _stad("lorenz", "n", "cumulatief_aandeel", niveaus=STRATEGISCH),
    "zwaarste_huishoudens": _stad(
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
    "aanbieder_wijk": _stad("aanbieder_wijk", "clienten", "grootste_aandeel"),
    "aanbieder_vergelijking": _eigen(
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
    "aanbieder_casemix": _eigen("aanbieder_casemix", "clienten", "aandeel"),
    "aanbieder_aandeel": _eigen(
        "aanbieder_aandeel",
        "clienten",
        "realisatie_cent",
        "aandeel",
        "rang",
        "clienten_alleen_hier",
        "afhankelijk_aandeel",
    ),
    "trajectprijs": _eigen(
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
    "controle_oorzaak": _vrij("controle_oorzaak", BEVINDINGEN, OPERATIONEEL),
}
