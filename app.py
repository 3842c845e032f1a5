"""Starts the dashboard: sign-in, navigation per level, nothing else."""

from dashboard.ui import chrome

chrome.start()
