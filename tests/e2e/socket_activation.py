#!/usr/bin/env python3
"""What systemd does for a socket unit, on a machine without it: sd_listen_fds(3).

socket_activation.py SOCKET PROGRAM [ARG...]

Listens on SOCKET; at a connection starts PROGRAM with the listening socket as descriptor 3; when it has
ended, listens again itself. Prints `listening` and `started PID`.
"""

import os
import select
import socket
import sys

path, *command = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
os.chmod(path, 0o600)
listener.listen(128)
print("listening", flush=True)
while True:
    select.select([listener], [], [])
    pid = os.fork()
    if pid == 0:
        os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.execvpe(command[0], command, {**os.environ, "LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"})
    print(f"started {pid}", flush=True)
    os.waitpid(pid, 0)
