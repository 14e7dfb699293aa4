"""Case notes as officers write them: good ones, adequate ones, thin ones, and ones that were written before.

A good note names two topics in words of the topic, the prisoner's own view, and an action with an owner and a date.

help: note-quality.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeVar

from keyworker_cli.rules.dates.say import say_day

Choice = TypeVar("Choice")

GOOD: Final = 0.35
ADEQUATE: Final = GOOD + 0.40
THIN: Final = ADEQUATE + 0.18
"""Bounds of the share of notes that are good, adequate and thin; above the last one they repeat an earlier note."""


class Note(NamedTuple):
    """A note, what the prisoner said in it (or ""), and what is to be done (or "") by whom and when."""

    text: str
    said: str = ""
    need: str = ""
    owner: str = ""
    due_on: date | None = None


NOTHING: Final = Note("")
"""No note at all."""


class Material(NamedTuple):
    """What there is to say on a topic: sentences, words of the prisoner's own, and actions with their owners."""

    sentences: Sequence[str]
    said: Sequence[str]
    actions: Sequence[tuple[str, str]]


KEY_WORKER: Final = "key worker"
PRISONER: Final = "prisoner"

MATERIAL: Final[Mapping[str, Material]] = {
    "FAMILY": Material(
        (
            "We talked about his family: his mother visited on Saturday and brought his two children.",
            "His sister has booked a visit and he speaks to his mum most evenings on the wing phone.",
            "His son starts school this term and he has asked for a family visit near the date.",
            "He has not had a visit from his family for a month, the journey is four hours each way.",
        ),
        ("he misses his children more than he thought he would", "the phone calls home keep him going"),
        (("check that his visits order has gone out", KEY_WORKER), ("apply for the family day", PRISONER)),
    ),
    "RELATIONSHIP": Material(
        (
            "Things with his partner are strained and the last two phone calls ended in an argument.",
            "His girlfriend has told him that she wants a break, he was quiet when he spoke of it.",
        ),
        ("he does not know where he stands with her", "he would rather hear it face to face"),
        (("ask the chaplain to see him about his relationship", KEY_WORKER),),
    ),
    "BEREAVEMENT": Material(
        (
            "His grandfather died last month and he watched the funeral by video link from the chapel.",
            "He spoke of his brother's death, the anniversary is this month and he finds the nights long.",
        ),
        ("he has not cried yet and thinks that he should have", "talking about his nan helps"),
        (("refer him to the chaplaincy for bereavement support", KEY_WORKER),),
    ),
    "DEBT": Material(
        (
            "I asked about debt on the wing: he says that he owes two packs of vapes and will clear it on canteen day.",
            "He has borrowed from two men and was reluctant to say how much, no threats that he will speak of.",
        ),
        ("he has it under control and wants no fuss made", "he will not borrow again"),
        (("tell the safety team about the debt", KEY_WORKER), ("keep a list of what he spends at canteen", PRISONER)),
    ),
    "SAFETY": Material(
        (
            "He feels safe on the landing and gets on with his cell mate, he named nobody who worries him.",
            "He avoids the servery queue since an argument there, I asked whether anybody has threatened him.",
        ),
        ("he keeps himself to himself and that suits him", "he would tell staff if it got worse"),
        (("ask landing staff to keep an eye on the meal queue", KEY_WORKER),),
    ),
    "SUBSTANCE": Material(
        (
            "We spoke about his drug use: he says he last smoked spice ten days ago and the cravings come at night.",
            "He is seeing the recovery worker weekly and has stayed off spice since the adjudication.",
            "His methadone dose was reduced on Monday, sleep is poor but he wants to carry on coming off it.",
        ),
        ("he wants to be clean for his daughter", "it is hardest after bang-up when there is nothing to do"),
        (
            ("ask the recovery worker to bring his appointment forward", KEY_WORKER),
            ("start the recovery diary", PRISONER),
        ),
    ),
    "MENTAL_HEALTH": Material(
        (
            "His mood is low in the mornings, the anxiety is better since the mental health nurse saw him.",
            "He has been anxious about his cell move and did the breathing exercises that the nurse gave him.",
            "He is taking his antidepressants and says his mood is steadier than last week.",
        ),
        ("he copes better when he knows what the day will bring", "his head is quieter at the gym"),
        (("ask the mental health team for the date of his review", KEY_WORKER),),
    ),
    "SELF_HARM": Material(
        (
            "I asked him directly about self-harm, he has had thoughts but no plans and has not cut since March.",
            "We went through his triggers for self-harm and what has helped before, he has the Samaritans phone.",
        ),
        ("he can tell now when it is coming and will ask for a Listener", "being alone at weekends is the worst"),
        (("come to his next ACCT review", KEY_WORKER),),
    ),
    "BEHAVIOUR": Material(
        (
            "We went over last week's negative entry, he accepts that shouting at staff was wrong behaviour.",
            "His behaviour has been good this week, two positive entries for helping a new man settle.",
        ),
        ("he loses his temper when he is told no without a reason", "he would like to be trusted with a job"),
        (
            ("speak to the supervising officer about his warnings", KEY_WORKER),
            ("apologise to the servery officer", PRISONER),
        ),
    ),
    "REGIME": Material(
        (
            "He asked how to get back to Enhanced, we read through the incentives policy and his targets.",
            "He finds the regime at weekends long and asked for more time on exercise and association.",
        ),
        ("he will earn his television back by keeping his head down",),
        (("put him forward at the next incentives board", KEY_WORKER),),
    ),
    "LEGAL": Material(
        (
            "He has court on the 20th and has not heard from his solicitor, he is worried about the further charges.",
            "His solicitor visits next week about the appeal, we checked that the legal visit is booked.",
        ),
        ("not knowing what will happen at court is worse than the sentence",),
        (("ring his solicitor's office from the legal line", PRISONER), ("check the legal visits list", KEY_WORKER)),
    ),
    "SENTENCE": Material(
        (
            "We went through his sentence plan and the dates, he did not know that his parole review was this year.",
            "He expects a long sentence and asked what a man in that position can do with the first year.",
        ),
        ("he wants to use the time and not just count it",),
        (("ask the offender manager for his sentence plan", KEY_WORKER),),
    ),
    "EDUCATION": Material(
        (
            "He is doing level 1 maths in education and has missed two classes, the tutor says he is able.",
            "He has fallen behind with his studying and asked whether the course work can be done in cell.",
        ),
        ("he left school at fourteen and never thought that he could pass anything",),
        (("ask the tutor for in-cell work", KEY_WORKER), ("hand in the overdue course work", PRISONER)),
    ),
    "WORK": Material(
        (
            "He started work in the laundry this week and likes that the days go faster.",
            "He has applied for a job in the kitchen, we looked at why the last application was turned down.",
        ),
        ("he is happier when he is working",),
        (("chase his job application with the activities hub", KEY_WORKER),),
    ),
    "HEALTH": Material(
        (
            "His tooth still hurts and he has waited three weeks for the dentist, healthcare have him on the list.",
            "His asthma is worse in the new cell, I rang healthcare about his inhaler.",
        ),
        ("he does not like to make a fuss at the hatch",),
        (("ring healthcare about his appointment", KEY_WORKER),),
    ),
    "FAITH": Material(
        (
            "He goes to Friday prayers and finds that the imam listens, he fasted without trouble.",
            "He has started going to chapel on Sundays and would like to join the choir.",
        ),
        ("faith gives his week a shape",),
        (("add him to the chapel list", KEY_WORKER),),
    ),
    "RELEASE": Material(
        (
            "He is out in six weeks with nowhere to live, the resettlement team have his housing form.",
            "We talked about release: a bank account, his benefits claim and who will meet him at the gate.",
        ),
        ("he does not want to go back to the hostel he was in before",),
        (("ask resettlement what became of his housing form", KEY_WORKER),),
    ),
    "PLANS": Material(
        (
            "We set goals for the month: keep off report, finish the induction booklet and get a job.",
            "He wants to train as a plasterer, we looked at what the workshops offer and his plans after that.",
        ),
        ("it is good to have something to aim for",),
        (("get him the workshop application", KEY_WORKER), ("fill in the goals page of his booklet", PRISONER)),
    ),
}
COMMON_TOPICS: Final = (
    *(
        "FAMILY",
        "FAMILY",
        "FAMILY",
        "MENTAL_HEALTH",
        "MENTAL_HEALTH",
        "SUBSTANCE",
        "SUBSTANCE",
        "BEHAVIOUR",
        "BEHAVIOUR",
    ),
    *(
        "WORK",
        "WORK",
        "HEALTH",
        "HEALTH",
        "REGIME",
        "EDUCATION",
        "PLANS",
        "RELEASE",
        "LEGAL",
        "SENTENCE",
        "SAFETY",
        "DEBT",
    ),
    *("FAITH", "SELF_HARM", "RELATIONSHIP", "BEREAVEMENT"),
)
"""Topics as often as prisoners raise them; no topic of a prisoner's own life is ever impossible."""

