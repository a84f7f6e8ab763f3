"""Engines: each makes one kind of media."""
