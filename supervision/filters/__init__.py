"""What a list may be narrowed by, on pages and in REST alike; one module a theme."""
