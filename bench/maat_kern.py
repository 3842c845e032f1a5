"""The peer's kern: lines with their answers, the newest version of each toewijzing, levering; in pandas."""

from pathlib import Path

import numpy as np
import pandas as pd
from deltalake import DeltaTable

WIE = ["gemeentecode", "wet", "aanbieder_agb", "client_id"]
TOEWIJZING = ["gemeentecode", "wet", "toewijzing_sleutel"]
OPEN = pd.Timestamp("9999-12-31").as_unit("s")
OOIT = pd.Timestamp("0001-01-01").as_unit("s")
DAG = pd.Timedelta(days=1)
ONDERBREKING = 90
REDEN = {
    "02": "02",
    "03": "36",
    "05": "36",
    "08": "36",
    "10": "36",
    "11": "36",
    "06": "39",
    "09": "38",
    "12": "37",
}


def read(lake: Path, naam: str, kolommen: list[str] | None = None) -> pd.DataFrame:
    """One table of the lake."""
    tabel = DeltaTable(str(lake / naam)).to_pyarrow_table(columns=kolommen)
    frame = tabel.to_pandas(date_as_object=False)
    for kolom in frame.select_dtypes("datetime").columns:
        frame[kolom] = frame[kolom].astype("datetime64[s]")
    return frame


def known_messages(lake: Path) -> pd.DataFrame:
    """Messages whose rows count: of one identity the first received."""
    b = read(lake, "bericht")
    b = b[b["status"].isin(["geladen", "deels"])].sort_values(["ontvangen_op", "bericht_id"])
    afzender = b["afzender"].fillna(b["aanbieder_agb"])
    wie = (
        b["identificatie"]
        .fillna(b["declaratienummer"])
        .where(b["soort"] == "bericht")
        .fillna(b["bericht_id"])
    )
    sleutel = pd.DataFrame({"s": b["soort"], "w": b["wet"], "t": b["berichttype"], "a": afzender, "i": wie})
    return b[~sleutel.duplicated()]


def answer(regels: pd.DataFrame, lake: Path, b: pd.DataFrame) -> pd.DataFrame:
    """Lines with status and realisatie_cent."""
    a = read(lake, "declaratieantwoord")
    a = a[a["bericht_id"].isin(b["bericht_id"])].copy()
    kop = a[a["niveau"] == "bericht"].groupby("bericht_id")["retourcodes"].max().rename("kop")
    decl = (
        a[a["niveau"] == "declaratie"]
        .groupby("bericht_id")
        .agg(
            codes=("retourcodes", "max"),
            ingediend=("ingediend_cent", "sum"),
            toegekend=("toegekend_cent", "sum"),
        )
    )
    prestatie = a[a["niveau"] == "prestatie"].copy()
    prestatie["weg"] = prestatie["ingediend_cent"] - prestatie["toegekend_cent"].fillna(0)
    genoemd = prestatie.groupby("bericht_id").agg(regels=("weg", "size"), genoemd=("weg", "sum"))
    per = a.groupby(["gemeentecode", "wet", "aanbieder_agb", "bericht_id"], as_index=False).agg(
        identificatie=("declaratie_identificatie", "max"),
        nummer=("declaratienummer", "max"),
        op=("ontvangen_op", "min"),
    )
    per = per.join(kop, on="bericht_id").join(decl, on="bericht_id").join(genoemd, on="bericht_id")
    per[["kop", "codes"]] = per[["kop", "codes"]].astype(object).where(per[["kop", "codes"]].notna(), "")
    per[["regels", "genoemd"]] = per[["regels", "genoemd"]].fillna(0)
    met = per["ingediend"].notna()
    per["alles_af"] = (
        ("," + per["kop"] + ",").str.contains(",0001,")
        | (~met & ~per["kop"].isin(["0200", "8001"]))
        | (
            met & (per["toegekend"] == 0) & ~per["codes"].isin(["0200", "8001"])
            & ((per["regels"] == 0) | (per["genoemd"] != per["ingediend"]))
        )
    )  # fmt: skip
    per["dubbele"] = (per["kop"] + "," + per["codes"]).str.contains("9333|9056|0030")
    declaraties = b[(b["soort"] == "bericht") & b["berichttype"].str.contains("323|303")]
    sleutel = ["gemeentecode", "wet", "aanbieder_agb", "identificatie"]
    declaraties = declaraties[[*sleutel, "bericht_id"]].rename(columns={"bericht_id": "declaratie"})
    per = per.rename(columns={"bericht_id": "antwoord"}).merge(declaraties, on=sleutel, how="left")
    per = per.sort_values(["dubbele", "op", "antwoord"], ascending=[True, False, False])
    wat = per["declaratie"].fillna(per["nummer"]).fillna(per["antwoord"])
    per = per[~per.assign(wat=wat).duplicated(["gemeentecode", "wet", "aanbieder_agb", "wat"])]
    oordeel = ["antwoord", "alles_af"]
    eigen = per.loc[per["declaratie"].notna(), ["declaratie", *oordeel]]
    r = regels.merge(eigen, left_on="bericht_id", right_on="declaratie", how="left")
    # an answer to a declaration that is only known as an extract finds its lines by number
    wie = ["gemeentecode", "wet", "aanbieder_agb", "declaratienummer"]
    los = per[per["declaratie"].isna()].rename(columns={"nummer": "declaratienummer"})
    r = r.merge(los[[*wie, *oordeel]], on=wie, how="left", suffixes=("", "_los"))
    for kolom in oordeel:
        r[kolom] = r[kolom].astype(object).where(r[kolom].notna(), r[f"{kolom}_los"].astype(object))
    af = (
        prestatie.groupby(["bericht_id", "referentienummer"])["toegekend_cent"]
        .max()
        .fillna(0)
        .rename("deels")
    )
    r = r.merge(af, left_on=["antwoord", "referentienummer"], right_index=True, how="left")
    client = a[(a["niveau"] == "client") & ~a["retourcodes"].fillna("").isin(["", "0200", "8001"])]
    client = client[["bericht_id", "client_id"]].drop_duplicates().assign(client_af=True)
    r = r.merge(client.rename(columns={"bericht_id": "antwoord"}), on=["antwoord", "client_id"], how="left")
    uit_extract = (r["bron"] == "extract") & r["status"].notna() & (r["status"] != "in behandeling")
    afgekeurd = (r["alles_af"].fillna(False).astype(bool)) | r["client_af"].notna() | (r["deels"] == 0)
    oordeel = np.where(
        r["antwoord"].isna(), "in behandeling", np.where(afgekeurd, "afgekeurd", "goedgekeurd")
    )
    r["status"] = np.where(uit_extract, r["status"].astype(object), oordeel)
    toegekend = r["toegekend_cent"].where(uit_extract, r["deels"]).fillna(r["bedrag_cent"])
    bedrag = np.where(r["status"] == "in behandeling", r["bedrag_cent"], toegekend)
    r["realisatie_cent"] = np.where(r["status"] == "afgekeurd", 0, bedrag).astype("int64")
    r["levermaand"] = month_of(r["periode_begin"])
    return r.drop(columns=["declaratie", "alles_af", "deels", "client_af", "antwoord", "toegekend_cent"])


