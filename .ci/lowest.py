"""Print the lowest version that pyproject.toml allows of each dependency, as constraints for pip."""

import re
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = [*PROJECT["dependencies"], *EXTRAS["postgres"], *EXTRAS["encrypted"], *EXTRAS["dev"]]

for wanted in WANTED:
    if found := re.match(r"([\w-]+)(?:\[\w+\])?>=([\d.]+)", wanted):
        print(f"{found[1]}=={found[2]}")
