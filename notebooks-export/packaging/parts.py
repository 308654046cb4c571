"""What the binary and the wheel are made of: the Swift packages and the runtime inside, the libraries of the system beside."""

import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

#: What SwiftPM fetches and the linker puts inside: licence, and a part that comes with it.
SWIFT_PACKAGES = {
    "swift-argument-parser": "Apache-2.0 WITH Swift-exception", "swift-mustache": "Apache-2.0", "yams": "MIT",
}

#: The libyaml that Yams holds, as its history says: its sources name no version.
LIBYAML = "0.2.5"

#: Debian's packages of headers that are compiled in: the name of the part, its licence, its origin.
HEADERS = {"nlohmann-json3-dev": ("nlohmann-json", "MIT", "https://github.com/nlohmann/json")}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def version():
    return re.search(r"^VERSION := (\S+)", (ROOT / "Makefile").read_text(), re.MULTILINE)[1]


def inside():
    """Name, version, licence and origin of what is linked in."""
    pins = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    for pin in sorted(pins, key=lambda pin: pin["identity"]):
        state = pin["state"]
        yield (pin["identity"], state.get("version", state["revision"]), licence(pin["identity"]), pin["location"])
    yield ("libyaml", LIBYAML, "MIT", "https://github.com/yaml/libyaml")
    for package, (part, words, url) in HEADERS.items():
        yield (part, package_version(package), words, url)
    swift = re.search(r"Swift version (\S+)", run("swift", "--version"))[1]
    for part, words in (("swift-runtime", "Apache-2.0 WITH Swift-exception"), ("swift-foundation", "Apache-2.0 WITH Swift-exception"),
                        ("swift-foundation-icu", "Unicode-3.0")):
        yield (part, swift, words, "https://swift.org")


def licence(identity):
    """The licence of a Swift package; the text decides where the table does not know it."""
    if identity in SWIFT_PACKAGES:
        return SWIFT_PACKAGES[identity]
    text = licence_text(identity)
    return "Apache-2.0" if "Apache License" in text else "MIT" if "Permission is hereby granted" in text else "NOASSERTION"


def licence_text(identity):
    """The licence file of a package as it was checked out, or as Debian installs it."""
    for package, (part, _, _) in HEADERS.items():
        if part == identity:
            return (pathlib.Path("/usr/share/doc") / package / "copyright").read_text()
    for folder in checkouts():
        if folder.name.lower() == identity:
            for name in ("LICENSE", "LICENSE.txt", "LICENSE.md"):
                if (folder / name).exists():
                    return (folder / name).read_text()
    return ""


def checkouts():
    return sorted((ROOT / ".build" / "checkouts").glob("*"))


def beside(*binaries):
    """Debian's packages, with versions, of the libraries that `binaries` load, and those that these load."""
    packages = {}
    for binary in binaries:
        for path in re.findall(r"=> (/\S+)", run("ldd", str(binary))):
            owner = package_of(pathlib.Path(path))
            if owner:
                packages[owner] = package_version(owner)
    return dict(sorted(packages.items()))


def package_version(package):
    return run("dpkg-query", "-W", "-f", "${Version}", package)


def package_of(path):
    """The package that a file belongs to; /lib may be a link to /usr/lib."""
    for candidate in (path, path.resolve(), pathlib.Path(str(path.resolve()).removeprefix("/usr")), pathlib.Path(f"/usr{path}")):
        found = subprocess.run(["dpkg-query", "-S", str(candidate)], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(": ")[0].split(",")[0].split(":")[0]
    return None
