"""What a relay between a client and the daemon's socket is made of; for the programs beside this file."""

import os
import socket
import subprocess
import sys
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


def _join(client, real, change=_as_it_is, ask=_as_it_is):
    upstream = socket.socket(socket.AF_UNIX)
    try:
        upstream.connect(real)
    except OSError:
        client.close()
        return
    for source, sink, way in ((client, upstream, ask), (upstream, client, change)):
        threading.Thread(target=_pump, args=(source, sink, way), daemon=True).start()


def listening(path):
    """A socket at path, as the daemon's is."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chmod(path, 0o600)
    listener.listen(64)
    return listener


def serve(listener, real, ways):
    """Passes everything on between who connects and the socket real, on threads, until listener is shut down. ways()
    gives each connection its two: what comes from real as change makes it, what goes there as ask makes it; None ends
    the connection. Without a daemon the client is closed."""
    while True:
        try:
            client = listener.accept()[0]
        except OSError:  # shut down
            return
        _join(client, real, **ways())


def start_daemon(command, real):
    """The daemon behind the relay, once it listens on real."""
    daemon = subprocess.Popen([*command, "--ready-fd", "1", "--socket", real], stdout=subprocess.PIPE)
    said = daemon.stdout.readline()
    if said != b"ready\n":
        sys.exit(f"the daemon said {said}")
    return daemon
