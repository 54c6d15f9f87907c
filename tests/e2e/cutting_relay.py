#!/usr/bin/env python3
"""A way to the daemon that lets no streams through, as some proxies are: it passes everything on, and ends
a connection as soon as the daemon answers on it with a stream.

cutting_relay.py SOCKET REAL [MENDED]    listens on SOCKET, the daemon listens on REAL; prints ready. Once
                                         there is a file MENDED, streams come through
"""

import os
import sys

from relay import listening, serve

path, real, *mended = sys.argv[1:]


def without_streams(data):
    is_stream = b"text/event-stream" in data and data.startswith(b"HTTP/1.1 200")
    return None if is_stream and not any(map(os.path.exists, mended)) else data


listener = listening(path)
print("ready", flush=True)
serve(listener, real, lambda: {"change": without_streams})
