"""English phrases: general ones, and one module for each category."""
