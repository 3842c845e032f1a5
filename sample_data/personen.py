"""Who people are on paper: BSN, names, birth date, sex, and the address they had on a day."""

from __future__ import annotations

import numpy as np
import polars as pl

from sample_data.instellingen import NOOIT, Instellingen, als_datum
from sample_data.producten import NUMMER
from sample_data.stad import BUITEN_POSTCODES, STRAATNAAM, STRAATSOORT, Adressen, postcodes
from sample_data.zorg import Episodes, Personen

ACHTERNAMEN = (
    "Jansen",
    "Vries",
    "Bakker",
    "Visser",
    "Smit",
    "Meijer",
    "Mulder",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "Dekker",
    "Brouwer",
    "Dijkstra",
    "Koning",
    "Yilmaz",
    "Kaya",
    "Demir",
    "Amrani",
    "Bouali",
    "Nguyen",
    "Santos",
    "Kowalski",
    "Heuvel",
    "Berg",
    "Linden",
    "Wal",
    "Haan",
    "Graaf",
    "Boer",
)
VOORVOEGSELS = {
    "Vries": "de",
    "Heuvel": "van den",
    "Berg": "van den",
    "Linden": "van der",
    "Wal": "van der",
    "Haan": "de",
    "Graaf": "de",
    "Boer": "de",
}
LETTERS = "ABCDEFGHIJKLMNOPRSTVWZ"


