"""hook_receiver.py PORT_FILE SEEN_FILE ANSWER_FILE SECRET [PEM]    takes what hooks post, on a port of its own

Writes its port, then a line per post: delivery, verdict on the signature, status it answers, rev,
prev. The status stands in ANSWER_FILE, 204 without one. The check is as a receiver would write it.
With PEM, a certificate and its key, it speaks TLS.
"""

import hashlib
import hmac
import http.server
import json
import os
import ssl
import sys

port_file, seen_file, answer_file, secret = sys.argv[1:5]


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = dict(part.split("=", 1) for part in self.headers["Taskman-Signature"].split(","))
        wanted = hmac.new(secret.encode(), said["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
        verdict = "good" if hmac.compare_digest(wanted, said["v1"]) else "bad"
        try:
            with open(answer_file, encoding="utf-8") as file:
                status = int(file.read())
        except (FileNotFoundError, ValueError):
            status = 204
        frame = json.loads(body)
        with open(seen_file, "a", encoding="utf-8") as file:
            print(self.headers["Taskman-Delivery"], verdict, status, frame["rev"], frame["prev"],
                  self.headers["Content-Type"], self.headers["Taskman-Hook"], file=file)
        self.send_response(status, "because")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
if len(sys.argv) > 5:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[5])
    server.socket = context.wrap_socket(server.socket, server_side=True)
with open(port_file + ".new", "w", encoding="utf-8") as file:
    print(server.server_port, file=file)
os.rename(port_file + ".new", port_file)
server.serve_forever()
