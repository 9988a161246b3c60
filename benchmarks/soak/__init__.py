"""`make soak`: many people at once on PostgreSQL, and what became of their words."""
