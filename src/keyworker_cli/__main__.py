"""Where `kw` begins: what needs nothing is answered before anything is loaded."""

import gc
import os
import sys
from contextlib import suppress

from keyworker_cli.command_line.surroundings.streams import usable, write_out

STOPPED = 130


def main() -> None:
    """Run the program and leave with its exit code; stopped at any moment it says so, in words."""
    try:
        _main()
    except KeyboardInterrupt:  # before there is anybody else to say it, or after
        _say_stopped()
        sys.exit(STOPPED)


def _say_stopped() -> None:
    """Say so past the stream, which is no use any more where it was being made ready when Ctrl-C came."""
    if sys.__stderr__ is not None:  # one that was closed before kw began is by now another file
        with suppress(OSError):
            os.write(sys.__stderr__.fileno(), b"kw: stopped.\nhint: run the command again when you are ready.\n")


def _main() -> None:
    os.umask(0o077)
    sys.stdout, sys.stderr = usable(sys.stdout), usable(sys.stderr)  # `print` takes none for stdout
    if sys.argv[1:] in (["--version"], ["-V"]):
        from keyworker_cli import __version__  # noqa: PLC0415 - lazy import: costs 0.1 ms

        write_out(f"kw {__version__}\n")
        return
    if sys.argv[1:2] == ["__complete"]:
        from keyworker_cli.command_line.completion import complete  # noqa: PLC0415 - lazy import: costs 17 ms

        sys.exit(complete(sys.argv[2:]))
    gc.disable()  # one command makes much and drops little; what runs long turns it on again
    from keyworker_cli.cli import run  # noqa: PLC0415 - lazy import: costs 27 ms

    gc.freeze()
    code = run()
    gc.freeze()  # what was loaded since: the system takes it all back at once, nobody need go through it first
    sys.exit(code)


if __name__ == "__main__":
    main()
