"""The specification: rooms, laws over everything, journeys."""