_OPENINGS: Final = (
    "Seen in private in the {place}.",
    "Saw him in the {place} for his key worker session.",
    "Key worker session held in the {place}, he came on time.",
    "Met in the {place}; he was talkative and well turned out.",
    "Sat down with him in the {place}, he was tired but willing to talk.",
)
_THIN: Final = (
    "Spoke on landing, no issues.",
    "All ok, nothing to report.",
    "Seen at cell door. Says he is fine, no concerns raised.",
    "Quick catch up, settled on the wing.",
    "No issues at this time.",
    "Polite and compliant. Will see next week.",
)
_NOT_HELD: Final = {
    "REFUSED": (
        "Offered a session, he declined and gave no reason.",
        "Declined, said that he wanted to sleep. Will offer again.",
    ),
    "DID_NOT_ATTEND": (
        "Did not come when called, he was at the gym.",
        "At work when unlocked, not brought back in time.",
    ),
    "CANCELLED": ("Cancelled, wing on restricted regime.", "Called away to an incident before we began."),
}
_ENTRIES: Final = (
    "Rang the visits hall for him, his booking is confirmed.",
    "Passed his application to the activities hub.",
    "Wrote a contribution for his review.",
    "Spoke to the offender manager about his dates.",
    "Told him that the referral has been accepted.",
    "Asked healthcare about his appointment, he is on the list.",
)
PLACES: Final = ("wing office", "interview room", "association room", "cell", "exercise yard", "workshop office")
"""Where sessions are held."""


