"""Measurements behind the README's table; each can be run by anyone."""
