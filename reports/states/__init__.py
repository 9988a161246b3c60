"""The states of a unit's report and of a consolidated one: which act leads from where to where."""
