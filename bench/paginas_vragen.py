"""The bare queries of each page: what the data alone costs, without Streamlit, charts or cache."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st
from streamlit.testing.v1 import AppTest

from bench.bezoeker import ROL
from dashboard.access import reader
from dashboard.access.reader import Lezer, Voorraad
from dashboard.ui.navigatie import PAGINAS

WORTEL = Path(__file__).resolve().parents[1]


def measure_queries(snapshot: Path) -> dict[str, float]:
    """Seconds per page: every query that its first view asks, run once more by itself."""
    os.environ |= {"STUURINFO_DEMO": "1", "STUURINFO_SNAPSHOT": str(snapshot)}
    type(st.context).ip_address = property(lambda _: None)  # type: ignore[method-assign,assignment]
    eigen = Lezer._run
    gevraagd: list[tuple[Lezer, str, dict[str, Any], Mapping[str, pl.DataFrame]]] = []

    def note(self: Lezer, sql: str, params: dict[str, Any], met: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        gevraagd.append((self, sql, params, met))
        return eigen(self, sql, params, met)

    uit: dict[str, float] = {}
    Lezer._run = note  # type: ignore[method-assign]
    try:
        for p in PAGINAS:
            reader.VOORRAAD = Voorraad()
            at = AppTest.from_file(str(WORTEL / "app.py"), default_timeout=120)
            at.query_params["rol"] = ROL[p.niveau]
            at.run()
            gevraagd.clear()
            reader.VOORRAAD = Voorraad()
            at.switch_page(p.bestand).run()
            if at.exception:
                raise RuntimeError(f"{p.pad}: {at.exception[0].message}")
            begin = time.perf_counter()
            for lezer, sql, params, met in list(gevraagd):
                eigen(lezer, sql, params, met)
            uit[p.pad] = time.perf_counter() - begin
    finally:
        Lezer._run = eigen  # type: ignore[method-assign]
    return uit
