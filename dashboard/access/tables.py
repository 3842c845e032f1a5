"""Marts that may leave as a file: who may take them, and by which rule small cells are taken out.

`client_maand` is not among them: it is the finest cell and never shown to a person.
"""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.roles import Niveau
from dashboard.access.suppress import NIET_GETOOND, Clienten, Geen, Stromen
from dashboard.access.tabel import Tabel
from dashboard.access.tables_analyse import ANALYSE
from dashboard.access.tables_sturing import STURING

BOEKEN = Geen("grootboek, begroting en referentie: geen personen")
LADEN = Geen("bestanden, regels en redenen: geen inhoud en geen personen")
CEL = "levermaand, wet, hoofdproduct, productgroep, product, zwaarte, aanbieder_agb, wijkcode"
STROMEN = (
    "instroom",
    "bijkomend",
    "doorstroom_in",
    "doorstroom_uit",
    "afgevallen",
    "uitstroom",
)


def _per_cel(naam: str, maten: tuple[str, ...]) -> Tabel:
    """A monthly mart per aanbieder and wijk, with the clients of exactly its cells counted beside it."""
    sql = """
        WITH mensen AS (
            SELECT @cel, eenheid, count(DISTINCT client_id) AS clienten FROM eigen.client_maand GROUP BY ALL)
        SELECT @cel_t, t.eenheid, @maten, coalesce(clienten, 0) AS clienten FROM eigen.@naam t
        LEFT JOIN mensen m ON @gelijk ORDER BY ALL"""
    kolommen = [*CEL.split(", "), "eenheid"]
    sql = sql.replace("@cel_t", ", ".join(f"t.{k}" for k in CEL.split(", "))).replace("@cel", CEL)
    gelijk = " AND ".join(f"t.{k} IS NOT DISTINCT FROM m.{k}" for k in kolommen)
    sql = sql.replace("@maten", ", ".join(maten)).replace("@naam", naam).replace("@gelijk", gelijk)
    niveaus: tuple[Niveau, ...] = ("tactisch",)
    return Tabel(niveaus, ((sql, Clienten("clienten", maten, eigen=True)),), per_aanbieder=True)


