#!/usr/bin/env python3
"""A daemon that dies between a write and its answer.

losing_relay.py SOCKET answer|request TASKMAND [FLAG...]

Listens on SOCKET and starts TASKMAND behind it, on SOCKET.real. With `answer`, the answer to the first POST it did
is kept back: what it tells of is committed, and nobody was told. With `request`, the first POST is kept from it. Then
the daemon is killed with SIGKILL, nobody listens on SOCKET any more, and only then the client loses its connection.
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


def ways():
    """Of one connection: how what it asks and what it is told are lost."""
    posted = threading.Event()

    def is_lost_ask(data):
        if data.startswith(b"POST "):
            posted.set()
        return what == "request" and posted.is_set()

    def is_lost_answer(data):
        return what == "answer" and posted.is_set() and data.startswith(b"HTTP/1.1 20")

    return {"ask": losing(is_lost_ask), "change": losing(is_lost_answer)}


daemon = start_daemon(command, real)
listener = listening(path)
threading.Thread(target=serve, args=(listener, real, ways), daemon=True).start()
print("ready", flush=True)
lost.wait()
daemon.kill()
daemon.wait()
listener.shutdown(socket.SHUT_RDWR)
print("lost", flush=True)
os._exit(0)  # closes what the clients hold
