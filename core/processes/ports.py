"""Whether a port of this machine can be had."""

from __future__ import annotations

import os
import socket


def port_problem(host: str, port: int) -> str:
    """Why nobody can listen there, in the system's words; "" where somebody can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return os.strerror(error.errno or 0)
    return ""
