"""`thecal serve` for a test: started at a free port, stopped at the end."""

import contextlib
import re
import subprocess
import urllib.error
import urllib.request


@contextlib.contextmanager
def served(program, *arguments):
    """The address of a running server."""
    process = subprocess.Popen([program, "serve", "--port", "0", *arguments], stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+/", line)
        if not found:
            raise SystemExit(f"the server did not start: {line!r}")
        yield found[0].rstrip("/")
    finally:
        process.terminate()
        code = process.wait(timeout=60)
    if code:
        raise SystemExit(f"the server ended with {code}")


def ask(address, path, body=None, kind=None, accept="application/json"):
    """Status and bytes of an answer."""
    headers = {"Accept": accept} | ({"Content-Type": kind} if kind else {})
    request = urllib.request.Request(address + path, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
