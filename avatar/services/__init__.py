"""Everything that changes the books of `avatar`; a use case each."""
