#!/usr/bin/env python3
"""A way to the daemon on which the answers to writes get lost, and nobody is told that they do.

mute_relay.py SOCKET REAL    listens on SOCKET, the daemon listens on REAL; prints ready, and "answered" for every
                             answer to a POST that it keeps back
"""

import sys

from relay import listening, serve

path, real = sys.argv[1:]


def mute():
    """Of one connection: what is asked, and what is answered to it."""
    writes = False

    def ask(data):
        nonlocal writes
        writes = writes or data.startswith(b"POST ")
        return data

    def change(data):
        if not writes:
            return data
        print("answered", flush=True)
        return b""

    return {"change": change, "ask": ask}


listener = listening(path)
print("ready", flush=True)
serve(listener, real, mute)
