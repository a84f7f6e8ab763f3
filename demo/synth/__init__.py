"""Music loops of our own synthesis: instruments, songs, mastering. `python -m demo.synth` writes demo/music."""
