"""Talking heads: a filmed person whose mouth follows a voice."""
