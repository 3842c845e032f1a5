"""From files to the lake: recognise, read, check, pseudonymise, write."""
