"""TELLING: who hears of it, and how. Listens to Events, knows every room below, is known by none."""
