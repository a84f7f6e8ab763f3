"""Bulk: a slot plan whose choices are rendered once and mixed into thousands of distinct ads. Pure."""
