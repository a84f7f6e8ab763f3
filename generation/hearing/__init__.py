"""Speech heard as words: engines behind one interface, for guests of a live room and for recorded sound."""
