#!/usr/bin/env python3
"""A way to the daemon that holds streams back, as proxies do that want an answer whole before they pass it on: every
other answer comes through, of a stream its head alone, or nothing.

holding_relay.py SOCKET REAL body|all    what of streams is held back; listens on SOCKET, the daemon listens on
                                         REAL; prints ready
"""

import sys

from relay import listening, serve

path, real, what = sys.argv[1:]


def holder():
    """Of one connection: once a stream has begun, nothing comes through."""
    holds = False

    def change(data):
        nonlocal holds
        if holds:
            return b""
        head, end, _ = data.partition(b"\r\n\r\n")
        holds = head.startswith(b"HTTP/1.1 101") or b"text/event-stream" in head
        if not holds:
            return data
        return head + end if what == "body" else b""

    return change


listener = listening(path)
print("ready", flush=True)
serve(listener, real, lambda: {"change": holder()})
