"""From a visitor's pause to parts that are due: claim, read, take the turn, commit."""
