"""Becomes another program, after asking the kernel for a signal when its parent dies.

Run as a plain script (`python -I -S child.py SIGNAL UID PARENT PROGRAM ARG…`), so that
it starts in milliseconds. UID is -1 to stay who we are. The order matters: a change of
uid clears the wish, so the uid is set first; and the parent may have died before the
wish was made, so it is looked at afterwards.
"""

from __future__ import annotations

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    death_signal, uid, parent = int(arguments[0]), int(arguments[1]), int(arguments[2])
    if uid >= 0:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        os.chdir("/")
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)
    os.execv(arguments[3], arguments[3:])


if __name__ == "__main__":
    main(sys.argv[1:])