def topics_of(rng: random.Random) -> tuple[str, str]:
    """Return two different topics, those that prisoners raise often more often."""
    draw, count = rng.random, len(COMMON_TOPICS)
    first = COMMON_TOPICS[int(draw() * count)]
    second = COMMON_TOPICS[int(draw() * count)]
    while second == first:
        second = COMMON_TOPICS[int(draw() * count)]
    return first, second


def write_note(rng: random.Random, topics: Sequence[str], *, place: str, on: date, before: str) -> Note:
    """Return a note on two topics, as good as chance will have it; `before` is the note that a lazy pen repeats."""
    chance = rng.random()
    if chance < GOOD:
        return good_note(rng, topics, place=place, on=on)
    if chance < ADEQUATE:
        return Note(f"{_one(rng, _OPENINGS).format(place=place)} {' '.join(_sentences(rng, topics))}")
    if chance < THIN or not before:
        return Note(_one(rng, _THIN))
    return Note(before)


def good_note(rng: random.Random, topics: Sequence[str], *, place: str, on: date) -> Note:
    """Return a note that a manager would be glad to read: what was said, his own view, and what is to be done."""
    said = _one(rng, MATERIAL[topics[0]].said)
    action, owner = _one(rng, MATERIAL[topics[1]].actions)
    due_on = on + timedelta(days=3 + int(rng.random() * 8))
    who = "I will" if owner == KEY_WORKER else "He will"
    text = " ".join(
        (
            _one(rng, _OPENINGS).format(place=place),
            *_sentences(rng, topics),
            f"He said that {said}.",
            f"{who} {action} by {say_day(due_on)}.",
        )
    )
    return Note(text, said[0].upper() + said[1:], action[0].upper() + action[1:], owner, due_on)


def note_not_held(rng: random.Random, outcome: str) -> str:
    """Return the line that says why a session was refused, missed or cancelled."""
    return _one(rng, _NOT_HELD[outcome])


def short_line(rng: random.Random) -> str:
    """Return a line, all there is to read of a session long past."""
    return _one(rng, _THIN)


def entry_note(rng: random.Random) -> str:
    """Return the line of a key worker entry: what was done for a prisoner without a session."""
    return _one(rng, _ENTRIES)


def _sentences(rng: random.Random, topics: Sequence[str]) -> list[str]:
    return [_one(rng, MATERIAL[topic].sentences) for topic in topics]


def _one(rng: random.Random, of: Sequence[Choice]) -> Choice:
    return of[int(rng.random() * len(of))]
