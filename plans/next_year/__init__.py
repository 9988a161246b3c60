"""A plan carried over to a later year: what goes along (`going`), how days and words of a year move
(`shifting`), and what would come of it (`preview`). plans/acts/next_year.py does it."""
