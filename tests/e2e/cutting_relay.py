#!/usr/bin/env python3
"""A way to the daemon that lets no streams through, as some proxies are: it passes everything on, and ends
a connection as soon as the daemon answers on it with a stream.

cutting_relay.py SOCKET REAL    listens on SOCKET, the daemon listens on REAL; prints ready
"""

import os
import socket
import sys
import threading

path, real = sys.argv[1:]


def pump(source, sink):
    try:
        while data := source.recv(1 << 20):
            if b"text/event-stream" in data and data.startswith(b"HTTP/1.1 200"):
                break
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client):
    upstream = socket.socket(socket.AF_UNIX)
    upstream.connect(real)
    threading.Thread(target=pump, args=(client, upstream), daemon=True).start()
    threading.Thread(target=pump, args=(upstream, client), daemon=True).start()


listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
os.chmod(path, 0o600)
listener.listen(64)
print("ready", flush=True)
while True:
    serve(listener.accept()[0])
