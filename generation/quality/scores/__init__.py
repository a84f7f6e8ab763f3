"""How good a clip looks, in numbers that say what they are: exact, a stand-in, or a network's."""
