"""Reports to take along: what they say (`inhoud`), and that as a tagged PDF (`pdf`)."""
