"""The library of reference ads: what they are built like, how they did, which of them suit a brief."""
