"""What the audit checks of this room, one module a theme."""
