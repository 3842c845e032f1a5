"""What the pages share: the door to the data, reading, filters, tiles, figures, formats and export."""
