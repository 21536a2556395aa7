"""HOW things change: steps, refusals, the record, and the two doors' shared code. Knows no other room."""
