"""What pages show, read from the books."""
