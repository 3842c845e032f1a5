"""Reference extracts about the surroundings: city by year, CPI, benchmark, structural breaks, measures."""

from __future__ import annotations

import datetime as dt

import polars as pl

from sample_data import documenten as doc
from sample_data.extracten import euro
from sample_data.instellingen import GEMEENTE, Instellingen
from sample_data.producten import AMB, DAG, HO, JVER
from sample_data.referentie import jaren, peildatum
from sample_data.stad import WIJKEN, inwoners, postcodes, wijkcode

D = dt.date


def make_stad(inst: Instellingen) -> dict[str, pl.DataFrame]:
    """wijken, postcode_wijk and bevolking, versioned by year."""
    js = jaren(inst)
    wijken = [
        {
            "gemeentecode": GEMEENTE,
            "jaar": j,
            "wijkcode": wijkcode(i),
            "wijknaam": w[0],
            "stadsdeel": w[1],
            "rij": w[2],
            "kolom": w[3],
        }
        for j in js
        for i, w in enumerate(WIJKEN)
    ]
    pc = [(j, c, wijkcode(w)) for j in js for c, w in postcodes()]
    bevolking = []
    for j in js:
        vak = inwoners(j)
        for i in range(len(WIJKEN)):
            for k, groep in enumerate(("0-17", "18-64", "65+")):
                bevolking.append(
                    (
                        GEMEENTE,
                        j,
                        wijkcode(i),
                        groep,
                        max(1, round(int(vak[i, k]) * inst.schaal)),
                        "synthetisch",
                    )
                )
    dag = pl.lit(peildatum(inst)).alias("peildatum")
    return {
        "wijken": pl.DataFrame(wijken).with_columns(dag),
        "postcode_wijk": pl.DataFrame(pc, schema=["jaar", "postcode", "wijkcode"], orient="row").select(
            pl.lit(GEMEENTE).alias("gemeentecode"), "jaar", "postcode", "wijkcode"
        ),
        "bevolking": pl.DataFrame(
            bevolking,
            schema=["gemeentecode", "jaar", "wijkcode", "leeftijdsgroep", "inwoners", "bron"],
            orient="row",
        ),
    }


