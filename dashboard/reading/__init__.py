"""Reads per mart: constant SQL with bound parameters in, protected frames out."""
