"""Spoken lines: engines behind one interface, and the finished take with its word times."""

from generation.engines.voiceover.take import speak_line

__all__ = ["speak_line"]
