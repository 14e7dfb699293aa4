"""Who has gone unseen for 7 days, as somebody handy with pandas would ask the same CSV files."""

import sys
from pathlib import Path

import pandas as pd

folder, as_of = Path(sys.argv[1]), pd.Timestamp(sys.argv[2])
stays = pd.read_csv(folder / "prisoners.csv", parse_dates=["arrived_on", "left_on", "out_of_scope_from"])
here = stays[(stays.arrived_on <= as_of) & ~(stays.left_on <= as_of) & ~(stays.out_of_scope_from <= as_of)]
away = pd.read_csv(folder / "absences.csv", parse_dates=["from", "to"])
away = away[(away["from"] <= as_of) & ~(away["to"] <= as_of)]
here = here[~here.prison_number.isin(away.prison_number)]
sessions = pd.read_csv(folder / "sessions.csv", parse_dates=["held_on"])
counted = sessions[
    (sessions.type == "KS") & (sessions.outcome == "COMPLETED") & (sessions.minutes >= 15) & (sessions.held_on <= as_of)
]
aliases = here[["prison_number", "also_known_by"]].dropna().set_index("also_known_by").prison_number.to_dict()
counted = counted.assign(prison_number=counted.prison_number.replace(aliases))
joined = here.merge(counted[["prison_number", "held_on"]], on="prison_number", how="left")
joined = joined[joined.held_on >= joined.arrived_on]
last = joined.groupby("prison_number").held_on.max()
days = (
    as_of
    - here.set_index("prison_number")
    .arrived_on.to_frame()
    .join(last)
    .apply(lambda row: row.arrived_on if pd.isna(row.held_on) else row.held_on, axis=1)
).dt.days
for number, gap in days[days >= 7].items():
    print(f"{number},{gap}")
