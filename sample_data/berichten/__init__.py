"""Writers of iWmo and iJw messages: every text is built by Polars expressions, one row a file."""
