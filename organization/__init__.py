"""WHO: people, units, posts, delegations, working days and the other systems that may call."""
