"""What a script relies on: several ids, stdin, short options, columns of one's choice, and errors before anything."""

import json

import pytest

from factories import world


@pytest.fixture
@world
def three(prison):
    for officer in ("SHAH", "PRICE"):
        prison.officer(officer)
    for at, number in enumerate(("A1001AA", "A1002AA", "A1003AA")):
        prison.prisoner(number, arrived="2026-01-05", name=f"Man{at} Example", location=f"{'BBC'[at]}-1-00{at + 1}")
        prison.allocated(number, "SHAH", "2026-01-06")
    prison.store.close()
    return prison


def test_several_prisoners_are_answered_one_after_another(kw, three):
    said = kw("why A1001AA A1003AA")

    assert said.code == 0
    assert said.out.index("A1001AA") < said.out.index("A1003AA")


def test_several_are_read_from_what_is_piped_in_without_its_heading(kw, three):
    listed = kw("overdue -f csv --fields prison_number").out

    said = kw("deallocate -", typed=listed)

    assert listed.splitlines() == ["prison_number", "A1001AA", "A1002AA", "A1003AA"]
    assert (said.code, said.out.count("no key worker")) == (0, 3)
    assert len(json.loads(kw("unallocated -f json").out)["rows"]) == 3


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_the_rows_of_a_report_are_read_by_their_first_column(kw, three, form):
    listed = kw(f"overdue -f {form}").out

    said = kw("deallocate - -f json", typed=listed)

    assert [json.loads(line)["changes"][0]["key"] for line in said.out.splitlines()] == [
        "A1001AA",
        "A1002AA",
        "A1003AA",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "log-session {} --minutes 30 --by SHAH --on yesterday",
        "amend-session {} --void --why mistyped",
        "note {}",
        "event add {} DEBT",
        "event end {} BASIC",
        "event list {}",
        "need add {} 'phone PIN'",
        "need list {}",
        "notes check {}",
        "prisoner move {} SEG",
        "voice record {} --declined",
        "affected {}",
        "audit list {}",
    ],
)
def test_several_are_taken_wherever_one_is(kw, three, line):
    for number in ("A1001AA", "A1002AA"):
        kw(f"log-session {number} --minutes 30 --by SHAH --on 2026-05-04")
        kw(f"event add {number} BASIC")

    said = kw(line.format("A1001AA A1002AA"))

    assert said.code == 0, said.err
    assert kw(line.format("-"), typed="A1001AA\nA9999ZZ\n").code == 4


@pytest.mark.parametrize(
    "line", ["worker capacity SHAH PRICE 5", "worker status SHAH PRICE sick", "caseload SHAH PRICE"]
)
def test_several_key_workers_too(kw, three, line):
    said = kw(line)

    assert (said.code, "Shah" in said.out, "Price" in said.out) == (0, True, True)


def test_whoever_is_named_twice_is_answered_once(kw, three):
    assert kw("deallocate A1002AA a1002aa -", typed="A1002AA").out.count("no key worker") == 1


def test_rows_that_say_whom_they_are_about_stand_under_one_heading(kw, three):
    for number in ("A1001AA", "A1002AA"):
        kw(f"event add {number} DEBT")

    said = kw("event list A1001AA A1002AA -f csv --fields prison_number,code")

    assert said.out.splitlines() == ["prison_number,code", "A1001AA,DEBT", "A1002AA,DEBT"]


def test_the_number_stands_first_in_the_rows_of_several_parts_and_they_can_be_had_without_the_part(kw, three):
    assert kw("briefing -f csv").out.startswith("prison_number,section,")
    assert kw("briefing -f csv --fields prison_number").out.startswith("prison_number\nA1")
    assert kw("briefing -f csv --fields section,prison_number").out.startswith("prison_number,section\nA1")


def test_what_is_missing_comes_last_in_either_order(kw, three):
    kw("log-session A1002AA --minutes 30 --by SHAH --on yesterday")
    for way in ("", "-"):
        last = kw(f"overdue --days 1 --sort={way}last_session_on -f csv --fields last_session_on").out.splitlines()[-1]
        assert last == '""'


def test_nothing_is_piped_in_and_nothing_is_done(kw, three):
    said = kw("allocate -", typed="\n")

    assert (said.code, said.out) == (0, "")


def test_of_several_all_must_be_known_before_anything_is_done(kw, three):
    said = kw("deallocate A1001AA A9999ZZ")

    assert (said.code, said.out) == (4, "")
    assert json.loads(kw("unallocated -f json").out)["rows"] == []


def test_an_error_after_some_were_done_says_which(kw, three):
    kw("deallocate A1002AA")

    said = kw("deallocate A1001AA A1002AA A1003AA")

    assert said.code == 5
    assert "done before it: A1001AA" in said.err


def test_a_file_takes_one_answer(kw, three, tmp_path):
    assert kw(f"why A1001AA A1002AA -o {tmp_path / 'why.html'}").code == 2


def test_short_options_are_those_people_expect(kw, three, tmp_path):
    assert kw("overdue -w B,C -f csv").out == kw("overdue -w b -w c -f csv").out == kw("overdue -f csv").out
    said = kw("overdue -w B -n 1 -f csv")

    assert (said.code, len(said.out.splitlines())) == (0, 2)
    assert kw(f"overdue -o {tmp_path / 'a.tsv'}").code == 0
    assert (tmp_path / "a.tsv").read_text().startswith("prison_number\t")


