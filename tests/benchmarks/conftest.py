"""Benchmarks: whole processes, in turn with a reference, as ratios. Run on demand: `pytest tests/benchmarks`.

The invented prisons are generated and imported once and kept in the folder that KW_BENCHMARKS names (default: one in
the temporary directory), since the larger ones take minutes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROUNDS = 9
KEPT = Path(os.environ.get("KW_BENCHMARKS", Path(tempfile.gettempdir()) / "kw-benchmarks"))
AS_OF = "2026-05-12"
BIN = Path(sys.executable).parent
TYPER = [sys.executable, "-c", "import typer"]
ONE_CORE = ["taskset", "-c", "0"]
SQLMODEL = [sys.executable, "-c", "import sqlmodel, typer"]


@dataclass
class Figure:
    """One line of the table: what ran beside what, the median of the ratios pair by pair, and what is to be reached."""

    what: str
    beside: str
    ours: float
    theirs: float
    ratio: float
    at_most: float | None


@dataclass
class Table:
    """The figures of this run."""

    figures: list[Figure] = field(default_factory=list)


FIGURES = Table()


def pytest_configure(config: pytest.Config) -> None:
    """Measure in this process alone: pytest-benchmark measures nothing where tests may be shared among several."""
    config.option.dist = "no"


def run(command: list[str], database: Path | None = None) -> tuple[float, bytes]:
    """Run a whole process; return its seconds and what it wrote."""
    begun = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment(database))
    return time.perf_counter() - begun, done.stdout


def peak_of(command: list[str], database: Path) -> float:
    """Run a whole process; return the most memory it took, in MiB, without that of whoever measures it."""
    measure = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    return int(run([sys.executable, "-c", measure, *command], database)[1]) / 1024


def environment(database: Path | None) -> dict[str, str]:
    """What a command finds around it."""
    there = {**os.environ, "KW_USER": "benchmark", **({"KW_DB": str(database)} if database else {})}
    there.pop("PYTHONDONTWRITEBYTECODE", None)  # a kw that is installed has its bytecode
    return there


def kw(line: str) -> list[str]:
    """One `kw` command as a process."""
    return [str(BIN / "kw"), "--as-of", AS_OF, *line.split()]


@pytest.fixture
def beside(benchmark) -> Callable[..., Figure]:
    """Time one command beside another, in turn, and hold the median ratio to what is to be reached."""

    def compare(
        what: str,
        ours: list[str],
        named: str,
        theirs: list[str],
        *,
        at_most: float | None,
        database: Path | None = None,
        reference: Path | None = None,
        before: Callable[[], None] | None = None,
        rounds: int = ROUNDS,
    ) -> Figure:
        times: list[float] = []
        mine: list[float] = []

        def first() -> None:
            if before:
                before()
            times.append(run(theirs, reference or database)[0])

        def once() -> None:
            mine.append(run(ours, database)[0])

        benchmark.pedantic(once, setup=first, rounds=rounds, warmup_rounds=1)
        ratios = [a / b for a, b in zip(mine[1:], times[1:], strict=True)]
        figure = Figure(
            what, named, statistics.median(mine[1:]), statistics.median(times[1:]), statistics.median(ratios), at_most
        )
        FIGURES.figures.append(figure)
        benchmark.extra_info["ratio"] = figure.ratio
        if at_most is not None:
            assert figure.ratio <= at_most, f"{what}: {figure.ratio:.2f} x {named}, to reach {at_most}"
        return figure

    return compare


def made(size: str, years: int = 1) -> tuple[Path, Path]:
    """The files and the database of an invented prison, made once and kept."""
    folder = KEPT / f"{size}-{years}"
    database = folder.with_suffix(".db")
    if not (folder / "expected.json").exists():
        run([str(BIN / "kw"), "generate", size, str(folder), "--years", str(years)])
    if not database.exists():
        part = folder.with_suffix(".part")
        part.unlink(missing_ok=True)
        run([str(BIN / "kw"), "--db", str(part), "import", str(folder)])
        part.rename(database)
    return folder, database


@pytest.fixture(scope="session")
def demo() -> tuple[Path, Path]:
    return made("demo")


@pytest.fixture(scope="session")
def large() -> tuple[Path, Path]:
    return made("large")


@pytest.fixture(scope="session")
def nobody_allocated(large, tmp_path_factory) -> Path:
    """The large prison with nobody allocated to anyone."""
    database = tmp_path_factory.mktemp("unallocated") / "kw.db"
    files = [str(file) for file in sorted(large[0].glob("*.csv")) if file.name != "allocations.csv"]
    run([str(BIN / "kw"), "--db", str(database), "--as-of", AS_OF, "import", *files])
    return database


@pytest.fixture(scope="session")
def ten_years() -> tuple[Path, Path]:
    return made("large", 10)


@pytest.fixture(scope="session")
def national() -> tuple[Path, Path]:
    return made("national")


def pytest_terminal_summary(terminalreporter) -> Iterator[None]:
    """Print the table of the README."""
    terminalreporter.write_line("")
    terminalreporter.write_line("| what | beside | ms | ms beside | ratio | to reach |")
    terminalreporter.write_line("|---|---|---:|---:|---:|---:|")
    for f in FIGURES.figures:
        reach = "" if f.at_most is None else f"{f.at_most:g}"
        terminalreporter.write_line(
            f"| {f.what} | {f.beside} | {f.ours * 1000:.0f} | {f.theirs * 1000:.0f} | {f.ratio:.2f} | {reach} |"
        )


def answer(command: list[str], database: Path) -> dict:
    """What a report answers, as JSON."""
    return json.loads(run([*command, "--format", "json"], database)[1])