def month_of(dag: pd.Series) -> pd.Series:
    """First day of the month."""
    return dag.dt.normalize() - pd.to_timedelta(dag.dt.day - 1, unit="D").astype("timedelta64[s]")


def newest_toewijzing(lake: Path, berichten: pd.Series, grens: pd.Timestamp) -> pd.DataFrame:
    """The valid version of each toewijzing."""
    t = read(lake, "toewijzing")
    t = t[t["bericht_id"].isin(berichten) & (t["ontvangen_op"] < grens)]
    volgorde = ["toegewezen_op", "bron", "ontvangen_op", "bericht_id", "regel_nr"]
    t = t.sort_values(volgorde, ascending=[False, True, False, False, False]).drop_duplicates(TOEWIJZING)
    t["einde"] = t["einddatum"] + DAG
    t["verwijderd"] = (t["reden_wijziging"] == "13") | (
        (t["reden_wijziging"] == "01") & (t["einddatum"] == t["ingangsdatum"])
    )
    return t


def standing(frame: pd.DataFrame, sleutel: list[str]) -> pd.DataFrame:
    """Starts or stops that were not taken back (statusaanlevering 3)."""
    f = frame.assign(weg=(frame["status_aanlevering"] == "3"))
    f["laatst"] = f.groupby(sleutel, dropna=False)["ontvangen_op"].transform("max") == f["ontvangen_op"]
    f["blijft"], f["ging"], f["was"] = (
        ~f["weg"] & f["laatst"],
        f["weg"] & f["laatst"],
        ~f["weg"] & ~f["laatst"],
    )
    som = f.groupby(sleutel, dropna=False, as_index=False)[["blijft", "ging", "was"]].any()
    som = som[som["blijft"] & (~som["ging"] | som["was"])]
    zonder = som["productcategorie"].fillna("") + "|" + som["productcode"].fillna("")
    return som.assign(sleutel=som["toewijzing_sleutel"].fillna(zonder))[[*sleutel, "sleutel"]]


def delivered_parts(regels: pd.DataFrame) -> pd.DataFrame:
    """Per toewijzing its stretches of delivery between silences: deel, eerste, laatste, gevolgd."""
    goed = regels[(regels["status"] != "afgekeurd") & (regels["debet_credit"] == "D")]
    dagen = goed.groupby([*TOEWIJZING, "periode_begin"], as_index=False)["periode_eind"].max()
    dagen = dagen.sort_values([*TOEWIJZING, "periode_begin"])
    tot_dan = dagen.groupby(TOEWIJZING)["periode_eind"].cummax()
    tot_dan = tot_dan.groupby([dagen[k] for k in TOEWIJZING]).shift(1)
    dagen["nieuw"] = (dagen["periode_begin"] - tot_dan).dt.days - 1 > ONDERBREKING
    dagen["deel"] = dagen.groupby(TOEWIJZING)["nieuw"].cumsum()
    delen = dagen.groupby([*TOEWIJZING, "deel"], as_index=False).agg(
        eerste=("periode_begin", "min"), laatste=("periode_eind", "max")
    )
    delen["gevolgd"] = delen["deel"] < delen.groupby(TOEWIJZING)["deel"].transform("max")
    return delen


