"""The pure calculations against published numbers, hand calculation and laws."""
