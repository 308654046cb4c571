#!/usr/bin/env python3
"""Broken requests to a running server, from a fixed seed: `server.py PROGRAM [REQUESTS]`.

Heads that are no heads, lengths that lie, bodies cut, joined and turned around, JSON that nests, names of files. The server
must go on, answer with 500 to none of them, and say the same as before to a good request at the end.
"""

import pathlib
import random
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Browser"))
from served import ask, served

GOOD = b'{"medication":["oxycodone oral 20 mg q6h"],"opioid-days":30}'
BODIES = [
    ("/v1/convert", "application/json", GOOD),
    ("/v1/convert", "text/csv", b"patient_id,drug,dose,unit,frequency\nP,morphine,60,mg,bid\n"),
    ("/v1/convert", "application/fhir+json", b'{"resourceType":"Bundle","type":"collection","entry":[]}'),
    ("/v1/intake", "text/csv", b"MRN,Drug Name,Sig\nH,MORPHINE 15 MG TABLET,take 1 tablet twice daily\n"),
    ("/v1/pump/refill", "application/json", b'{"fill":"40 mL","concentration":"10 mg/mL","dose":"4 mg/day","date":"2026-01-01"}'),
    ("/v1/pump/list", "text/csv", b"patient_id,drug,concentration,dose,fill,fill_date\nA,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01\n"),
    ("/v1/titrate", "application/yaml", b"drug: baclofen\nscreening: {bolus: 50 mcg, effect: 6 h}\ntarget: {dose: 200 mcg/day}\n"),
    ("/v1/simulate", "application/yaml", b"drug: morphine\ncatheter: {tip: L3}\nprogram:\n  - {at: 0 h, bolus: 0.25 mg}\noutput: {every: 6 h, until: 12 h, at: [tip]}\n"),
    ("/v1/risk", "application/json", b'{"drug":"morphine","dose":"0.3 mg","regimen":"single","patients":0}'),
    ("/cds-services/thecal-pump-dose", "application/json", b'{"hook":"order-select","hookInstance":"x","context":{"patientId":"p"},"prefetch":{}}'),
]
PIECES = [b"{", b"[" * 200, b'"', b"\x00", b"\xff\xfe", b"\r\n", b"../../etc/passwd", b"1e309", b"-", b"\\u0000", b": &a *a", b"!!python", b",", b"9" * 300, "µ‮".encode()]


def broken(rng, body):
    body = bytearray(body)
    for _ in range(rng.randint(1, 4)):
        place = rng.randint(0, len(body))
        match rng.randint(0, 4):
            case 0: del body[place:place + rng.randint(1, 20)]
            case 1: body[place:place] = rng.choice(PIECES)
            case 2: body[place:place] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 8)))
            case 3: body[place:place] = body[rng.randint(0, len(body)):][:40]
            case _: body.reverse() if rng.random() < 0.05 else body.extend(body[:60])
    return bytes(body)


def request(rng):
    path, kind, body = rng.choice(BODIES)
    body = broken(rng, body)
    length = len(body) if rng.random() < 0.9 else rng.choice([0, -1, len(body) - 1, 10**30])
    method = "POST" if rng.random() < 0.95 else rng.choice(["GET", "PUT", "G\tT", "", "POST POST"])
    accept = rng.choice(["*/*", "application/json", "text/csv", "text/plain", "q=;,;", "*" * 300])
    head = f"{method} {path}{rng.choice(['', '', '', '?a=%zz', '?map==', '?risk=1', '#x'])} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nAccept: {accept}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def status(port, bytes_):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(bytes_)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
                if b"\r\n\r\n" in answer:
                    break
        except ConnectionError:
            pass
    return int(answer[9:12]) if answer[9:12].isdigit() else 0


def main(program, requests="2000"):
    rng = random.Random(1)
    counts = {}
    with served(program) as address:
        port = int(address.rsplit(":", 1)[1])
        before = ask(address, "/v1/convert", GOOD, "application/json")
        for number in range(int(requests)):
            bytes_ = request(rng)
            found = status(port, bytes_)
            counts[found] = counts.get(found, 0) + 1
            if found == 500:
                raise SystemExit(f"request {number} is answered with 500: {bytes_!r}")
        if ask(address, "/v1/convert", GOOD, "application/json") != before:
            raise SystemExit("a good request is answered differently afterwards")
    print("answers by status:", ", ".join(f"{key or 'closed'} {counts[key]}" for key in sorted(counts)))


if __name__ == "__main__":
    main(*sys.argv[1:])