TABELLEN: dict[str, Tabel] = {
    "pq_maand": _per_cel(
        "pq_maand", ("volume", "clientdagen", "toegewezen_volume", "realisatie_cent", "regels")
    ),
    "uitnutting_maand": _per_cel(
        "uitnutting_maand", ("toegewezen_volume", "geleverd_volume", "toegewezen_cent", "geleverd_cent")
    ),
    "uitgaven_maand": Tabel(
        ("strategisch",),
        (
            (
                """SELECT levermaand, wet, hoofdproduct, productgroep, onderdeel, bron, realisatie_cent,
                     realisatie_toen_cent, coalesce((SELECT count(DISTINCT client_id) FROM stad.client_maand c
                       WHERE c.levermaand = t.levermaand AND c.wet = t.wet
                         AND c.hoofdproduct IS NOT DISTINCT FROM t.hoofdproduct
                         AND c.productgroep IS NOT DISTINCT FROM t.productgroep), 0) AS clienten
                   FROM stad.uitgaven_maand t WHERE onderdeel = 'berichten' ORDER BY ALL""",
                Clienten("clienten", ("realisatie_cent", "realisatie_toen_cent")),
            ),
            (
                """SELECT levermaand, wet, hoofdproduct, productgroep, onderdeel, bron, realisatie_cent,
                     realisatie_toen_cent, NULL::BIGINT AS clienten FROM vrij.grootboek_maand ORDER BY ALL""",
                BOEKEN,
            ),
        ),
    ),
    "uitgaven_jaar": Tabel(
        ("strategisch",),
        (
            (
                """SELECT jaar, wet, hoofdproduct, onderdeel, bron, volledig, realisatie_cent,
                     coalesce((SELECT count(DISTINCT client_id) FROM stad.client_maand c
                       WHERE year(c.levermaand) = t.jaar AND c.wet = t.wet
                         AND c.hoofdproduct IS NOT DISTINCT FROM t.hoofdproduct), 0) AS clienten
                   FROM stad.uitgaven_jaar t WHERE onderdeel = 'berichten'
                     AND jaar >= (SELECT year(eerste_levermaand) FROM vrij.snapshot) ORDER BY ALL""",
                Clienten("clienten", ("realisatie_cent",)),
            ),
            (
                """SELECT jaar, wet, hoofdproduct, onderdeel, bron, volledig, realisatie_cent,
                     NULL::BIGINT AS clienten FROM vrij.grootboek_jaar ORDER BY ALL""",
                BOEKEN,
            ),
        ),
    ),
    "stroom_maand": Tabel(
        ("strategisch",),
        (
            (
                """SELECT maand, niveau, cel, t.begin, instroom, bijkomend, doorstroom_in, doorstroom_uit,
                     afgevallen, uitstroom, eind, voorlopig, begin_onzeker
                   FROM stad.stroom_maand t ORDER BY ALL""",
                Stromen(STROMEN, ("begin", "eind"), sluit=True),
            ),
        ),
    ),
    "doorstroom": Tabel(
        ("tactisch",),
        (
            (
                """SELECT maand, wet, niveau, van, naar, op_of_af, sum(paren)::BIGINT AS paren
                   FROM stad.doorstroom GROUP BY ALL ORDER BY ALL""",
                Clienten("paren"),
            ),
        ),
    ),
    "aanbieder_jaar": Tabel(
        ("tactisch", "operationeel"),
        (
            (
                """SELECT jaar, wet, aanbieder_agb, naam, concern, perceel, bekostiging, budgetplafond_cent,
                     realisatie_cent, coalesce((SELECT count(DISTINCT client_id) FROM eigen.client_maand c
                       WHERE year(c.levermaand) = t.jaar AND c.wet = t.wet
                         AND c.aanbieder_agb = t.aanbieder_agb), 0) AS clienten
                   FROM eigen.aanbieder_jaar t ORDER BY ALL""",
                Clienten("clienten", ("realisatie_cent",), eigen=True),
            ),
        ),
        per_aanbieder=True,
    ),
    "begroting_jaar": Tabel(("strategisch",), (("FROM vrij.begroting_jaar ORDER BY ALL", BOEKEN),)),
    "bevolking_wijk": Tabel(("strategisch",), (("FROM vrij.bevolking_wijk ORDER BY ALL", BOEKEN),)),
    "breuk": Tabel(("strategisch",), (("FROM vrij.breuk ORDER BY ALL", BOEKEN),)),
    "aansluiting": Tabel(("beheer",), (("FROM vrij.aansluiting ORDER BY ALL", LADEN),)),
    "laadlog": Tabel(("beheer",), (("FROM vrij.laadlog ORDER BY ALL", LADEN),)),
    "quarantaine": Tabel(("beheer",), (("FROM vrij.quarantaine ORDER BY ALL", LADEN),)),
    "declaratiecontrole": Tabel(
        ("beheer", "operationeel"), (("FROM vrij.declaratiecontrole ORDER BY ALL", LADEN),)
    ),
    "volledigheid": Tabel(
        ("beheer", "operationeel"),
        (
            (
                """SELECT * EXCLUDE (gemeentecode, gebruikelijk), coalesce(gebruikelijk, 0) AS gebruikelijk
                   FROM vrij.volledigheid ORDER BY ALL""",
                Stromen(("regels", "gebruikelijk"), ("declaraties",), eigen=True),
            ),
        ),
        per_aanbieder=True,
    ),
    "onbekende_code": Tabel(
        ("beheer",),
        (
            (
                "SELECT * EXCLUDE (gemeentecode) FROM vrij.onbekende_code ORDER BY ALL",
                Clienten("regels"),
            ),
        ),
    ),
    **ANALYSE,
    **STURING,
}


def read_tabel(lezer: Lezer, tabel: Tabel) -> pl.DataFrame:
    """Read a mart under the rules of the reader's role; the flag for small cells becomes its words."""
    delen = []
    for sql, regel in tabel.reads:
        df = lezer.read(sql, regel)
        if tabel.laag:
            df = df.filter(pl.col("niveau") == tabel.laag).drop("niveau")
        if NIET_GETOOND in df.columns:
            woorden = pl.when(pl.col(NIET_GETOOND)).then(pl.lit(lezer.niet_getoond)).otherwise(pl.lit(""))
            df = df.with_columns(woorden.alias(NIET_GETOOND))
        delen.append(df)
    return pl.concat(delen, how="diagonal_relaxed")
