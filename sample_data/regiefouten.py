"""Faults in the post of starts and stops: taken back, deleted after the fact, or told twice."""

from __future__ import annotations

import numpy as np
import polars as pl

from sample_data.instellingen import Instellingen, maand_van

STARTFOUT = 0.004  # of the 305: a wrong start, taken back (status 3) and sent anew


def make_startfouten(
    inst: Instellingen, rng: np.random.Generator, df: pl.DataFrame, bijzonder: list[dict[str, object]]
) -> pl.DataFrame:
    """Some starts came with a wrong Begindatum first, taken back (status 3) before the right one."""
    raak = pl.Series(rng.random(df.height) < STARTFOUT) & df["nummer"].is_not_null()
    laatste = pl.lit(inst.tot_dag, dtype=pl.Int32).cast(pl.Date)
    goed = df.with_columns(_r=raak, _n=pl.int_range(pl.len()), _v=pl.lit(2, dtype=pl.Int64))
    goed = goed.with_columns(_r=pl.col("_r") & (pl.col("ontvangen").dt.offset_by("2d") <= laatste))
    fout = goed.filter("_r").with_columns(
        begin=pl.col("begin").dt.offset_by("3d"), _v=pl.lit(0, dtype=pl.Int64)
    )
    weg = fout.with_columns(
        status=pl.lit("3"), ontvangen=pl.col("ontvangen").dt.offset_by("2d"), _v=pl.lit(1, dtype=pl.Int64)
    )
    goed = goed.with_columns(
        ontvangen=pl.when("_r").then(pl.col("ontvangen").dt.offset_by("2d")).otherwise("ontvangen")
    )
    for r in fout.iter_rows(named=True):
        bijzonder.append(
            {
                "soort": "start teruggenomen",
                "wet": r["wetnaam"],
                "aanbieder": r["agb"],
                "toewijzingnummer": r["nummer"],
            }
        )
    alles = pl.concat([goed, fout, weg]).sort("_n", "_v")
    maand = alles["ontvangen"].to_physical().to_numpy().astype(np.int64)
    return alles.with_columns(ontvangen_maand=pl.Series(maand_van(maand))).with_columns(
        zipmaand=pl.col("ontvangen_maand").clip(lower_bound=inst.van)
    )


def make_deletions(
    inst: Instellingen, starts: pl.DataFrame, stops: pl.DataFrame, bijzonder: list[dict[str, object]]
) -> pl.DataFrame:
    """Two starts are deleted that already have a stop (TR071), two that were never sent (TR063)."""
    rng = inst.rng(33)
    laatste = pl.lit(inst.tot_dag - 10, dtype=pl.Int32).cast(pl.Date)
    schoon = pl.col("vuil").is_null() & pl.col("nummer").is_not_null() & (pl.col("status") == "1")
    een = starts.filter(schoon & (pl.len().over("wet", "nummer") == 1) & (pl.col("ontvangen") <= laatste))
    stop = stops.filter(pl.len().over("wet", "nummer") == 1).filter(
        pl.col("vuil").is_null() & (pl.col("ontvangen") <= laatste)
    )
    klaar = een.join(
        stop.select("wet", "nummer", "begin", gestopt="ontvangen"), on=["wet", "nummer", "begin"],
        how="inner", maintain_order="left",
    )  # fmt: skip
    met = klaar[np.sort(rng.permutation(klaar.height)[:2])]
    rest = een.join(stops.select("wet", "nummer"), on=["wet", "nummer"], how="anti", maintain_order="left")
    zonder = rest[np.sort(rng.permutation(rest.height)[:2])]
    nieuw: list[pl.DataFrame] = []
    for soort, regel, df in (
        ("start verwijderd na stop", "TR071", met),
        ("verwijdering zonder start", "TR063", zonder),
    ):
        op = pl.col("gestopt") if "gestopt" in df.columns else pl.col("ontvangen")
        begin = pl.col("begin") if regel == "TR071" else pl.col("begin").dt.offset_by("7d")
        nieuw.append(
            df.with_columns(ontvangen=op.dt.offset_by("3d"), begin=begin, status=pl.lit("3")).select(
                starts.columns
            )
        )
        bijzonder.extend(
            {
                "soort": soort,
                "regel": regel,
                "wet": r["wetnaam"],
                "aanbieder": r["agb"],
                "toewijzingnummer": r["nummer"],
            }
            for r in df.iter_rows(named=True)
        )
    extra = pl.concat(nieuw)
    maand = extra["ontvangen"].to_physical().to_numpy().astype(np.int64)
    extra = extra.with_columns(ontvangen_maand=pl.Series(maand_van(maand))).with_columns(
        zipmaand=pl.col("ontvangen_maand").clip(lower_bound=inst.van)
    )
    return pl.concat([starts, extra])


def tell_again(
    inst: Instellingen, df: pl.DataFrame, soort: str, bijzonder: list[dict[str, object]], stroom: int
) -> pl.DataFrame:
    """Two starts or stops come once more some days later, the same to the letter (TR074)."""
    laatste = pl.lit(inst.tot_dag - 10, dtype=pl.Int32).cast(pl.Date)
    schoon = pl.col("vuil").is_null() & pl.col("nummer").is_not_null() & (pl.col("status") == "1")
    een = df.filter(schoon & (pl.len().over("wet", "nummer") == 1) & (pl.col("ontvangen") <= laatste))
    nog = een[np.sort(inst.rng(stroom).permutation(een.height)[:2])]
    nog = nog.with_columns(ontvangen=pl.col("ontvangen").dt.offset_by("6d"))
    bijzonder.extend(
        {
            "soort": soort,
            "regel": "TR074",
            "retourcode": "9074",
            "wet": r["wetnaam"],
            "aanbieder": r["agb"],
            "toewijzingnummer": r["nummer"],
        }
        for r in nog.iter_rows(named=True)
    )
    maand = nog["ontvangen"].to_physical().to_numpy().astype(np.int64)
    nog = nog.with_columns(ontvangen_maand=pl.Series(maand_van(maand), dtype=df["ontvangen_maand"].dtype))
    return pl.concat([df, nog.with_columns(zipmaand=pl.col("ontvangen_maand").clip(lower_bound=inst.van))])
