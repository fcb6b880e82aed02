"""Print the lowest version that `pyproject.toml` allows of each dependency, one a line.

As pip's requirements, of all groups or of those named: `python .ci/lowest.py dependencies dev`.
"""

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
#: A dependency with both its bounds, and nothing else.
BOUND = re.compile(r"(?P<name>[\w.-]+)>=(?P<lowest>[\w.]+),<(?P<beyond>[\w.]+)")


def declared() -> dict[str, list[str]]:
    """Return the dependencies as they are written, by group."""
    text = tomllib.loads(PROJECT.read_text("utf-8"))
    project = text["project"]
    return {
        "build": text["build-system"]["requires"],
        "dependencies": project["dependencies"],
        **project["optional-dependencies"],
    }


def main(groups: list[str]) -> int:
    """Print the versions; 1 if a dependency is not bound at both ends."""
    unbound = 0
    for group, written in declared().items():
        for requirement in written if not groups or group in groups else ():
            found = BOUND.fullmatch(requirement)
            if found is None:
                sys.stderr.write(f"`{requirement}` of {group} is to read `name>=1.2,<3`\n")
                unbound = 1
            else:
                sys.stdout.write(f"{found['name']}=={found['lowest']}\n")
    return unbound


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
