"""Simulated visitors: how policies of asking fare before anyone real meets them."""
