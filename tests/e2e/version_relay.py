#!/usr/bin/env python3
"""A daemon of another version: passes everything on to a real one and rewrites the version it tells.

version_relay.py SOCKET VERSION TASKMAND [FLAG...]

Listens on SOCKET and starts TASKMAND behind it, on SOCKET.real. When that daemon ends, the relay ends
as a daemon does: it removes SOCKET first. With KEEP=1 in its environment it starts the daemon again and
goes on, as a supervisor whose program was not upgraded does.
"""

import os
import sys
import threading

from relay import listening, serve, start_daemon

path, version, *command = sys.argv[1:]
real = path + ".real"
OURS = b"Taskman-Version: "


def rewritten(data):
    head, separator, rest = data.partition(OURS)
    if not separator:
        return data
    return head + OURS + version.encode() + b"\r\n" + rest.partition(b"\r\n")[2]


def start():
    daemon = start_daemon(command, real)
    print(f"ready {daemon.pid}", flush=True)
    return daemon


listener = listening(path)
daemon = start()
threading.Thread(target=serve, args=(listener, real, lambda: {"change": rewritten}), daemon=True).start()
daemon.wait()
while os.environ.get("KEEP") == "1":
    start().wait()
os.unlink(path)
