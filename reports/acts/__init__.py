"""The only doors through which rounds and the units' reports change (design.md, The house 2)."""
