"""Pages of live rooms: doorbells that translate and make one call."""
