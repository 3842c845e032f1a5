"""The talk with an aanbieder: what to bring up, what was agreed, and all of it as one workbook."""

from collections.abc import Sequence

import polars as pl

from dashboard.notities.opslag import Aantekening

AFSPRAAK = ("wat", "wie", "uiterlijk", "status")


def list_afspraken(alle: Sequence[Aantekening]) -> pl.DataFrame:
    """Agreements as a table, with who wrote them down and when."""
    return pl.DataFrame(
        [
            {k: str(a.inhoud[k]) for k in AFSPRAAK}
            | {"vastgelegd_door": str(a.inhoud.get("rol", "")), "vastgelegd_op": a.vastgelegd_op.date()}
            for a in alle
        ],
        schema=dict.fromkeys(AFSPRAAK, pl.String) | {"vastgelegd_door": pl.String, "vastgelegd_op": pl.Date},
    )


def list_notities(alle: Sequence[Aantekening]) -> pl.DataFrame:
    """Notes as a table, the newest talk first."""
    return pl.DataFrame(
        [
            {
                "datum": str(a.inhoud["datum"]),
                "tekst": str(a.inhoud["tekst"]),
                "vastgelegd_door": str(a.inhoud.get("rol", "")),
                "vastgelegd_op": a.vastgelegd_op.date(),
            }
            for a in sorted(alle, key=lambda a: str(a.inhoud["datum"]), reverse=True)
        ],
        schema={
            "datum": pl.String,
            "tekst": pl.String,
            "vastgelegd_door": pl.String,
            "vastgelegd_op": pl.Date,
        },
    )
