"""The one page a run leaves behind: opens from disk, needs no server."""
