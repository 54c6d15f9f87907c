#!/usr/bin/env python3
"""A way to the daemon on which something happens just before a stream begins: between what its reader asked
before and the first thing it is told.

gap_relay.py SOCKET REAL COMMAND [ARG...]    listens on SOCKET, the daemon listens on REAL; runs COMMAND to its
end when the first stream is asked for, then passes that on; prints ready
"""

import os
import socket
import subprocess
import sys

from relay import join

path, real, *command = sys.argv[1:]


def after_the_command(data):
    if command and b"text/event-stream" in data:
        subprocess.run(command, check=True)
        command.clear()
    return data


listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
os.chmod(path, 0o600)
listener.listen(64)
print("ready", flush=True)
while True:
    join(listener.accept()[0], real, ask=after_the_command)
