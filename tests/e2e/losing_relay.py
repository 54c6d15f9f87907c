#!/usr/bin/env python3
"""A daemon that dies between a write and its answer.

losing_relay.py SOCKET answer|request TASKMAND [FLAG...]

Listens on SOCKET and starts TASKMAND behind it, on SOCKET.real. With `answer`, the first 201 of that daemon is kept
back: what it tells of is committed, and nobody was told. With `request`, the first POST is kept from it. Then the
daemon is killed with SIGKILL, nobody listens on SOCKET any more, and only then the client loses its connection.
"""

import os
import socket
import subprocess
import sys
import threading

path, what, *command = sys.argv[1:]
real = path + ".real"
lost = threading.Event()


def is_lost(data, from_client):
    if what == "request":
        return from_client and data.startswith(b"POST ")
    return not from_client and data.startswith(b"HTTP/1.1 201")


def pump(source, sink, from_client):
    while data := source.recv(1 << 20):
        if is_lost(data, from_client):
            lost.set()
            return
        sink.sendall(data)


def accept(listener, clients):
    while True:
        try:
            client = listener.accept()[0]
        except OSError:  # shut down
            return
        clients.append(client)
        upstream = socket.socket(socket.AF_UNIX)
        upstream.connect(real)
        for ends in ((client, upstream, True), (upstream, client, False)):
            threading.Thread(target=pump, args=ends, daemon=True).start()


daemon = subprocess.Popen([*command, "--ready-fd", "1", "--socket", real], stdout=subprocess.PIPE)
said = daemon.stdout.readline()
if said != b"ready\n":
    sys.exit(f"the daemon said {said}")
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
os.chmod(path, 0o600)
listener.listen(64)
clients = []
threading.Thread(target=accept, args=(listener, clients), daemon=True).start()
print("ready", flush=True)
lost.wait()
daemon.kill()
daemon.wait()
listener.shutdown(socket.SHUT_RDWR)
print("lost", flush=True)
os._exit(0)  # closes what the clients hold
