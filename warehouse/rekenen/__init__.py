"""Pure calculations: arrays and frames in, arrays and frames out; nothing is read or written here."""
