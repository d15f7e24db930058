"""Looks at a built image and runs what is in it: check.py FOLDER BASE. Called by `build`, which says what is needed."""

import json
import os
import pathlib
import subprocess
import sys

MOST_OVER_BASE = 60 * 1024 * 1024
MOST_BINARY = 24 * 1024 * 1024


def buildah(*args, **more):
    return subprocess.run(["buildah", *args], check=True, capture_output=True, text=True, **more).stdout.strip()


def size(root):
    total = 0
    for folder, _, files in os.walk(root):
        for name in files:
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                total += os.lstat(path).st_size
    return total


def run(container, *command, expect=0):
    done = subprocess.run(
        ["buildah", "run", "--isolation", "chroot", "--user", "10001:10001", container, "--", *command], capture_output=True, text=True
    )
    if done.returncode != expect:
        sys.exit("%s: status %d, expected %d\n%s%s" % (command, done.returncode, expect, done.stdout, done.stderr))
    return done.stdout


def main():
    base_name = sys.argv[2]
    config = json.loads(buildah("inspect", "--type", "image", "verbatim"))["Docker"]["config"]
    wanted = {"User": "10001:10001", "Entrypoint": ["verbatim"], "Cmd": ["discord"], "WorkingDir": "/data", "StopSignal": "SIGTERM"}
    for key, value in wanted.items():
        assert config.get(key) == value, (key, config.get(key))
    assert list(config["Volumes"]) == ["/data"], config["Volumes"]
    assert config["Healthcheck"]["Test"] == ["CMD", "verbatim", "health"], config["Healthcheck"]
    assert config["Labels"]["org.opencontainers.image.title"] == "Verbatim"
    assert "VERBATIM_DATA=/data" in config["Env"]

    base, image = buildah("from", "--pull-never", base_name), buildah("from", "--pull-never", "verbatim")
    try:
        roots = [pathlib.Path(buildah("mount", name)) for name in (base, image)]
        over = size(roots[1]) - size(roots[0])
        binary = (roots[1] / "usr/local/bin/verbatim").stat().st_size
        print("over its base: %.1f MB; program: %.1f MB" % (over / 1e6, binary / 1e6))
        assert over <= MOST_OVER_BASE and binary <= MOST_BINARY
        data = (roots[1] / "data").stat()
        assert (data.st_uid, data.st_mode & 0o777) == (10001, 0o700), data
        writable = [
            str(path) for path in (roots[1] / "usr").rglob("*") if not path.is_symlink() and path.stat().st_uid == 10001
        ]
        assert not writable, writable

        assert "placed under house arrest" in run(image, "verbatim", "ask", "who is under house arrest?")
        assert "/data" in run(image, "verbatim", "config", "show")
        assert "no answer from 127.0.0.1:9464" in run(image, "verbatim", "health", expect=1)
        # Without Discord in reach the bot runs on, is healthy and not ready, and ends on SIGTERM with status 0.
        script = (
            "cd /data && DISCORD_TOKEN=MTIz.abc.def VERBATIM_DISCORD_API=http://127.0.0.1:9 verbatim discord 2>/data/log & "
            "pid=$!; for i in $(seq 60); do verbatim health >/dev/null && break; sleep 1; done; "
            "verbatim health && ! verbatim health --ready && kill -TERM $pid && wait $pid"
        )
        said = run(image, "sh", "-c", script)
        assert '"status":"ok"' in said and '"not ready"' in said, said
        print("runs as 10001, is healthy, ends on SIGTERM")
    finally:
        for name in (base, image):
            subprocess.run(["buildah", "rm", name], capture_output=True)


main()
