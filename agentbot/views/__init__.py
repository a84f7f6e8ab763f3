"""Pages of conversations and leads: doorbells that translate and make one call."""
