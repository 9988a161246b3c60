"""The only doors through which plans and progress change (design.md, The house 2).

An act takes keyword arguments, is atomic, locks the task, checks who and in which state, writes
the history and brings the standings up to date. It raises a `Refusal` with a Vietnamese message.
"""