def test_the_columns_are_those_asked_for_in_that_order_in_every_format(kw, three):
    assert kw("overdue -f tsv --fields days,prison_number -n 1").out == "prison_number\tdays\nA1001AA\t127\n"
    assert json.loads(kw("overdue -f ndjson --fields days,name -n 1").out) == {"days": 127, "name": "Man0 Example"}
    assert list(json.loads(kw("overdue -f json --fields wing,days -n 1").out)["rows"][0]) == ["wing", "days"]
    assert kw("overdue -f csv --fields key_worker_name -n 1").out.splitlines() == ["key_worker_name", "Officer Shah"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("overdue --wing Q", "the wings are: B, C, SEG."),
        ("overdue --wing B,", "the wings are: B, C, SEG."),
        ("overdue --fields nonsense", "the columns are: "),
        ("overdue --sort nonsense", "the columns are: "),
        ("config get nonsense", "the settings are: "),
        ("overdue --sort dayz", "did you mean days? The columns are: "),
        ("overdue --fields nmae", "did you mean name? The columns are: "),
        ("config get gap.dayz", "did you mean gap.days? The settings are: "),
        ("overdue --fields ,", "--fields says nothing."),
        ("overdue --key-worker ''", "--key-worker says nothing."),
    ],
)
def test_what_does_not_exist_is_refused_with_those_there_are(kw, three, line, named):
    said = kw(line)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("kw: ")
    assert named in said.err


def test_a_place_without_cells_is_one_to_ask_for(kw, three):
    assert kw("overdue --wing SEG").code == 0


def test_a_setting_is_had_alone(kw, three):
    assert kw("config get gap.days").out == "7\n"


@pytest.mark.sqlite_file
@pytest.mark.parametrize(
    "line",
    [
        *("backup -", "restore -", "export -", "generate demo -", "rota least --save -", "init --db -"),
        "worker add - --last-name X --first-name Y",
    ],
)
def test_a_dash_is_no_file_and_nobodys_id(kw, three, tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)

    assert kw(line).code == 2
    assert not (tmp_path / "-").exists()


def test_a_rota_is_read_from_what_is_piped_in(kw, three):
    rota = "staff_id,date,start,end\nSHAH,2026-05-15,14:00,16:15\n"

    assert kw("rota publish --file -", typed=rota).code == 0


@pytest.mark.sqlite_file
def test_a_generated_prison_is_put_among_others_files_only_when_that_is_said(kw, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    assert kw(f"generate demo {tmp_path}").code == 5
    assert kw(f"generate demo {tmp_path} --overwrite").code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("typed", ["-f json", "-fjson", "--format=json", "-f js", "--format JSON"])
def test_an_error_is_json_however_json_is_asked_for(kw, three, typed):
    assert json.loads(kw(f"why Z9999ZZ {typed}").err)["exit"] == 4
    assert json.loads(kw(f"overdue --sort nonsense {typed}").err)["exit"] == 2


@pytest.mark.parametrize("line", ["--version", "overdue --version", "--version --as-of today"])
def test_the_version_is_said_wherever_it_is_asked_for(kw, line):
    assert kw(line).out.startswith("kw ")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("overdue --form json", "did you mean --format?"),
        ("overdue --json", "did you mean --format json?"),
        ("overdue --wnig B", "did you mean --wing?"),
        ("overdue --asof friday", "did you mean --as-of?"),
        ("overdue --date friday", "did you mean --as-of?"),
        ("overdue --everyone", "kw overdue --help shows what it takes."),
        ("log", "did you mean log-session?"),
        ("sess", "did you mean log-session or amend-session?"),
        ("publish", "did you mean rota publish?"),
        ("meet", "did you mean first-meetings?"),
        ("xyzzy", "kw --help shows what it takes."),
        ("prisoner show", "did you mean kw why?"),
        ("version", "did you mean kw --version?"),
        ("find smith", "did you mean kw why PRISONER?"),
        ("A1234BC", "did you mean kw why A1234BC?"),
        ("prisoner handover", "did you mean kw handover?"),
        ("help prisoner mov", "did you mean prisoner move?"),
        ("event add A1001AA", "kw event add PRISONER CODE; --help shows the rest."),
    ],
)
def test_only_what_is_near_is_suggested(kw, line, hint):
    said = kw(line)

    assert (said.code, said.err.splitlines()[-1]) == (2, f"hint: {hint}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("log-session A1001AA --by SHAH --minutes 30 --minutes 45", "--minutes is given twice: 30 and 45."),
        ("log-session A1001AA --by SHAH --minutes=30 --by PRICE", "--by is given twice: SHAH and PRICE."),
        ("prisoner leave A1001AA --reason RELEASE --reason DIED", "--reason is given twice: RELEASE and DIED."),
        ("plan --date tomorrow --date today --save", "--date is given twice: tomorrow and today."),
    ],
)
def test_what_a_write_is_to_record_is_said_once(kw, three, line, said):
    answer = kw(line)

    assert (answer.code, answer.err.splitlines()[0]) == (2, f"kw: {said}")


def test_the_last_of_an_answers_options_wins_and_the_same_twice_is_no_matter(kw, three):
    assert kw("overdue --days 200 --days 7 -f json -f csv --fields prison_number").out.count("A100") == 3
    assert kw("deallocate A1001AA --reason MANUAL --reason MANUAL -f json -f table").code == 0


@pytest.mark.parametrize("line", ["why -", "allocate '-' --to -", "allocate , --to SHAH"])
def test_a_dash_is_nobodys_name(kw, three, line):
    assert kw(line, typed="-\n").code == 2
