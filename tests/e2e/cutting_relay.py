#!/usr/bin/env python3
"""A way to the daemon that lets no streams through, as some proxies are: it passes everything on, and ends
a connection as soon as the daemon answers on it with a stream.

cutting_relay.py SOCKET REAL    listens on SOCKET, the daemon listens on REAL; prints ready
"""

import os
import socket
import sys

from relay import join

path, real = sys.argv[1:]


def without_streams(data):
    is_stream = b"text/event-stream" in data and data.startswith(b"HTTP/1.1 200")
    return None if is_stream else data


listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
os.chmod(path, 0o600)
listener.listen(64)
print("ready", flush=True)
while True:
    join(listener.accept()[0], real, without_streams)
