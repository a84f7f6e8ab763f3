"""Engines: each makes one kind of media and reads top to bottom alone."""
