"""Tiny random weights of each kind: folders that load the way real ones do, made in seconds."""
