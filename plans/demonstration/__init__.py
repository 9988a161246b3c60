"""A believable course of a plan, written as one YAML file: no Django, no database.

`read_story` is the door: accounts and, day by day, what they did. papers.py makes the files that
are attached as evidence. `plans/acts/demonstration.py` records it all through the acts.
"""

from plans.demonstration.reading import read_story
from plans.demonstration.story import Account, Act, Entry, Paper, Story

__all__ = ["Account", "Act", "Entry", "Paper", "Story", "read_story"]
