"""Doorstroom: which end in one cell belongs to which start in another.

Within one client and view an end in cell A and a start in cell B (B is not A), 0 to X days later, are
matched one to one: the earliest end with the earliest start, and with equal dates the larger euros first.
SQL has no greedy one-to-one matching; in Polars it takes a few rounds, in each of which every pair that is
each other's first choice is taken. The earliest open start is always the first choice of some end that it
prefers too, so each round matches at least one pair per client that still has one, and the result does not
depend on the order of the rows.
"""

import duckdb
import polars as pl

READS = ("tussen.stroom_gebeurtenis", "peil.instelling")
WRITES = ("tussen.doorstroom_paar",)

CLIENT = ["gemeentecode", "niveau", "ouder", "client_id"]
SCHEMA = {
    "gemeentecode": pl.String,
    "niveau": pl.String,
    "ouder": pl.String,
    "client_id": pl.String,
    "van_cel": pl.String,
    "van_tot": pl.Date,
    "van_rang": pl.Int64,
    "naar_cel": pl.String,
    "naar_begin": pl.Date,
    "naar_rang": pl.Int64,
}


def match_doorstroom(ends: pl.DataFrame, starts: pl.DataFrame, window_days: int) -> pl.DataFrame:
    """Match ends with starts one to one.

    Args:
        ends: gemeentecode, niveau, ouder, client_id, cel, tot (first day without care), bedrag_cent,
        zwaarte_rang. starts: the same with begin instead of tot.
        window_days: largest number of days from tot to begin.

    Returns:
        One row a pair with the columns of SCHEMA.

    """
    # the order in which ends and starts choose; the index makes every comparison a comparison of integers
    ends = ends.sort([*CLIENT, "tot", "bedrag_cent", "cel"], descending=[False] * 5 + [True, False])
    starts = starts.sort([*CLIENT, "begin", "bedrag_cent", "cel"], descending=[False] * 5 + [True, False])
    left = ends.rename({"cel": "van_cel", "tot": "van_tot", "zwaarte_rang": "van_rang"}).with_row_index(
        "eind_nr"
    )
    right = starts.rename({"cel": "naar_cel", "begin": "naar_begin", "zwaarte_rang": "naar_rang"})
    right = right.with_row_index("begin_nr")
    candidates = left.drop("bedrag_cent").join(right.drop("bedrag_cent"), on=CLIENT, how="inner")
    gap = (pl.col("naar_begin") - pl.col("van_tot")).dt.total_days()
    candidates = candidates.filter(gap.is_between(0, window_days) & (pl.col("van_cel") != pl.col("naar_cel")))
    found: list[pl.DataFrame] = []
    while candidates.height:
        mutual = candidates.filter(
            (pl.col("begin_nr") == pl.col("begin_nr").min().over("eind_nr"))
            & (pl.col("eind_nr") == pl.col("eind_nr").min().over("begin_nr"))
        )
        found.append(mutual)
        candidates = candidates.join(mutual.select("eind_nr"), on="eind_nr", how="anti").join(
            mutual.select("begin_nr"), on="begin_nr", how="anti"
        )
    if not found:
        return pl.DataFrame(schema=SCHEMA)
    return pl.concat(found).select(list(SCHEMA))


def run(con: duckdb.DuckDBPyConnection) -> None:
    """Read the ends and starts inside spells, match them and write ``tussen.doorstroom_paar``."""
    columns = "gemeentecode, niveau, ouder, client_id, cel, bedrag_cent, zwaarte_rang"
    ends = con.sql(
        f"SELECT {columns}, tot FROM tussen.stroom_gebeurtenis"  # noqa: S608
        " WHERE NOT met_uitstroom AND tot < DATE '9999-12-31' AND niveau NOT IN ('totaal', 'wet')"
    ).pl()
    starts = con.sql(
        f"SELECT {columns}, begin FROM tussen.stroom_gebeurtenis"  # noqa: S608
        " WHERE NOT met_instroom AND niveau NOT IN ('totaal', 'wet')"
    ).pl()
    window = int(con.sql("SELECT onderbreking_dagen FROM peil.instelling").fetchall()[0][0])
    pairs = match_doorstroom(ends, starts, window)
    con.register("gekoppelde_paren", pairs)
    con.execute("CREATE TABLE tussen.doorstroom_paar AS SELECT * FROM gekoppelde_paren")
    con.unregister("gekoppelde_paren")
