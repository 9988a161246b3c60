"""The consolidated report of a round: put together from the accepted reports of its units."""