def make_bsns(inst: Instellingen, n: int) -> list[str]:
    """n different BSNs 99xxxxxxx that pass the 11-proef 9a+8b+7c+6d+5e+4f+3g+2h-i = 0 (mod 11)."""
    rng = inst.rng(11)
    midden = rng.permutation(1_000_000)[: int(n * 1.12) + 100]
    cijfers = np.stack(
        [np.full(midden.size, 9), np.full(midden.size, 9)] + [midden // 10**k % 10 for k in range(5, -1, -1)]
    )
    rest = (cijfers * np.arange(9, 1, -1)[:, None]).sum(axis=0) % 11
    goed = rest < 10
    getal = 990_000_000 + midden[goed] * 10 + rest[goed]
    if getal.size < n:
        raise ValueError(f"te veel cliënten voor de reeks voorbeeld-BSN's: {n}")
    return [str(x) for x in getal[:n]]


def make_personen(inst: Instellingen, p: Personen) -> pl.DataFrame:
    """One row per person.

    Persoon, bsn, geboren (Date), geslacht 1/2, achternaam, voorvoegsel, voorletters.
    """
    rng = inst.rng(12)
    n = p.geboren.size
    naam = np.array(ACHTERNAMEN)[rng.integers(0, len(ACHTERNAMEN), n)]
    letters = np.array(list(LETTERS))
    vl = np.char.add(letters[rng.integers(0, len(LETTERS), n)], letters[rng.integers(0, len(LETTERS), n)])
    return pl.DataFrame(
        {
            "persoon": np.arange(n),
            "bsn": make_bsns(inst, n),
            "geboren": p.geboren,
            "geslacht": np.where(p.vrouw, "2", "1"),
            "achternaam": naam,
            "voorletters": vl,
            "huishouden": p.huishouden,
            "sterft": p.sterft,
            "vertrekt": p.vertrekt,
        }
    ).with_columns(
        als_datum("geboren"),
        voorvoegsel=pl.col("achternaam").replace_strict(VOORVOEGSELS, default=None, return_dtype=pl.String),
    )


def make_adressen(a: Adressen) -> pl.DataFrame:
    """Address periods per household as text columns, sorted by household and begin."""
    codes = np.array([c for c, _ in postcodes()] + list(BUITEN_POSTCODES))
    straten = np.array(
        [f"{STRAATNAAM[i % len(STRAATNAAM)]}{STRAATSOORT[i % len(STRAATSOORT)]}" for i in range(108)]
    )
    return pl.DataFrame(
        {
            "huishouden": a.huishouden,
            "adres_van": a.van,
            "adres_tot": a.tot,
            "wijk": a.wijk,
            "postcode": codes[a.postcode],
            "huisnummer": a.huisnummer,
            "huisletter": np.array(["", "A", "B", "C", "D"])[a.huisletter],
            "toevoeging": np.array(["", "2", "3", "BIS"])[a.toevoeging],
            "straat": straten[(a.postcode * 5 + a.huisnummer // 60) % 108],
            "plaats": np.where(a.wijk >= 0, "Haarlem", "Elders"),
        }
    ).with_columns(
        huisletter=pl.col("huisletter").replace("", None), toevoeging=pl.col("toevoeging").replace("", None)
    )


def make_clienten(
    inst: Instellingen, personen: pl.DataFrame, adressen: pl.DataFrame, ep: Episodes, bekend: pl.DataFrame
) -> pl.DataFrame:
    """The BRP extract.

    One row per person x address period, with a stay in an institution as a period of its own.

    ``bekend`` holds the persons (column persoon) that occur in anything delivered.
    """
    from sample_data.producten import VERBLIJF

    rng = inst.rng(13)
    rijen = (
        personen.join(bekend, on="persoon", how="semi", maintain_order="left")
        .join(adressen, on="huishouden", how="left", maintain_order="left")
        .filter(pl.col("adres_van") <= inst.tot_dag)
        .with_columns(
            adres_tot=pl.min_horizontal("adres_tot", "sterft"),
            soort_adres=pl.lit("woonadres"),
            # born after the household came to this address: the address starts at birth
            adres_van=pl.max_horizontal("adres_van", pl.col("geboren").to_physical().cast(pl.Int64)),
        )
        .filter(pl.col("adres_van") <= pl.col("adres_tot"))
    )
    in_instelling = np.isin(ep.product, [NUMMER[c] for c in VERBLIJF if c.startswith("43")])
    k = np.flatnonzero(in_instelling & (rng.random(ep.product.size) < 0.4))
    verblijf = (
        pl.DataFrame({"persoon": ep.persoon[k], "in": ep.begin[k], "uit": ep.eind[k]})
        .sort("persoon", "in")
        .unique("persoon", keep="first", maintain_order=True)
    )
    rijen = rijen.join(verblijf, on="persoon", how="left", maintain_order="left")
    raakt = (
        pl.col("in").is_not_null()
        & (pl.col("adres_van") < pl.col("in"))
        & (pl.col("adres_tot") > pl.col("uit"))
    )
    raakt = raakt.fill_null(False) & (pl.col("in") <= inst.tot_dag)
    heel, deel = rijen.filter(~raakt), rijen.filter(raakt)
    huis = pl.lit("2015XZ")
    stukken = [
        deel.with_columns(adres_tot=pl.col("in") - 1),
        deel.with_columns(
            adres_van=pl.col("in"),
            adres_tot=pl.col("uit"),
            soort_adres=pl.lit("instelling"),
            postcode=huis,
            huisnummer=1 + pl.col("persoon") % 4,
            huisletter=pl.lit(None, pl.String),
            toevoeging=pl.lit(None, pl.String),
        ),
        deel.with_columns(adres_van=pl.col("uit") + 1).filter(pl.col("adres_van") <= inst.tot_dag),
    ]
    alles = pl.concat([heel, *stukken]).sort("persoon", "adres_van")
    open_ = pl.when(pl.col("adres_tot") > inst.tot_dag).then(NOOIT).otherwise("adres_tot")
    return alles.with_columns(
        adres_tot=open_, sterft=pl.when(pl.col("sterft") <= inst.tot_dag).then("sterft").otherwise(NOOIT)
    ).select(
        "bsn",
        pl.col("geboren").alias("geboortedatum"),
        "geslacht",
        "postcode",
        "huisnummer",
        "huisletter",
        "toevoeging",
        "soort_adres",
        als_datum("adres_van"),
        als_datum("adres_tot"),
        als_datum("sterft", "overleden_op"),
    )


def adres_op(adressen: pl.DataFrame, df: pl.DataFrame, dag: str) -> pl.DataFrame:
    """Add the address that the household had on column ``dag``.

    The newest period that began on or before it.
    """
    links = df.with_row_index("_i").sort(dag)
    rechts = adressen.sort("adres_van").drop("adres_tot", "wijk")
    return (
        links.join_asof(
            rechts,
            left_on=dag,
            right_on="adres_van",
            by="huishouden",
            strategy="backward",
            check_sortedness=False,
        )
        .sort("_i")
        .drop("_i", "adres_van")
    )
