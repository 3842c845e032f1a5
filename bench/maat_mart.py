"""The peer's marts of P and Q: client_maand, pq_maand and uitnutting_maand, in pandas."""

import numpy as np
import pandas as pd

OPEN = pd.Timestamp("9999-12-31").as_unit("s")
OOIT = pd.Timestamp("0001-01-01").as_unit("s")
SPREIDING = 12
NAAM = ["hoofdproduct", "productgroep", "product", "zwaarte"]
NAAR = {  # (van, naar): 6000ths
    ("01", "01"): 6000, ("01", "04"): 100, ("04", "04"): 6000, ("04", "01"): 360_000, ("14", "14"): 6000,
    ("16", "16"): 6000, ("21", "21"): 6000, ("81", "81"): 6000, ("82", "82"): 6000, ("82", "84"): 6000,
    ("84", "82"): 6000, ("84", "84"): 6000, ("83", "83"): 60,
}  # fmt: skip
FACTOR = pd.DataFrame([(v, n, f) for (v, n), f in NAAR.items()], columns=["eenheid", "naar", "factor"])


def make_periods(product: pd.DataFrame) -> pd.DataFrame:
    """Names of each product code per period; a category alone is 'niet gespecificeerd'."""
    p = product.sort_values("geldig_van")
    sleutel = ["gemeentecode", "wet", "productcategorie", "productcode"]
    p = p.assign(van=p["geldig_van"], tot=p.groupby(sleutel)["geldig_van"].shift(-1))
    p["tot"] = p["tot"].fillna(OPEN)
    p.loc[~p.duplicated(sleutel), "van"] = OOIT
    per = p.groupby(sleutel[:3], as_index=False).agg(
        productgroep=("productgroep", lambda x: x.iloc[0] if x.nunique() == 1 else "niet gespecificeerd"),
        hoofdproduct=("hoofdproduct", lambda x: x.iloc[0] if x.nunique() == 1 else "niet gespecificeerd"),
    )
    niets = (
        p[["gemeentecode", "wet"]]
        .drop_duplicates()
        .assign(productcategorie="-", productgroep="niet gespecificeerd", hoofdproduct="niet gespecificeerd")
    )
    leeg = pd.concat([per, niets]).assign(
        productcode="-", product="niet gespecificeerd", zwaarte="n.v.t.", zwaarte_rang=0, van=OOIT, tot=OPEN
    )
    kolommen = [*sleutel, *NAAM, "zwaarte_rang", "eenheid", "van", "tot"]
    return pd.concat([p[kolommen], leeg.reindex(columns=kolommen)], ignore_index=True)


def name_products(
    frame: pd.DataFrame, perioden: pd.DataFrame, op: str, tot: str | None = None
) -> pd.DataFrame:
    """Rows with the names valid on day `op` (or in all periods that touch [op, tot))."""
    sleutel = ["gemeentecode", "wet", "productcategorie", "productcode"]
    f = frame.assign(
        productcategorie=frame["productcategorie"].fillna("-"), productcode=frame["productcode"].fillna("-")
    ).reset_index(drop=True)
    f["rij"] = f.index
    p = perioden.rename(columns={"eenheid": "telt_in"})
    m = f[[*sleutel, "rij", op, *([tot] if tot else [])]].merge(p, on=sleutel)
    raakt = (m["van"] < m[tot]) & (m["tot"] > m[op]) if tot else (m["van"] <= m[op]) & (m["tot"] > m[op])
    gevonden = m.loc[raakt, ["rij", *NAAM, "zwaarte_rang", "telt_in", "van", "tot"]]
    f = f.merge(gevonden.rename(columns={"van": "naam_van", "tot": "naam_tot"}), on="rij", how="left").drop(
        columns="rij"
    )
    f[NAAM] = f[NAAM].astype(object).where(f[NAAM].notna(), "onbekend")
    return f


def convert_units(f: pd.DataFrame) -> pd.DataFrame:
    """Unit in which the product counts, and the factor to 6000ths of it."""
    f = f.assign(naar=f["telt_in"].astype(object).where(f["telt_in"].notna(), f["eenheid"]))
    f = f.merge(FACTOR, on=["eenheid", "naar"], how="left")
    f["eenheid"] = f["eenheid"].where(f["factor"].isna(), f["naar"])
    return f.assign(factor=f["factor"].fillna(6000))


