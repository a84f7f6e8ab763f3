"""Assembly: an ad put together from segments and stems by bytes, kept as a recipe, made whole on delivery."""
