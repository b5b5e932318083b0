"""A headless Chromium spoken to through a pipe: the page as laid out, and what keys and the mouse do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import contextmanager

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None) if os.name == "posix" else None
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--remote-debugging-pipe",
]


class Page:
    """One tab; `ask` is its protocol, `complaints` what its console says, the rest what a reader does."""

    def __init__(self, say, hear):
        self._say, self._hear, self._count, self._session = say, hear, 0, None
        self.complaints = []
        (target,) = [each for each in self.ask("Target.getTargets")["targetInfos"] if each["type"] == "page"]
        told = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = told["sessionId"]
        self.ask("Page.enable")
        self.ask("Log.enable")

    def ask(self, method, **given):
        """The answer to a command; what happens meanwhile is passed over."""
        self._count += 1
        told = {"id": self._count, "method": method, "params": given}
        if self._session:
            told["sessionId"] = self._session
        self._say.write(json.dumps(told).encode() + b"\0")
        self._say.flush()
        return self._until(lambda heard: heard.get("id") == self._count)["result"]

    def _until(self, wanted):
        while True:
            heard = b"".join(iter(lambda: self._hear.read(1), b"\0"))
            message = json.loads(heard)
            if message.get("method") == "Log.entryAdded":
                self.complaints.append(message["params"]["entry"]["text"])
            if wanted(message):
                return message

    def open(self, file, width=1440, height=900):
        """Show a file and wait until it is laid out."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.ask("Page.navigate", url=file.as_uri())
        self._until(lambda heard: heard.get("method") == "Page.loadEventFired")

    def value(self, expression):
        """What an expression of JavaScript, run from outside the page, comes to."""
        told = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return told["result"].get("value")

    def key(self, name, text=""):
        """Press a key and let it go."""
        given = {
            "key": name,
            "code": name,
            "windowsVirtualKeyCode": {"Escape": 27, "Enter": 13, "Tab": 9}[name],
        }
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **given)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **given)

    def mouse(self, selector, *, click=False):
        """Move the mouse to the middle of an element."""
        x, y = self.value(
            f"(e => {{ e.scrollIntoView({{block: 'center'}}); const r = e.getClientRects()[0];"
            f" return [r.x + r.width / 2, r.y + r.height / 2] }})(document.querySelector({selector!r}))"
        )
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased") if click else ():
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


@contextmanager
def browsing(profile):
    """A page of a browser of its own."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    words = [BROWSER, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    script = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
    with (
        subprocess.Popen(
            ["/bin/bash", "-c", script, "bash", *words],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process,
        os.fdopen(ours_out, "wb") as say,
        os.fdopen(ours_in, "rb") as hear,
    ):
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            yield Page(say, hear)
        finally:
            process.kill()
