"""Bulk batches: planned once, rendered by segment, assembled by the hundred, kept as recipes."""
