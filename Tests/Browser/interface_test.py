#!/usr/bin/env python3
"""The interface against its own description, by schemathesis: `interface_test.py PROGRAM [EXAMPLES [SECONDS]]`.

Inputs made from the schemas, then so many drawn ones for each address, the same in every run, which ends within its time, whatever it finds.
"""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from served import served

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method"


def main(program, examples="40", seconds="180"):
    schemathesis = pathlib.Path(sys.executable).parent / "schemathesis"
    with served(program) as address, tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, schemathesis, "run", f"{address}/openapi.json", "--checks", CHECKS, "--max-examples", examples,
                   "--generation-deterministic", "--no-shrink", "--phases", "examples,coverage,fuzzing",
                   "--request-timeout", "70", "--continue-on-failure", "--suppress-health-check", "all", "--workers", "2", "--no-color"]
        try:
            code = subprocess.run(command, cwd=folder, timeout=int(seconds)).returncode
        except subprocess.TimeoutExpired:
            raise SystemExit(f"schemathesis did not end within {seconds} s")
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
