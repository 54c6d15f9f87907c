"""hostile_receiver.py PORT_FILE    a server that answers posts of hooks as badly as the path asks for

Writes its port. Whoever follows a redirect is found out: /redirected makes a file of that name.
"""

import http.server
import os
import sys
import threading

port_file = sys.argv[1]
KIB = b"x" * 1024


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        try:
            getattr(self, "answer_" + self.path[1:])()
        except (BrokenPipeError, ConnectionResetError):
            pass

    def begin(self, status="200 OK"):
        self.wfile.write(f"HTTP/1.1 {status}\r\n".encode())

    def answer_long_line(self):
        self.begin()
        self.wfile.write(b"X-Long: ")
        for _ in range(5 * 1024):
            self.wfile.write(KIB)
        self.wfile.write(b"\r\n\r\n")

    def answer_endless_head(self):
        self.begin()
        while True:
            self.wfile.write(b"X-Line: " + KIB + b"\r\n")

    def answer_endless_continue(self):
        while True:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def answer_endless_trailer(self):
        self.begin()
        self.wfile.write(b"Transfer-Encoding: chunked\r\n\r\n0\r\n")
        while True:
            self.wfile.write(b"X-Line: " + KIB + b"\r\n")

    def answer_endless_body(self):
        self.begin()
        self.wfile.write(b"\r\n")
        while True:
            self.wfile.write(KIB)

    def answer_endless_refusal(self):
        self.begin("500 No")
        self.wfile.write(b"\r\nbroken\n")
        while True:
            self.wfile.write(KIB)

    def answer_slow(self):
        self.begin()
        self.wfile.write(b"X-Slow: ")
        while not self.server.ended.wait(0.05):
            self.wfile.write(b"x")

    def answer_silent(self):
        self.server.ended.wait()

    def answer_closed(self):
        pass

    def answer_noise(self):
        self.wfile.write(bytes(range(256)) * 16)

    def answer_to_file(self):
        self.begin("302 Found")
        self.wfile.write(b"Location: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")

    def answer_to_other(self):
        self.begin("307 Temporary Redirect")
        port = self.server.server_port
        self.wfile.write(f"Location: http://localhost:{port}/redirected\r\nContent-Length: 0\r\n\r\n".encode())

    def answer_redirected(self):
        with open("redirected", "w", encoding="utf-8"):
            pass

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Receiver)
        self.ended = threading.Event()


server = Server()
with open(port_file + ".new", "w", encoding="utf-8") as file:
    print(server.server_port, file=file)
os.rename(port_file + ".new", port_file)
server.serve_forever()
