"""SQLite as the embedded house uses it."""
