"""Print a set-up command of the README, so that CI runs what a newcomer reads."""

import re
import sys
from pathlib import Path

readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
found = re.search(rf"<!-- ci: {re.escape(sys.argv[1])} -->\s*```\w*\n(.*?)```", readme, re.DOTALL)
if found is None:
    sys.exit(f"README.md has no block marked <!-- ci: {sys.argv[1]} -->")
sys.stdout.write(found.group(1))
