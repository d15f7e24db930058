#!/usr/bin/env python3
"""Runs the examples of a page: every ```console block, command by command, and compares what they print.

    readme.py README.md FOLDER_OF_THE_PROGRAM            compare; exit status 1 where something differs
    readme.py README.md FOLDER_OF_THE_PROGRAM --write    write what is printed into the page

A line that begins with "$ " is a command; the lines up to the next one are what it prints (both outputs together). A line "…" stands
for any lines, "…" at the end of a line for its rest: the id of a receipt changes with every rule. The commands run one after another in
an empty folder.
"""
import os
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)


def sessions(block):
    """Commands with the lines that follow them."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line.rstrip())
    return found


def trimmed(lines):
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def pattern(line):
    if line == "…":
        return "(?:.*\n)*?.*"
    return re.escape(line[:-1]) + ".*" if line.endswith("…") else re.escape(line)


def run(command, programs, home):
    environment = {"PATH": programs + ":" + os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "COLUMNS": "100"}
    done = subprocess.run(["bash", "-c", command], cwd=home, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    return trimmed([line.rstrip() for line in done.stdout.decode("utf-8").splitlines()])


def main():
    page, programs = sys.argv[1], os.path.abspath(sys.argv[2])
    with open(page, encoding="utf-8") as file:
        text = file.read()
    count, differ = 0, 0
    with tempfile.TemporaryDirectory() as home:
        def again(block):
            nonlocal count, differ
            lines = []
            for command, wanted in sessions(block.group(1)):
                wanted, got = trimmed(wanted), run(command, programs, home)
                count += 1
                if not re.fullmatch("\n".join(map(pattern, wanted)), "\n".join(got)):
                    differ += 1
                    if "--write" not in sys.argv:
                        print("%s: $ %s\n  the page says:\n    %s\n  it prints:\n    %s" % (
                            page, command, "\n    ".join(wanted), "\n    ".join(got)))
                    wanted = [re.sub(r"(receipt|ricevuta) \w{4}-\w{4}$", r"\1 …", line) for line in got]
                lines += ["$ " + command] + wanted + [""]
            return "```console\n" + "\n".join(lines[:-1]) + "\n```"

        text = BLOCK.sub(again, text)
    if not count:
        sys.exit("%s: no example was found" % page)
    print("%d examples, %d differ" % (count, differ))
    if "--write" in sys.argv:
        with open(page, "w", encoding="utf-8") as file:
            file.write(text)
    elif differ:
        sys.exit(1)


if __name__ == "__main__":
    main()
