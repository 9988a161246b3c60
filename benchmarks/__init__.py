"""`make bench`: how fast pages and files are, beside the bare floor measured in the same run.

docs/benchmarks.md says how to read it.
"""
