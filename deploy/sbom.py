"""Prints a software bill of materials (CycloneDX 1.5) of what is built into the program, from `cargo metadata --locked`: sbom.py [CARGO FLAGS]."""

import json
import pathlib
import subprocess
import sys
import tomllib


def main():
    host = next(
        line.split(": ")[1]
        for line in subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout.splitlines()
        if line.startswith("host: ")
    )
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", host, *sys.argv[1:]]
    data = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    lock = tomllib.loads(pathlib.Path("Cargo.lock").read_text())
    sums = {(package["name"], package["version"]): package.get("checksum") for package in lock["package"]}
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]

    # What is only for tests or for building is not in the program.
    def parts(node):
        return [dep["pkg"] for dep in node["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])]

    found, waiting = set(), [root]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(parts(nodes[here]))

    def purl(package):
        return "pkg:cargo/%s@%s" % (package["name"], package["version"])

    def component(package, kind="library"):
        made = {"type": kind, "bom-ref": purl(package), "name": package["name"], "version": package["version"], "purl": purl(package)}
        if package["license"]:
            made["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
        digest = sums.get((package["name"], package["version"]))
        if digest:
            made["hashes"] = [{"alg": "SHA-256", "content": digest}]
        return made

    ordered = sorted((packages[key] for key in found if key != root), key=lambda package: (package["name"], package["version"]))
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": component(packages[root], "application")},
        "components": [component(package) for package in ordered],
        "dependencies": [
            {"ref": purl(packages[key]), "dependsOn": sorted(purl(packages[part]) for part in set(parts(nodes[key])))}
            for key in sorted(found, key=lambda key: purl(packages[key]))
        ],
    }
    json.dump(bom, sys.stdout, indent=1, ensure_ascii=False)
    print()


main()
