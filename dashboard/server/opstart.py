"""Before the first visitor: load what pages need, and keep it out of the way of the garbage collector."""

import gc
import importlib
import pkgutil

import plotly.graph_objects as go

import dashboard

# What Streamlit loads at the first page, grid or chart only.
LAAT = ("PIL.Image", "pandas.io.formats.style", "pyarrow.pandas_compat", "jinja2")


def load_ahead() -> int:
    """Import the dashboard and what its pages load late; returns how many objects were set apart.

    Streamlit has Python walk over everything that lives after every run, before the page is ready. Nearly all
    of that is code, which never becomes garbage: set apart, a walk is over what visits leave behind alone.
    """
    for module in pkgutil.walk_packages(dashboard.__path__, f"{dashboard.__name__}."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)
    for naam in LAAT:
        importlib.import_module(naam)
    go.Figure(go.Bar(x=[1])).to_json()
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()
