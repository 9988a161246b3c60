"""Điều hành: directives, urgings, inspections, difficulties, dissemination."""
