"""Derives one DuckDB snapshot from the Delta lake: plain SELECT files in the order of their references."""
