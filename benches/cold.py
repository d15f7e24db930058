#!/usr/bin/env python3
"""Time and memory of whole processes, started one after another: python3 benches/cold.py target/release/verbatim [RUNS]

Beside the program stand the tools that people would search the same text with. Every line: least and middle wall time, highest
resident memory of the runs. Memory can't read lower than that of this script (shown in the first line), which starts them.
"""
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

TEXT = "knowledge/equalize-scandal/article.txt"


def run(command):
    with open(os.devnull, "wb") as nothing:
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=nothing, stderr=nothing, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        taken = time.monotonic() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit("%s: exit status %d" % (" ".join(command), child.returncode))
    return 1000 * taken, 1000 * (usage.ru_utime + usage.ru_stime), usage.ru_maxrss / 1024


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "target/release/verbatim"
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    commands = [
        [program, "ask", "who is under house arrest?"],
        [program, "ask", "what did Tajani say?"],
        [program, "ask", "chi è agli arresti domiciliari?"],
        [program, "ask", "did the Bank of Japan raise its rates?"],
        [program, "--version"],
        ["grep", "-i", "house arrest", TEXT],
        ["rg", "-i", "house arrest", TEXT],
    ]
    print("this script: %.1f MB" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    print("%-64s %9s %9s %9s %9s" % ("command (%d runs)" % runs, "least ms", "middle ms", "cpu ms", "MB"))
    for command in commands:
        if not shutil.which(command[0]) and not os.path.exists(command[0]):
            print("%-64s not installed" % " ".join(command))
            continue
        run(command)
        results = [run(command) for _ in range(runs)]
        times, spent, memory = zip(*results)
        figures = (min(times), statistics.median(times), statistics.median(spent), max(memory))
        print("%-64s %9.1f %9.1f %9.1f %9.1f" % ((" ".join(command),) + figures))


if __name__ == "__main__":
    main()
