"""Mr A and Mr B of the Ombudsman's cases: invented names, and the real arithmetic (help: two-men)."""

from datetime import date
from typing import Final

from keyworker_cli.fiction.moments import MORNING, WEEK
from keyworker_cli.fiction.records import Event, Officer, Session

MR_A: Final = "A1001AA"
MR_B: Final = "B1002BB"

# --- Mr A, aged 19: twelve weekly sessions, then an officer without time ---

A_ARRIVED_ON: Final = date(2026, 1, 5)
A_BORN_ON: Final = date(2006, 8, 14)
A_ALLOCATED_ON: Final = date(2026, 1, 6)
A_FIRST_SEEN_ON: Final = date(2026, 1, 7)
A_LAST_SEEN_ON: Final = date(2026, 3, 25)
A_DIED_ON: Final = date(2026, 5, 13)

_A_SESSIONS: Final = (
    (
        "FAMILY SELF_HARM PLANS",
        "First key worker session, wing office. He was nervous and spoke quietly. We talked about his family: his mum"
        " is in good contact, he has not told his sister yet that he is here. I asked about self-harm. He last cut in"
        " November, he has no thoughts of it now, and he knows about Listeners. His goal is to get a job on the wing."
        " He said that it helps to know who he can ask. I will check by Fri 9 Jan that his mum's number is on his"
        " phone list. Next session Wed 14 Jan.",
        "It helps to know who I can ask.",
    ),
    (
        "MENTAL_HEALTH FAMILY",
        "Wing office. Phone list done, he has spoken to his mum three times and she will visit on the 24th. He has been"
        " anxious at night and has slept badly since his cell mate moved, his mood is low in the mornings. He takes his"
        " antidepressants. He said that the anxiety starts when the doors shut. I will ask the mental health nurse by"
        " Mon 19 Jan to see him about sleep. Next session Wed 21 Jan.",
        "The anxiety starts when the doors shut.",
    ),
    (
        "SUBSTANCE BEHAVIOUR",
        "Wing office. He raised his drug use himself: spice most days before prison, and twice since he came in, once"
        " last weekend. He was warned on Sunday for shouting at the servery, and accepts that this behaviour was the"
        " spice wearing off. He said that he would like to stop but everybody on the landing has it. I will speak to"
        " the recovery service by Fri 23 Jan. He will stay away from cell 19. Next session Wed 28 Jan.",
        "I would like to stop but everybody on the landing has it.",
    ),
    (
        "FAMILY MENTAL_HEALTH",
        "Interview room. His mum and sister visited on Saturday, the first time his sister has seen him here. He cried"
        " when he told me about it and said that he felt lighter after. The nurse has seen him, his sleep is better and"
        " his anxiety comes less often. He will write to his sister before Wed 4 Feb and I will find him stamps today.",
        "I felt lighter after they came.",
    ),
    (
        "BEHAVIOUR REGIME",
        "Wing office. Two negative entries this week for being late back to his cell. We went through how the"
        " incentives levels work and what Basic would mean for him. He knows that his behaviour slips when he is"
        " bored. He said that he would keep out of trouble if he had work. I will ask the activities hub by Mon 9 Feb"
        " about the painting party. Next session Wed 11 Feb.",
        "I would keep out of trouble if I had work.",
    ),
    (
        "SUBSTANCE MENTAL_HEALTH",
        "Wing office. Off spice for nine days, the longest since he was sixteen. The cravings are worst after bang-up"
        " and his anxiety is up because of it. We made a list of what to do in the first hour: radio, press-ups, a"
        " letter. He said that he was proud of nine days. I will give the list to night staff today. He will keep a"
        " diary until Wed 18 Feb, our next session.",
        "I am proud of nine days.",
    ),
    (
        "FAMILY EDUCATION",
        "Education block. He has started level 1 English and the tutor says that he reads well. His mum is unwell and"
        " could not visit, he worries about who looks after her. He said that he rings home every evening now. I will"
        " ask the tutor for in-cell work by Fri 20 Feb, he will bring the finished sheets on Wed 25 Feb.",
        "I ring home every evening now.",
    ),
    (
        "BEHAVIOUR SELF_HARM",
        "Interview room. He was in a scuffle in the exercise yard on Monday, nobody was hurt, and a charge may"
        " follow. I asked about self-harm again: he had thoughts on Monday night, did not act on them, and spoke to a"
        " Listener. No plans now. He said that he was ashamed of Monday. I told the wing manager and wrote in the"
        " observation book. I will see him on the landing on Fri 27 Feb. Next session Wed 4 Mar.",
        "I am ashamed of Monday.",
    ),
    (
        "FAMILY SUBSTANCE",
        "Wing office. His mum is better and has booked a visit for the 14th. He smoked spice on Saturday after three"
        " weeks without and told me before I asked, he wants help with it. He said that he let himself down, not just"
        " his mum. I will make the referral to the recovery worker with him by Wed 18 Mar. Next session Wed 11 Mar.",
        "I let myself down, not just my mum.",
    ),
    (
        "MENTAL_HEALTH SUBSTANCE BEHAVIOUR",
        "Wing office. A hard week: he is anxious about what he owes for spice and would not say to whom, his mood is"
        " low, and he swore at the officer who searched his cell. We talked about how one thing leads to the next. He"
        " said that he does not trust many people in here. He will write to the officer to apologise by Fri 13 Mar. I"
        " will tell the wing manager about the debt today.",
        "I do not trust many people in here.",
    ),
    (
        "FAMILY BEHAVIOUR MENTAL_HEALTH",
        "Interview room. His mum came on Saturday, they talked about where he will live afterwards and he showed me"
        " her letter. No negative entries this week, and I told him that I had noticed. The referral to the recovery"
        " worker went off today, he signed it with me. His anxiety is there but he can name it now. He said that"
        " these talks are the one thing he counts on. I will chase the referral by Wed 25 Mar, our next session.",
        "These talks are the one thing I count on.",
    ),
    (
        "SUBSTANCE MENTAL_HEALTH",
        "Wing office. The recovery worker has offered him a place in the group from April. Four days without spice, the"
        " cravings are strong and he asked what happens if he fails a test. He is anxious about talk of further charges"
        " from February. He said that he will try if I am there to tell. I will ask the recovery worker for a date by"
        " Mon 30 Mar. He will keep his diary. Next session Wed 1 Apr.",
        "I will try if you are there to tell.",
    ),
)
A_SESSIONS: Final = len(_A_SESSIONS)
A_SESSION_MINUTES: Final = 45


