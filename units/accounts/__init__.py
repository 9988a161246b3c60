"""Accounts of people: first passwords, leaving a unit, and lists that come in from Excel.

Only administrators keep accounts; what they do here goes through these acts.
"""
