"""Says in one line whether the browser tests will run; exits 1 where they are required and can't."""

import os
import shutil
import sys

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

if __name__ == "__main__":
    if CHROMIUM:
        sys.stdout.write(f"browser tests: with {CHROMIUM}\n")
    elif os.environ.get("BROWSER_TESTS") == "required":
        sys.exit("browser tests: required, but no chromium is on the PATH (Debian: apt-get install chromium)")
    else:
        sys.stdout.write("browser tests: skipped, no chromium on the PATH (Debian: apt-get install chromium)\n")