def make_vast(inst: Instellingen) -> dict[str, pl.DataFrame]:
    """cpi, benchmark, breuken and maatregelen."""
    cpi = [(GEMEENTE, j, round(v, 2), "synthetisch") for j, v in doc.CPI.items() if j <= inst.tot // 12]
    b: list[tuple[object, ...]] = []
    for g, u in doc.UREN_HO_2019.items():
        b.append(
            (
                GEMEENTE,
                g,
                2019,
                "uren huishoudelijke ondersteuning per huishouden per jaar",
                u,
                "uur",
                "document",
            )
        )
    for g, u in doc.UREN_HO_2016.items():
        b.append(
            (
                GEMEENTE,
                g,
                2016,
                "uren huishoudelijke ondersteuning per huishouden per jaar",
                u,
                "uur",
                "document",
            )
        )
    for g, (n, per) in doc.WMO_CLIENTEN_2023.items():
        b.append((GEMEENTE, g, 2023, "cliënten Wmo", float(n), "cliënten", "document"))
        b.append(
            (GEMEENTE, g, 2023, "cliënten Wmo per 1.000 inwoners", per, "per 1.000 inwoners", "document")
        )
    for g, p in (("Nederland", 13.9), ("West-Nederland", 13.7)):
        b.append((GEMEENTE, g, 2023, "jongeren met jeugdhulp", p, "procent", "document"))
    for j in jaren(inst):  # four invented peers, so that the page has a series
        for k, g in enumerate(("Peergemeente A", "Peergemeente B", "Peergemeente C", "Peergemeente D")):
            jeugd = 1180 + 46 * (j - 2018) + 70 * (k - 1.5)
            wmo = 212 + 11 * (j - 2018) + 14 * (k - 1.5)
            b.append((GEMEENTE, g, j, "uitgaven Wmo per inwoner", round(wmo, 1), "euro", "synthetisch"))
            b.append(
                (GEMEENTE, g, j, "uitgaven jeugdhulp per jongere", round(jeugd, 1), "euro", "synthetisch")
            )
    breuken = [
        (
            D(2018, 1, 1),
            "Wmo",
            DAG,
            "Kanteling: dagbesteding licht en midden werd algemene voorziening",
            "document",
        ),
        (D(2018, 1, 1), "Wmo", "", "Nieuwe contracten: open house, uurprijs", "document"),
        (D(2019, 1, 1), "Wmo", HO, "Abonnementstarief", "document"),
        (D(2021, 1, 1), "Wmo", "", "Release 3.0: declareren per kalendermaand (323)", "document"),
        (D(2021, 1, 1), "Jeugdwet", "", "Release 3.0: declareren per kalendermaand (323)", "document"),
        (D(2022, 1, 1), "Jeugdwet", JVER, "Woonplaatsbeginsel", "document"),
        (
            D(2022, 1, 1),
            "Jeugdwet",
            "Jeugd-ggz",
            "Nieuwe productcode 45A65 in plaats van 54001",
            "synthetisch",
        ),
        (
            D(2023, 1, 1),
            "Wmo",
            AMB,
            "Gewoon in de Wijk: vast bedrag voor begeleiding licht en middelzwaar",
            "document",
        ),
    ]
    m = [
        (
            "Normering uren huishoudelijke ondersteuning",
            "Wmo",
            HO,
            D(2022, 7, 1),
            -450_000_00,
            "gerealiseerd",
        ),
        (
            "Gewoon in de Wijk: vast bedrag per perceel",
            "Wmo",
            AMB,
            D(2023, 1, 1),
            -1_200_000_00,
            "gerealiseerd",
        ),
        ("Afschalen begeleiding na herbeoordeling", "Wmo", AMB, D(2024, 1, 1), -300_000_00, "loopt"),
        ("Collectief vervoer: rittenplafond", "Wmo", "Vervoer", D(2025, 1, 1), -150_000_00, "loopt"),
        (
            "Praktijkondersteuner jeugd bij de huisarts",
            "Jeugdwet",
            "Jeugd-ggz",
            D(2023, 9, 1),
            -500_000_00,
            "loopt",
        ),
        (
            "Reablement ambulante jeugdhulp",
            "Jeugdwet",
            "Jeugdhulp ambulant",
            D(2024, 5, 1),
            -400_000_00,
            "loopt",
        ),
        (
            "Top-20-gezinnen: één plan, één coördinator",
            "Jeugdwet",
            JVER,
            D(2027, 1, 1),
            -350_000_00,
            "voorgenomen",
        ),
    ]
    maatregelen = pl.DataFrame(
        m, schema=["maatregel", "wet", "hoofdproduct", "ingang_op", "effect", "status"], orient="row"
    ).with_columns(effect=(pl.col("effect") * inst.schaal).round(0).cast(pl.Int64))
    return {
        "cpi": pl.DataFrame(cpi, schema=["gemeentecode", "jaar", "index", "bron"], orient="row"),
        "benchmark": pl.DataFrame(
            b, schema=["gemeentecode", "gemeente", "jaar", "maat", "waarde", "eenheid", "bron"], orient="row"
        ),
        "breuken": pl.DataFrame(
            breuken, schema=["datum", "wet", "hoofdproduct", "omschrijving", "bron"], orient="row"
        ).select(
            pl.lit(GEMEENTE).alias("gemeentecode"), "datum", "wet", "hoofdproduct", "omschrijving", "bron"
        ),
        "maatregelen": maatregelen.select(
            pl.lit(GEMEENTE).alias("gemeentecode"),
            "maatregel",
            "wet",
            "hoofdproduct",
            "ingang_op",
            euro("effect", "effect_per_jaar"),
            "status",
            pl.lit("synthetisch").alias("bron"),
        ),
    }
