"""The peer's flows: spells and cells per view, doorstroom matched in a loop, stocks and flows per month."""

import pandas as pd

OPEN = pd.Timestamp("9999-12-31").as_unit("s")
ONDERBREKING = 90
NIEUW_JAREN = 5
KEY = ["gemeentecode", "niveau", "ouder", "client_id"]


def days(datum: pd.Series) -> pd.Series:
    """Days since 1970, so that gaps are subtractions."""
    return datum.astype("datetime64[s]").astype("int64") // 86_400


def make_intervals(delen: pd.DataFrame, wijkdelen: pd.DataFrame) -> pd.DataFrame:
    """Per view and cell the deliveries of a client merged over gaps of at most 90 days."""
    wet, product = delen["wet"].astype(str), delen["product"].astype(str)
    cellen = {
        "totaal": ("totaal", "totaal"),
        "wet": (wet, wet),
        "productgroep": (wet, wet + "|" + delen["productgroep"].astype(str)),
        "product": (wet, wet + "|" + product),
        "zwaarte": (wet, wet + "|" + product + "|" + delen["zwaarte"].astype(str)),
        "aanbieder": ("totaal", delen["aanbieder_agb"].astype(str)),
    }
    basis = delen[["gemeentecode", "client_id", "begin", "tot", "bedrag_cent"]]
    lagen = [basis.assign(niveau=n, ouder=o, cel=c) for n, (o, c) in cellen.items()]
    lagen.append(
        wijkdelen[["gemeentecode", "client_id", "begin", "tot", "bedrag_cent"]].assign(
            niveau="wijk", ouder="totaal", cel=wijkdelen["wijkcode"]
        )
    )
    alle = pd.concat(lagen, ignore_index=True)
    alle["b"], alle["t"] = days(alle["begin"]), days(alle["tot"])
    alle = alle.sort_values([*KEY, "cel", "b", "t"])
    groep = alle.groupby([*KEY, "cel"], sort=False)
    tot_nu = groep["t"].cummax()
    vorige = tot_nu.groupby([alle[k] for k in [*KEY, "cel"]], sort=False).shift()
    alle["nummer"] = (~((alle["b"] - vorige) <= ONDERBREKING)).cumsum()
    return alle.groupby([*KEY, "cel", "nummer"], sort=False, as_index=False).agg(
        begin=("begin", "min"), tot=("tot", "max"), bedrag_cent=("bedrag_cent", "sum")
    )


def match_cells(i: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Intervals marked with the spell they stand in, and the matched pairs (row numbers of van and naar)."""
    spells = i[i["niveau"].isin(["totaal", "wet"])].sort_values([*KEY, "begin"])
    vorige = spells.groupby(KEY, sort=False)["tot"].shift()
    spells = spells.assign(
        nieuw=vorige.isna() | (vorige <= spells["begin"] - pd.DateOffset(years=NIEUW_JAREN))
    )
    z = spells[["gemeentecode", "ouder", "client_id", "begin", "tot", "nieuw"]]
    g = (
        i.reset_index(drop=True)
        .reset_index(names="rij")
        .merge(z, on=["gemeentecode", "ouder", "client_id"], suffixes=("", "_z"))
    )
    g = g[(g["begin"] >= g["begin_z"]) & (g["begin"] < g["tot_z"])].set_index("rij")
    g["instroom"] = g["begin"] == g["begin_z"]
    g["uitstroom"] = (g["tot"] == g["tot_z"]) & (g["tot"] < OPEN)
    binnen = g[~g["niveau"].isin(["totaal", "wet"])]
    einden = binnen[~binnen["uitstroom"] & (binnen["tot"] < OPEN)]
    starts = binnen[~binnen["instroom"]].sort_values(
        ["begin", "bedrag_cent", "cel"], ascending=[True, False, True]
    )
    einden = einden.sort_values(["tot", "bedrag_cent", "cel"], ascending=[True, False, True])
    per_client: dict[tuple[str, ...], list[tuple[int, pd.Timestamp, str]]] = {}
    for rij, *sleutel, begin, cel in starts[[*KEY, "begin", "cel"]].itertuples():
        per_client.setdefault(tuple(sleutel), []).append((rij, begin, cel))
    paren, bezet = [], set()
    for rij, *sleutel, tot, cel in einden[[*KEY, "tot", "cel"]].itertuples():
        for andere, begin, naar in per_client.get(tuple(sleutel), []):
            if andere not in bezet and naar != cel and 0 <= (begin - tot).days <= ONDERBREKING:
                paren.append((rij, andere))
                bezet.add(andere)
                break
    return g, pd.DataFrame(paren, columns=["van", "naar"])


def count_flows(
    g: pd.DataFrame, paren: pd.DataFrame, eerste: pd.Timestamp, laatste: pd.Timestamp
) -> pd.DataFrame:
    """Stocks and flows per month, view and cell."""
    g = g.copy()
    g["dag_in"] = g["begin"]
    g["dag_uit"] = g["tot"].where(g["tot"] >= OPEN, g["tot"] - pd.Timedelta(days=1))
    g.loc[paren["van"], "dag_uit"] = g.loc[paren["naar"], "begin"].to_numpy()
    g["soort_in"] = "bijkomend"
    g.loc[paren["naar"], "soort_in"] = "doorstroom_in"
    g.loc[g["instroom"], "soort_in"] = "instroom"
    g["soort_uit"] = "afgevallen"
    g.loc[g["uitstroom"], "soort_uit"] = "uitstroom"
    g.loc[paren["van"], "soort_uit"] = "doorstroom_uit"
    g = g[g["niveau"] != "zwaarte"]
    rijen = []
    for maand in pd.date_range(eerste, laatste, freq="MS"):
        volgende = maand + pd.DateOffset(months=1)
        begin = g[(g["dag_in"] < maand) & (g["dag_uit"] >= maand)].groupby(["niveau", "cel"]).size()
        eind = g[(g["dag_in"] < volgende) & (g["dag_uit"] >= volgende)].groupby(["niveau", "cel"]).size()
        komt = g[(g["dag_in"] >= maand) & (g["dag_in"] < volgende)]
        gaat = g[(g["dag_uit"] >= maand) & (g["dag_uit"] < volgende)]
        stroom = pd.DataFrame({"begin": begin, "eind": eind})
        for deel, soort in ((komt, "soort_in"), (gaat, "soort_uit")):
            stroom = stroom.join(deel.groupby(["niveau", "cel", soort]).size().unstack(), how="outer")
        rijen.append(stroom.fillna(0).assign(maand=maand).reset_index())
    return pd.concat(rijen, ignore_index=True).fillna(0)
