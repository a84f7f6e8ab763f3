"""The demo: its own footage, references and music, and the scripts that make them."""