def cells(
    regels: pd.DataFrame, perioden: pd.DataFrame, wijken: pd.DataFrame, t: pd.DataFrame
) -> pd.DataFrame:
    """Lines brought to product, unit, wijk and kind of allocation."""
    f = convert_units(name_products(regels, perioden, "levermaand"))
    wijk = wijken.rename(columns={"maand": "levermaand"})
    f = f.merge(wijk, on=["gemeentecode", "client_id", "levermaand"], how="left")
    f["wijkcode"] = f["wijkcode"].fillna("onbekend")
    geldig = t.loc[~t["verwijderd"], ["gemeentecode", "wet", "toewijzing_sleutel", "volume"]]
    geldig = geldig.assign(aard=np.where(geldig["volume"].isna(), "algemeen", "specifiek")).drop(
        columns="volume"
    )
    f = f.merge(geldig, on=["gemeentecode", "wet", "toewijzing_sleutel"], how="left")
    f["aard"] = f["aard"].fillna("geen")
    af = f["status"] == "afgekeurd"
    f["volume_6000"] = np.where(af, 0, f["volume"] * f["factor"]).astype("int64")
    dagen = (f["periode_eind"] - f["periode_begin"]).dt.days + 1
    f["dagen"] = np.where(af, 0, np.where(f["debet_credit"] == "C", -dagen, dagen))
    return f


CEL = ["levermaand", "gemeentecode", "wet", *NAAM, "aanbieder_agb", "wijkcode", "eenheid"]


def make_client_maand(f: pd.DataFrame) -> pd.DataFrame:
    """Client × cell, also where the net volume is not above 0."""
    m = f.groupby([*CEL, "client_id"], dropna=False, observed=True, as_index=False).agg(
        volume_6000=("volume_6000", "sum"),
        dagen=("dagen", "sum"),
        realisatie_cent=("realisatie_cent", "sum"),
        regels=("realisatie_cent", "size"),
    )
    dagen = m["levermaand"].dt.days_in_month
    m["clientdagen"] = np.where(m["volume_6000"] <= 0, 0, np.clip(np.minimum(m["dagen"], dagen), 0, None))
    return m


def make_expected(
    t: pd.DataFrame, perioden: pd.DataFrame, wijken: pd.DataFrame, maanden: pd.DataFrame
) -> pd.DataFrame:
    """Allocated volume and budget per month and cell."""
    g = t[~t["verwijderd"] & (t["einde"].isna() | (t["einde"] > t["ingangsdatum"]))].copy()
    g["tot"] = g["einde"].fillna(OPEN)
    een_jaar_later = g["ingangsdatum"] + pd.DateOffset(months=SPREIDING)
    g["totaal_tot"] = g["einde"].fillna(een_jaar_later)
    delen = []
    for maand in maanden.itertuples(index=False):
        nu = g[(g["ingangsdatum"] < maand.volgende) & (g["tot"] > maand.maand)].copy()
        van = nu["ingangsdatum"].clip(lower=maand.maand)
        nu["dagen"] = (nu["tot"].clip(upper=maand.volgende) - van).dt.days
        nu["totaal_dagen"] = (nu["totaal_tot"].clip(upper=maand.volgende) - van).dt.days.clip(lower=0)
        nu["levermaand"], nu["maanddagen"], nu["jaardagen"] = maand.maand, maand.dagen, maand.jaardagen
        delen.append(nu)
    v = pd.concat(delen, ignore_index=True)
    deler = v["frequentie"].map({"1": 1, "2": 7, "3": 28}).astype(float)
    deler = deler.where(v["frequentie"] != "4", v["maanddagen"]).where(v["frequentie"] != "5", v["jaardagen"])
    geldigheid = (v["totaal_tot"] - v["ingangsdatum"]).dt.days
    eigen = np.where(
        deler.isna(), v["volume"] * v["totaal_dagen"] / geldigheid, v["volume"] * v["dagen"] / deler
    )
    v["verwacht"] = eigen
    v["budget"] = (v["budget_cent"] * v["totaal_dagen"] / geldigheid).where(v["volume"].isna()).round()
    v = convert_units(name_products(v, perioden, "levermaand"))
    v["verwacht"] = (v["verwacht"] * v["factor"] / 6000).round(6)
    wijk = wijken.rename(columns={"maand": "levermaand"})
    v = v.merge(wijk, on=["gemeentecode", "client_id", "levermaand"], how="left")
    v["wijkcode"] = v["wijkcode"].fillna("onbekend")
    v["zonder"] = v["volume"].isna()
    sleutel = [*CEL, "productcode", "zonder"]
    return v.groupby(sleutel, dropna=False, observed=True, as_index=False).agg(
        verwacht=("verwacht", lambda x: x.sum(min_count=1)), budget=("budget", "sum")
    )


