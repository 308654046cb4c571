#!/usr/bin/env python3
"""The software bill of materials, CycloneDX 1.5, on standard output: sbom.py BINARY…

No time and no random serial number: the same binaries give the same bytes.
"""

import hashlib
import json
import pathlib
import sys

import parts


def component(name, version, licence, url=None, kind="library", purl=None):
    found = {"type": kind, "bom-ref": f"{name}@{version}", "name": name, "version": version}
    if licence:
        found["licenses"] = [{"expression": licence}]
    if url:
        found["externalReferences"] = [{"type": "website", "url": url}]
    if purl:
        found["purl"] = purl
    return found


def main():
    binaries = [pathlib.Path(name) for name in sys.argv[1:]]
    data = hashlib.sha256((parts.ROOT / "Data" / "manifest.json").read_bytes()).hexdigest()
    swift = [component(name, version, licence, url, purl=f"pkg:swift/{name}@{version}")
             for name, version, licence, url in parts.inside()]
    debian = [component(name, version, None, purl=f"pkg:deb/debian/{name}@{version}")
              for name, version in parts.beside(*binaries).items()]
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": component("thecal", parts.version(), "Apache-2.0", kind="application")},
        "components": [component("thecal-data", data[:16], "Apache-2.0", kind="data")] + swift + debian,
        "dependencies": [{"ref": f"thecal@{parts.version()}",
                          "dependsOn": [one["bom-ref"] for one in swift + debian]}],
    }
    for binary in binaries:
        digest = hashlib.sha256(binary.read_bytes()).hexdigest()
        document["components"].append({
            "type": "file", "bom-ref": binary.name, "name": binary.name,
            "hashes": [{"alg": "SHA-256", "content": digest}],
            "properties": [{"name": "size", "value": str(binary.stat().st_size)}]})
    print(json.dumps(document, indent=1))


main()
