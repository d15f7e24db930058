#!/usr/bin/env python3
"""Runs the examples of a page: every ```console block, command by command, and compares what they print.

    readme.py README.md FOLDER_OF_THE_PROGRAM

A line that begins with "$ " is a command; the lines up to the next one are what it must print (both outputs together).
A line "…" stands for any lines. The commands run one after another in an empty folder.
"""
import os
import re
import subprocess
import sys
import tempfile


def sessions(text):
    for block in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S):
        command, printed = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, printed
                command, printed = line[2:], []
            else:
                printed.append(line.rstrip())
        if command:
            yield command, printed


def matches(wanted, got):
    pattern = "\n".join("(?:.*\n)*?.*" if line == "…" else re.escape(line) for line in wanted)
    return re.fullmatch(pattern, "\n".join(got)) is not None


def main():
    page, programs = sys.argv[1], os.path.abspath(sys.argv[2])
    with open(page, encoding="utf-8") as file:
        examples = list(sessions(file.read()))
    if not examples:
        sys.exit("%s: no example was found" % page)
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": programs + ":" + os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
        for command, wanted in examples:
            done = subprocess.run(["bash", "-c", command], cwd=home, env=environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
            got = [line.rstrip() for line in done.stdout.decode("utf-8").splitlines()]
            while wanted and not wanted[-1]:
                wanted.pop()
            while got and not got[-1]:
                got.pop()
            if not matches(wanted, got):
                failed += 1
                print("%s: $ %s\n  the page says:\n    %s\n  it prints:\n    %s" % (
                    page, command, "\n    ".join(wanted), "\n    ".join(got)))
    print("%d examples, %d differ" % (len(examples), failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
