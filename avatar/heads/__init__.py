"""The filmed host of a live room: a worker with the network, shared by rooms, and the stage that lays its mouths in."""
