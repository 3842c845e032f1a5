"""Pure maths of the figures: arrays and frames in, arrays and frames out, no I/O."""
