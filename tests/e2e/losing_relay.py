#!/usr/bin/env python3
"""A daemon that dies between a write and its answer.

losing_relay.py SOCKET answer|request TASKMAND [FLAG...]

Listens on SOCKET and starts TASKMAND behind it, on SOCKET.real. With `answer`, the first 201 of that daemon is kept
back: what it tells of is committed, and nobody was told. With `request`, the first POST is kept from it. Then the
daemon is killed with SIGKILL, nobody listens on SOCKET any more, and only then the client loses its connection.
"""

import os
import socket
import sys
import threading

from relay import listening, serve, start_daemon

path, what, *command = sys.argv[1:]
real = path + ".real"
lost = threading.Event()


def losing(is_lost):
    """What it loses ends nothing yet: the client waits until the daemon is dead."""
    def change(data):
        if is_lost(data):
            lost.set()
            threading.Event().wait()
        return data
    return change


WAYS = {"request": {"ask": losing(lambda data: data.startswith(b"POST "))},
        "answer": {"change": losing(lambda data: data.startswith(b"HTTP/1.1 201"))}}

daemon = start_daemon(command, real)
listener = listening(path)
threading.Thread(target=serve, args=(listener, real, lambda: WAYS[what]), daemon=True).start()
print("ready", flush=True)
lost.wait()
daemon.kill()
daemon.wait()
listener.shutdown(socket.SHUT_RDWR)
print("lost", flush=True)
os._exit(0)  # closes what the clients hold
