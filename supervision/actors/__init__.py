"""Who is who, one module a theme."""
