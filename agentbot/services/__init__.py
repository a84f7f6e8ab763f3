"""Acts that pages ask for and that belong to no other room."""
