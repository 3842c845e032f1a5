"""Figures: a frame and a palette in, a plotly figure out; no Streamlit and no reading."""
