"""The entry point of `csm` and of `python -m csm`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run one command and end the process with its exit code.

    The collector is kept from walking what start-up made, and the process ends without taking the interpreter down
    module by module: together a quarter of a short command's time. Everything is flushed and closed before.
    """
    gc.disable()
    from csm.cli.app import run

    code = run(sys.argv[1:])
    gc.enable()
    os._exit(code)


if __name__ == "__main__":
    main()
