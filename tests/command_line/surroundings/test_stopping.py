"""Ctrl-C where Python cannot raise it: it is given again, and nobody sees a traceback."""

import subprocess
import sys

import pytest

DESTRUCTOR = """
import time
from keyworker_cli.command_line.surroundings.stopping import stop_when_told

class Old:
    def __del__(self):
        raise {error}

stop_when_told()
try:
    Old()
    time.sleep(30)
except KeyboardInterrupt:
    print("stopped")
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20)


@pytest.mark.sqlite_file
def test_ctrl_c_while_something_is_let_go_of_stops_the_command_and_prints_nothing() -> None:
    ended = run(DESTRUCTOR.format(error="KeyboardInterrupt"))

    assert ended.stdout == "stopped\n"
    assert ended.stderr == ""


@pytest.mark.sqlite_file
def test_any_other_error_there_is_printed_as_ever() -> None:
    ended = run(DESTRUCTOR.format(error="ValueError('lost')").replace("sleep(30)", "sleep(0)"))

    assert ended.stdout == ""
    assert "ValueError: lost" in ended.stderr
