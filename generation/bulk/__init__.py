"""Segments ordered by the hundred: one render per key, fair shares of the workers, recipes of ads."""
