"""Reports to take along: what they say (`inhoud`)."""
