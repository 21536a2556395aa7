"""Questions that chain, one module a theme."""
