#!/usr/bin/env python3
"""The copyright file of the Debian package, in Debian's machine-readable form."""

import parts


def indented(text):
    return "\n".join(f" {line}" if line.strip() else " ." for line in text.strip().splitlines())


def main():
    print("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    print("Upstream-Name: thecal\n\nFiles: *\nCopyright: the Thecal authors\nLicense: Apache-2.0")
    for name, version, licence, url in parts.inside():
        print(f"\nFiles: {name}\nCopyright: the authors of {name} ({url})\nLicense: {licence}\n"
              f"Comment: version {version}, linked into usr/bin/thecal and libthecal.so.0")
    print("\nLicense: Apache-2.0\n On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.")
    for name, _, licence, _ in parts.inside():
        text = parts.licence_text(name)
        if text and licence == "MIT":
            print(f"\nLicense: MIT\nComment: of {name}\n{indented(text)}")


main()
