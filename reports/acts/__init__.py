"""The only doors to a change of what is told upward. Each act is one transaction: it locks the
row, checks who and which state, writes the history, and raises a Refusal (plans/acts/refusals.py)
when it may not be carried out."""
