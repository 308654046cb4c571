#!/usr/bin/env python3
"""The interface against its own description, by schemathesis, for a bounded time: `interface_test.py PROGRAM [EXAMPLES]`."""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from served import served

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method"


def main(program, examples="8"):
    schemathesis = pathlib.Path(sys.executable).parent / "schemathesis"
    with served(program) as address:
        command = [schemathesis, "run", f"{address}/openapi.json", "--checks", CHECKS, "--max-examples", examples, "--seed", "1",
                   "--phases", "examples,coverage,fuzzing", "--request-timeout", "60", "--max-failures", "5", "--workers", "1"]
        code = subprocess.run(command).returncode
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
