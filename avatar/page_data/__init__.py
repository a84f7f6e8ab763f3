"""What the pages of live rooms show, read from the books in the reader's language."""
