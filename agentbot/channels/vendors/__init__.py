"""Platforms that speak their own way: one file a vendor, with everything about it."""