def mr_a_sessions(officer_p: Officer) -> list[Session]:
    """Return Mr A's twelve sessions, each Wednesday from 7 Jan to 25 Mar 2026 at 09:00, 45 minutes."""
    held = [A_FIRST_SEEN_ON + week * WEEK for week in range(A_SESSIONS)]
    return [
        Session(MR_A, officer_p, on, MORNING, A_SESSION_MINUTES, tuple(topics.split()), note, said, on + WEEK)
        for on, (topics, note, said) in zip(held, _A_SESSIONS, strict=True)
    ]


def mr_a_events() -> list[Event]:
    """Return what was known of Mr A, day by day; five events after his last session raise his priority."""
    reception, wing, adjudication = "Reception screening", "Wing staff", "Adjudication"
    return [
        Event(MR_A, "SELF_HARM_HISTORY", A_ARRIVED_ON, 16 * 60, "cut his arm at home, November 2025", reception),
        Event(MR_A, "DEPRESSION", A_ARRIVED_ON, 16 * 60, "on antidepressants", "Healthcare"),
        Event(MR_A, "SUBSTANCE", A_ARRIVED_ON, 16 * 60, "spice, most days before prison", reception),
        Event(MR_A, "SUBSTANCE_REFERRAL", date(2026, 3, 18), 11 * 60, "referred to the recovery worker", wing),
        Event(MR_A, "BASIC", date(2026, 3, 30), 15 * 60, "warnings, spice in his cell", "Incentives review"),
        Event(MR_A, "ADJUDICATION", date(2026, 3, 31), 14 * 60, "possession of spice: proved", adjudication),
        Event(MR_A, "VIOLENCE_TO_PRISONER", date(2026, 4, 2), 10 * 60 + 25, "struck another man in the yard", wing),
        Event(MR_A, "FURTHER_CHARGES", date(2026, 4, 20), 13 * 60, "charged for 2 April", "Police liaison"),
        Event(MR_A, "LONG_SENTENCE", date(2026, 5, 8), 16 * 60, "his solicitor expects a long sentence", wing),
        Event(
            *(MR_A, "SEG", A_DIED_ON, 9 * 60 + 40),
            *("five days' cellular confinement, possession of an illicit substance", adjudication),
        ),
    ]


