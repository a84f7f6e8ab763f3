"""Drawing of the demo: paint, things, places, people, shots. `python -m demo.draw.footage` writes demo/footage."""
