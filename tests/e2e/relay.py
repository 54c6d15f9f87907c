"""What a relay between a client and the daemon's socket is made of; for the programs beside this file."""

import socket
import threading


def _pump(source, sink, change):
    try:
        while (data := source.recv(1 << 20)) and (passed := change(data)) is not None:
            sink.sendall(passed)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def _as_it_is(data):
    return data


def join(client, real, change=_as_it_is, ask=_as_it_is):
    """Passes everything on between client and the socket real, on threads; what comes from real as change
    makes it, what goes there as ask makes it, and None ends the connection. Without a daemon the client is closed."""
    upstream = socket.socket(socket.AF_UNIX)
    try:
        upstream.connect(real)
    except OSError:
        client.close()
        return
    for source, sink, way in ((client, upstream, ask), (upstream, client, change)):
        threading.Thread(target=_pump, args=(source, sink, way), daemon=True).start()
