"""Pages of `creative`: each view translates a request and makes one call."""
