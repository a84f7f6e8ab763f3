"""What viewers write: read, judged, gathered, and answered. Only `replay` is for the engine too; it knows no Django."""
