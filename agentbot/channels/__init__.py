"""Where conversations come in and go out: one interface, one file per kind of channel."""
