"""A stand-in for EDGAR that replays answers of its shape, and misbehaves when told to.

`answer` is all of it; `transport` puts it behind an httpx client without a socket, `serving` behind a real
server on the loopback.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from collections import defaultdict, deque
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from tieout.sources.pace import Clock

CONTACT = "Jane Doe jane@example.com"


class Watch(Clock):
    """A clock that a sleep sets forward at once."""

    def __init__(self):
        super().__init__()
        self.time = 1_000_000.0
        self.slept = []

    def now(self):
        return self.time

    def sleep(self, seconds):
        if seconds > 0:
            self.slept.append(seconds)
            self.time += seconds


class StandIn:
    """Pages by path. `faults` of a path are used up one a request, before it answers as it should."""

    def __init__(self, pages=None):
        self.pages = dict(pages or {})
        self.faults = defaultdict(deque)
        self.requests = []
        self.came = threading.Condition()

    def wait_for(self, path, seconds=60):
        """Wait until somebody has asked for the path."""
        with self.came:
            assert self.came.wait_for(lambda: self.asked(path), seconds)

    def fail(self, path, *faults):
        """Answer the next requests so: (status, headers, body), an exception, "cut" or "slow"."""
        self.faults[path].extend(faults)

    def asked(self, path):
        """The headers of every request for the path."""
        return [headers for got, headers in self.requests if got == path]

    def answer(self, path, headers):
        """Status, headers and body for a request; `headers` with lower-case names."""
        with self.came:
            self.requests.append((path, headers))
            self.came.notify_all()
        if path not in self.pages:
            return 404, {}, b"<html><body>NoSuchKey</body></html>"
        body = self.pages[path]
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if headers.get("if-none-match") == etag:
            return 304, {"ETag": etag}, b""
        told = {"ETag": etag, "Last-Modified": "Thu, 28 Aug 2025 20:05:00 GMT"}
        if "gzip" in headers.get("accept-encoding", ""):
            return 200, told | {"Content-Encoding": "gzip"}, gzip.compress(body, mtime=0)
        return 200, told, body

    def fault(self, path):
        """The next fault of the path, None for none."""
        return self.faults[path].popleft() if self.faults[path] else None


def transport(edgar):
    """The stand-in as an httpx transport."""

    def handle(request):
        headers = {name.lower(): value for name, value in request.headers.items()}
        path = request.url.path
        fault = edgar.fault(path)
        if isinstance(fault, Exception):
            edgar.requests.append((path, headers))
            raise fault
        if isinstance(fault, tuple):
            edgar.requests.append((path, headers))
            status, told, body = fault
        else:
            status, told, body = edgar.answer(path, headers)
        if fault == "cut":
            body = body[: len(body) // 2]
        # A stream is handed on as it is, packed, as from a network.
        return httpx.Response(status, headers=told, stream=httpx.ByteStream(body))

    return httpx.MockTransport(handle)


@contextmanager
def serving(edgar):
    """The address of a real server on the loopback that answers as the stand-in does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            fault = edgar.fault(self.path)
            status, told, body = edgar.answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            if isinstance(fault, tuple):
                status, told, body = fault
            self.send_response(status)
            for name, value in told.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if fault == "cut":
                self.wfile.write(body[: len(body) // 2])
                self.close_connection = True
                return
            if fault == "slow":
                for at in range(0, len(body), max(len(body) // 8, 1)):
                    self.wfile.write(body[at : at + max(len(body) // 8, 1)])
                    self.wfile.flush()
                    time.sleep(0.01)
                return
            self.wfile.write(body)

        def log_message(self, *arguments):
            del arguments

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_):
            """Whoever hangs up midway, as a killed program does, is no error here."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def tickers(*rows):
    """company_tickers.json of (cik, ticker, name)."""
    found = {str(n): {"cik_str": c, "ticker": t, "title": name} for n, (c, t, name) in enumerate(rows)}
    return json.dumps(found).encode()


def columns(*filings):
    """The columns of a page of submissions, of dictionaries."""
    names = {
        "accessionNumber": "accession",
        "filingDate": "filed",
        "reportDate": "period",
        "acceptanceDateTime": "accepted",
        "form": "form",
        "items": "items",
        "isXBRL": "xbrl",
        "isInlineXBRL": "inline",
        "primaryDocument": "document",
    }
    blank = {"period": "", "items": "", "xbrl": 0, "inline": 0, "document": ""}
    return {name: [(blank | each)[key] for each in filings] for name, key in names.items()}


def submissions(cik, name, tickers, filings, pages=(), former=()):
    """A submissions file."""
    return json.dumps(
        {
            "cik": f"{cik:010}",
            "name": name,
            "tickers": list(tickers),
            "exchanges": ["Nasdaq"] * len(tickers),
            "sic": "3571",
            "fiscalYearEnd": "1228",
            "formerNames": [{"name": each, "from": None, "to": None} for each in former],
            "filings": {
                "recent": columns(*filings),
                "files": [{"name": page, "filingCount": 1} for page in pages],
            },
        }
    ).encode()


def index_page(folder, *documents):
    """A filing's index page: (file name, type, inline) each, in a table as EDGAR's, and one of data files."""
    rows = "".join(
        f'<tr><td scope="row">{n}</td><td scope="row">{kind}</td><td scope="row">'
        f'<a href="{"/ix?doc=" if inline else ""}{folder}/{name}">{name}</a>'
        f"{' &nbsp;&nbsp;<span>iXBRL</span>' if inline else ''}</td>"
        f'<td scope="row">{kind}</td><td scope="row">12345</td></tr>'
        for n, (name, kind, inline) in enumerate(documents, 1)
    )
    head = "<tr><th>Seq</th><th>Description</th><th>Document</th><th>Type</th><th>Size</th></tr>"
    whole = '<tr><td></td><td>Complete text</td><td><a href="x.txt">x.txt</a></td><td>&nbsp;</td></tr>'
    return (
        f'<html><body><table class="tableFile" summary="Document Format Files">{head}{rows}{whole}</table>'
        f"</body></html>"
    ).encode()