# --- Mr B, aged 40: three key workers, one session ---

B_ARRIVED_ON: Final = date(2025, 9, 1)
B_BORN_ON: Final = date(1985, 6, 30)
B_SEEN_ON: Final = date(2025, 9, 16)
B_SESSION_MINUTES: Final = 40
B_PARTNER_CALLED_ON: Final = date(2026, 3, 18)
B_DIED_ON: Final = date(2026, 3, 20)
KW1_FROM: Final = date(2025, 9, 3)
KW2_FROM: Final = date(2025, 11, 10)
KW3_FROM: Final = date(2026, 1, 19)


def mr_b_session(kw1: Officer) -> Session:
    """Return Mr B's only session, Tue 16 Sep 2025, 40 minutes."""
    return Session(
        *(MR_B, kw1, B_SEEN_ON, MORNING, B_SESSION_MINUTES, ("FAMILY", "EDUCATION")),
        "Interview room. First session. He spoke of his father, who has a terminal illness, and of his partner, who"
        " visits with her sister and rings when she can. He is studying business with the Open University and is"
        " proud of his marks. No thoughts of self-harm. He said that he wants to see his father once more. I will ask"
        " the chaplain by Fri 19 Sep about a visit to the hospice, he will bring his course plan next time.",
        "I want to see my father once more.",
        date(2025, 9, 23),
    )


def mr_b_events() -> list[Event]:
    """Return the signals that Mr B gave. His cognitive behavioural therapy is a programme: it is not a session."""
    wing, security = "Wing staff", "Security"
    return [
        Event(MR_B, "DEPRESSION", B_ARRIVED_ON, 17 * 60, "depression, treated since 2021", "Healthcare"),
        Event(MR_B, "SUBSTANCE", date(2025, 10, 14), 12 * 60, "positive test", security),
        Event(MR_B, "BEREAVEMENT", date(2025, 11, 28), 11 * 60, "father died, terminal illness", "Chaplaincy"),
        Event(MR_B, "UNDER_INFLUENCE", date(2026, 1, 22), 19 * 60, "found under the influence in his cell", wing),
        Event(
            *(MR_B, "SUBSTANCE_REFERRAL", date(2026, 1, 26), 10 * 60),
            *("care plan: cognitive behavioural therapy with the substance misuse team", "Substance misuse team"),
        ),
        Event(MR_B, "EDUCATION", date(2026, 2, 10), 15 * 60, "fallen behind on his studying", "Education"),
        Event(MR_B, "UNDER_INFLUENCE", date(2026, 2, 11), 20 * 60, "found under the influence at roll check", wing),
        Event(MR_B, "ANTISOCIAL", date(2026, 3, 7), 14 * 60, "abusive at the servery, out of character", wing),
        Event(MR_B, "UNDER_INFLUENCE", date(2026, 3, 9), 18 * 60, "unsteady and slurred on association", wing),
        Event(MR_B, "BASIC", date(2026, 3, 11), 15 * 60, "reduced to Basic after three warnings", "Incentives review"),
        Event(
            *(MR_B, "DEBT", date(2026, 3, 12), 11 * 60, "selling his belongings, keeps out of the yard", security),
            confidence="SUSPECTED",
        ),
        Event(MR_B, "ANTISOCIAL", date(2026, 3, 14), 16 * 60, "threw his meal, would not say why", wing),
        Event(
            *(MR_B, "RELATIONSHIP", B_PARTNER_CALLED_ON, 17 * 60 + 30),
            *("partner asked him on the phone to stop calling her", wing),
        ),
    ]
