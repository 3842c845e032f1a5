"""The network side of the dashboard: what goes around every answer."""
