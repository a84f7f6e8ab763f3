"""Words, vectors and their merging: how anything in the platform is found."""
