"""The way in: meldingen and their handling, contacts per wijkteam."""

from __future__ import annotations

import numpy as np
import polars as pl

from sample_data.instellingen import GEMEENTE, NOOIT, Instellingen, als_datum, begin_van
from sample_data.patronen import INSTROOM_SEIZOEN
from sample_data.stad import WIJKEN, Adressen, inwoners
from sample_data.toewijzingen import Toewijzingen, geldig_wet
from sample_data.zorg import Personen


def make_meldingen(
    inst: Instellingen,
    p: Personen,
    a: Adressen,
    t: Toewijzingen,
    bsn: np.ndarray[tuple[int], np.dtype[np.str_]],
) -> pl.DataFrame:
    """meldingen.csv: melding -> onderzoek (6 weeks) -> aanvraag -> besluit (2 weeks).

    Terms get worse until 2022.

    Every first toewijzing under the Wmo, and those under the Jeugdwet that the gemeente referred, came from
    a melding; about one in five meldingen ends without one. Steps after the last day of the run are empty:
    open cases.
    """
    rng = inst.rng(15)
    s = t.seg
    wmo = geldig_wet(s.product)
    k = np.flatnonzero(s.eerste & ~t.verwijderd & (wmo | (t.verwijzer == 1)) & (s.begin >= inst.van_dag))
    af = rng.choice(k, size=k.size // 4, replace=True) if k.size else k
    rij = np.concatenate([k, af])
    toegekend = np.arange(rij.size) < k.size
    n = rij.size
    besluit = s.begin[rij] - rng.integers(0, 8, n) + np.where(toegekend, 0, rng.integers(-40, 40, n))
    jaar = besluit // 365 + 1970
    druk = np.clip(1 + 0.07 * (jaar - 2018), 1, 1.3) - np.where(jaar >= 2023, 0.12, 0)
    aanvraag = besluit - np.minimum(rng.gamma(2.2, 4.5, n) * druk, 60).astype(np.int64) - 1
    onderzoek = aanvraag - rng.integers(0, 8, n)
    melding = onderzoek - np.minimum(rng.gamma(3.0, 11.5, n) * druk, 200).astype(np.int64) - 2
    laatste = _laatste_wijk(a)
    wijk = laatste[p.huishouden[s.persoon[rij]]]
    teams = np.array([w[9] for w in WIJKEN] + ["Centrum"])
    tot = inst.tot_dag
    return (
        pl.DataFrame(
            {
                "wet": np.where(wmo[rij], "Wmo", "Jeugdwet"),
                "bsn": bsn[s.persoon[rij]],
                "wijkteam": teams[wijk],
                "verwijzer": t.verwijzer[rij],
                "melding": melding,
                "onderzoek": onderzoek,
                "aanvraag": aanvraag,
                "besluit": besluit,
                "toegekend": toegekend,
                "nummer": t.nummer[rij],
                "_u": rng.random(n),
            }
        )
        .filter(pl.col("melding") <= tot)
        .sort("melding", "wet", "nummer", "_u")
        .with_row_index("i", offset=1)
        .with_columns(
            *[
                pl.when(pl.col(c) <= tot).then(c).otherwise(NOOIT).alias(c)
                for c in ("onderzoek", "aanvraag", "besluit")
            ]
        )
        .select(
            gemeentecode=pl.lit(GEMEENTE),
            melding_id=pl.concat_str(pl.lit("M"), pl.col("i").cast(pl.String).str.zfill(7)),
            wet="wet",
            bsn="bsn",
            wijkteam="wijkteam",
            verwijzer=pl.col("verwijzer").cast(pl.String).str.zfill(2),
            melding_op=als_datum("melding"),
            onderzoek_op=als_datum("onderzoek"),
            aanvraag_op=als_datum("aanvraag"),
            besluit_op=als_datum("besluit"),
            besluit=pl.when(pl.col("besluit") >= NOOIT)
            .then(None)
            .when("toegekend")
            .then(pl.lit("toegekend"))
            .when(pl.col("_u") < 0.55)
            .then(pl.lit("ingetrokken"))
            .otherwise(pl.lit("afgewezen")),
            toewijzingnummer=pl.when(pl.col("toegekend") & (pl.col("besluit") < NOOIT))
            .then("nummer")
            .otherwise(None),
        )
    )


def _laatste_wijk(a: Adressen) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Wijk of each household's newest address; outside = the last place of the table of teams."""
    uit = np.zeros(int(a.huishouden.max()) + 1, dtype=np.int64)
    uit[a.huishouden] = a.wijk
    return np.where(uit < 0, len(WIJKEN), uit)


def make_klantcontacten(inst: Instellingen) -> pl.DataFrame:
    """klantcontacten.csv: contacts and referrals per sociaal wijkteam and month."""
    rng = inst.rng(16)
    teams = sorted({w[9] for w in WIJKEN})
    maanden = np.arange(inst.van, inst.tot + 1)
    delen = []
    for team in teams:
        rijen = [i for i, w in enumerate(WIJKEN) if w[9] == team]
        mensen = np.array([inwoners(int(m) // 12)[rijen].sum() for m in maanden])
        seizoen = np.array(INSTROOM_SEIZOEN["Wmo"])[maanden % 12]
        basis = mensen * 0.0105 * seizoen * (1 + 0.02 * (maanden / 12 - 2018)) * inst.schaal
        contacten = rng.poisson(basis)
        verwezen = rng.binomial(contacten, 0.24 - 0.004 * (maanden // 12 - 2018).clip(0, 10))
        delen.append(
            pl.DataFrame(
                {
                    "maand": begin_van(maanden),
                    "wijkteam": team,
                    "contacten": contacten,
                    "doorverwijzingen": verwezen,
                }
            )
        )
    return (
        pl.concat(delen)
        .sort("maand", "wijkteam")
        .select(
            gemeentecode=pl.lit(GEMEENTE),
            maand=als_datum("maand"),
            wijkteam="wijkteam",
            contacten="contacten",
            doorverwijzingen="doorverwijzingen",
            bron=pl.lit("synthetisch"),
        )
    )


PERCELEN = (("Centrum", 0.09), ("Noord", 0.30), ("Oost", 0.19), ("Schalkwijk", 0.28), ("Zuid-West", 0.14))


def make_kpi(inst: Instellingen) -> pl.DataFrame:
    """kpi.csv: yearly figures of what messages do not hold, the lump-sum percelen and the open dagbesteding.

    Clients of the percelen are those of light and middle begeleiding, rising a little; visitors of the open
    dagbesteding rise as it takes over from the maatwerkvoorziening. Synthetic.
    """
    rijen: list[tuple[object, ...]] = []

    def add(jaar: int, onderdeel: str, maat: str, waarde: float, eenheid: str) -> None:
        rijen.append((GEMEENTE, jaar, None, onderdeel, maat, float(round(waarde)), eenheid, "synthetisch"))

    for jaar in range(inst.van // 12, inst.tot // 12 + 1):
        bezoek = 700 + 60 * (jaar - 2018)
        add(jaar, "Open dagbesteding", "bezoekers", bezoek * inst.schaal, "personen")
        if jaar >= 2023:
            for perceel, deel in PERCELEN:
                mensen = (930 + 35 * (jaar - 2023)) * deel * inst.schaal
                naam = f"Gewoon in de Wijk {perceel}"
                add(jaar, naam, "cliënten in ondersteuning", mensen, "cliënten")
                add(jaar, naam, "wachttijd", 21 - (jaar - 2023), "dagen")
    return pl.DataFrame(
        rijen,
        orient="row",
        schema={
            "gemeentecode": pl.String,
            "jaar": pl.Int64,
            "maand": pl.Int64,
            "onderdeel": pl.String,
            "maat": pl.String,
            "waarde": pl.Float64,
            "eenheid": pl.String,
            "bron": pl.String,
        },
    )
