"""The SQL of every read, compiled ahead from `statements`.

Do not edit: `python -m keyworker_cli.store.compile_ahead` writes it.
"""

STATEMENTS: dict[str, str] = {
    "first_action": """
SELECT audit.action
FROM audit
WHERE audit.id = 1
""",
    "contacts": """
SELECT stay.person_id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.arrival_type, coalesce((SELECT moved.location
FROM move AS moved
WHERE moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= :as_of ORDER BY moved.moved_on DESC, moved.id DESC
LIMIT 1 OFFSET 0), stay.location) AS coalesce_1, coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= :as_of AND moved_to_cell.location LIKE '%-%' ORDER BY moved_to_cell.moved_on DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) AS coalesce_2, stay.out_of_scope_from, stay.out_of_scope_reason, absence.reason, absence.from_on, held.key_worker_id, worker.staff_id, worker.last_name AS last_name_1, worker.first_name AS first_name_1, worker.wing, spell.status, spell.from_on AS from_on_1, spell.return_on, held.allocated_on, held.allocated_by, held.acknowledged_on, (SELECT max(ended.ended_on) AS max_1
FROM allocation AS ended
WHERE ended.person_id = stay.person_id AND ended.ended_on <= :as_of) AS anon_1, last.held_on, last.start_minute, holder.staff_id AS staff_id_1, holder.last_name AS last_name_2, holder.first_name AS first_name_2, met.held_on AS held_on_1, (SELECT count(*) AS count_1
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on)) AS anon_2, (SELECT count(*) AS count_2
FROM event AS happened
WHERE happened.person_id = stay.person_id AND happened.event_on >= coalesce(last.held_on, stay.arrived_on) AND happened.event_on <= :as_of AND (last.held_on IS NULL OR happened.event_on > last.held_on)) AS anon_3
FROM stay AS stay JOIN person AS person ON person.id = stay.person_id LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.id = (SELECT begun.id
FROM worker_status AS begun
WHERE begun.key_worker_id = worker.id AND begun.from_on = (SELECT max(later.from_on) AS max_2
FROM worker_status AS later
WHERE later.key_worker_id = worker.id AND later.from_on <= :as_of) AND (begun.return_on IS NULL OR begun.return_on > :as_of) AND (begun.until_on IS NULL OR begun.until_on > :as_of)) LEFT OUTER JOIN session AS last ON last.id = (SELECT seen.id
FROM session AS seen
WHERE seen.person_id = stay.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= :as_of AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND seen.minutes >= :min_minutes ORDER BY seen.held_on DESC, coalesce(seen.start_minute, -1) DESC, seen.key_worker_id DESC, seen.type DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS holder ON holder.id = last.key_worker_id LEFT OUTER JOIN session AS met ON met.id = (SELECT own.id
FROM session AS own
WHERE own.person_id = stay.person_id AND own.held_on >= held.allocated_on AND own.held_on <= :as_of AND own.key_worker_id + 0 = held.key_worker_id AND own.voided_at IS NULL AND own.type = 'KS' AND own.outcome = 'COMPLETED' AND own.minutes >= :min_minutes ORDER BY own.held_on, coalesce(own.start_minute, -1), own.key_worker_id, own.type
LIMIT 1 OFFSET 0) LEFT OUTER JOIN absence AS absence ON absence.id = (SELECT away.id
FROM absence AS away
WHERE away.person_id = stay.person_id AND away.from_on <= :as_of AND (away.to_on IS NULL OR away.to_on > :as_of) ORDER BY away.from_on DESC
LIMIT 1 OFFSET 0)
WHERE stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of)
""",
    "contact_of_stay": """
SELECT stay.person_id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.arrival_type, coalesce((SELECT moved.location
FROM move AS moved
WHERE moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= :as_of ORDER BY moved.moved_on DESC, moved.id DESC
LIMIT 1 OFFSET 0), stay.location) AS coalesce_1, coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= :as_of AND moved_to_cell.location LIKE '%-%' ORDER BY moved_to_cell.moved_on DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) AS coalesce_2, stay.out_of_scope_from, stay.out_of_scope_reason, absence.reason, absence.from_on, held.key_worker_id, worker.staff_id, worker.last_name AS last_name_1, worker.first_name AS first_name_1, worker.wing, spell.status, spell.from_on AS from_on_1, spell.return_on, held.allocated_on, held.allocated_by, held.acknowledged_on, (SELECT max(ended.ended_on) AS max_1
FROM allocation AS ended
WHERE ended.person_id = stay.person_id AND ended.ended_on <= :as_of) AS anon_1, last.held_on, last.start_minute, holder.staff_id AS staff_id_1, holder.last_name AS last_name_2, holder.first_name AS first_name_2, met.held_on AS held_on_1, (SELECT count(*) AS count_1
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on)) AS anon_2, (SELECT count(*) AS count_2
FROM event AS happened
WHERE happened.person_id = stay.person_id AND happened.event_on >= coalesce(last.held_on, stay.arrived_on) AND happened.event_on <= :as_of AND (last.held_on IS NULL OR happened.event_on > last.held_on)) AS anon_3
FROM stay AS stay JOIN person AS person ON person.id = stay.person_id LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.id = (SELECT begun.id
FROM worker_status AS begun
WHERE begun.key_worker_id = worker.id AND begun.from_on = (SELECT max(later.from_on) AS max_2
FROM worker_status AS later
WHERE later.key_worker_id = worker.id AND later.from_on <= :as_of) AND (begun.return_on IS NULL OR begun.return_on > :as_of) AND (begun.until_on IS NULL OR begun.until_on > :as_of)) LEFT OUTER JOIN session AS last ON last.id = (SELECT seen.id
FROM session AS seen
WHERE seen.person_id = stay.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= :as_of AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND seen.minutes >= :min_minutes ORDER BY seen.held_on DESC, coalesce(seen.start_minute, -1) DESC, seen.key_worker_id DESC, seen.type DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS holder ON holder.id = last.key_worker_id LEFT OUTER JOIN session AS met ON met.id = (SELECT own.id
FROM session AS own
WHERE own.person_id = stay.person_id AND own.held_on >= held.allocated_on AND own.held_on <= :as_of AND own.key_worker_id + 0 = held.key_worker_id AND own.voided_at IS NULL AND own.type = 'KS' AND own.outcome = 'COMPLETED' AND own.minutes >= :min_minutes ORDER BY own.held_on, coalesce(own.start_minute, -1), own.key_worker_id, own.type
LIMIT 1 OFFSET 0) LEFT OUTER JOIN absence AS absence ON absence.id = (SELECT away.id
FROM absence AS away
WHERE away.person_id = stay.person_id AND away.from_on <= :as_of AND (away.to_on IS NULL OR away.to_on > :as_of) ORDER BY away.from_on DESC
LIMIT 1 OFFSET 0)
WHERE stay.id = :stay_id
""",
    "rota_since": """
SELECT stay.person_id, count(slot.id) AS count_1, coalesce(sum(CASE WHEN (slot.status = 'WORKED' AND spell.id IS NULL) THEN 1 ELSE 0 END), 0) AS coalesce_1, coalesce(sum(CASE WHEN (slot.status = 'WORKED' AND spell.id IS NULL) THEN slot.end_minute - slot.start_minute ELSE 0 END), 0) AS coalesce_2, (count(slot.id) - coalesce(sum(CASE WHEN (slot.status = 'WORKED' AND spell.id IS NULL) THEN 1 ELSE 0 END), 0)) - coalesce(sum(CASE WHEN (slot.status = 'PUBLISHED' AND spell.id IS NULL) THEN 1 ELSE 0 END), 0) AS anon_1, coalesce(sum(CASE WHEN (slot.status = 'PUBLISHED' AND spell.id IS NULL) THEN 1 ELSE 0 END), 0) AS coalesce_3
FROM stay AS stay JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) LEFT OUTER JOIN session AS last ON last.id = (SELECT seen.id
FROM session AS seen
WHERE seen.person_id = stay.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= :as_of AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND seen.minutes >= :min_minutes ORDER BY seen.held_on DESC, coalesce(seen.start_minute, -1) DESC, seen.key_worker_id DESC, seen.type DESC
LIMIT 1 OFFSET 0) JOIN rota_slot AS slot ON slot.key_worker_id = held.key_worker_id AND slot.slot_on >= CASE WHEN (held.allocated_on > coalesce(last.held_on, stay.arrived_on)) THEN held.allocated_on ELSE coalesce(last.held_on, stay.arrived_on) END AND slot.slot_on <= :as_of AND (last.held_on IS NULL OR slot.slot_on > last.held_on) LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = slot.key_worker_id AND spell.status != 'ACTIVE' AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND (spell.return_on IS NULL OR spell.return_on > slot.slot_on) AND (spell.until_on IS NULL OR spell.until_on > slot.slot_on)
WHERE stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) GROUP BY coalesce(stay.person_id, 0)
""",
    "latest_slots": """
SELECT each_officer.wing, max(each_officer.slot_on) AS max_1
FROM (SELECT worker.wing AS wing, (SELECT max(slot.slot_on) AS max_2
FROM rota_slot AS slot
WHERE slot.key_worker_id = worker.id AND slot.slot_on <= :as_of) AS slot_on
FROM key_worker AS worker) AS each_officer
WHERE each_officer.slot_on IS NOT NULL GROUP BY each_officer.wing
""",
    "officers_latest_slots": """
SELECT each_officer.id, each_officer.slot_on
FROM (SELECT worker.id AS id, (SELECT max(slot.slot_on) AS max_1
FROM rota_slot AS slot
WHERE slot.key_worker_id = worker.id AND slot.slot_on <= :as_of) AS slot_on
FROM key_worker AS worker) AS each_officer
WHERE each_officer.slot_on IS NOT NULL
""",
    "next_slots": """
SELECT slot.key_worker_id, slot.slot_on, slot.start_minute, slot.end_minute
FROM key_worker JOIN rota_slot AS slot ON slot.id = (SELECT first.id
FROM rota_slot AS first
WHERE first.key_worker_id = key_worker.id AND first.slot_on >= :as_of AND (first.slot_on > :as_of OR first.status = 'PUBLISHED') AND NOT (EXISTS (SELECT spell.id
FROM worker_status AS spell
WHERE spell.key_worker_id = first.key_worker_id AND spell.status != 'ACTIVE' AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = first.key_worker_id AND newer.from_on <= first.slot_on) AND (spell.return_on IS NULL OR spell.return_on > first.slot_on) AND (spell.until_on IS NULL OR spell.until_on > first.slot_on))) ORDER BY first.slot_on, first.start_minute
LIMIT 1 OFFSET 0)
""",
    "marking_events": """
SELECT event.person_id, event.code, event.event_on, event.at_minute, event.until_on, event.confidence, CASE WHEN (event.code IN ('RELATIONSHIP')) THEN (SELECT next_seen.held_on
FROM session AS next_seen
WHERE next_seen.person_id = event.person_id AND next_seen.held_on >= event.event_on AND next_seen.held_on <= :as_of AND (next_seen.held_on > event.event_on OR next_seen.held_on = event.event_on AND next_seen.start_minute >= event.at_minute) AND next_seen.voided_at IS NULL AND next_seen.type = 'KS' AND next_seen.outcome = 'COMPLETED' AND next_seen.minutes >= :min_minutes ORDER BY next_seen.held_on
LIMIT 1 OFFSET 0) END AS anon_1
FROM stay AS stay JOIN event AS event ON event.person_id = stay.person_id AND event.event_on >= :since OR event.person_id = stay.person_id AND event.code IN ('SELF_HARM_HISTORY', 'SEG', 'CELLULAR_CONFINEMENT', 'BASIC', 'CSIP', 'DEPRESSION', 'ANXIETY', 'SELF_ISOLATING', 'FOOD_REFUSAL', 'BEREAVEMENT', 'RELATIONSHIP', 'NO_CONTACT', 'FURTHER_CHARGES', 'LOCAL', 'NO_ONE_TO_ONE')
WHERE stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND event.event_on <= :until
""",
    "marking_accts": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due, acct.post_closure_review_held
FROM stay AS stay JOIN acct AS acct ON acct.person_id = stay.person_id
WHERE stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND acct.opened_on <= :as_of AND (acct.post_closure_review_held IS NULL OR acct.post_closure_review_held > :as_of)
""",
    "events_of": """
SELECT event.person_id, event.code, event.event_on, event.at_minute, event.until_on, event.confidence, CASE WHEN (event.code IN ('RELATIONSHIP')) THEN (SELECT next_seen.held_on
FROM session AS next_seen
WHERE next_seen.person_id = event.person_id AND next_seen.held_on >= event.event_on AND next_seen.held_on <= :as_of AND (next_seen.held_on > event.event_on OR next_seen.held_on = event.event_on AND next_seen.start_minute >= event.at_minute) AND next_seen.voided_at IS NULL AND next_seen.type = 'KS' AND next_seen.outcome = 'COMPLETED' AND next_seen.minutes >= :min_minutes ORDER BY next_seen.held_on
LIMIT 1 OFFSET 0) END AS anon_1
FROM event AS event
WHERE event.person_id = :person_id ORDER BY event.event_on, event.at_minute NULLS FIRST, event.id
""",
    "accts_of": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due, acct.post_closure_review_held
FROM acct AS acct
WHERE acct.person_id = :person_id ORDER BY acct.opened_on
""",
    "officers": """
SELECT worker.id, worker.staff_id, worker.last_name, worker.first_name, worker.login, worker.wing, worker.capacity, spell.status, spell.from_on, spell.return_on, (SELECT count(*) AS count_1
FROM allocation AS held
WHERE held.key_worker_id = worker.id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of)) AS anon_1, latest.allocated_at, latest.allocated_on, (SELECT coalesce(sum(slot.end_minute - slot.start_minute), 0) AS coalesce_1
FROM rota_slot AS slot
WHERE slot.key_worker_id = worker.id AND slot.slot_on >= :as_of AND slot.slot_on <= :until AND NOT (EXISTS (SELECT absent.id
FROM worker_status AS absent
WHERE absent.key_worker_id = slot.key_worker_id AND absent.status != 'ACTIVE' AND absent.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND (absent.return_on IS NULL OR absent.return_on > slot.slot_on) AND (absent.until_on IS NULL OR absent.until_on > slot.slot_on)))) AS anon_2
FROM key_worker AS worker LEFT OUTER JOIN worker_status AS spell ON spell.id = (SELECT begun.id
FROM worker_status AS begun
WHERE begun.key_worker_id = worker.id AND begun.from_on = (SELECT max(later.from_on) AS max_2
FROM worker_status AS later
WHERE later.key_worker_id = worker.id AND later.from_on <= :as_of) AND (begun.return_on IS NULL OR begun.return_on > :as_of) AND (begun.until_on IS NULL OR begun.until_on > :as_of)) LEFT OUTER JOIN allocation AS latest ON latest.id = (SELECT auto.id
FROM allocation AS auto
WHERE auto.key_worker_id = worker.id AND auto.allocation_reason = 'AUTO' AND auto.allocated_on <= :as_of ORDER BY auto.allocated_on DESC, coalesce(auto.allocated_at, auto.recorded_at) DESC
LIMIT 1 OFFSET 0) ORDER BY worker.last_name, worker.first_name, worker.staff_id
""",
    "former_workers": """
SELECT stay.person_id, worker.staff_id, past.ended_on
FROM stay AS stay LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) LEFT OUTER JOIN allocation AS past ON past.person_id = stay.person_id AND past.ended_on <= :as_of LEFT OUTER JOIN key_worker AS worker ON worker.id = past.key_worker_id
WHERE stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND held.id IS NULL AND coalesce(past.id, 0) > 0 ORDER BY past.ended_on DESC, past.allocated_on DESC, past.id DESC
""",
    "former_workers_of_caseload": """
SELECT held.person_id, worker.staff_id, past.ended_on
FROM allocation AS held JOIN allocation AS past ON past.person_id = held.person_id AND past.ended_on <= :as_of JOIN key_worker AS worker ON worker.id = past.key_worker_id
WHERE held.key_worker_id = :key_worker_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) ORDER BY past.ended_on DESC, past.allocated_on DESC, past.id DESC
""",
    "settings": """
SELECT setting."key", setting.value
FROM setting
""",
    "person_by_number": """
SELECT person.id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.left_on, stay.departure_reason, stay.location
FROM person LEFT OUTER JOIN stay ON stay.id = (SELECT latest.id
FROM stay AS latest
WHERE latest.person_id = person.id ORDER BY latest.arrived_on DESC
LIMIT 1 OFFSET 0) JOIN person_number ON person_number.person_id = person.id
WHERE person_number.number = :words ORDER BY person.last_name, person.first_name, person.prison_number
""",
    "people_by_name": """
SELECT person.id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.left_on, stay.departure_reason, stay.location
FROM person LEFT OUTER JOIN stay ON stay.id = (SELECT latest.id
FROM stay AS latest
WHERE latest.person_id = person.id ORDER BY latest.arrived_on DESC
LIMIT 1 OFFSET 0)
WHERE person.search_name LIKE ('% ' || :words || '%') ESCAPE '\\' ORDER BY person.last_name, person.first_name, person.prison_number
""",
    "worker_by_staff_id": """
SELECT key_worker.id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, key_worker.login, key_worker.wing, key_worker.capacity
FROM key_worker
WHERE upper(key_worker.staff_id) = upper(:words) ORDER BY key_worker.last_name, key_worker.first_name, key_worker.staff_id
""",
    "worker_by_login": """
SELECT key_worker.id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, key_worker.login, key_worker.wing, key_worker.capacity
FROM key_worker
WHERE key_worker.login = :words ORDER BY key_worker.last_name, key_worker.first_name, key_worker.staff_id
""",
    "workers_by_name": """
SELECT key_worker.id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, key_worker.login, key_worker.wing, key_worker.capacity
FROM key_worker
WHERE key_worker.search_name LIKE ('% ' || :words || '%') ESCAPE '\\' ORDER BY key_worker.last_name, key_worker.first_name, key_worker.staff_id
""",
    "all_workers": """
SELECT key_worker.id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, key_worker.login, key_worker.wing, key_worker.capacity
FROM key_worker ORDER BY key_worker.last_name, key_worker.first_name, key_worker.staff_id
""",
    "all_names": """
SELECT person.id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.left_on, stay.departure_reason, stay.location
FROM person LEFT OUTER JOIN stay ON stay.id = (SELECT latest.id
FROM stay AS latest
WHERE latest.person_id = person.id ORDER BY latest.arrived_on DESC
LIMIT 1 OFFSET 0) ORDER BY person.last_name, person.first_name, person.prison_number
""",
    "numbers_here": """
SELECT person.prison_number, person.first_name || ' ' || person.last_name AS anon_1
FROM person JOIN stay ON stay.person_id = person.id
WHERE stay.left_on IS NULL
""",
    "staff_ids": """
SELECT key_worker.staff_id, key_worker.first_name || ' ' || key_worker.last_name AS anon_1
FROM key_worker
""",
    "stays_of": """
SELECT stay.id, stay.arrived_on, stay.arrival_type, stay.location, stay.left_on, stay.departure_reason, stay.out_of_scope_from, stay.out_of_scope_reason
FROM stay
WHERE stay.person_id = :person_id ORDER BY stay.arrived_on DESC
""",
    "allocations_of": """
SELECT allocation.id, allocation.key_worker_id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, allocation.allocated_on, allocation.allocated_at, allocation.allocation_reason, allocation.allocated_by, allocation.because, allocation.acknowledged_on, allocation.ended_on, allocation.end_reason, allocation.ended_by, allocation.recorded_at, allocation.recorded_by, allocation.recorded_known
FROM allocation JOIN key_worker ON key_worker.id = allocation.key_worker_id
WHERE allocation.person_id = :person_id ORDER BY allocation.allocated_on DESC, allocation.id DESC
""",
    "sessions_of": """
SELECT session.id, session.key_worker_id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, session.held_on, session.start_minute, session.type, session.minutes, session.outcome, session.mode, session.place, session.topics, session.declined_topics, session.note, session.note_at, session.prisoner_said, session.next_session_on, session.recorded_at, session.recorded_by, session.recorded_known
FROM session JOIN key_worker ON key_worker.id = session.key_worker_id
WHERE session.person_id = :person_id AND session.voided_at IS NULL ORDER BY session.held_on DESC, session.start_minute DESC NULLS LAST, session.id DESC
""",
    "absences_of": """
SELECT absence.reason, absence.from_on, absence.to_on
FROM absence
WHERE absence.person_id = :person_id ORDER BY absence.from_on
""",
    "needs_of": """
SELECT need.id, need.raised_on, need.text, need.owner, need.due_on, need.closed_on, need.outcome
FROM need
WHERE need.person_id = :person_id ORDER BY need.raised_on, need.id
""",
    "officer_sessions": """
SELECT session.id, session.person_id, person.prison_number, person.last_name, person.first_name, session.start_minute, session.minutes
FROM session JOIN person ON person.id = session.person_id
WHERE session.key_worker_id = :key_worker_id AND session.held_on = :as_of AND session.voided_at IS NULL ORDER BY session.start_minute NULLS LAST, session.id
""",
    "slots_between": """
SELECT slot.id, slot.key_worker_id, worker.staff_id, worker.last_name, worker.first_name, worker.wing, slot.slot_on, slot.start_minute, slot.end_minute, slot.status, slot.reason, slot.published_on, spell.status AS status_1
FROM rota_slot AS slot JOIN key_worker AS worker ON worker.id = slot.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = slot.key_worker_id AND spell.status != 'ACTIVE' AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND (spell.return_on IS NULL OR spell.return_on > slot.slot_on) AND (spell.until_on IS NULL OR spell.until_on > slot.slot_on)
WHERE slot.slot_on >= :since AND slot.slot_on <= :until ORDER BY worker.last_name, worker.first_name, worker.staff_id, slot.slot_on, slot.start_minute
""",
    "slots_of": """
SELECT slot.id, slot.key_worker_id, worker.staff_id, worker.last_name, worker.first_name, worker.wing, slot.slot_on, slot.start_minute, slot.end_minute, slot.status, slot.reason, slot.published_on, spell.status AS status_1
FROM rota_slot AS slot JOIN key_worker AS worker ON worker.id = slot.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = slot.key_worker_id AND spell.status != 'ACTIVE' AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND (spell.return_on IS NULL OR spell.return_on > slot.slot_on) AND (spell.until_on IS NULL OR spell.until_on > slot.slot_on)
WHERE slot.key_worker_id = :key_worker_id AND slot.slot_on >= :since AND slot.slot_on <= :until ORDER BY slot.slot_on, slot.start_minute
""",
    "first_sessions": """
SELECT stay.person_id, first.held_on, holder.staff_id, holder.last_name, holder.first_name
FROM stay AS stay JOIN session AS first ON first.id = (SELECT earliest.id
FROM session AS earliest
WHERE earliest.person_id = stay.person_id AND earliest.held_on >= stay.arrived_on AND earliest.held_on <= :as_of AND earliest.voided_at IS NULL AND earliest.type = 'KS' AND earliest.outcome = 'COMPLETED' AND earliest.minutes >= :min_minutes ORDER BY earliest.held_on, earliest.start_minute NULLS LAST, earliest.id
LIMIT 1 OFFSET 0) JOIN key_worker AS holder ON holder.id = first.key_worker_id
WHERE stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND stay.arrived_on >= :since
""",
    "last_slot": """
SELECT rota_slot.key_worker_id, rota_slot.slot_on, rota_slot.start_minute, rota_slot.end_minute
FROM rota_slot
WHERE rota_slot.key_worker_id = :key_worker_id AND rota_slot.slot_on <= :as_of ORDER BY rota_slot.slot_on DESC, rota_slot.start_minute DESC
LIMIT 1 OFFSET 0
""",
    "statuses_of": """
SELECT worker_status.status, worker_status.from_on, worker_status.return_on, worker_status.until_on, worker_status.recorded_at, worker_status.recorded_by, worker_status.recorded_known
FROM worker_status
WHERE worker_status.key_worker_id = :key_worker_id ORDER BY worker_status.from_on DESC
""",
    "stay_spans": """
SELECT stay.person_id, stay.arrived_on, stay.left_on, stay.out_of_scope_from, coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= :as_of AND moved_to_cell.location LIKE '%-%' ORDER BY moved_to_cell.moved_on DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) AS coalesce_1
FROM stay AS stay
WHERE stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since)
""",
    "absence_spans": """
SELECT absence.person_id, absence.from_on, absence.to_on
FROM stay AS stay JOIN absence AS absence ON absence.person_id = stay.person_id
WHERE stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since) AND absence.from_on <= :until AND absence.from_on <= :as_of AND (absence.to_on IS NULL OR absence.to_on > :since)
""",
    "allocation_spans": """
SELECT held.person_id, held.key_worker_id, held.allocated_on, held.ended_on
FROM stay AS stay JOIN allocation AS held ON held.person_id = stay.person_id
WHERE stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since) AND held.allocated_on <= :until AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :since)
""",
    "time_held": """
SELECT session.person_id, session.key_worker_id, session.held_on, session.start_minute, session.type, session.minutes
FROM key_worker AS worker LEFT OUTER JOIN session AS session ON session.key_worker_id = worker.id AND session.held_on >= :since AND session.held_on <= :until AND session.outcome = 'COMPLETED' AND session.voided_at IS NULL
WHERE coalesce(session.id, 0) > 0
""",
}
