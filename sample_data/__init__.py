"""Seeded generator of a synthetic Haarlem.

Valid iWmo/iJw messages, back-office extracts and reference tables.

No person, address, aanbieder tariff or client file in it is real. Published figures carry ``bron =
document``; everything else is drawn here and carries ``bron = synthetisch``.
"""
