"""The report's tables as rows of text, made from its content alone."""
