"""The appendix of a plan as a table that comes back changed: printed, compared, annotated."""
