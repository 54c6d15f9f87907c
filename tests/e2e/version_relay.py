#!/usr/bin/env python3
"""A daemon of another version: passes everything on to a real one and rewrites the version it tells.

version_relay.py SOCKET VERSION TASKMAND [FLAG...]

Listens on SOCKET and starts TASKMAND behind it, on SOCKET.real. When that daemon ends, the relay ends
as a daemon does: it removes SOCKET first. With KEEP=1 in its environment it starts the daemon again and
goes on, as a supervisor whose program was not upgraded does.
"""

import os
import socket
import subprocess
import sys
import threading

from relay import join

path, version, *command = sys.argv[1:]
real = path + ".real"
OURS = b"Taskman-Version: "


def rewritten(data):
    head, separator, rest = data.partition(OURS)
    if not separator:
        return data
    return head + OURS + version.encode() + b"\r\n" + rest.partition(b"\r\n")[2]


def start():
    daemon = subprocess.Popen([*command, "--ready-fd", "1", "--socket", real], stdout=subprocess.PIPE)
    said = daemon.stdout.readline()
    if said != b"ready\n":
        sys.exit(f"the daemon said {said}")
    print(f"ready {daemon.pid}", flush=True)
    return daemon


listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
daemon = start()
listener.listen(64)


def accept():
    while True:
        join(listener.accept()[0], real, rewritten)


threading.Thread(target=accept, daemon=True).start()
daemon.wait()
while os.environ.get("KEEP") == "1":
    start().wait()
os.unlink(path)
