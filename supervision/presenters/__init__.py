"""Events in words; one module a theme."""
