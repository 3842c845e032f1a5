"""Fuzzing of the recogniser and the readers; what was found is kept in `vondsten` and tried on every run."""
