#!/usr/bin/env python3
"""`thecal serve` under load on loopback: conversions per second, the slowest of a hundred requests, memory.

    load.py PROGRAM [REQUESTS]

One process of clients, each with a connection of its own that asks again as soon as it has its answer. The figures hold for
this machine and for client and server together on its cores.
"""

import asyncio
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Browser"))
from served import served

ONE = b'{"medication":["oxycodone oral 20 mg q6h"],"opioid-days":30}'
SECONDS = 5


def request(body):
    head = f"POST /v1/convert HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def client(port, bytes_, more, times):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while more():
        begin = time.perf_counter()
        writer.write(bytes_)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        if b" 200 " not in head[:20]:
            raise SystemExit(head.decode())
        times.append(time.perf_counter() - begin)
    writer.close()


async def load(port, clients, more):
    times = []
    begin = time.perf_counter()
    await asyncio.gather(*(client(port, request(ONE), more, times) for _ in range(clients)))
    return times, time.perf_counter() - begin


def resident(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def process_at(port):
    wanted = f"{port:04X}"
    inode = next(line.split()[9] for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]
                 if line.split()[1].endswith(":" + wanted) and line.split()[3] == "0A")
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if any(f"socket:[{inode}]" == str(link.readlink()) for link in (folder / "fd").iterdir()):
                    return int(folder.name)
            except OSError:
                pass
    raise SystemExit("the server's process is not to be found")


def main(program, requests=100_000):
    with served(program) as address:
        port = int(address.rsplit(":", 1)[1])
        pid = process_at(port)
        for clients in [1, 16, 64]:
            end = time.perf_counter() + SECONDS
            times, spent = asyncio.run(load(port, clients, lambda: time.perf_counter() < end))
            times.sort()
            print(f"{clients:3} clients: {len(times) / spent:7.0f} conversions/s, median {times[len(times) // 2] * 1000:6.2f} ms, "
                  f"p99 {times[int(len(times) * 0.99)] * 1000:6.2f} ms")
        left = [int(requests)]

        def more():
            left[0] -= 1
            return left[0] >= 0

        before = resident(pid)
        for part in range(4):
            quarter = left[0] - int(requests) // 4
            asyncio.run(load(port, 16, lambda: left[0] > quarter and more()))
            print(f"after {int(requests) - max(left[0], 0):7} requests: {resident(pid):6.1f} MiB (before: {before:.1f})")


if __name__ == "__main__":
    main(*sys.argv[1:])
