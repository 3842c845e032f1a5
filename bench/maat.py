"""The peer of the build: what a data analyst would write in pandas over the same lake, for the same totals.

Lines with their answers, the newest version of each toewijzing, levering out of starts and stops, and of the
marts the first five: client_maand, pq_maand, uitnutting_maand, stroom_maand and doorstroom. Only as known
now: no 'as known then', no names, no checks, nothing published but Parquet. Run by bench/warehouse.py:
python -m bench.maat LAKE FOLDER
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from bench.maat_kern import (
    DAG,
    OOIT,
    OPEN,
    TOEWIJZING,
    WIE,
    answer,
    known_messages,
    make_levering,
    newest_toewijzing,
    read,
)
from bench.maat_mart import (
    cells,
    make_client_maand,
    make_expected,
    make_periods,
    make_pq,
    make_uitnutting,
    name_products,
)
from bench.maat_stroom import count_flows, make_intervals, match_cells


def months_of_clients(
    levering: pd.DataFrame, t: pd.DataFrame, regels: pd.DataFrame, adres: pd.DataFrame, maanden: pd.DataFrame
) -> pd.DataFrame:
    """The wijk of each client on the 1st of each month with care or an allocation."""
    wie = ["gemeentecode", "client_id"]
    geldig = t.loc[~t["verwijderd"], [*wie, "ingangsdatum", "einde"]]
    perioden = pd.concat(
        [
            levering[[*wie, "begindatum", "einddatum"]],
            geldig.rename(columns={"ingangsdatum": "begindatum", "einde": "einddatum"}),
        ]
    ).drop_duplicates()
    perioden["einddatum"] = perioden["einddatum"].fillna(OPEN)
    delen = [regels[[*wie, "levermaand"]].rename(columns={"levermaand": "maand"}).drop_duplicates()]
    for m in maanden.itertuples(index=False):
        raakt = (perioden["begindatum"] < m.volgende) & (perioden["einddatum"] > m.maand)
        delen.append(perioden.loc[raakt, wie].drop_duplicates().assign(maand=m.maand))
    samen = pd.concat(delen).drop_duplicates()
    m = samen.merge(adres, on=wie)
    m = m.loc[(m["van"] <= m["maand"]) & (m["tot"] > m["maand"]), [*wie, "maand", "wijkcode"]]
    samen = samen.merge(m, on=[*wie, "maand"], how="left")
    samen["wijkcode"] = samen["wijkcode"].fillna("onbekend")
    return samen


def make_addresses(client: pd.DataFrame) -> pd.DataFrame:
    """Periods in which a client lives in a wijk; before the first address and in gaps the next one counts."""
    wie = ["gemeentecode", "client_id"]
    c = client[client["wijkcode"].notna()].copy()
    van = c["adres_van"].where(c["adres_van"].notna(), c["ontvangen_op"].dt.normalize())
    c["van"] = van.where(c["adres_van"].notna() | (c["bron"] == "bericht"), OOIT)
    c = c.sort_values(
        ["ontvangen_op", "bron", "bericht_id", "regel_nr"], ascending=[False, True, False, False]
    )
    c = c.drop_duplicates([*wie, "van"]).sort_values([*wie, "van"])
    volgende = c.groupby(wie)["van"].shift(-1)
    c["tot"] = pd.concat([volgende, c["adres_tot"] + DAG], axis=1).min(axis=1).fillna(OPEN)
    c["van"] = c.groupby(wie)["tot"].shift().fillna(OOIT)
    return c[[*wie, "van", "tot", "wijkcode"]]


def make_flow_parts(
    levering: pd.DataFrame, regels: pd.DataFrame, perioden: pd.DataFrame, grens: pd.Timestamp
) -> pd.DataFrame:
    """Deliveries cut at the renaming of products, with their euros."""
    d = levering[levering["begindatum"] < grens].copy()
    d["einde"] = d["einddatum"].where(d["einddatum"] <= grens, OPEN)
    euros = regels.groupby(TOEWIJZING, as_index=False)["realisatie_cent"].sum()
    d = d.merge(euros.rename(columns={"realisatie_cent": "bedrag_cent"}), on=TOEWIJZING, how="left")
    d["bedrag_cent"] = d["bedrag_cent"].fillna(0)
    d["aanbieder_agb"] = d["aanbieder_agb"].fillna("onbekend")
    d = name_products(d, perioden, "begindatum", "einde")
    d["begin"] = pd.concat([d["begindatum"], d["naam_van"]], axis=1).max(axis=1)
    d["tot"] = pd.concat([d["einde"], d["naam_tot"]], axis=1).min(axis=1)
    return d


def make_wijk_parts(delen: pd.DataFrame, wijken: pd.DataFrame) -> pd.DataFrame:
    """Deliveries cut at the removals of their clients."""
    wie = ["gemeentecode", "client_id"]
    w = wijken.sort_values([*wie, "maand"])
    w = w[w["wijkcode"] != w.groupby(wie)["wijkcode"].shift().fillna("")]
    w = w.assign(w_tot=w.groupby(wie)["maand"].shift(-1).fillna(OPEN), w_van=w["maand"])
    w.loc[~w.duplicated(wie), "w_van"] = OOIT
    d = delen.merge(w[[*wie, "wijkcode", "w_van", "w_tot"]], on=wie)
    d = d[(d["w_van"] < d["tot"]) & (d["w_tot"] > d["begin"])].copy()
    d["begin"] = pd.concat([d["begin"], d["w_van"]], axis=1).max(axis=1)
    d["tot"] = pd.concat([d["tot"], d["w_tot"]], axis=1).min(axis=1)
    return d


def main(lake: Path, uit: Path) -> None:
    """Derive everything, write it as Parquet and print the totals as JSON."""
    uit.mkdir(parents=True, exist_ok=True)
    b = known_messages(lake)
    kolommen = [
        *WIE,
        "toewijzing_sleutel",
        "productcategorie",
        "productcode",
        "periode_begin",
        "periode_eind",
        "volume",
        "eenheid",
        "tarief_cent",
        "bedrag_cent",
        "debet_credit",
        "referentienummer",
        "declaratienummer",
        "bericht_id",
        "bron",
        "status",
        "toegekend_cent",
        "ontvangen_op",
    ]
    r = read(lake, "declaratieregel", kolommen)
    r = r[r["bericht_id"].isin(b["bericht_id"])]
    starts, stops = (read(lake, naam) for naam in ("start", "stop"))
    alle = [r["ontvangen_op"].max(), starts["ontvangen_op"].max(), stops["ontvangen_op"].max()]
    bekend = max([*alle, b.loc[b["soort"] == "bericht", "ontvangen_op"].max()]).normalize()
    grens = bekend + DAG
    # what an extract and a message both tell counts once
    regel = ["gemeentecode", "wet", "aanbieder_agb", "referentienummer"]
    r = r.sort_values("bron", kind="stable")
    r = r[~((r["bron"] == "extract") & r["referentienummer"].notna() & r.duplicated(regel))]
    r = answer(r, lake, b)
    t = newest_toewijzing(lake, b["bericht_id"], grens)
    starts, stops = (f[f["bericht_id"].isin(b["bericht_id"])] for f in (starts, stops))
    levering = make_levering(starts, stops, t, r, bekend)
    perioden = make_periods(read(lake, "product"))
    laatste = (grens.to_period("M") - 1).to_timestamp().as_unit("s")
    maanden = pd.DataFrame({"maand": pd.date_range(r["levermaand"].min(), bekend, freq="MS").as_unit("s")})
    maanden["volgende"] = (maanden["maand"] + pd.DateOffset(months=1)).astype("datetime64[s]")
    maanden["dagen"] = maanden["maand"].dt.days_in_month
    maanden["jaardagen"] = np.where(maanden["maand"].dt.is_leap_year, 366, 365)
    wijken = months_of_clients(levering, t, r, make_addresses(read(lake, "client")), maanden)
    f = cells(r, perioden, wijken, t)
    client_maand = make_client_maand(f)
    verwacht = make_expected(t, perioden, wijken, maanden)
    pq = make_pq(client_maand, verwacht)
    uitnutting = make_uitnutting(f, verwacht, read(lake, "tarief"), r)
    delen = make_flow_parts(levering, r, perioden, grens)
    g, paren = match_cells(make_intervals(delen, make_wijk_parts(delen, wijken)))
    stroom = count_flows(g, paren, r["levermaand"].min(), laatste)
    zwaarte = paren[paren["van"].isin(g.index[g["niveau"] == "zwaarte"])]
    naar = g.loc[zwaarte["naar"], "begin"]
    uitkomsten = {
        "declaratieregel": r,
        "toewijzing": t,
        "levering": levering,
        "pq_maand": pq,
        "uitnutting_maand": uitnutting,
        "client_maand": client_maand[client_maand["volume_6000"] > 0],
        "stroom_maand": stroom,
    }
    for naam, frame in uitkomsten.items():
        frame.to_parquet(uit / f"{naam}.parquet")
    positief = uitkomsten["client_maand"]
    totalen = {
        "regels": len(r),
        "realisatie_cent": r["realisatie_cent"].sum(),
        "toewijzingen": (~t["verwijderd"]).sum(),
        "leveringen": len(levering),
        "clienten": positief["client_id"].nunique(),
        "clientmaanden": len(positief[["client_id", "levermaand"]].drop_duplicates()),
        "pq_cent": pq["realisatie_cent"].sum(),
        "clientdagen": pq["clientdagen"].sum(),
        "toegewezen_cent": uitnutting["toegewezen_cent"].sum(),
        "geleverd_cent": uitnutting["geleverd_cent"].sum(),
        **{
            s: stroom[s].sum()
            for s in ("instroom", "bijkomend", "doorstroom_in", "afgevallen", "uitstroom", "eind")
        },
        "paren": ((naar < grens) & (naar >= r["levermaand"].min())).sum(),
    }
    print(json.dumps({naam: int(waarde) for naam, waarde in totalen.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
