"""The only doors through which rounds, the units' reports and the consolidated report change
(design.md, The house 2). Each act is one transaction: it locks the row, checks who and which state,
writes the history, and raises a Refusal (plans/acts/refusals.py) when it may not be carried out."""