def make_levering(
    starts: pd.DataFrame, stops: pd.DataFrame, t: pd.DataFrame, regels: pd.DataFrame, bekend: pd.Timestamp
) -> pd.DataFrame:
    """From start to stop, else what the toewijzing and its lines say."""
    wat = [*WIE, "toewijzing_sleutel", "productcategorie", "productcode", "begindatum"]
    s = standing(starts, wat)
    e = standing(stops[stops["einddatum"].notna()], [*wat, "einddatum", "reden_beeindiging"]).reset_index(
        drop=True
    )
    paar = e.reset_index().merge(
        s[[*WIE, "sleutel", "begindatum"]], on=[*WIE, "sleutel"], suffixes=("", "_start")
    )
    paar = paar[paar["begindatum_start"] <= paar["einddatum"]]
    zelfde = paar[paar["begindatum_start"] == paar["begindatum"]].groupby("index")["begindatum_start"].max()
    laatste = paar.groupby("index")["begindatum_start"].max()
    e["begindatum"] = (
        zelfde.reindex(e.index)
        .fillna(laatste.reindex(e.index))
        .fillna(e["begindatum"])
        .fillna(e["einddatum"])
    )
    sleutel = [*WIE, "sleutel", "begindatum"]
    einde = e.sort_values(["einddatum", "reden_beeindiging"], ascending=[False, True]).drop_duplicates(
        sleutel
    )
    einde = einde[[*sleutel, "reden_beeindiging"]].merge(
        e.groupby(sleutel, dropna=False, as_index=False)["einddatum"].min(), on=sleutel
    )
    begin = pd.concat(
        [s.assign(voorrang=1), e.drop(columns=["einddatum", "reden_beeindiging"]).assign(voorrang=2)]
    )
    begin = begin.sort_values(["voorrang", "productcategorie", "productcode"]).drop_duplicates(sleutel)
    regie = begin.merge(einde, on=sleutel, how="left").sort_values("begindatum")
    regie["volgende"] = regie.groupby([*WIE, "sleutel"], dropna=False)["begindatum"].shift(-1)
    t = t.assign(reden=t["reden_wijziging"].map(REDEN).astype(object))
    zeven = t["reden_wijziging"] == "07"
    t.loc[zeven, "reden"] = np.where(t.loc[zeven, "wet"] == "Wmo", "31", "35")
    erbij = t[[*TOEWIJZING, "productcategorie", "productcode", "einde", "reden", "verwijderd"]]
    r = regie.merge(erbij, on=TOEWIJZING, how="left", suffixes=("", "_t"))
    r = r[~(r["verwijderd"].fillna(False).astype(bool))]
    r["einddatum"] = pd.concat([r["einddatum"] + DAG, r["volgende"], r["einde"]], axis=1).min(axis=1)
    for kolom, anders in (("productcategorie", "productcategorie_t"), ("productcode", "productcode_t")):
        r[kolom] = r[kolom].fillna(r[anders])
    r["reden_beeindiging"] = r["reden_beeindiging"].fillna(r["reden"])
    heeft = pd.MultiIndex.from_frame(begin.loc[begin["toewijzing_sleutel"].notna(), TOEWIJZING])
    z = t[~t["verwijderd"] & ~pd.MultiIndex.from_frame(t[TOEWIJZING]).isin(heeft)].merge(
        delivered_parts(regels), on=TOEWIJZING, how="left"
    )
    # delivered up to the end of the last full month
    tot = ((bekend + DAG).to_period("M") - 1).to_timestamp()
    z = z[z["eerste"].notna() | ((tot - z["ingangsdatum"]).dt.days <= ONDERBREKING)]
    eerste_maand = regels["levermaand"].min()
    vroeg = (z["ingangsdatum"] < eerste_maand) & ((z["eerste"] - eerste_maand).dt.days <= ONDERBREKING)
    vroeg &= z["deel"].fillna(0) == 0
    later = pd.concat([z["ingangsdatum"], z["eerste"]], axis=1).max(axis=1)
    z["begindatum"] = z["ingangsdatum"].where(vroeg, later)
    gevolgd = z["gevolgd"].fillna(False).astype(bool)
    stil = gevolgd | ((tot - z["laatste"]).dt.days - 1 > ONDERBREKING)
    kort = pd.concat([z["einde"], z["laatste"] + DAG], axis=1).min(axis=1)
    z["einddatum"] = kort.where(stil, z["einde"])
    z["reden_beeindiging"] = z["reden"].where(~gevolgd)
    kolommen = [
        *WIE,
        "toewijzing_sleutel",
        "productcategorie",
        "productcode",
        "begindatum",
        "einddatum",
        "reden_beeindiging",
    ]
    alle = pd.concat([r[kolommen], z[kolommen]], ignore_index=True)
    return alle[alle["einddatum"].isna() | (alle["einddatum"] > alle["begindatum"])]
