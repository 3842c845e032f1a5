"""What SQL should not do; each module names the tables it READS and WRITES and stands in the order of the
models."""
