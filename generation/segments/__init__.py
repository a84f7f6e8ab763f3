"""Segments: rendered stretches of picture that ads share by stream copy."""
