"""What pages and REST have in common: one input shape, one table of verbs, versions, paging, replay."""
