"""The jaarprogrammering as period 0 of the decomposition (METHODEN §13): its Q in the factors of K."""

import polars as pl

from warehouse.rekenen.pq import CELLS, EFFECTS, decompose

WEEKS_A_YEAR = 365.25 / 7
MOST_WEEKS = 53.0
"""A client has no more weeks of care in a year; beyond it the intensiteit is not in the unit of volume."""
YEAR = 12
UNDIVIDED = "effect_niet_verdeeld_cent"
NO_Q = "de jaarprogrammering noemt geen cliënten en volume"
NO_UNIT = "de jaarprogrammering noemt geen eenheid"
NO_WEEKS = "de jaarprogrammering noemt geen duur, intensiteit en uitnutting"
OTHER_UNIT = "geleverd in een andere eenheid dan geprogrammeerd"
NEVER = "er is nog geen volledige levermaand"


def decompose_programme(lines: pl.DataFrame) -> pl.DataFrame:
    """Decompose the difference between programme and realisation, per line of the programme.

    In a year that still runs the programme counts for the part of the year that has full levermaanden:
    amounts, volume and weeks n / 12, clients the stand (clienten - instroom) plus n / 12 of the instroom.

    Args:
        lines: programma_nr, maanden, the programme (instroom, clienten, duur_weken, intensiteit, uitnutting,
            volume, eenheid, bedrag_cent) and what became of it (real_clienten, real_clientdagen,
            real_productdagen, real_toegewezen, real_volume, realisatie_cent, overig_cent).

    Returns:
        One row a line, ordered by programma_nr: doel_tot_nu_cent, verschil_cent, EFFECTS, the part that
        cannot be divided (UNDIVIDED) and why (reden, NULL where it is divided). Effects and UNDIVIDED sum to
        verschil_cent.

    """
    lines = add_quantities(lines.sort("programma_nr"))
    divided = lines.filter(pl.col("reden").is_null())
    found = decompose(_target(divided), _realised(divided)).with_columns(
        programma_nr=pl.col("cel").cast(pl.Int64)
    )
    joined = lines.join(found.select("programma_nr", *EFFECTS), on="programma_nr", how="left")
    difference = pl.col("realisatie_cent") - pl.col("doel_tot_nu_cent")
    whole = pl.when(pl.col("reden").is_null()).then(0).otherwise(difference)
    return joined.select(
        "programma_nr",
        "doel_tot_nu_cent",
        difference.alias("verschil_cent"),
        *(pl.col(name).fill_null(0) for name in EFFECTS),
        whole.cast(pl.Int64).alias(UNDIVIDED),
        "reden",
    ).sort("programma_nr")


def add_quantities(lines: pl.DataFrame) -> pl.DataFrame:
    """Add what the programme means until now: doel_* columns, and why a line has no usable Q (reden).

    Public, so that a page that shows the Q beside the effects does not work it out a second time.
    """
    part = pl.col("maanden") / YEAR
    within = pl.col("duur_weken").clip(upper_bound=WEEKS_A_YEAR)
    rate = pl.col("intensiteit") * pl.col("uitnutting")
    # a given volume goes before duration: duur_weken may be that of a whole trajectory, beyond the year
    volume = pl.coalesce("volume", pl.col("clienten") * within * rate)
    by_rate = volume / rate
    fits = by_rate <= pl.col("clienten") * MOST_WEEKS
    weeks = pl.coalesce(pl.when(fits).then(by_rate), pl.col("clienten") * within)
    inflow = pl.col("instroom").fill_null(0)
    stand = pl.when(inflow <= pl.col("clienten")).then(pl.col("clienten") - inflow)
    clients = pl.coalesce(stand + inflow * part, pl.col("clienten"))
    return lines.with_columns(
        doel_tot_nu_cent=(pl.col("bedrag_cent") * pl.col("maanden") / YEAR).round().cast(pl.Int64),
        doel_clienten=clients,
        doel_volume=volume * part,
        doel_dagen=weeks * part * 7,
        doel_toegewezen=volume * part / pl.col("uitnutting"),
        reden=pl.when(pl.col("maanden") == 0)
        .then(pl.lit(NEVER))
        .when(~((pl.col("clienten") > 0) & (volume > 0)).fill_null(value=False))
        .then(pl.lit(NO_Q))
        .when(pl.col("eenheid").is_null())
        .then(pl.lit(NO_UNIT))
        .when(~(weeks > 0).fill_null(value=False))
        .then(pl.lit(NO_WEEKS))
        .when((pl.col("real_volume") <= 0) & (pl.col("real_clienten") > 0))
        .then(pl.lit(OTHER_UNIT)),
    )


def _target(lines: pl.DataFrame) -> pl.DataFrame:
    """The programme as cells of decompose: one cell a line, one product at a time (stapeling 1)."""
    return _cells(
        lines,
        clienten="doel_clienten",
        clientdagen="doel_dagen",
        productdagen="doel_dagen",
        toegewezen_volume="doel_toegewezen",
        volume="doel_volume",
        realisatie_cent="doel_tot_nu_cent",
    )


def _realised(lines: pl.DataFrame) -> pl.DataFrame:
    """What became of it as cells of decompose."""
    return _cells(
        lines,
        clienten="real_clienten",
        clientdagen="real_clientdagen",
        productdagen="real_productdagen",
        toegewezen_volume="real_toegewezen",
        volume="real_volume",
        realisatie_cent="realisatie_cent",
        overig_cent="overig_cent",
    )


def _cells(lines: pl.DataFrame, **measures: str) -> pl.DataFrame:
    """Lines with the columns of CELLS; counts of a programme may be fractions."""
    columns: dict[str, pl.Expr] = {}
    for name, kind in CELLS.items():
        if name == "cel":
            columns[name] = pl.col("programma_nr").cast(pl.String)
        elif kind == pl.String():
            columns[name] = pl.lit("")
        elif name in measures:
            whole = name.endswith("_cent")
            columns[name] = pl.col(measures[name]).cast(pl.Int64 if whole else pl.Float64)
        else:
            columns[name] = pl.lit(0, dtype=kind)
    return lines.select(value.alias(name) for name, value in columns.items())
