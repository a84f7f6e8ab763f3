"""Clips that nobody filmed: which slots want one, what is asked of a model, where a presenter speaks."""
