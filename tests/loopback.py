"""A server on this machine that serves the original files, well or badly."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.patience import patience

HALF = 4_000_000
"""Bytes that a server which stops answering sends first."""


class Mirror(ThreadingHTTPServer):
    """Serves the files of folders; `way` says how well: whole, cut, damaged or silent."""

    daemon_threads = True

    def __init__(self, folders: dict[str, Path], way: str = "whole") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folders, self.way = folders, way
        self.asked: list[str] = []
        self.half_sent = threading.Event()
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """The downloader may go away at any time."""


class _Handler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        _, name, file = self.path.split("/")
        path = self.server.folders.get(name, Path("none")) / file
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.server.way == "damaged":
            content = bytes([content[0] ^ 1]) + content[1:]
        if self.server.way in ("cut", "silent"):
            content = content[:HALF]
        # torchvision looks first where an address leads, and never reads that answer
        if self.headers["Method"] != "HEAD":
            self.wfile.write(content)
            if self.server.way == "silent":
                self.server.half_sent.set()
                self.server.over.wait(patience())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def mirror(folders: dict[str, Path], way: str = "whole") -> Iterator[Mirror]:
    """A mirror that answers until the end of the block."""
    with Mirror(folders, way) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
