"""A user's own defaults in `kw.toml`: typed, environment, file, in this order; a wrong line stops it."""

import pytest

from databases import named
from keyworker_cli.command_line.completion import complete
from keyworker_cli.command_line.surroundings.user_config import read_user_config

pytestmark = pytest.mark.sqlite_file  # the file of settings is the same whatever the database


@pytest.fixture
def settings(tmp_path, database):
    """The path of a kw.toml that names the test's database from its own folder."""
    path = tmp_path / "kw.toml"
    path.write_text(f'db = "{database.name}"\nuser = "R. Bramley"\nformat = "csv"\n')
    return path


def test_the_file_says_which_database_who_and_in_which_format(kw, prison, settings) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")
    given = {"KW_DB": "", "KW_USER": "", "KW_CONFIG": str(settings)}

    assert kw("overdue", **given).out.splitlines()[1].startswith("A1234BC,")
    kw("config set gap.days 9", **given)
    assert ",R. Bramley," in kw("audit list", **given).out


def test_what_is_typed_wins_then_the_environment_then_the_file(kw, prison, settings, tmp_path) -> None:
    given = {"KW_DB": "", "KW_USER": "", "KW_CONFIG": str(settings)}
    elsewhere = str(tmp_path / "none.db")

    assert "none.db" in kw("overdue", **{**given, "KW_DB": elsewhere}).err
    assert kw(["overdue", "--db", named(prison.address)], **{**given, "KW_DB": elsewhere}).code == 0
    assert kw("overdue --format tsv", **given).out.startswith("prison_number\t")
    kw("config set gap.days 9 --user governor", **given)
    kw("config set gap.days 10", **{**given, "KW_USER": "deputy"})
    assert [line.split(",")[2] for line in kw("audit list", **given).out.splitlines()[1:3]] == ["deputy", "governor"]


def test_a_file_that_is_written_has_the_format_of_its_ending(kw, prison, settings, tmp_path) -> None:
    kw(f"overdue --output {tmp_path / 'page.html'}", KW_CONFIG=str(settings))

    assert (tmp_path / "page.html").read_text().startswith("<!DOCTYPE html>")


def test_writes_answer_in_json_where_the_file_says_so(kw, prison, settings) -> None:
    settings.write_text('format = "json"')

    assert kw("config set gap.days 9", KW_CONFIG=str(settings)).out.startswith("{")
    assert not kw("config set gap.days 8 --format table", KW_CONFIG=str(settings)).out.startswith("{")


WRONG = {
    'db = "a.db"\nfrmat = "json"': "kw.toml, line 2: frmat is none of kw's own settings.",
    '\nformat = "jsn"': "kw.toml, line 2: there is no format 'jsn' to print.",
    'format = "xlsx"': "line 1: there is no format 'xlsx' to print.",
    "user = 7": "line 1: user takes words in quotes.",
    'db = " "': "line 1: db takes words in quotes.",
    '# mine\n[gap]\ndays = "7"': "line 2: gap is none of kw's own settings.",
    'user = "R. Bramley': "cannot be read as TOML",
    'user = "a"\nuser = "b"': "line 2",
    f"user = {'9' * 5000}": "a number in it is too long",
    f"user = {'[' * 5000}": "one thing stands in another too often",
    f"# {'x' * 100_000}": "too long for a file of settings",
}


@pytest.mark.parametrize(("text", "words"), WRONG.items())
@pytest.mark.parametrize("line", ["overdue", "config set gap.days 9"])
def test_a_line_that_is_not_understood_is_named_and_stops_everything(text, words, line, kw, prison, settings) -> None:
    settings.write_text(text)

    said = kw(line, KW_CONFIG=str(settings))

    assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 2)
    assert words in said.err


def test_a_file_that_is_named_and_not_there_is_said(kw, prison, tmp_path) -> None:
    said = kw("overdue", KW_CONFIG=str(tmp_path / "other.toml"))

    assert (said.code, "other.toml, which KW_CONFIG names" in said.err) == (4, True)


def test_a_file_that_is_no_text_is_refused(kw, prison, settings) -> None:
    settings.write_bytes(b'user = "\xff"')

    assert "kw.toml is not UTF-8 text" in kw("overdue", KW_CONFIG=str(settings)).err


def test_it_is_looked_for_in_the_users_own_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "kw").mkdir()
    (tmp_path / "kw" / "kw.toml").write_text("pager = ''\n")

    assert str(read_user_config({})) == f"{tmp_path}/kw/kw.toml sets pager"
    assert read_user_config({"KW_CONFIG": ""}).path is None


def test_doctor_says_which_is_read(kw, prison, settings) -> None:
    said = kw("doctor --format json --fields check,found", KW_CONFIG=str(settings)).out

    assert f"{settings} sets db, user, format" in said
    assert '"none"' in kw("doctor --format json").out


def test_tab_asks_the_database_that_the_file_names(prison, settings, monkeypatch, capsys) -> None:
    prison.prisoner("A1234BC", name="Mr A", arrived="2026-01-05")
    monkeypatch.setenv("KW_CONFIG", str(settings))
    monkeypatch.delenv("KW_DB", raising=False)

    complete(["why", ""])
    assert capsys.readouterr().out == "A1234BC\tMr A\n"
    settings.write_text("db = 7")
    complete(["why", ""])
    assert capsys.readouterr().out == ""
