#!/usr/bin/env python3
"""A daemon that dies between a write and its answer.

losing_relay.py SOCKET answer|request TASKMAND [FLAG...]

Listens on SOCKET and starts TASKMAND behind it, on SOCKET.real. With `answer`, the answer to the first POST it did
is kept back: what it tells of is committed, and nobody was told. With `request`, the first POST is kept from it. Then
the daemon is killed with SIGKILL, nobody listens on SOCKET any more, and only then the client loses its connection.
"""

import os
import socket
import subprocess
import sys
import threading

path, what, *command = sys.argv[1:]
real = path + ".real"
lost = threading.Event()


def is_lost(data, from_client, posted):
    if from_client:
        if data.startswith(b"POST "):
            posted.set()
        return what == "request" and posted.is_set()
    return what == "answer" and posted.is_set() and data.startswith(b"HTTP/1.1 20")


def pump(source, sink, from_client, posted):
    while data := source.recv(1 << 20):
        if is_lost(data, from_client, posted):
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
        posted = threading.Event()
        for ends in ((client, upstream, True), (upstream, client, False)):
            threading.Thread(target=pump, args=(*ends, posted), daemon=True).start()


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
