"""Names of states and kinds, one module a theme."""
