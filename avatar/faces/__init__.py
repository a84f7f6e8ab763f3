"""The digital host: personas as numbers, drawn in layers at start-up, moved on air without a GPU."""
