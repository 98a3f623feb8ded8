"""Installs the packages of requirements.txt into this Python, each by itself, so that one that cannot be had takes no other
away. Prints those as a JSON list."""

import json
import os
import subprocess
import sys
from pathlib import Path

# LIBMF is compiled here, and takes vector instructions only where it is told to.
environment = {**os.environ, "CXXFLAGS": "-O3 -march=native -DUSEAVX"}
pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
compiled = ["--no-cache-dir", "--no-binary", "libmf"]


def installs(requirement):
    options = compiled if requirement.startswith("libmf") else []
    return subprocess.run([*pip, *options, requirement], env=environment, stdout=subprocess.DEVNULL).returncode == 0


wanted = Path(__file__).with_name("requirements.txt").read_text().split()
print(json.dumps([requirement for requirement in wanted if not installs(requirement)]))
