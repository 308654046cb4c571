#!/usr/bin/env python3
"""Writes the man page from what the commands say of themselves: thecal.1.py THECAL > thecal.1"""

import json
import subprocess
import sys


def escape(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\n.", "\n\\&.")


def names(argument):
    shown = [("-" if name["kind"] == "short" else "--") + name["name"] for name in argument.get("names", [])]
    value = "" if argument["kind"] == "flag" else f" <{argument.get('valueName', 'value')}>"
    return (", ".join(shown) or f"<{argument.get('valueName', '')}>") + (value if shown else "")


def section(command, path):
    lines = [f".SS {escape(' '.join(path))}", escape(command.get("abstract", ""))]
    for argument in command.get("arguments", []):
        if argument.get("shouldDisplay", True) and argument.get("abstract"):
            lines += [".TP", f".B {escape(names(argument))}", escape(argument["abstract"])]
    for inner in command.get("subcommands", []):
        if inner["commandName"] != "help":
            lines += section(inner, path + [inner["commandName"]])
    return lines


def main():
    dump = json.loads(subprocess.run([sys.argv[1], "--experimental-dump-help"], capture_output=True, check=True).stdout)
    root = dump["command"]
    print("\n".join([
        '.TH THECAL 1 "" "Thecal" "Intrathecal pumps"', ".SH NAME", "thecal \\- " + escape(root["abstract"]),
        ".SH SYNOPSIS", ".B thecal", "<command> [options]", ".SH DESCRIPTION", escape(root.get("discussion", "")),
        ".SH COMMANDS"] + [line for inner in root["subcommands"] if inner["commandName"] != "help"
                           for line in section(inner, ["thecal", inner["commandName"]])] + [
        ".SH EXIT STATUS",
        "0 all done; 1 done, but something is blocked or in error; 64 usage; 65 the data is unusable; 66 input not "
        "found; 73 output cannot be created; 74 input or output failed; 130 interrupted."]))


main()
