"""One form per operation, one module a theme."""
