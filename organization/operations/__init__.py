"""The verbs of the room; each locks, checks, changes and records in one transaction."""
