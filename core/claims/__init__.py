"""What a text says that somebody could be held to: its numbers, its claims, words the law or a platform forbids."""
