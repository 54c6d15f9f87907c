#!/usr/bin/env python3
"""A way to the daemon on which something happens just before a stream begins: between what its reader asked
before and the first thing it is told.

gap_relay.py SOCKET REAL COMMAND [ARG...]    listens on SOCKET, the daemon listens on REAL; runs COMMAND to its
end when the first stream is asked for, then passes that on; prints ready
"""

import subprocess
import sys

from relay import listening, serve

path, real, *command = sys.argv[1:]


def after_the_command(data):
    if command and b"text/event-stream" in data:
        subprocess.run(command, check=True)
        command.clear()
    return data


listener = listening(path)
print("ready", flush=True)
serve(listener, real, lambda: {"ask": after_the_command})