def make_pq(client_maand: pd.DataFrame, verwacht: pd.DataFrame) -> pd.DataFrame:
    """Cells of P and Q."""
    toegewezen = verwacht.loc[verwacht["verwacht"].notna(), [*CEL, "verwacht"]]
    samen = pd.concat([client_maand, toegewezen], ignore_index=True)
    return samen.groupby(CEL, dropna=False, observed=True, as_index=False).agg(
        volume_6000=("volume_6000", "sum"),
        clientdagen=("clientdagen", "sum"),
        toegewezen=("verwacht", lambda x: x.sum(min_count=1)),
        realisatie_cent=("realisatie_cent", "sum"),
        regels=("regels", "sum"),
    )


def make_uitnutting(
    f: pd.DataFrame, verwacht: pd.DataFrame, tarief: pd.DataFrame, regels: pd.DataFrame
) -> pd.DataFrame:
    """Allocated beside delivered, in cents at the contract price, else at the median of what was declared."""
    code = ["gemeentecode", "wet", "productcode", "eenheid"]
    plek = [*code, "aanbieder_agb", "levermaand"]
    geleverd = f.groupby([*CEL, "productcode", "aard"], dropna=False, observed=True, as_index=False)[
        ["volume_6000", "realisatie_cent"]
    ].sum()
    prijs = pd.concat(
        [
            geleverd.loc[geleverd["aard"] == "specifiek", plek],
            verwacht.loc[verwacht["verwacht"].notna(), plek],
        ]
    ).drop_duplicates()
    c = tarief.merge(FACTOR, on="eenheid")
    c = (
        c.assign(prijs=c["tarief_cent"] * 6000.0 / c["factor"])
        .drop(columns="eenheid")
        .rename(columns={"naar": "eenheid"})
    )
    c = prijs.merge(c, on=[*code, "aanbieder_agb"])
    volgende = c["levermaand"] + pd.DateOffset(months=1)
    geldt = (c["geldig_van"].fillna(OOIT) < volgende) & (c["geldig_tot"].fillna(OPEN) >= c["levermaand"])
    c = c[geldt].sort_values(["geldig_van", "tarief_cent"]).drop_duplicates(plek)
    d = regels[
        regels["tarief_cent"].notna() & (regels["debet_credit"] == "D") & (regels["status"] != "afgekeurd")
    ]
    d = d[["gemeentecode", "wet", "productcode", "eenheid", "levermaand", "tarief_cent"]].merge(
        FACTOR, on="eenheid"
    )
    d = d.assign(
        prijs=d["tarief_cent"] * 6000.0 / d["factor"], eenheid=d["naar"], jaar=d["levermaand"].dt.year
    )
    per_jaar = d.groupby([*code, "jaar"])["prijs"].median().rename("jaarprijs")
    alle = d.groupby(code)["prijs"].median().rename("altijd")
    prijs = prijs.assign(jaar=prijs["levermaand"].dt.year).merge(c[[*plek, "prijs"]], on=plek, how="left")
    prijs = prijs.join(per_jaar, on=[*code, "jaar"]).join(alle, on=code)
    prijs["prijs"] = prijs["prijs"].fillna(prijs["jaarprijs"]).fillna(prijs["altijd"])
    prijs.loc[prijs["eenheid"] == "83", "prijs"] = 100.0
    geleverd = geleverd.merge(prijs[[*plek, "prijs"]], on=plek, how="left")
    specifiek = (geleverd["aard"] == "specifiek") & geleverd["prijs"].notna()
    tegen_prijs = (geleverd["volume_6000"] * geleverd["prijs"] / 6000).round()
    geleverd["geleverd_cent"] = tegen_prijs.where(specifiek, geleverd["realisatie_cent"])
    v = verwacht.merge(prijs[[*plek, "prijs"]], on=plek, how="left")
    v["aard"] = np.where(v["verwacht"].notna(), "specifiek", "algemeen")
    v["toegewezen_cent"] = (v["verwacht"] * v["prijs"]).round().where(v["verwacht"].notna(), v["budget"])
    samen = pd.concat([geleverd, v], ignore_index=True)
    anders = samen["aard"].map({"algemeen": "niet gespecificeerd", "geen": "zonder toewijzing"})
    samen["product"] = anders.where(anders.notna(), samen["product"])
    samen.loc[samen["aard"] != "specifiek", "zwaarte"] = "n.v.t."
    samen.loc[samen["aard"] != "specifiek", ["eenheid", "volume_6000"]] = None
    return samen.groupby(CEL, dropna=False, observed=True, as_index=False)[
        ["verwacht", "volume_6000", "toegewezen_cent", "geleverd_cent", "realisatie_cent"]
    ].sum()
