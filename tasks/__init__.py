"""DOING: from a directive's clause to 销号."""
