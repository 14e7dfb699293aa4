"""The SQL of every read, compiled ahead from `statements`.

Do not edit: `python -m keyworker_cli.store.reads.compile` writes it.
"""

STATEMENTS: dict[str, str] = {
    "person_by_number": """
SELECT person.id AS person_id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.left_on, stay.departure_reason, coalesce((SELECT moved_to.location
FROM move AS moved_to
WHERE moved_to.person_id = stay.person_id AND moved_to.moved_on >= stay.arrived_on AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_to.person_id AND died.departure_reason = 'DIED' AND moved_to.recorded_known = 1 AND moved_to.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved_to.moved_on DESC, coalesce(moved_to.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to.person_id AND timed_before.moved_on = moved_to.moved_on AND timed_before.id < moved_to.id), -1) DESC, moved_to.id DESC
LIMIT 1 OFFSET 0), stay.location) AS location
FROM person LEFT OUTER JOIN stay ON stay.id = (SELECT latest.id
FROM stay AS latest
WHERE latest.person_id = person.id AND latest.voided_at IS NULL ORDER BY latest.arrived_on DESC
LIMIT 1 OFFSET 0) JOIN person_number ON person_number.person_id = person.id
WHERE (EXISTS (SELECT has_number.id
FROM person_number AS has_number
WHERE has_number.person_id = person.id)) AND person_number.number = :number ORDER BY person.last_name, person.first_name, person.prison_number
""",
    "names": """
SELECT person.prison_number AS word, person.search_name AS about
FROM person
WHERE EXISTS (SELECT has_number.id
FROM person_number AS has_number
WHERE has_number.person_id = person.id)
""",
    "people": """
SELECT person.id AS person_id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.left_on, stay.departure_reason, coalesce((SELECT moved_to.location
FROM move AS moved_to
WHERE moved_to.person_id = stay.person_id AND moved_to.moved_on >= stay.arrived_on AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_to.person_id AND died.departure_reason = 'DIED' AND moved_to.recorded_known = 1 AND moved_to.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved_to.moved_on DESC, coalesce(moved_to.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to.person_id AND timed_before.moved_on = moved_to.moved_on AND timed_before.id < moved_to.id), -1) DESC, moved_to.id DESC
LIMIT 1 OFFSET 0), stay.location) AS location
FROM person LEFT OUTER JOIN stay ON stay.id = (SELECT latest.id
FROM stay AS latest
WHERE latest.person_id = person.id AND latest.voided_at IS NULL ORDER BY latest.arrived_on DESC
LIMIT 1 OFFSET 0)
WHERE EXISTS (SELECT has_number.id
FROM person_number AS has_number
WHERE has_number.person_id = person.id) ORDER BY person.last_name, person.first_name, person.prison_number
""",
    "places_lived_in": """
SELECT person_place.location
FROM (SELECT coalesce((SELECT moved_to.location
FROM move AS moved_to
WHERE moved_to.person_id = stay.person_id AND moved_to.moved_on >= stay.arrived_on AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_to.person_id AND died.departure_reason = 'DIED' AND moved_to.recorded_known = 1 AND moved_to.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved_to.moved_on DESC, coalesce(moved_to.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to.person_id AND timed_before.moved_on = moved_to.moved_on AND timed_before.id < moved_to.id), -1) DESC, moved_to.id DESC
LIMIT 1 OFFSET 0), stay.location) AS location
FROM stay AS stay
WHERE stay.left_on IS NULL AND stay.voided_at IS NULL UNION SELECT left_stay.location AS location
FROM person AS person LEFT OUTER JOIN stay AS left_stay ON left_stay.person_id = person.id
WHERE NOT (EXISTS (SELECT stay.id
FROM stay AS stay
WHERE stay.person_id = person.id AND stay.left_on IS NULL AND stay.voided_at IS NULL)) UNION SELECT moved.location AS location
FROM person AS person LEFT OUTER JOIN move AS moved ON moved.person_id = person.id
WHERE NOT (EXISTS (SELECT stay.id
FROM stay AS stay
WHERE stay.person_id = person.id AND stay.left_on IS NULL AND stay.voided_at IS NULL))) AS person_place
WHERE person_place.location IS NOT NULL
""",
    "numbers_here": """
SELECT person.prison_number AS word, person.first_name || ' ' || person.last_name AS about
FROM person JOIN stay ON stay.person_id = person.id
WHERE stay.left_on IS NULL AND stay.voided_at IS NULL
""",
    "stays_of": """
SELECT stay.id AS stay_id, stay.arrived_on, stay.arrival_type, stay.location, stay.left_on, stay.departure_reason, stay.out_of_scope_from, stay.out_of_scope_reason, stay.records_from
FROM stay
WHERE stay.person_id = :person_id AND stay.voided_at IS NULL ORDER BY stay.arrived_on DESC
""",
    "void_stays_of": """
SELECT void.id AS stay_id, void.arrived_on, void.arrival_type, void.location, void.left_on, void.voided_at, void.voided_why, void.changed_by AS voided_by
FROM stay AS void
WHERE void.person_id = :person_id AND void.voided_at IS NOT NULL ORDER BY void.arrived_on DESC, void.id DESC
""",
    "absences_of": """
SELECT absence.reason, absence.from_on, absence.to_on, NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = absence.person_id AND died.departure_reason = 'DIED' AND absence.recorded_known = 1 AND absence.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AS in_time
FROM absence
WHERE absence.person_id = :person_id ORDER BY absence.from_on
""",
    "moves_of": """
SELECT move.moved_on, move.location, move.at_minute, move.recorded_at, move.recorded_by, move.recorded_known
FROM move
WHERE move.person_id = :person_id ORDER BY move.moved_on DESC, coalesce(move.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = move.person_id AND timed_before.moved_on = move.moved_on AND timed_before.id < move.id), -1) DESC, move.id DESC
""",
    "other_numbers_of": """
SELECT number.number
FROM person AS person JOIN person_number AS number ON number.person_id = person.id
WHERE person.id = :person_id AND number.number != person.prison_number ORDER BY number.number
""",
    "merges_of": """
SELECT merge.id AS merge_id, merged.id AS merged_person_id, merged.prison_number AS merged_number, merge.merged_on, merge.why, merge.moved
FROM person_merge AS merge JOIN person AS merged ON merged.id = merge.merged_person_id
WHERE merge.kept_person_id = :person_id AND merge.undone_on IS NULL ORDER BY merge.id DESC
""",
    "further_numbers": """
SELECT person_number.person_id, person_number.number
FROM person_number JOIN person ON person.id = person_number.person_id
WHERE person_number.number != person.prison_number
""",
    "overlapping_stays": """
SELECT person.prison_number, stay.arrived_on, stay.left_on, stay_again.arrived_on AS again_on
FROM stay AS stay JOIN stay AS stay_again ON stay_again.person_id = stay.person_id AND stay_again.arrived_on > stay.arrived_on JOIN person AS person ON person.id = stay.person_id
WHERE (stay.left_on IS NULL OR stay_again.arrived_on < stay.left_on) AND stay.voided_at IS NULL AND stay_again.voided_at IS NULL ORDER BY person.prison_number, stay.arrived_on
""",
    "early_allocations": """
SELECT person.prison_number
FROM stay AS stay JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on < stay.arrived_on JOIN person AS person ON person.id = stay.person_id
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND (held.ended_on IS NULL OR held.ended_on > stay.arrived_on) ORDER BY person.prison_number
""",
    "out_of_place": """
SELECT found.kind, found.number, found.prison_number
FROM (SELECT 'move' AS kind, count(*) AS number, min(person.prison_number) AS prison_number
FROM move AS move JOIN person AS person ON person.id = move.person_id
WHERE (EXISTS (SELECT has_number.id
FROM person_number AS has_number
WHERE has_number.person_id = person.id)) AND NOT (EXISTS (SELECT stay.id
FROM stay AS stay
WHERE stay.person_id = move.person_id AND (stay.left_on IS NULL OR stay.left_on >= move.moved_on) AND stay.arrived_on <= move.moved_on))
HAVING count(*) > 0 UNION ALL SELECT 'allocation' AS kind, count(*) AS number, min(person.prison_number) AS prison_number
FROM allocation AS allocation JOIN person AS person ON person.id = allocation.person_id
WHERE (EXISTS (SELECT has_number.id
FROM person_number AS has_number
WHERE has_number.person_id = person.id)) AND NOT (EXISTS (SELECT stay.id
FROM stay AS stay
WHERE stay.person_id = allocation.person_id AND (stay.left_on IS NULL OR stay.left_on >= allocation.allocated_on)))
HAVING count(*) > 0 UNION ALL SELECT 'absence' AS kind, count(*) AS number, min(person.prison_number) AS prison_number
FROM absence AS absence JOIN person AS person ON person.id = absence.person_id
WHERE (EXISTS (SELECT has_number.id
FROM person_number AS has_number
WHERE has_number.person_id = person.id)) AND NOT (EXISTS (SELECT stay.id
FROM stay AS stay
WHERE stay.person_id = absence.person_id AND (stay.left_on IS NULL OR stay.left_on >= absence.from_on)))
HAVING count(*) > 0 UNION ALL SELECT 'acct' AS kind, count(*) AS number, min(person.prison_number) AS prison_number
FROM acct AS acct JOIN person AS person ON person.id = acct.person_id
WHERE (EXISTS (SELECT has_number.id
FROM person_number AS has_number
WHERE has_number.person_id = person.id)) AND NOT (EXISTS (SELECT stay.id
FROM stay AS stay
WHERE stay.person_id = acct.person_id AND (stay.left_on IS NULL OR stay.left_on >= acct.opened_on)))
HAVING count(*) > 0 UNION ALL SELECT 'acct twice' AS kind, count(*) AS number, min(person.prison_number) AS prison_number
FROM acct AS acct JOIN person AS person ON person.id = acct.person_id
WHERE (EXISTS (SELECT has_number.id
FROM person_number AS has_number
WHERE has_number.person_id = person.id)) AND (EXISTS (SELECT acct_before.id
FROM acct AS acct_before
WHERE acct_before.person_id = acct.person_id AND acct_before.opened_on < acct.opened_on AND (acct_before.closed_on IS NULL OR acct_before.closed_on > acct.opened_on)))
HAVING count(*) > 0) AS found
""",
    "latest_departure": """
SELECT stay.left_on AS left_on
FROM stay
WHERE stay.left_on <= :as_of AND stay.voided_at IS NULL ORDER BY stay.left_on DESC
LIMIT 1 OFFSET 0
""",
    "newest_session": """
SELECT max((SELECT max(session.held_on) AS max_1
FROM session AS session
WHERE session.key_worker_id = worker.id AND session.held_on <= :as_of)) AS held_on
FROM key_worker AS worker
""",
    "newest_records": """
SELECT (SELECT max((SELECT max(allocation.allocated_on) AS max_2
FROM allocation AS allocation
WHERE allocation.key_worker_id = worker.id AND allocation.allocated_on <= :as_of)) AS max_1
FROM key_worker AS worker) AS allocated_on, max(here.arrived_on) AS arrived_on, (SELECT max("left".left_on) AS max_3
FROM stay AS "left"
WHERE "left".left_on <= :as_of AND "left".voided_at IS NULL) AS left_on, (SELECT max((SELECT max(move.moved_on) AS max_5
FROM move AS move
WHERE move.person_id = stay.person_id AND move.moved_on <= :as_of)) AS max_4
FROM stay AS stay
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of)) AS moved_on, (SELECT max((SELECT max(absence.from_on) AS max_7
FROM absence AS absence
WHERE absence.person_id = stay.person_id AND absence.from_on <= :as_of)) AS max_6
FROM stay AS stay
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of)) AS away_on, (SELECT max((SELECT max(event.event_on) AS max_9
FROM event AS event
WHERE event.person_id = stay.person_id AND event.event_on <= :as_of)) AS max_8
FROM stay AS stay
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of)) AS event_on, (SELECT max((SELECT max(acct.opened_on) AS max_11
FROM acct AS acct
WHERE acct.person_id = stay.person_id AND acct.opened_on <= :as_of)) AS max_10
FROM stay AS stay
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of)) AS acct_on, (SELECT max((SELECT max(need.raised_on) AS max_13
FROM need AS need
WHERE need.person_id = stay.person_id AND need.raised_on <= :as_of)) AS max_12
FROM stay AS stay
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of)) AS need_on, (SELECT max((SELECT max(CASE WHEN (rota_slot.status != 'PUBLISHED') THEN rota_slot.slot_on END) AS max_15
FROM rota_slot AS rota_slot
WHERE rota_slot.key_worker_id = worker.id AND CASE WHEN (rota_slot.status != 'PUBLISHED') THEN rota_slot.slot_on END <= :as_of)) AS max_14
FROM key_worker AS worker) AS slot_on, (SELECT max((SELECT max(worker_status.from_on) AS max_17
FROM worker_status AS worker_status
WHERE worker_status.key_worker_id = worker.id AND worker_status.from_on <= :as_of)) AS max_16
FROM key_worker AS worker) AS status_on
FROM stay AS here
WHERE here.voided_at IS NULL AND here.arrived_on <= :as_of AND (here.left_on IS NULL OR here.left_on > :as_of)
""",
    "first_records": """
SELECT min(s.arrived_on) AS arrived_on, (SELECT min((SELECT min(held.held_on) AS min_2
FROM session AS held
WHERE held.key_worker_id = w.id)) AS min_1
FROM key_worker AS w) AS held_on, (SELECT min((SELECT min(slot.slot_on) AS min_4
FROM rota_slot AS slot
WHERE slot.key_worker_id = w.id)) AS min_3
FROM key_worker AS w) AS slot_on
FROM stay AS s
WHERE s.voided_at IS NULL
""",
    "contacts": """
SELECT stay.person_id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.arrival_type, coalesce(moved.location, stay.location) AS location, CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= :as_of AND moved_to_cell.location LIKE '%-%' AND (death.id IS NULL OR moved_to_cell.recorded_known = 0 OR moved_to_cell.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END AS cell, stay.out_of_scope_from, stay.out_of_scope_reason, absence.reason AS away, absence.from_on AS away_from, held.key_worker_id, worker.staff_id, worker.last_name AS worker_last_name, worker.first_name AS worker_first_name, worker.wing AS worker_wing, spell.status AS worker_status, spell.from_on AS worker_status_from, spell.return_on AS worker_return_on, CASE WHEN (held.allocated_on IS NOT NULL) THEN CASE WHEN (held.allocated_on > stay.arrived_on) THEN held.allocated_on ELSE stay.arrived_on END END AS allocated_on, held.allocated_by, CASE WHEN (held.acknowledged_on <= :as_of) THEN held.acknowledged_on END AS acknowledged_on, former.ended_on AS last_ended_on, CASE WHEN (held.id IS NOT NULL AND former.ended_on > stay.arrived_on) THEN former.key_worker_id END AS worker_before_id, last.held_on AS last_session_on, last.start_minute AS last_session_minute, holder.staff_id AS last_session_staff_id, holder.last_name AS last_session_last_name, holder.first_name AS last_session_first_name, (SELECT own.held_on
FROM session AS own
WHERE own.person_id = stay.person_id AND own.held_on >= CASE WHEN (held.allocated_on > stay.arrived_on) THEN held.allocated_on ELSE stay.arrived_on END AND own.held_on <= :as_of AND own.key_worker_id + 0 = held.key_worker_id AND own.voided_at IS NULL AND own.type = 'KS' AND own.outcome = 'COMPLETED' AND (own.minutes IS NULL OR own.minutes >= :session_min_minutes) AND (own.place IS NULL OR replace(:door_places, ';' || lower(trim(own.place)) || ';', '') = :door_places) AND (death.id IS NULL OR own.recorded_known = 0 OR own.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY own.held_on
LIMIT 1 OFFSET 0) AS met_on, CASE WHEN (refusal.id IS NULL) THEN 0 ELSE (SELECT count(*) AS count_1
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.type = 'KS' AND (death.id IS NULL OR refused.recorded_known = 0 OR refused.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on)) END AS refusals_since, CASE WHEN (refusal.id IS NULL) THEN 0 ELSE (SELECT count(*) AS count_2
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.type = 'KS' AND (death.id IS NULL OR refused.recorded_known = 0 OR refused.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on) AND (held.allocated_on IS NULL OR refused.held_on >= held.allocated_on)) END AS refusals_in_window, CASE WHEN (refusal.id IS NULL) THEN 0 ELSE (SELECT count(*) AS count_3
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.type = 'KS' AND (death.id IS NULL OR refused.recorded_known = 0 OR refused.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on) AND replace(:door_places, ';' || lower(trim(refused.place)) || ';', '') != :door_places) END AS refusals_at_door, (SELECT count(*) AS count_4
FROM event AS happened
WHERE happened.person_id = stay.person_id AND (death.id IS NULL OR happened.recorded_known = 0 OR happened.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND happened.event_on >= coalesce(last.held_on, stay.arrived_on) AND happened.event_on <= :as_of AND (last.held_on IS NULL OR happened.event_on > last.held_on)) AS events_since, stay.records_from
FROM stay AS stay JOIN person AS person ON person.id = stay.person_id LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND (death.id IS NULL OR held.recorded_known = 0 OR held.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) LEFT OUTER JOIN allocation AS former ON former.id = (SELECT ended.id
FROM allocation AS ended
WHERE ended.person_id = stay.person_id AND ended.ended_on <= :as_of AND (ended.ended_on IS NULL OR ended.ended_on > ended.allocated_on) AND (death.id IS NULL OR ended.recorded_known = 0 OR ended.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY ended.ended_on DESC, ended.allocated_on DESC, ended.id DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = held.key_worker_id AND spell.from_on = (SELECT max(newer.from_on) AS max_2
FROM worker_status AS newer
WHERE newer.key_worker_id = held.key_worker_id AND newer.from_on <= :as_of) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= :as_of) AND (spell.until_on IS NULL OR spell.until_on > :as_of) LEFT OUTER JOIN session AS last ON last.id = (SELECT seen.id
FROM session AS seen
WHERE seen.person_id = stay.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= :as_of AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND (seen.minutes IS NULL OR seen.minutes >= :session_min_minutes) AND (seen.place IS NULL OR replace(:door_places, ';' || lower(trim(seen.place)) || ';', '') = :door_places) AND (death.id IS NULL OR seen.recorded_known = 0 OR seen.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY seen.held_on DESC, coalesce(seen.start_minute, -1) DESC, seen.key_worker_id DESC, seen.type DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN session AS refusal ON refusal.id = (SELECT refused.id
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.type = 'KS' AND (death.id IS NULL OR refused.recorded_known = 0 OR refused.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on) ORDER BY refused.held_on
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS holder ON holder.id = last.key_worker_id LEFT OUTER JOIN move AS moved ON moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= :as_of AND (death.id IS NULL OR moved.recorded_known = 0 OR moved.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND (NOT (EXISTS (SELECT moved_again.id
FROM move AS moved_again
WHERE moved_again.person_id = moved.person_id AND moved_again.moved_on >= moved.moved_on AND moved_again.moved_on <= :as_of AND moved_again.id != moved.id AND (death.id IS NULL OR moved_again.recorded_known = 0 OR moved_again.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) OR NOT (EXISTS (SELECT moved_later.id
FROM move AS moved_later
WHERE moved_later.person_id = moved.person_id AND moved_later.moved_on > moved.moved_on AND moved_later.moved_on <= :as_of AND (death.id IS NULL OR moved_later.recorded_known = 0 OR moved_later.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) AND moved.id = (SELECT moved_that_day.id
FROM move AS moved_that_day
WHERE moved_that_day.person_id = moved.person_id AND moved_that_day.moved_on = moved.moved_on AND (death.id IS NULL OR moved_that_day.recorded_known = 0 OR moved_that_day.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY moved_that_day.moved_on DESC, coalesce(moved_that_day.at_minute, (SELECT max(timed_before.at_minute) AS max_3
FROM move AS timed_before
WHERE timed_before.person_id = moved_that_day.person_id AND timed_before.moved_on = moved_that_day.moved_on AND timed_before.id < moved_that_day.id), -1) DESC, moved_that_day.id DESC
LIMIT 1 OFFSET 0)) LEFT OUTER JOIN absence AS absence ON absence.person_id = stay.person_id AND absence.from_on <= :as_of AND (absence.to_on IS NULL OR absence.to_on > :as_of) AND NOT (EXISTS (SELECT away_again.id
FROM absence AS away_again
WHERE away_again.person_id = absence.person_id AND away_again.from_on > absence.from_on AND away_again.from_on <= :as_of AND (away_again.to_on IS NULL OR away_again.to_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = away_again.person_id AND died.departure_reason = 'DIED' AND away_again.recorded_known = 1 AND away_again.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))))) AND (death.id IS NULL OR absence.recorded_known = 0 OR absence.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of)
""",
    "contact_of_stay": """
SELECT stay.person_id, person.prison_number, person.last_name, person.first_name, person.date_of_birth, stay.arrived_on, stay.arrival_type, coalesce(moved.location, stay.location) AS location, CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= :as_of AND moved_to_cell.location LIKE '%-%' AND (death.id IS NULL OR moved_to_cell.recorded_known = 0 OR moved_to_cell.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END AS cell, stay.out_of_scope_from, stay.out_of_scope_reason, absence.reason AS away, absence.from_on AS away_from, held.key_worker_id, worker.staff_id, worker.last_name AS worker_last_name, worker.first_name AS worker_first_name, worker.wing AS worker_wing, spell.status AS worker_status, spell.from_on AS worker_status_from, spell.return_on AS worker_return_on, CASE WHEN (held.allocated_on IS NOT NULL) THEN CASE WHEN (held.allocated_on > stay.arrived_on) THEN held.allocated_on ELSE stay.arrived_on END END AS allocated_on, held.allocated_by, CASE WHEN (held.acknowledged_on <= :as_of) THEN held.acknowledged_on END AS acknowledged_on, former.ended_on AS last_ended_on, CASE WHEN (held.id IS NOT NULL AND former.ended_on > stay.arrived_on) THEN former.key_worker_id END AS worker_before_id, last.held_on AS last_session_on, last.start_minute AS last_session_minute, holder.staff_id AS last_session_staff_id, holder.last_name AS last_session_last_name, holder.first_name AS last_session_first_name, (SELECT own.held_on
FROM session AS own
WHERE own.person_id = stay.person_id AND own.held_on >= CASE WHEN (held.allocated_on > stay.arrived_on) THEN held.allocated_on ELSE stay.arrived_on END AND own.held_on <= :as_of AND own.key_worker_id + 0 = held.key_worker_id AND own.voided_at IS NULL AND own.type = 'KS' AND own.outcome = 'COMPLETED' AND (own.minutes IS NULL OR own.minutes >= :session_min_minutes) AND (own.place IS NULL OR replace(:door_places, ';' || lower(trim(own.place)) || ';', '') = :door_places) AND (death.id IS NULL OR own.recorded_known = 0 OR own.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY own.held_on
LIMIT 1 OFFSET 0) AS met_on, CASE WHEN (refusal.id IS NULL) THEN 0 ELSE (SELECT count(*) AS count_1
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.type = 'KS' AND (death.id IS NULL OR refused.recorded_known = 0 OR refused.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on)) END AS refusals_since, CASE WHEN (refusal.id IS NULL) THEN 0 ELSE (SELECT count(*) AS count_2
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.type = 'KS' AND (death.id IS NULL OR refused.recorded_known = 0 OR refused.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on) AND (held.allocated_on IS NULL OR refused.held_on >= held.allocated_on)) END AS refusals_in_window, CASE WHEN (refusal.id IS NULL) THEN 0 ELSE (SELECT count(*) AS count_3
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.type = 'KS' AND (death.id IS NULL OR refused.recorded_known = 0 OR refused.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on) AND replace(:door_places, ';' || lower(trim(refused.place)) || ';', '') != :door_places) END AS refusals_at_door, (SELECT count(*) AS count_4
FROM event AS happened
WHERE happened.person_id = stay.person_id AND (death.id IS NULL OR happened.recorded_known = 0 OR happened.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND happened.event_on >= coalesce(last.held_on, stay.arrived_on) AND happened.event_on <= :as_of AND (last.held_on IS NULL OR happened.event_on > last.held_on)) AS events_since, stay.records_from
FROM stay AS stay JOIN person AS person ON person.id = stay.person_id LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND (death.id IS NULL OR held.recorded_known = 0 OR held.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) LEFT OUTER JOIN allocation AS former ON former.id = (SELECT ended.id
FROM allocation AS ended
WHERE ended.person_id = stay.person_id AND ended.ended_on <= :as_of AND (ended.ended_on IS NULL OR ended.ended_on > ended.allocated_on) AND (death.id IS NULL OR ended.recorded_known = 0 OR ended.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY ended.ended_on DESC, ended.allocated_on DESC, ended.id DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = held.key_worker_id AND spell.from_on = (SELECT max(newer.from_on) AS max_2
FROM worker_status AS newer
WHERE newer.key_worker_id = held.key_worker_id AND newer.from_on <= :as_of) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= :as_of) AND (spell.until_on IS NULL OR spell.until_on > :as_of) LEFT OUTER JOIN session AS last ON last.id = (SELECT seen.id
FROM session AS seen
WHERE seen.person_id = stay.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= :as_of AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND (seen.minutes IS NULL OR seen.minutes >= :session_min_minutes) AND (seen.place IS NULL OR replace(:door_places, ';' || lower(trim(seen.place)) || ';', '') = :door_places) AND (death.id IS NULL OR seen.recorded_known = 0 OR seen.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND NOT (EXISTS (SELECT another.id
FROM stay AS another
WHERE another.person_id = stay.person_id AND another.voided_at IS NULL AND another.arrived_on > stay.arrived_on AND another.arrived_on <= seen.held_on)) ORDER BY seen.held_on DESC, coalesce(seen.start_minute, -1) DESC, seen.key_worker_id DESC, seen.type DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN session AS refusal ON refusal.id = (SELECT refused.id
FROM session AS refused
WHERE refused.person_id = stay.person_id AND refused.voided_at IS NULL AND refused.outcome = 'REFUSED' AND refused.type = 'KS' AND (death.id IS NULL OR refused.recorded_known = 0 OR refused.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND refused.held_on >= coalesce(last.held_on, stay.arrived_on) AND refused.held_on <= :as_of AND (last.held_on IS NULL OR refused.held_on > last.held_on) ORDER BY refused.held_on
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS holder ON holder.id = last.key_worker_id LEFT OUTER JOIN move AS moved ON moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= :as_of AND (death.id IS NULL OR moved.recorded_known = 0 OR moved.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND (NOT (EXISTS (SELECT moved_again.id
FROM move AS moved_again
WHERE moved_again.person_id = moved.person_id AND moved_again.moved_on >= moved.moved_on AND moved_again.moved_on <= :as_of AND moved_again.id != moved.id AND (death.id IS NULL OR moved_again.recorded_known = 0 OR moved_again.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) OR NOT (EXISTS (SELECT moved_later.id
FROM move AS moved_later
WHERE moved_later.person_id = moved.person_id AND moved_later.moved_on > moved.moved_on AND moved_later.moved_on <= :as_of AND (death.id IS NULL OR moved_later.recorded_known = 0 OR moved_later.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) AND moved.id = (SELECT moved_that_day.id
FROM move AS moved_that_day
WHERE moved_that_day.person_id = moved.person_id AND moved_that_day.moved_on = moved.moved_on AND (death.id IS NULL OR moved_that_day.recorded_known = 0 OR moved_that_day.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY moved_that_day.moved_on DESC, coalesce(moved_that_day.at_minute, (SELECT max(timed_before.at_minute) AS max_3
FROM move AS timed_before
WHERE timed_before.person_id = moved_that_day.person_id AND timed_before.moved_on = moved_that_day.moved_on AND timed_before.id < moved_that_day.id), -1) DESC, moved_that_day.id DESC
LIMIT 1 OFFSET 0)) LEFT OUTER JOIN absence AS absence ON absence.person_id = stay.person_id AND absence.from_on <= :as_of AND (absence.to_on IS NULL OR absence.to_on > :as_of) AND NOT (EXISTS (SELECT away_again.id
FROM absence AS away_again
WHERE away_again.person_id = absence.person_id AND away_again.from_on > absence.from_on AND away_again.from_on <= :as_of AND (away_again.to_on IS NULL OR away_again.to_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = away_again.person_id AND died.departure_reason = 'DIED' AND away_again.recorded_known = 1 AND away_again.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))))) AND (death.id IS NULL OR absence.recorded_known = 0 OR absence.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))
WHERE stay.id = :stay_id
""",
    "marking_events": """
SELECT event.person_id, event.code, event.event_on, event.at_minute, event.until_on, event.confidence, CASE WHEN (event.code IN ('RELATIONSHIP')) THEN (SELECT next_seen.held_on
FROM session AS next_seen
WHERE next_seen.person_id = event.person_id AND next_seen.held_on >= event.event_on AND next_seen.held_on <= :as_of AND (next_seen.held_on > event.event_on OR next_seen.held_on = event.event_on AND next_seen.start_minute >= event.at_minute) AND next_seen.voided_at IS NULL AND next_seen.type = 'KS' AND next_seen.outcome = 'COMPLETED' AND (next_seen.minutes IS NULL OR next_seen.minutes >= :session_min_minutes) AND (next_seen.place IS NULL OR replace(:door_places, ';' || lower(trim(next_seen.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = next_seen.person_id AND died.departure_reason = 'DIED' AND next_seen.recorded_known = 1 AND next_seen.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY next_seen.held_on
LIMIT 1 OFFSET 0) END AS next_seen_on
FROM stay AS stay LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) JOIN event AS event ON event.person_id = stay.person_id AND (event.event_on >= :since OR event.code IN ('SELF_HARM_HISTORY', 'SEG', 'CELLULAR_CONFINEMENT', 'BASIC', 'CSIP', 'DEPRESSION', 'ANXIETY', 'SELF_ISOLATING', 'FOOD_REFUSAL', 'BEREAVEMENT', 'RELATIONSHIP', 'NO_CONTACT', 'FURTHER_CHARGES', 'IPP', 'LOCAL', 'NO_ONE_TO_ONE'))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND event.event_on <= :until AND (death.id IS NULL OR event.recorded_known = 0 OR event.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))
""",
    "event_records": """
SELECT event.id AS event_id, event.person_id, event.code, event.event_on, event.at_minute, event.until_on, event.confidence, CASE WHEN (event.code IN ('RELATIONSHIP')) THEN (SELECT next_seen.held_on
FROM session AS next_seen
WHERE next_seen.person_id = event.person_id AND next_seen.held_on >= event.event_on AND next_seen.held_on <= :as_of AND (next_seen.held_on > event.event_on OR next_seen.held_on = event.event_on AND next_seen.start_minute >= event.at_minute) AND next_seen.voided_at IS NULL AND next_seen.type = 'KS' AND next_seen.outcome = 'COMPLETED' AND (next_seen.minutes IS NULL OR next_seen.minutes >= :session_min_minutes) AND (next_seen.place IS NULL OR replace(:door_places, ';' || lower(trim(next_seen.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = next_seen.person_id AND died.departure_reason = 'DIED' AND next_seen.recorded_known = 1 AND next_seen.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY next_seen.held_on
LIMIT 1 OFFSET 0) END AS next_seen_on, event.detail, event.source, event.recorded_at, event.recorded_by, event.recorded_known
FROM stay AS stay LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) JOIN event AS event ON event.person_id = stay.person_id AND (event.event_on >= :since OR event.code IN ('SELF_HARM_HISTORY', 'SEG', 'CELLULAR_CONFINEMENT', 'BASIC', 'CSIP', 'DEPRESSION', 'ANXIETY', 'SELF_ISOLATING', 'FOOD_REFUSAL', 'BEREAVEMENT', 'RELATIONSHIP', 'NO_CONTACT', 'FURTHER_CHARGES', 'IPP', 'LOCAL', 'NO_ONE_TO_ONE'))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND event.event_on <= :until AND (death.id IS NULL OR event.recorded_known = 0 OR event.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))
""",
    "marking_accts": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due AS review_due_on, acct.post_closure_review_held AS review_held_on
FROM stay AS stay JOIN acct AS acct ON acct.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND acct.opened_on <= :as_of AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = acct.person_id AND died.departure_reason = 'DIED' AND acct.recorded_known = 1 AND acct.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND (acct.post_closure_review_held IS NULL OR acct.post_closure_review_held > :as_of)
""",
    "accts_here": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due AS review_due_on, acct.post_closure_review_held AS review_held_on
FROM stay AS stay JOIN acct AS acct ON acct.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND acct.opened_on <= :as_of AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = acct.person_id AND died.departure_reason = 'DIED' AND acct.recorded_known = 1 AND acct.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "moves_lately": """
SELECT moved.person_id, moved.moved_on, moved.location, coalesce((SELECT earlier.location
FROM move AS earlier
WHERE earlier.person_id = stay.person_id AND earlier.moved_on >= stay.arrived_on AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = earlier.person_id AND died.departure_reason = 'DIED' AND earlier.recorded_known = 1 AND earlier.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND earlier.moved_on < :since AND (earlier.location NOT IN ('RECP', 'COURT')) ORDER BY earlier.moved_on DESC, coalesce(earlier.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = earlier.person_id AND timed_before.moved_on = earlier.moved_on AND timed_before.id < earlier.id), -1) DESC, earlier.id DESC
LIMIT 1 OFFSET 0), stay.location) AS place_before
FROM stay AS stay JOIN move AS moved ON moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND moved.moved_on >= :since AND moved.moved_on <= :as_of AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved.person_id AND died.departure_reason = 'DIED' AND moved.recorded_known = 1 AND moved.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved.moved_on, coalesce(moved.at_minute, (SELECT max(timed_before.at_minute) AS max_2
FROM move AS timed_before
WHERE timed_before.person_id = moved.person_id AND timed_before.moved_on = moved.moved_on AND timed_before.id < moved.id), -1), moved.id
""",
    "places_here": """
SELECT stay.person_id, stay.arrived_on, stay.location AS arrived_to, moved.moved_on, moved.location AS moved_to
FROM stay AS stay LEFT OUTER JOIN move AS moved ON moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= :until AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved.person_id AND died.departure_reason = 'DIED' AND moved.recorded_known = 1 AND moved.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) ORDER BY moved.moved_on, coalesce(moved.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved.person_id AND timed_before.moved_on = moved.moved_on AND timed_before.id < moved.id), -1), moved.id
""",
    "late_reviews": """
SELECT coalesce(stay.person_id, 0) AS person_id, review.due_on
FROM stay AS stay JOIN acct_review AS review ON review.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND review.due_on >= stay.arrived_on AND review.due_on < :as_of AND (review.held_on IS NULL OR review.held_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = review.person_id AND died.departure_reason = 'DIED' AND review.recorded_known = 1 AND review.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "key_workers_had": """
SELECT coalesce(stay.person_id, 0) AS person_id, count(DISTINCT held.key_worker_id) AS key_workers
FROM stay AS stay JOIN allocation AS held ON held.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > held.allocated_on) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND (held.ended_on IS NULL OR held.ended_on > CASE WHEN (:since > stay.arrived_on) THEN :since ELSE stay.arrived_on END) GROUP BY coalesce(stay.person_id, 0)
HAVING count(DISTINCT held.key_worker_id) > 1
""",
    "events_of": """
SELECT event.id AS event_id, event.person_id, event.code, event.event_on, event.at_minute, event.until_on, event.confidence, CASE WHEN (event.code IN ('RELATIONSHIP')) THEN (SELECT next_seen.held_on
FROM session AS next_seen
WHERE next_seen.person_id = event.person_id AND next_seen.held_on >= event.event_on AND next_seen.held_on <= :as_of AND (next_seen.held_on > event.event_on OR next_seen.held_on = event.event_on AND next_seen.start_minute >= event.at_minute) AND next_seen.voided_at IS NULL AND next_seen.type = 'KS' AND next_seen.outcome = 'COMPLETED' AND (next_seen.minutes IS NULL OR next_seen.minutes >= :session_min_minutes) AND (next_seen.place IS NULL OR replace(:door_places, ';' || lower(trim(next_seen.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = next_seen.person_id AND died.departure_reason = 'DIED' AND next_seen.recorded_known = 1 AND next_seen.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY next_seen.held_on
LIMIT 1 OFFSET 0) END AS next_seen_on, event.detail, event.source, event.recorded_at, event.recorded_by, event.recorded_known
FROM event AS event
WHERE event.person_id = :person_id ORDER BY event.event_on DESC, event.at_minute DESC NULLS LAST, event.id DESC
""",
    "accts_of": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due AS review_due_on, acct.post_closure_review_held AS review_held_on
FROM acct AS acct
WHERE acct.person_id = :person_id ORDER BY acct.opened_on
""",
    "accts_in_time_of": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due AS review_due_on, acct.post_closure_review_held AS review_held_on
FROM acct AS acct
WHERE acct.person_id = :person_id AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = acct.person_id AND died.departure_reason = 'DIED' AND acct.recorded_known = 1 AND acct.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY acct.opened_on
""",
    "needs_of": """
SELECT need.id AS need_id, need.raised_on, need.text, need.owner, need.due_on, need.closed_on, need.outcome
FROM need
WHERE need.person_id = :person_id ORDER BY need.raised_on, need.id
""",
    "needs_in_time_of": """
SELECT need.id AS need_id, need.raised_on, need.text, need.owner, need.due_on, need.closed_on, need.outcome
FROM need
WHERE need.person_id = :person_id AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = need.person_id AND died.departure_reason = 'DIED' AND need.recorded_known = 1 AND need.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY need.raised_on, need.id
""",
    "needs_here": """
SELECT need.person_id, need.id AS need_id, need.raised_on, need.text, need.owner, need.due_on, need.closed_on, need.outcome
FROM stay AS stay JOIN need AS need ON need.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND need.raised_on <= :as_of AND (need.closed_on IS NULL OR need.closed_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = need.person_id AND died.departure_reason = 'DIED' AND need.recorded_known = 1 AND need.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY need.raised_on, need.id
""",
    "acct_reviews_of": """
SELECT review.due_on, review.held_on, review.key_worker_invited AS invited, review.key_worker_contribution AS contribution
FROM acct_review AS review
WHERE review.person_id = :person_id ORDER BY review.due_on
""",
    "acct_reviews": """
SELECT person_review.person_id, person.prison_number, person.last_name, person.first_name, person_review.due_on, person_review.held_on, person_review.invited, CASE WHEN (person_review.held_on IS NULL OR person_review.held_on <= :as_of) THEN person_review.contribution END AS contribution, person_review.post_closure, worker.staff_id, worker.last_name AS worker_last_name, worker.first_name AS worker_first_name, spell.status AS unavailable, (SELECT count(*) AS count_1
FROM rota_slot AS slot
WHERE slot.key_worker_id = held.key_worker_id AND slot.slot_on = CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END) AS slots, (SELECT count(*) AS count_1
FROM rota_slot AS slot
WHERE slot.key_worker_id = held.key_worker_id AND slot.slot_on = CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END AND slot.status = 'ABSENT' AND slot.slot_on <= :as_of) AS absent
FROM (SELECT review.person_id AS person_id, review.due_on AS due_on, review.held_on AS held_on, review.key_worker_invited AS invited, review.key_worker_contribution AS contribution, CASE WHEN (EXISTS (SELECT closing.id
FROM acct AS closing
WHERE closing.person_id = review.person_id AND closing.post_closure_review_due = review.due_on)) THEN 1 ELSE 0 END AS post_closure
FROM stay AS stay JOIN acct_review AS review ON review.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = review.person_id AND died.departure_reason = 'DIED' AND review.recorded_known = 1 AND review.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) UNION SELECT dated.person_id AS person_id, dated.due_on AS due_on, dated.held_on AS held_on, dated.key_worker_invited AS invited, dated.key_worker_contribution AS contribution, CASE WHEN (EXISTS (SELECT closing.id
FROM acct AS closing
WHERE closing.person_id = dated.person_id AND closing.post_closure_review_due = dated.due_on)) THEN 1 ELSE 0 END AS post_closure
FROM acct_review AS dated
WHERE dated.due_on >= :since AND dated.due_on <= :until AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = dated.person_id AND died.departure_reason = 'DIED' AND dated.recorded_known = 1 AND dated.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) UNION SELECT acct.person_id AS person_id, acct.post_closure_review_due AS post_closure_review_due, acct.post_closure_review_held AS post_closure_review_held, NULL AS anon_1, NULL AS anon__1, 1
FROM stay AS stay JOIN acct AS acct ON acct.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND acct.post_closure_review_due IS NOT NULL AND NOT (EXISTS (SELECT twin.id
FROM acct_review AS twin
WHERE twin.person_id = acct.person_id AND twin.due_on = acct.post_closure_review_due)) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = acct.person_id AND died.departure_reason = 'DIED' AND acct.recorded_known = 1 AND acct.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) AS person_review JOIN person AS person ON person.id = person_review.person_id LEFT OUTER JOIN allocation AS held ON held.person_id = person_review.person_id AND held.allocated_on <= CASE WHEN (CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END < :as_of) THEN CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END ELSE :as_of END AND (held.ended_on IS NULL OR held.ended_on > CASE WHEN (CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END < :as_of) THEN CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END ELSE :as_of END) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = held.key_worker_id AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = held.key_worker_id AND newer.from_on <= CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END) AND (spell.until_on IS NULL OR spell.until_on > CASE WHEN (person_review.held_on <= :as_of) THEN person_review.held_on ELSE person_review.due_on END) AND spell.status != 'ACTIVE'
WHERE person_review.due_on >= :since AND person_review.due_on <= :until OR person_review.held_on >= :since AND person_review.held_on <= :as_of OR person_review.due_on < :since AND (person_review.held_on IS NULL OR person_review.held_on > :as_of) ORDER BY person_review.due_on, person.prison_number
""",
    "allocations_of": """
SELECT allocation.id AS allocation_id, allocation.key_worker_id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, CASE WHEN (EXISTS (SELECT of_stay.id
FROM stay AS of_stay
WHERE of_stay.person_id = allocation.person_id AND of_stay.voided_at IS NULL AND of_stay.arrived_on <= allocation.allocated_on AND (of_stay.left_on IS NULL OR of_stay.left_on >= allocation.allocated_on))) THEN allocation.allocated_on ELSE coalesce((SELECT min(next_stay.arrived_on) AS min_1
FROM stay AS next_stay
WHERE next_stay.person_id = allocation.person_id AND next_stay.voided_at IS NULL AND next_stay.arrived_on > allocation.allocated_on), allocation.allocated_on) END AS allocated_on, allocation.allocated_at, allocation.allocation_reason, allocation.allocated_by, allocation.because, allocation.acknowledged_on, allocation.ended_on, allocation.end_reason, allocation.ended_by, allocation.recorded_at, allocation.recorded_by, allocation.recorded_known, allocation.ended_recorded_at
FROM allocation JOIN key_worker ON key_worker.id = allocation.key_worker_id
WHERE allocation.person_id = :person_id ORDER BY allocation.allocated_on DESC, allocation.id DESC
""",
    "sessions_of": """
SELECT session.id AS session_id, session.key_worker_id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, session.held_on, session.start_minute, session.type, session.minutes, session.outcome, session.mode, session.place, session.topics, session.declined_topics, session.note, session.note_at, session.prisoner_said, session.next_session_on, session.recorded_at, session.recorded_by, session.recorded_known
FROM session JOIN key_worker ON key_worker.id = session.key_worker_id
WHERE session.person_id = :person_id AND session.voided_at IS NULL ORDER BY session.held_on DESC, session.start_minute DESC NULLS LAST, session.id DESC
""",
    "voided_sessions_of": """
SELECT session.id AS session_id, session.key_worker_id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, session.held_on, session.start_minute, session.type, session.minutes, session.outcome, session.mode, session.place, session.topics, session.declined_topics, session.note, session.note_at, session.prisoner_said, session.next_session_on, session.recorded_at, session.recorded_by, session.recorded_known
FROM session JOIN key_worker ON key_worker.id = session.key_worker_id
WHERE session.person_id = :person_id AND session.voided_at IS NOT NULL ORDER BY session.held_on DESC, session.start_minute DESC NULLS LAST, session.id DESC
""",
    "amendments_of": """
SELECT session_amendment.session_id, session_amendment.amended_at, session_amendment.field, session_amendment.old, session_amendment.new, session_amendment.why, session_amendment.recorded_by AS "by"
FROM session_amendment
WHERE session_amendment.session_id IN (SELECT session.id
FROM session
WHERE session.person_id = :person_id AND session.voided_at IS NULL UNION SELECT session.id
FROM session
WHERE session.person_id = :person_id AND session.voided_at IS NOT NULL) ORDER BY session_amendment.amended_at, session_amendment.id
""",
    "counted_sessions_here": """
SELECT session.person_id, session.held_on, session.start_minute, session.topics, session.declined_topics, session.key_worker_id
FROM stay AS stay LEFT OUTER JOIN session AS session ON session.person_id = stay.person_id AND session.held_on >= stay.arrived_on AND session.held_on >= :since AND session.held_on <= :as_of AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND (session.minutes IS NULL OR session.minutes >= :session_min_minutes) AND (session.place IS NULL OR replace(:door_places, ';' || lower(trim(session.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND coalesce(session.id, 0) > 0
""",
    "sessions_counted": """
SELECT coalesce(session.person_id, 0) AS person_id, count(*) AS sessions, max(session.held_on) AS last_on
FROM stay AS stay LEFT OUTER JOIN session AS session ON session.person_id = stay.person_id AND session.held_on >= stay.arrived_on AND session.held_on >= :since AND session.held_on <= :until AND session.held_on <= :as_of AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND (session.minutes IS NULL OR session.minutes >= :session_min_minutes) AND (session.place IS NULL OR replace(:door_places, ';' || lower(trim(session.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND coalesce(session.id, 0) > 0 GROUP BY coalesce(session.person_id, 0)
""",
    "first_sessions": """
SELECT stay.person_id, first.held_on, holder.staff_id, holder.last_name, holder.first_name
FROM stay AS stay LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) JOIN session AS first ON first.id = (SELECT earliest.id
FROM session AS earliest
WHERE earliest.person_id = stay.person_id AND earliest.held_on >= stay.arrived_on AND earliest.held_on <= :as_of AND earliest.voided_at IS NULL AND earliest.type = 'KS' AND earliest.outcome = 'COMPLETED' AND (earliest.minutes IS NULL OR earliest.minutes >= :session_min_minutes) AND (earliest.place IS NULL OR replace(:door_places, ';' || lower(trim(earliest.place)) || ';', '') = :door_places) AND (death.id IS NULL OR earliest.recorded_known = 0 OR earliest.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY earliest.held_on, earliest.start_minute NULLS LAST, earliest.id
LIMIT 1 OFFSET 0) JOIN key_worker AS holder ON holder.id = first.key_worker_id
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND stay.arrived_on >= :arrived_since
""",
    "acquaintances": """
SELECT coalesce(stay.person_id, 0) AS person_id, session.key_worker_id, max(session.held_on) AS last_on
FROM stay AS stay LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) LEFT OUTER JOIN session AS session ON session.key_worker_id IN (SELECT slot.key_worker_id
FROM rota_slot AS slot
WHERE slot.slot_on >= :as_of AND slot.slot_on <= :until) AND session.person_id = stay.person_id AND session.held_on >= stay.arrived_on AND session.held_on <= :as_of AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND (session.minutes IS NULL OR session.minutes >= :session_min_minutes) AND (session.place IS NULL OR replace(:door_places, ';' || lower(trim(session.place)) || ';', '') = :door_places) AND (death.id IS NULL OR session.recorded_known = 0 OR session.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND coalesce(session.id, 0) > 0 GROUP BY coalesce(stay.person_id, 0), session.key_worker_id
""",
    "notes_between": """
SELECT session.id AS session_id, session.person_id, person.prison_number, person.last_name, person.first_name, session.key_worker_id, worker.staff_id, worker.last_name AS worker_last_name, worker.first_name AS worker_first_name, session.held_on, session.start_minute, session.minutes, session.mode, session.place, session.topics, session.declined_topics, session.note, session.note_at, session.prisoner_said, session.next_session_on, session.recorded_at, session.recorded_known
FROM key_worker AS worker LEFT OUTER JOIN session AS session ON session.key_worker_id = worker.id AND session.held_on >= :since AND session.held_on <= :until AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND coalesce(session.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) LEFT OUTER JOIN person AS person ON person.id = session.person_id
WHERE coalesce(session.id, 0) > 0
""",
    "notes_before_of_prisoners": """
SELECT session.id AS session_id, session.person_id, person.prison_number, person.last_name, person.first_name, session.key_worker_id, worker.staff_id, worker.last_name AS worker_last_name, worker.first_name AS worker_first_name, session.held_on, session.start_minute, session.minutes, session.mode, session.place, session.topics, session.declined_topics, session.note, session.note_at, session.prisoner_said, session.next_session_on, session.recorded_at, session.recorded_known
FROM (SELECT DISTINCT seen_in.person_id AS person_id
FROM key_worker AS worker_seeing LEFT OUTER JOIN session AS seen_in ON seen_in.key_worker_id = worker_seeing.id AND seen_in.held_on >= :since AND seen_in.held_on <= :until AND seen_in.voided_at IS NULL AND seen_in.type = 'KS' AND seen_in.outcome = 'COMPLETED' AND coalesce(seen_in.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = seen_in.person_id AND died.departure_reason = 'DIED' AND seen_in.recorded_known = 1 AND seen_in.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE coalesce(seen_in.person_id, 0) > 0) AS person_seen LEFT OUTER JOIN session AS session ON session.person_id = person_seen.person_id AND session.held_on < :since AND session.held_on >= coalesce((SELECT earlier.held_on
FROM session AS earlier
WHERE earlier.person_id = person_seen.person_id AND earlier.held_on < :since AND earlier.voided_at IS NULL AND earlier.type = 'KS' AND earlier.outcome = 'COMPLETED' AND earlier.note IS NOT NULL AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = earlier.person_id AND died.departure_reason = 'DIED' AND earlier.recorded_known = 1 AND earlier.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY earlier.held_on DESC
LIMIT 1 OFFSET 9), '0001-01-01') AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND session.note IS NOT NULL AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) LEFT OUTER JOIN person AS person ON person.id = session.person_id LEFT OUTER JOIN key_worker AS worker ON worker.id = session.key_worker_id
WHERE coalesce(session.id, 0) > 0
""",
    "notes_before_of_officers": """
SELECT session.id AS session_id, session.person_id, person.prison_number, person.last_name, person.first_name, session.key_worker_id, worker.staff_id, worker.last_name AS worker_last_name, worker.first_name AS worker_first_name, session.held_on, session.start_minute, session.minutes, session.mode, session.place, session.topics, session.declined_topics, session.note, session.note_at, session.prisoner_said, session.next_session_on, session.recorded_at, session.recorded_known
FROM key_worker AS worker LEFT OUTER JOIN session AS session ON session.key_worker_id = worker.id AND session.held_on < :since AND session.held_on >= coalesce((SELECT earlier.held_on
FROM session AS earlier
WHERE earlier.key_worker_id = worker.id AND earlier.held_on < :since AND earlier.voided_at IS NULL AND earlier.type = 'KS' AND earlier.outcome = 'COMPLETED' AND earlier.note IS NOT NULL AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = earlier.person_id AND died.departure_reason = 'DIED' AND earlier.recorded_known = 1 AND earlier.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY earlier.held_on DESC
LIMIT 1 OFFSET 9), '0001-01-01') AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND session.note IS NOT NULL AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) LEFT OUTER JOIN person AS person ON person.id = session.person_id
WHERE coalesce(session.id, 0) > 0
""",
    "stays_of_prisoners_seen": """
SELECT stay.person_id, stay.arrived_on, stay.arrival_type, stay.left_on
FROM (SELECT DISTINCT seen_in.person_id AS person_id
FROM key_worker AS worker_seeing LEFT OUTER JOIN session AS seen_in ON seen_in.key_worker_id = worker_seeing.id AND seen_in.held_on >= :since AND seen_in.held_on <= :until AND seen_in.voided_at IS NULL AND seen_in.type = 'KS' AND seen_in.outcome = 'COMPLETED' AND coalesce(seen_in.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = seen_in.person_id AND died.departure_reason = 'DIED' AND seen_in.recorded_known = 1 AND seen_in.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE coalesce(seen_in.person_id, 0) > 0) AS person_seen JOIN stay AS stay ON stay.person_id = person_seen.person_id AND stay.voided_at IS NULL ORDER BY stay.arrived_on
""",
    "events_of_prisoners_seen": """
SELECT event.person_id, event.code, event.event_on, event.at_minute, event.until_on, event.confidence, CASE WHEN (event.code IN ('RELATIONSHIP')) THEN (SELECT next_seen.held_on
FROM session AS next_seen
WHERE next_seen.person_id = event.person_id AND next_seen.held_on >= event.event_on AND next_seen.held_on <= :as_of AND (next_seen.held_on > event.event_on OR next_seen.held_on = event.event_on AND next_seen.start_minute >= event.at_minute) AND next_seen.voided_at IS NULL AND next_seen.type = 'KS' AND next_seen.outcome = 'COMPLETED' AND (next_seen.minutes IS NULL OR next_seen.minutes >= :session_min_minutes) AND (next_seen.place IS NULL OR replace(:door_places, ';' || lower(trim(next_seen.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = next_seen.person_id AND died.departure_reason = 'DIED' AND next_seen.recorded_known = 1 AND next_seen.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY next_seen.held_on
LIMIT 1 OFFSET 0) END AS next_seen_on
FROM (SELECT DISTINCT seen_in.person_id AS person_id
FROM key_worker AS worker_seeing LEFT OUTER JOIN session AS seen_in ON seen_in.key_worker_id = worker_seeing.id AND seen_in.held_on >= :since AND seen_in.held_on <= :until AND seen_in.voided_at IS NULL AND seen_in.type = 'KS' AND seen_in.outcome = 'COMPLETED' AND coalesce(seen_in.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = seen_in.person_id AND died.departure_reason = 'DIED' AND seen_in.recorded_known = 1 AND seen_in.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE coalesce(seen_in.person_id, 0) > 0) AS person_seen JOIN event AS event ON event.person_id = person_seen.person_id
WHERE event.event_on <= :until AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = event.person_id AND died.departure_reason = 'DIED' AND event.recorded_known = 1 AND event.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "accts_of_prisoners_seen": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due AS review_due_on, acct.post_closure_review_held AS review_held_on
FROM (SELECT DISTINCT seen_in.person_id AS person_id
FROM key_worker AS worker_seeing LEFT OUTER JOIN session AS seen_in ON seen_in.key_worker_id = worker_seeing.id AND seen_in.held_on >= :since AND seen_in.held_on <= :until AND seen_in.voided_at IS NULL AND seen_in.type = 'KS' AND seen_in.outcome = 'COMPLETED' AND coalesce(seen_in.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = seen_in.person_id AND died.departure_reason = 'DIED' AND seen_in.recorded_known = 1 AND seen_in.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE coalesce(seen_in.person_id, 0) > 0) AS person_seen LEFT OUTER JOIN acct AS acct ON acct.person_id = person_seen.person_id
WHERE coalesce(acct.id, 0) > 0 AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = acct.person_id AND died.departure_reason = 'DIED' AND acct.recorded_known = 1 AND acct.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "topics_of_prisoners_seen": """
SELECT session.person_id, session.held_on, session.start_minute, session.type, session.outcome, session.topics, session.declined_topics
FROM (SELECT DISTINCT seen_in.person_id AS person_id
FROM key_worker AS worker_seeing LEFT OUTER JOIN session AS seen_in ON seen_in.key_worker_id = worker_seeing.id AND seen_in.held_on >= :since AND seen_in.held_on <= :until AND seen_in.voided_at IS NULL AND seen_in.type = 'KS' AND seen_in.outcome = 'COMPLETED' AND coalesce(seen_in.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = seen_in.person_id AND died.departure_reason = 'DIED' AND seen_in.recorded_known = 1 AND seen_in.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE coalesce(seen_in.person_id, 0) > 0) AS person_seen LEFT OUTER JOIN session AS session ON session.person_id = person_seen.person_id AND session.held_on >= coalesce((SELECT max(begun.arrived_on) AS max_1
FROM stay AS begun
WHERE begun.person_id = person_seen.person_id AND begun.arrived_on <= :since AND begun.voided_at IS NULL), :since) AND session.held_on <= :until AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED'
WHERE coalesce(session.id, 0) > 0 AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "needs_of_prisoners_seen": """
SELECT need.person_id, need.id AS need_id, need.raised_on, need.text, need.owner, need.due_on, need.closed_on, need.outcome
FROM (SELECT DISTINCT seen_in.person_id AS person_id
FROM key_worker AS worker_seeing LEFT OUTER JOIN session AS seen_in ON seen_in.key_worker_id = worker_seeing.id AND seen_in.held_on >= :since AND seen_in.held_on <= :until AND seen_in.voided_at IS NULL AND seen_in.type = 'KS' AND seen_in.outcome = 'COMPLETED' AND coalesce(seen_in.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = seen_in.person_id AND died.departure_reason = 'DIED' AND seen_in.recorded_known = 1 AND seen_in.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE coalesce(seen_in.person_id, 0) > 0) AS person_seen JOIN need AS need ON need.person_id = person_seen.person_id
WHERE need.raised_on <= :until AND (need.closed_on IS NULL OR need.closed_on >= :since) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = need.person_id AND died.departure_reason = 'DIED' AND need.recorded_known = 1 AND need.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY need.raised_on, need.id
""",
    "officers": """
SELECT worker.id AS key_worker_id, worker.staff_id, worker.last_name, worker.first_name, worker.login, worker.wing, worker.capacity, spell.status, spell.from_on AS status_from, spell.return_on, coalesce(caseload.prisoners, 0) AS allocated, latest.allocated_at AS last_auto_at, latest.allocated_on AS last_auto_on, (SELECT coalesce(sum((slot.end_minute - slot.start_minute + CASE WHEN slot.start_minute < 120 AND slot.end_minute >= 120 AND slot.slot_on = date(substr(slot.slot_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') THEN -60 WHEN slot.start_minute < 120 AND slot.end_minute >= 120 AND slot.slot_on = date(substr(slot.slot_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 60 ELSE 0 END)), 0) AS coalesce_1
FROM rota_slot AS slot
WHERE slot.key_worker_id = worker.id AND slot.slot_on >= :as_of AND slot.slot_on <= :until AND (slot.slot_on = :as_of OR slot.published_on IS NULL OR slot.published_on <= :as_of) AND NOT (EXISTS (SELECT absent.id
FROM worker_status AS absent
WHERE absent.key_worker_id = slot.key_worker_id AND absent.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND NOT (absent.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND absent.return_on IS NOT NULL AND absent.return_on <= slot.slot_on) AND (absent.until_on IS NULL OR absent.until_on > slot.slot_on) AND absent.status != 'ACTIVE'))) AS minutes_ahead
FROM key_worker AS worker LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = worker.id AND spell.from_on = (SELECT max(newer.from_on) AS max_2
FROM worker_status AS newer
WHERE newer.key_worker_id = worker.id AND newer.from_on <= :as_of) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= :as_of) AND (spell.until_on IS NULL OR spell.until_on > :as_of) LEFT OUTER JOIN allocation AS latest ON latest.id = (SELECT auto.id
FROM allocation AS auto
WHERE auto.key_worker_id = worker.id AND auto.allocation_reason = 'AUTO' AND auto.allocated_on <= :as_of AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = auto.person_id AND died.departure_reason = 'DIED' AND auto.recorded_known = 1 AND auto.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY auto.allocated_on DESC, coalesce(auto.allocated_at, auto.recorded_at) DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN (SELECT coalesce(held.key_worker_id, 0) AS key_worker_id, count(*) AS prisoners
FROM stay AS present JOIN allocation AS held ON held.person_id = present.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of)
WHERE present.voided_at IS NULL AND present.arrived_on <= :as_of AND (present.left_on IS NULL OR present.left_on > :as_of) AND (present.out_of_scope_from IS NULL OR present.out_of_scope_from > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) GROUP BY coalesce(held.key_worker_id, 0)) AS caseload ON worker.id = caseload.key_worker_id ORDER BY worker.last_name, worker.first_name, worker.staff_id
""",
    "former_workers": """
SELECT stay.person_id, worker.staff_id, past.ended_on
FROM stay AS stay LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) LEFT OUTER JOIN allocation AS past ON past.person_id = stay.person_id AND past.ended_on <= :as_of AND (past.ended_on IS NULL OR past.ended_on > past.allocated_on) LEFT OUTER JOIN key_worker AS worker ON worker.id = past.key_worker_id
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND held.id IS NULL AND coalesce(past.id, 0) > 0 AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = past.person_id AND died.departure_reason = 'DIED' AND past.recorded_known = 1 AND past.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY past.ended_on DESC, past.allocated_on DESC, past.id DESC
""",
    "former_workers_of_caseload": """
SELECT held.person_id, worker.staff_id, past.ended_on
FROM allocation AS held JOIN allocation AS past ON past.person_id = held.person_id AND past.ended_on <= :as_of AND (past.ended_on IS NULL OR past.ended_on > past.allocated_on) JOIN key_worker AS worker ON worker.id = past.key_worker_id
WHERE held.key_worker_id = :key_worker_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = past.person_id AND died.departure_reason = 'DIED' AND past.recorded_known = 1 AND past.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY past.ended_on DESC, past.allocated_on DESC, past.id DESC
""",
    "moved_from": """
SELECT held.person_id, person.prison_number, person.last_name, person.first_name, held.allocated_on, held.ended_on
FROM allocation AS held JOIN person AS person ON person.id = held.person_id
WHERE held.key_worker_id = :key_worker_id AND held.end_reason = 'STAFF_STATUS_CHANGE' AND (held.ended_on IS NULL OR held.ended_on > held.allocated_on) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND held.ended_on >= :since AND held.ended_on <= :as_of ORDER BY held.ended_on DESC, person.last_name, person.first_name, person.prison_number
""",
    "worker_by_staff_id": """
SELECT key_worker.id AS key_worker_id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, key_worker.login, key_worker.wing, key_worker.capacity
FROM key_worker
WHERE upper(key_worker.staff_id) = upper(:staff_id) ORDER BY key_worker.last_name, key_worker.first_name, key_worker.staff_id
""",
    "worker_by_login": """
SELECT key_worker.id AS key_worker_id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, key_worker.login, key_worker.wing, key_worker.capacity
FROM key_worker
WHERE key_worker.login = :login ORDER BY key_worker.last_name, key_worker.first_name, key_worker.staff_id
""",
    "workers": """
SELECT key_worker.id AS key_worker_id, key_worker.staff_id, key_worker.last_name, key_worker.first_name, key_worker.login, key_worker.wing, key_worker.capacity
FROM key_worker ORDER BY key_worker.last_name, key_worker.first_name, key_worker.staff_id
""",
    "planned_allocations": """
SELECT held.person_id, worker.staff_id, worker.last_name, worker.first_name, held.allocated_on
FROM stay AS stay JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on > :as_of AND (held.ended_on IS NULL OR held.ended_on > held.allocated_on) JOIN key_worker AS worker ON worker.id = held.key_worker_id
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY held.allocated_on, held.person_id
""",
    "staff_ids": """
SELECT key_worker.staff_id AS word, key_worker.first_name || ' ' || key_worker.last_name AS about
FROM key_worker
""",
    "officer_sessions": """
SELECT session.id AS session_id, session.person_id, person.prison_number, person.last_name, person.first_name, session.start_minute, session.minutes
FROM session JOIN person ON person.id = session.person_id
WHERE session.key_worker_id = :key_worker_id AND session.held_on = :on AND session.voided_at IS NULL ORDER BY session.start_minute NULLS LAST, session.id
""",
    "last_slot": """
SELECT rota_slot.key_worker_id, rota_slot.slot_on, rota_slot.start_minute, rota_slot.end_minute
FROM rota_slot
WHERE rota_slot.key_worker_id = :key_worker_id AND rota_slot.slot_on <= :as_of AND (rota_slot.published_on IS NULL OR rota_slot.published_on <= :as_of) ORDER BY rota_slot.slot_on DESC, rota_slot.start_minute DESC
LIMIT 1 OFFSET 0
""",
    "statuses_of": """
SELECT worker_status.status, worker_status.from_on, worker_status.return_on, worker_status.until_on, worker_status.recorded_at, worker_status.recorded_by, worker_status.recorded_known
FROM worker_status
WHERE worker_status.key_worker_id = :key_worker_id ORDER BY worker_status.from_on DESC
""",
    "allocations_of_caseload": """
SELECT held.id AS allocation_id, held.person_id, person.prison_number, CASE WHEN (held.allocated_on > stay.arrived_on) THEN held.allocated_on ELSE stay.arrived_on END AS allocated_on, held.allocation_reason, held.allocated_by, held.because, held.acknowledged_on, (SELECT count(*) AS count_1
FROM session AS own
WHERE own.person_id = held.person_id AND own.held_on >= CASE WHEN (held.allocated_on > stay.arrived_on) THEN held.allocated_on ELSE stay.arrived_on END AND own.held_on <= :as_of AND own.key_worker_id + 0 = held.key_worker_id AND own.voided_at IS NULL AND own.type = 'KS' AND own.outcome = 'COMPLETED' AND (own.minutes IS NULL OR own.minutes >= :session_min_minutes) AND (own.place IS NULL OR replace(:door_places, ';' || lower(trim(own.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = own.person_id AND died.departure_reason = 'DIED' AND own.recorded_known = 1 AND own.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) AS sessions, (SELECT max(own.held_on) AS max_1
FROM session AS own
WHERE own.person_id = held.person_id AND own.held_on >= CASE WHEN (held.allocated_on > stay.arrived_on) THEN held.allocated_on ELSE stay.arrived_on END AND own.held_on <= :as_of AND own.key_worker_id + 0 = held.key_worker_id AND own.voided_at IS NULL AND own.type = 'KS' AND own.outcome = 'COMPLETED' AND (own.minutes IS NULL OR own.minutes >= :session_min_minutes) AND (own.place IS NULL OR replace(:door_places, ';' || lower(trim(own.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = own.person_id AND died.departure_reason = 'DIED' AND own.recorded_known = 1 AND own.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) AS last_met_on
FROM allocation AS held JOIN person AS person ON person.id = held.person_id JOIN stay AS stay ON stay.person_id = held.person_id
WHERE held.key_worker_id = :key_worker_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) ORDER BY held.allocated_on, person.prison_number
""",
    "reviews_of_caseload": """
SELECT review.person_id, review.due_on, review.key_worker_invited
FROM allocation AS held JOIN acct_review AS review ON review.person_id = held.person_id AND review.due_on >= :as_of
WHERE held.key_worker_id = :key_worker_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND (review.held_on IS NULL OR review.held_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = review.person_id AND died.departure_reason = 'DIED' AND review.recorded_known = 1 AND review.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY review.due_on, review.person_id
""",
    "needs_of_caseload": """
SELECT need.person_id, need.raised_on, need.text, need.owner, need.due_on
FROM allocation AS held JOIN need AS need ON need.person_id = held.person_id AND need.raised_on <= :as_of
WHERE held.key_worker_id = :key_worker_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND (need.closed_on IS NULL OR need.closed_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = need.person_id AND died.departure_reason = 'DIED' AND need.recorded_known = 1 AND need.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY need.due_on NULLS LAST, need.raised_on, need.id
""",
    "events_of_caseload": """
SELECT event.person_id, event.code, event.event_on, event.at_minute, event.until_on, event.confidence, CASE WHEN (event.code IN ('RELATIONSHIP')) THEN (SELECT next_seen.held_on
FROM session AS next_seen
WHERE next_seen.person_id = event.person_id AND next_seen.held_on >= event.event_on AND next_seen.held_on <= :as_of AND (next_seen.held_on > event.event_on OR next_seen.held_on = event.event_on AND next_seen.start_minute >= event.at_minute) AND next_seen.voided_at IS NULL AND next_seen.type = 'KS' AND next_seen.outcome = 'COMPLETED' AND (next_seen.minutes IS NULL OR next_seen.minutes >= :session_min_minutes) AND (next_seen.place IS NULL OR replace(:door_places, ';' || lower(trim(next_seen.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = next_seen.person_id AND died.departure_reason = 'DIED' AND next_seen.recorded_known = 1 AND next_seen.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY next_seen.held_on
LIMIT 1 OFFSET 0) END AS next_seen_on
FROM allocation AS held JOIN event AS event ON event.person_id = held.person_id AND event.event_on <= :as_of
WHERE held.key_worker_id = :key_worker_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = event.person_id AND died.departure_reason = 'DIED' AND event.recorded_known = 1 AND event.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "accts_of_caseload": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due AS review_due_on, acct.post_closure_review_held AS review_held_on
FROM allocation AS held JOIN stay AS stay ON stay.person_id = held.person_id JOIN acct AS acct ON acct.person_id = held.person_id AND acct.opened_on <= :as_of AND (acct.opened_on >= stay.arrived_on OR acct.closed_on IS NULL OR acct.closed_on > :as_of)
WHERE held.key_worker_id = :key_worker_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = acct.person_id AND died.departure_reason = 'DIED' AND acct.recorded_known = 1 AND acct.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "topics_of_caseload": """
SELECT session.person_id, session.held_on, session.start_minute, session.type, session.outcome, session.topics, session.declined_topics
FROM allocation AS held JOIN session AS session ON session.person_id = held.person_id AND session.held_on <= :as_of AND session.voided_at IS NULL AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE held.key_worker_id = :key_worker_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND (session.topics IS NOT NULL OR session.declined_topics IS NOT NULL)
""",
    "slots_between": """
SELECT slot.id AS slot_id, slot.key_worker_id, worker.staff_id, worker.last_name, worker.first_name, worker.wing, slot.slot_on, slot.start_minute, slot.end_minute, slot.status, slot.reason, slot.published_on, spell.status AS unavailable
FROM rota_slot AS slot JOIN key_worker AS worker ON worker.id = slot.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = slot.key_worker_id AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= slot.slot_on) AND (spell.until_on IS NULL OR spell.until_on > slot.slot_on) AND spell.status != 'ACTIVE'
WHERE slot.slot_on >= :since AND slot.slot_on <= :until ORDER BY worker.last_name, worker.first_name, worker.staff_id, slot.slot_on, slot.start_minute
""",
    "slots_of": """
SELECT slot.id AS slot_id, slot.key_worker_id, worker.staff_id, worker.last_name, worker.first_name, worker.wing, slot.slot_on, slot.start_minute, slot.end_minute, slot.status, slot.reason, slot.published_on, spell.status AS unavailable
FROM rota_slot AS slot JOIN key_worker AS worker ON worker.id = slot.key_worker_id LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = slot.key_worker_id AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= slot.slot_on) AND (spell.until_on IS NULL OR spell.until_on > slot.slot_on) AND spell.status != 'ACTIVE'
WHERE slot.key_worker_id = :key_worker_id AND slot.slot_on >= :since AND slot.slot_on <= :until ORDER BY slot.slot_on, slot.start_minute
""",
    "latest_slots": """
SELECT each_officer.wing, max(each_officer.slot_on) AS slot_on
FROM (SELECT worker.wing AS wing, (SELECT max(slot.slot_on) AS max_1
FROM rota_slot AS slot
WHERE slot.key_worker_id = worker.id AND slot.slot_on <= :as_of AND (slot.published_on IS NULL OR slot.published_on <= :as_of)) AS slot_on
FROM key_worker AS worker) AS each_officer
WHERE each_officer.slot_on IS NOT NULL GROUP BY each_officer.wing
""",
    "officers_latest_slots": """
SELECT each_officer.key_worker_id, each_officer.slot_on
FROM (SELECT worker.id AS key_worker_id, (SELECT max(slot.slot_on) AS max_1
FROM rota_slot AS slot
WHERE slot.key_worker_id = worker.id AND slot.slot_on <= :as_of AND (slot.published_on IS NULL OR slot.published_on <= :as_of)) AS slot_on
FROM key_worker AS worker) AS each_officer
WHERE each_officer.slot_on IS NOT NULL
""",
    "next_slots": """
SELECT slot.key_worker_id, slot.slot_on, slot.start_minute, slot.end_minute
FROM key_worker JOIN rota_slot AS slot ON slot.id = (SELECT first.id
FROM rota_slot AS first
WHERE first.key_worker_id = key_worker.id AND first.slot_on >= :as_of AND (first.slot_on > :as_of AND (first.published_on IS NULL OR first.published_on <= :as_of) OR first.slot_on = :as_of AND first.status = 'PUBLISHED') AND NOT (EXISTS (SELECT spell.id
FROM worker_status AS spell
WHERE spell.key_worker_id = first.key_worker_id AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = first.key_worker_id AND newer.from_on <= first.slot_on) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= first.slot_on) AND (spell.until_on IS NULL OR spell.until_on > first.slot_on) AND spell.status != 'ACTIVE')) ORDER BY first.slot_on, first.start_minute
LIMIT 1 OFFSET 0)
""",
    "rota_since": """
WITH prisoners AS
(SELECT coalesce(stay.person_id, 0) AS person_id, held.key_worker_id AS key_worker_id, last.held_on AS seen_on, CASE WHEN (held.allocated_on > coalesce(last.held_on, stay.arrived_on)) THEN held.allocated_on ELSE coalesce(last.held_on, stay.arrived_on) END AS from_on
FROM stay AS stay LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :as_of) AND (death.id IS NULL OR held.recorded_known = 0 OR held.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) LEFT OUTER JOIN session AS last ON last.id = (SELECT seen.id
FROM session AS seen
WHERE seen.person_id = stay.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= :as_of AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND (seen.minutes IS NULL OR seen.minutes >= :session_min_minutes) AND (seen.place IS NULL OR replace(:door_places, ';' || lower(trim(seen.place)) || ';', '') = :door_places) AND (death.id IS NULL OR seen.recorded_known = 0 OR seen.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY seen.held_on DESC, coalesce(seen.start_minute, -1) DESC, seen.key_worker_id DESC, seen.type DESC
LIMIT 1 OFFSET 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :as_of) AND coalesce(last.held_on, stay.arrived_on) <= :since AND held.id IS NOT NULL),
officers AS
(SELECT prisoners.key_worker_id AS key_worker_id, min(prisoners.from_on) AS from_on
FROM prisoners GROUP BY prisoners.key_worker_id),
slots AS MATERIALIZED
(SELECT slot.key_worker_id AS key_worker_id, slot.slot_on AS slot_on, (slot.end_minute - slot.start_minute + CASE WHEN slot.start_minute < 120 AND slot.end_minute >= 120 AND slot.slot_on = date(substr(slot.slot_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') THEN -60 WHEN slot.start_minute < 120 AND slot.end_minute >= 120 AND slot.slot_on = date(substr(slot.slot_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 60 ELSE 0 END) AS minutes, CASE WHEN (spell.id IS NULL) THEN slot.status ELSE 'LOST' END AS status
FROM officers JOIN rota_slot AS slot ON slot.key_worker_id = officers.key_worker_id AND slot.slot_on >= officers.from_on AND slot.slot_on <= :as_of AND (slot.published_on IS NULL OR slot.published_on <= :as_of) AND (slot.slot_on < :as_of OR slot.status != 'PUBLISHED') LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = slot.key_worker_id AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= slot.slot_on) AND (spell.until_on IS NULL OR spell.until_on > slot.slot_on) AND spell.status != 'ACTIVE')
SELECT prisoners.person_id, count(slots.slot_on) AS slots, coalesce(sum(CASE WHEN (slots.status = 'WORKED') THEN 1 ELSE 0 END), 0) AS worked, coalesce(sum(CASE WHEN (slots.status = 'WORKED') THEN slots.minutes ELSE 0 END), 0) AS worked_minutes, (count(slots.slot_on) - coalesce(sum(CASE WHEN (slots.status = 'WORKED') THEN 1 ELSE 0 END), 0)) - coalesce(sum(CASE WHEN (slots.status = 'PUBLISHED') THEN 1 ELSE 0 END), 0) AS lost, coalesce(sum(CASE WHEN (slots.status = 'PUBLISHED') THEN 1 ELSE 0 END), 0) AS unconfirmed
FROM prisoners JOIN slots ON slots.key_worker_id = prisoners.key_worker_id AND slots.slot_on >= prisoners.from_on AND (prisoners.seen_on IS NULL OR slots.slot_on > prisoners.seen_on) GROUP BY prisoners.person_id
""",
    "planned_sessions": """
SELECT kept.plan_on, place.person_id, person.prison_number, person.last_name, person.first_name, worker.staff_id, worker.last_name AS worker_last_name, worker.first_name AS worker_first_name, place.start_minute, place.end_minute, slot.status AS slot_status, slot.reason AS slot_reason, spell.status AS unavailable, holder.staff_id AS seen_staff_id, holder.last_name AS seen_last_name, holder.first_name AS seen_first_name, (SELECT offered.outcome
FROM session AS offered
WHERE offered.person_id = place.person_id AND offered.held_on = kept.plan_on AND offered.voided_at IS NULL AND offered.outcome != 'COMPLETED' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = offered.person_id AND died.departure_reason = 'DIED' AND offered.recorded_known = 1 AND offered.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY offered.held_on, coalesce(offered.start_minute, -1), offered.key_worker_id, offered.type
LIMIT 1 OFFSET 0) AS outcome, (SELECT max(stay.arrived_on) AS max_1
FROM stay AS stay
WHERE stay.person_id = place.person_id AND stay.voided_at IS NULL AND stay.arrived_on <= kept.plan_on AND (stay.left_on IS NULL OR stay.left_on > kept.plan_on)) AS here_since
FROM day_plan AS kept JOIN plan_place AS place ON place.day_plan_id = kept.id JOIN person AS person ON person.id = place.person_id JOIN key_worker AS worker ON worker.id = place.key_worker_id LEFT OUTER JOIN rota_slot AS slot ON slot.key_worker_id = place.key_worker_id AND slot.slot_on = kept.plan_on AND slot.start_minute <= place.start_minute AND slot.end_minute > place.start_minute LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = slot.key_worker_id AND spell.from_on = (SELECT max(newer.from_on) AS max_2
FROM worker_status AS newer
WHERE newer.key_worker_id = slot.key_worker_id AND newer.from_on <= slot.slot_on) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= slot.slot_on) AND (spell.until_on IS NULL OR spell.until_on > slot.slot_on) AND spell.status != 'ACTIVE' LEFT OUTER JOIN session AS seen ON seen.id = (SELECT held.id
FROM session AS held
WHERE held.person_id = place.person_id AND held.held_on = kept.plan_on AND held.voided_at IS NULL AND held.type = 'KS' AND held.outcome = 'COMPLETED' AND (held.minutes IS NULL OR held.minutes >= :session_min_minutes) AND (held.place IS NULL OR replace(:door_places, ';' || lower(trim(held.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY held.held_on, coalesce(held.start_minute, -1), held.key_worker_id, held.type
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS holder ON holder.id = seen.key_worker_id
WHERE kept.id = (SELECT latest.id
FROM day_plan AS latest
WHERE latest.plan_on >= :since AND latest.plan_on < :as_of ORDER BY latest.plan_on DESC, latest.id DESC
LIMIT 1 OFFSET 0) ORDER BY worker.last_name, worker.first_name, worker.staff_id, place.start_minute
""",
    "planned_places_on": """
SELECT "plan".plan_on, place.person_id, place.key_worker_id, worker.staff_id, worker.last_name, worker.first_name, place.start_minute, place.end_minute
FROM day_plan AS "plan" JOIN plan_place AS place ON place.day_plan_id = "plan".id JOIN key_worker AS worker ON worker.id = place.key_worker_id
WHERE "plan".id = (SELECT max(later.id) AS max_1
FROM day_plan AS later
WHERE later.plan_on = "plan".plan_on) AND "plan".plan_on = :on ORDER BY place.start_minute, worker.staff_id
""",
    "planned_places_of": """
SELECT "plan".plan_on, place.person_id, place.key_worker_id, worker.staff_id, worker.last_name, worker.first_name, place.start_minute, place.end_minute
FROM day_plan AS "plan" JOIN plan_place AS place ON place.day_plan_id = "plan".id JOIN key_worker AS worker ON worker.id = place.key_worker_id
WHERE "plan".id = (SELECT max(later.id) AS max_1
FROM day_plan AS later
WHERE later.plan_on = "plan".plan_on) AND "plan".plan_on >= :since AND "plan".plan_on <= :until AND place.person_id = :person_id ORDER BY "plan".plan_on, place.start_minute
""",
    "stay_spans": """
SELECT stay.person_id, stay.arrived_on, stay.left_on, stay.out_of_scope_from, coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= :as_of AND moved_to_cell.location LIKE '%-%' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_to_cell.person_id AND died.departure_reason = 'DIED' AND moved_to_cell.recorded_known = 1 AND moved_to_cell.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) AS cell
FROM stay AS stay
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since)
""",
    "beginnings": """
SELECT stay.person_id, stay.arrived_on, stay.left_on, stay.out_of_scope_from, stay.location, (SELECT min(CASE WHEN (held.allocated_on > stay.arrived_on) THEN held.allocated_on ELSE stay.arrived_on END) AS min_1
FROM allocation AS held
WHERE held.person_id = stay.person_id AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > held.allocated_on) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND (held.ended_on IS NULL OR held.ended_on > stay.arrived_on) AND (stay.left_on IS NULL OR held.allocated_on < stay.left_on)) AS first_allocated_on, (SELECT min(session.held_on) AS min_2
FROM session AS session
WHERE session.person_id = stay.person_id AND session.held_on >= stay.arrived_on AND session.held_on <= :as_of AND (stay.left_on IS NULL OR session.held_on <= stay.left_on) AND NOT (EXISTS (SELECT another.id
FROM stay AS another
WHERE another.person_id = stay.person_id AND another.voided_at IS NULL AND another.arrived_on > stay.arrived_on AND another.arrived_on <= session.held_on)) AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND (session.minutes IS NULL OR session.minutes >= :session_min_minutes) AND (session.place IS NULL OR replace(:door_places, ';' || lower(trim(session.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) AS first_seen_on, stay.records_from
FROM stay AS stay
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since)
""",
    "moves_to_cells": """
SELECT moved.person_id, moved.moved_on, moved.location
FROM stay AS stay JOIN move AS moved ON moved.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= :until AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved.person_id AND died.departure_reason = 'DIED' AND moved.recorded_known = 1 AND moved.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND moved.moved_on <= :as_of AND moved.location LIKE '%-%' ORDER BY moved.moved_on, coalesce(moved.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved.person_id AND timed_before.moved_on = moved.moved_on AND timed_before.id < moved.id), -1), moved.id
""",
    "absence_spans": """
SELECT absence.person_id, absence.from_on, absence.to_on
FROM stay AS stay JOIN absence AS absence ON absence.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) AND absence.from_on <= :until AND absence.from_on <= :as_of AND (absence.to_on IS NULL OR absence.to_on > :since) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = absence.person_id AND died.departure_reason = 'DIED' AND absence.recorded_known = 1 AND absence.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "allocation_spans": """
SELECT held.person_id, held.key_worker_id, held.allocated_on, held.ended_on
FROM stay AS stay JOIN allocation AS held ON held.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) AND held.allocated_on <= :until AND held.allocated_on <= :as_of AND (held.ended_on IS NULL OR held.ended_on > :since OR held.ended_on > :as_of) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "time_held": """
SELECT session.person_id, session.key_worker_id, session.held_on, session.start_minute, session.type, session.minutes, session.place
FROM key_worker AS worker LEFT OUTER JOIN session AS session ON session.key_worker_id = worker.id AND session.held_on >= :since AND session.held_on <= :until AND session.outcome = 'COMPLETED' AND session.voided_at IS NULL AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE coalesce(session.id, 0) > 0
""",
    "sessions_of_wings": """
SELECT worker.wing, session.held_on, count(session.id) AS sessions
FROM key_worker AS worker LEFT OUTER JOIN session AS session ON session.key_worker_id = worker.id AND session.held_on >= :since AND session.held_on <= :until AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND (session.minutes IS NULL OR session.minutes >= :session_min_minutes) AND (session.place IS NULL OR replace(:door_places, ';' || lower(trim(session.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
WHERE coalesce(session.id, 0) > 0 GROUP BY worker.wing, session.held_on
""",
    "stays_between": """
SELECT stay.person_id, person.prison_number, stay.arrived_on, stay.arrival_type, stay.left_on, stay.out_of_scope_from, stay.records_from, stay.location
FROM stay AS stay JOIN person AS person ON person.id = stay.person_id
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) ORDER BY person.prison_number, stay.arrived_on
""",
    "sessions_seen_between": """
SELECT session.person_id, session.held_on, session.start_minute, session.recorded_at, session.recorded_known
FROM stay AS stay JOIN session AS session ON session.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) AND session.held_on >= stay.arrived_on AND session.held_on <= :until AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND (session.minutes IS NULL OR session.minutes >= :session_min_minutes) AND (session.place IS NULL OR replace(:door_places, ';' || lower(trim(session.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY session.held_on, coalesce(session.start_minute, -1), session.key_worker_id, session.type
""",
    "events_between": """
SELECT event.id AS event_id, event.person_id, event.code, event.event_on, event.at_minute, event.until_on, event.confidence, CASE WHEN (event.code IN ('RELATIONSHIP')) THEN (SELECT next_seen.held_on
FROM session AS next_seen
WHERE next_seen.person_id = event.person_id AND next_seen.held_on >= event.event_on AND next_seen.held_on <= :as_of AND (next_seen.held_on > event.event_on OR next_seen.held_on = event.event_on AND next_seen.start_minute >= event.at_minute) AND next_seen.voided_at IS NULL AND next_seen.type = 'KS' AND next_seen.outcome = 'COMPLETED' AND (next_seen.minutes IS NULL OR next_seen.minutes >= :session_min_minutes) AND (next_seen.place IS NULL OR replace(:door_places, ';' || lower(trim(next_seen.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = next_seen.person_id AND died.departure_reason = 'DIED' AND next_seen.recorded_known = 1 AND next_seen.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY next_seen.held_on
LIMIT 1 OFFSET 0) END AS next_seen_on, event.detail, event.source, event.recorded_at, event.recorded_by, event.recorded_known
FROM stay AS stay JOIN event AS event ON event.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) AND event.event_on <= :until AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = event.person_id AND died.departure_reason = 'DIED' AND event.recorded_known = 1 AND event.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "accts_between": """
SELECT acct.person_id, acct.opened_on, acct.closed_on, acct.post_closure_review_due AS review_due_on, acct.post_closure_review_held AS review_held_on
FROM stay AS stay JOIN acct AS acct ON acct.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) AND acct.opened_on <= :until AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = acct.person_id AND died.departure_reason = 'DIED' AND acct.recorded_known = 1 AND acct.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "reviews_between": """
SELECT review.person_id, review.due_on, review.held_on
FROM stay AS stay JOIN acct_review AS review ON review.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) AND review.due_on >= stay.arrived_on AND review.due_on <= :until AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = review.person_id AND died.departure_reason = 'DIED' AND review.recorded_known = 1 AND review.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))
""",
    "moves_between": """
SELECT moved.person_id, moved.moved_on, moved.location
FROM stay AS stay JOIN move AS moved ON moved.person_id = coalesce(stay.person_id, 0)
WHERE stay.voided_at IS NULL AND stay.arrived_on <= :until AND stay.arrived_on <= :as_of AND (stay.left_on IS NULL OR stay.left_on > :since OR stay.left_on > :as_of OR stay.left_on = :since) AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= :until AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved.person_id AND died.departure_reason = 'DIED' AND moved.recorded_known = 1 AND moved.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved.moved_on, coalesce(moved.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved.person_id AND timed_before.moved_on = moved.moved_on AND timed_before.id < moved.id), -1), moved.id
""",
    "answers_of": """
SELECT voice_answer.id AS answer_id, voice_answer.asked_on, voice_answer.asked_by, voice_answer.wing, voice_answer.key_worker_said, voice_answer.key_worker_id, voice_answer.last_talk_said, voice_answer.last_talk_on, voice_answer.spoke_freely, voice_answer.voided_at, voice_answer.recorded_at, voice_answer.recorded_by, voice_answer.recorded_known
FROM voice_answer
WHERE voice_answer.person_id = :person_id ORDER BY voice_answer.asked_on
""",
    "own_answers": """
SELECT answer.person_id, person.prison_number, person.first_name, person.last_name, answer.asked_on, answer.asked_by, answer.wing, answer.key_worker_said, answer.key_worker_id, answer.last_talk_said, answer.last_talk_on, answer.spoke_freely, held.key_worker_id AS holder_id, (SELECT max(seen.held_on) AS max_1
FROM session AS seen
WHERE seen.person_id = answer.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= answer.asked_on AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND (seen.minutes IS NULL OR seen.minutes >= :session_min_minutes) AND (seen.place IS NULL OR replace(:door_places, ';' || lower(trim(seen.place)) || ';', '') = :door_places) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = seen.person_id AND died.departure_reason = 'DIED' AND seen.recorded_known = 1 AND seen.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) AS last_session_on, stay.records_from
FROM voice_answer AS answer JOIN person AS person ON person.id = answer.person_id LEFT OUTER JOIN allocation AS held ON held.person_id = answer.person_id AND held.allocated_on <= answer.asked_on AND (held.ended_on IS NULL OR held.ended_on > answer.asked_on) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) LEFT OUTER JOIN stay AS stay ON stay.id = (SELECT begun.id
FROM stay AS begun
WHERE begun.person_id = answer.person_id AND begun.arrived_on <= answer.asked_on AND begun.voided_at IS NULL ORDER BY begun.arrived_on DESC
LIMIT 1 OFFSET 0)
WHERE answer.asked_on >= :since AND answer.asked_on <= :until AND answer.voided_at IS NULL AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = answer.person_id AND died.departure_reason = 'DIED' AND answer.recorded_known = 1 AND answer.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY answer.asked_on, person.prison_number
""",
    "readings_between": """
SELECT reading.id AS reading_id, reading.session_id, reading.read_on, reading.read_by, reading.found, reading.action, reading.recorded_at, reading.recorded_by, reading.recorded_known, reading.voided_at
FROM note_reading AS reading JOIN session AS session ON session.id = reading.session_id
WHERE session.held_on >= :since AND session.held_on <= :until AND reading.read_on >= :since AND reading.read_on <= :as_of AND reading.voided_at IS NULL ORDER BY reading.read_on, reading.id
""",
    "readings_of": """
SELECT reading.id AS reading_id, reading.session_id, reading.read_on, reading.read_by, reading.found, reading.action, reading.recorded_at, reading.recorded_by, reading.recorded_known, reading.voided_at
FROM session AS session LEFT OUTER JOIN note_reading AS reading ON reading.session_id = session.id
WHERE session.person_id = :person_id AND session.voided_at IS NULL AND coalesce(reading.id, 0) > 0 ORDER BY session.held_on, reading.id
""",
    "notes_to_draw": """
SELECT session.id AS session_id, session.person_id, person.prison_number, worker.id AS key_worker_id, worker.staff_id, session.held_on, session.start_minute, substr(session.note, 1, 1) AS note
FROM key_worker AS worker LEFT OUTER JOIN session AS session ON session.key_worker_id = worker.id AND session.held_on >= :since AND session.held_on <= :until AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND coalesce(session.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND session.note IS NOT NULL LEFT OUTER JOIN person AS person ON person.id = session.person_id
WHERE coalesce(session.id, 0) > 0
""",
    "notes_written": """
SELECT worker.id AS key_worker_id, count(session.id) AS notes
FROM key_worker AS worker LEFT OUTER JOIN session AS session ON session.key_worker_id = worker.id AND session.held_on >= :since AND session.held_on <= :until AND session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND coalesce(session.source, '') != 'UNIT_LIST' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND session.note IS NOT NULL GROUP BY worker.id
""",
    "first_action": """
SELECT audit.action
FROM audit
WHERE audit.id = 1
""",
    "audit_users": """
SELECT DISTINCT audit.user_name AS name
FROM audit ORDER BY audit.user_name
""",
    "audit_lines": """
SELECT audit.id AS line, audit.at, audit.user_name AS user, audit.command, audit.action, audit.table_name AS "table", audit."key", audit.before_image AS "before", audit.after_image AS "after", audit.hash
FROM audit
WHERE audit.id > :after AND audit.at >= :earliest AND audit.at <= :latest AND (:person_id IS NULL OR (EXISTS (SELECT person_number.id
FROM person_number
WHERE person_number.person_id = :person_id AND (audit."key" = person_number.number OR audit."key" LIKE (person_number.number || ' %'))))) AND (:user IS NULL OR audit.user_name = :user) ORDER BY audit.id DESC
""",
    "audit_head": """
SELECT audit_head.lines, audit_head.hash
FROM audit_head
""",
    "last_backup": """
SELECT audit.id AS line, audit.at, audit.action, audit."key" AS file
FROM audit AS audit
WHERE audit.id = (SELECT max(line.id) AS max_1
FROM audit AS line
WHERE line.action = 'backup' OR line.action = 'restore')
""",
    "settled_cases": """
SELECT audit.action, count(*) AS number, max(audit."key") AS "key"
FROM audit
WHERE audit.action LIKE 'settle %' GROUP BY audit.action ORDER BY audit.action
""",
    "settings_changed": """
SELECT setting."key", setting.value
FROM setting
""",
    "stamps_of": """
SELECT stamps."table", stamps.row_id, stamps.day, stamps.recorded_at, stamps.recorded_by, stamps.recorded_known, stamps.changed_at, stamps.changed_by
FROM (SELECT 'stay' AS "table", stay.id AS row_id, stay.arrived_on AS day, stay.recorded_at AS recorded_at, stay.recorded_by AS recorded_by, stay.recorded_known AS recorded_known, stay.changed_at AS changed_at, stay.changed_by AS changed_by
FROM stay
WHERE stay.person_id = :person_id UNION SELECT 'absence' AS "table", absence.id AS row_id, absence.from_on AS day, absence.recorded_at AS recorded_at, absence.recorded_by AS recorded_by, absence.recorded_known AS recorded_known, absence.changed_at AS changed_at, absence.changed_by AS changed_by
FROM absence
WHERE absence.person_id = :person_id UNION SELECT 'acct' AS "table", acct.id AS row_id, acct.opened_on AS day, acct.recorded_at AS recorded_at, acct.recorded_by AS recorded_by, acct.recorded_known AS recorded_known, acct.changed_at AS changed_at, acct.changed_by AS changed_by
FROM acct
WHERE acct.person_id = :person_id UNION SELECT 'acct_review' AS "table", acct_review.id AS row_id, acct_review.due_on AS day, acct_review.recorded_at AS recorded_at, acct_review.recorded_by AS recorded_by, acct_review.recorded_known AS recorded_known, acct_review.changed_at AS changed_at, acct_review.changed_by AS changed_by
FROM acct_review
WHERE acct_review.person_id = :person_id UNION SELECT 'need' AS "table", need.id AS row_id, need.raised_on AS day, need.recorded_at AS recorded_at, need.recorded_by AS recorded_by, need.recorded_known AS recorded_known, need.changed_at AS changed_at, need.changed_by AS changed_by
FROM need
WHERE need.person_id = :person_id UNION SELECT 'session' AS "table", session.id AS row_id, session.held_on AS day, session.recorded_at AS recorded_at, session.recorded_by AS recorded_by, session.recorded_known AS recorded_known, session.changed_at AS changed_at, session.changed_by AS changed_by
FROM session
WHERE session.person_id = :person_id AND session.voided_at IS NULL) AS stamps
""",
    "recording_times": """
SELECT worker.id AS key_worker_id, worker.wing, session.held_on, session.recorded_at, session.recorded_known
FROM key_worker AS worker LEFT OUTER JOIN session AS session ON session.key_worker_id = worker.id AND session.held_on >= :since AND session.held_on <= :until AND session.type = 'KS' AND session.voided_at IS NULL
WHERE coalesce(session.id, 0) > 0
""",
}

AT_A_MOMENT: tuple[str, ...] = (
    "CREATE TEMP TABLE person (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth)",
    "INSERT INTO temp.person SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth FROM main.person WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth FROM main.person_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE TEMP TABLE person_number (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id)",
    "INSERT INTO temp.person_number SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id FROM main.person_number WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id FROM main.person_number_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.person_number_person ON person_number (person_id)",
    "DELETE FROM temp.person_number WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "CREATE TEMP TABLE stay (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, left_recorded_at, departure_reason, out_of_scope_from, out_of_scope_reason, records_from, voided_at, voided_why)",
    "INSERT INTO temp.stay SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, left_recorded_at, departure_reason, out_of_scope_from, out_of_scope_reason, records_from, voided_at, voided_why FROM main.stay WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, left_recorded_at, departure_reason, out_of_scope_from, out_of_scope_reason, records_from, voided_at, voided_why FROM main.stay_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.stay_died ON stay (person_id) WHERE departure_reason = 'DIED'",
    "CREATE INDEX temp.stay_key ON stay (person_id, arrived_on) WHERE voided_at IS NULL",
    "CREATE INDEX temp.stay_left ON stay (left_on)",
    "CREATE INDEX temp.stay_one_open ON stay (person_id) WHERE left_on IS NULL AND voided_at IS NULL",
    "CREATE INDEX temp.stay_voided ON stay (person_id) WHERE voided_at IS NOT NULL",
    "DELETE FROM temp.stay WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "UPDATE temp.stay SET left_on = NULL, left_recorded_at = NULL, departure_reason = NULL WHERE left_on IS NOT NULL AND coalesce(left_recorded_at, (left_on || CASE WHEN left_on >= date(substr(left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND left_on < date(substr(left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) > :known_at AND NOT EXISTS (SELECT 1 FROM temp.stay AS successor WHERE successor.person_id = stay.person_id AND successor.id <> stay.id AND successor.arrived_on >= stay.left_on)",
    "UPDATE temp.stay SET voided_at = NULL WHERE voided_at > :known_at",
    "CREATE TEMP TABLE move (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, at_minute)",
    "INSERT INTO temp.move SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, at_minute FROM main.move WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, at_minute FROM main.move_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.move_key ON move (person_id, moved_on, coalesce(at_minute, -1), location)",
    "DELETE FROM temp.move WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "CREATE TEMP TABLE key_worker (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity)",
    "INSERT INTO temp.key_worker SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity FROM main.key_worker WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity FROM main.key_worker_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE TEMP TABLE worker_status (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on)",
    "INSERT INTO temp.worker_status SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on FROM main.worker_status WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on FROM main.worker_status_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.worker_status_key ON worker_status (key_worker_id, from_on)",
    "CREATE TEMP TABLE allocation (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, ended_recorded_at, end_reason, ended_by)",
    "INSERT INTO temp.allocation SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, ended_recorded_at, end_reason, ended_by FROM main.allocation WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, ended_recorded_at, end_reason, ended_by FROM main.allocation_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.allocation_key ON allocation (person_id, allocated_on, key_worker_id)",
    "CREATE INDEX temp.allocation_one_live ON allocation (person_id) WHERE ended_on IS NULL",
    "CREATE INDEX temp.allocation_worker ON allocation (key_worker_id, allocated_on)",
    "DELETE FROM temp.allocation WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "UPDATE temp.allocation SET ended_on = NULL, ended_recorded_at = NULL, end_reason = NULL, ended_by = NULL WHERE ended_on IS NOT NULL AND coalesce(ended_recorded_at, (ended_on || CASE WHEN ended_on >= date(substr(ended_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND ended_on < date(substr(ended_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) > :known_at AND NOT EXISTS (SELECT 1 FROM temp.allocation AS successor WHERE successor.person_id = allocation.person_id AND successor.id <> allocation.id AND successor.allocated_on >= allocation.ended_on)",
    "UPDATE temp.allocation SET ended_on = NULL, ended_recorded_at = NULL, ended_by = NULL, end_reason = NULL WHERE end_reason IN ('RELEASED', 'TRANSFER', 'DIED', 'NO_LONGER_IN_PRISON') AND person_id IN (SELECT person_id FROM main.stay WHERE left_on IS NOT NULL) AND EXISTS (SELECT 1 FROM main.stay AS s WHERE s.person_id = allocation.person_id AND s.left_on = allocation.ended_on AND ((s.left_recorded_at = allocation.ended_recorded_at OR (s.left_recorded_at IS NULL AND allocation.ended_recorded_at IS NULL)) OR allocation.ended_recorded_at > :known_at) AND NOT EXISTS (SELECT 1 FROM temp.stay AS k WHERE k.id = s.id AND k.left_on = s.left_on))",
    "UPDATE temp.allocation SET ended_on = NULL, ended_recorded_at = NULL, ended_by = NULL, end_reason = NULL WHERE end_reason IN ('RELEASED', 'TRANSFER', 'DIED', 'NO_LONGER_IN_PRISON') AND person_id IN (SELECT person_id FROM main.stay_past WHERE left_on IS NOT NULL) AND EXISTS (SELECT 1 FROM main.stay_past AS s WHERE s.person_id = allocation.person_id AND s.left_on = allocation.ended_on AND ((s.left_recorded_at = allocation.ended_recorded_at OR (s.left_recorded_at IS NULL AND allocation.ended_recorded_at IS NULL)) OR allocation.ended_recorded_at > :known_at) AND NOT EXISTS (SELECT 1 FROM temp.stay AS k WHERE k.id = s.id AND k.left_on = s.left_on))",
    "UPDATE temp.allocation SET ended_on = (SELECT min(s.left_on) FROM temp.stay AS s WHERE s.person_id = allocation.person_id AND s.voided_at IS NULL AND allocation.allocated_on <= s.left_on AND NOT EXISTS (SELECT 1 FROM temp.stay AS n WHERE n.person_id = s.person_id AND n.voided_at IS NULL AND n.arrived_on > s.arrived_on AND n.arrived_on <= allocation.allocated_on)), end_reason = 'NO_LONGER_IN_PRISON' WHERE (SELECT min(s.left_on) FROM temp.stay AS s WHERE s.person_id = allocation.person_id AND s.voided_at IS NULL AND allocation.allocated_on <= s.left_on AND NOT EXISTS (SELECT 1 FROM temp.stay AS n WHERE n.person_id = s.person_id AND n.voided_at IS NULL AND n.arrived_on > s.arrived_on AND n.arrived_on <= allocation.allocated_on)) >= allocated_on AND (ended_on IS NULL OR ended_on > (SELECT min(s.left_on) FROM temp.stay AS s WHERE s.person_id = allocation.person_id AND s.voided_at IS NULL AND allocation.allocated_on <= s.left_on AND NOT EXISTS (SELECT 1 FROM temp.stay AS n WHERE n.person_id = s.person_id AND n.voided_at IS NULL AND n.arrived_on > s.arrived_on AND n.arrived_on <= allocation.allocated_on)))",
    "UPDATE temp.allocation SET ended_on = (SELECT min(n.allocated_on) FROM temp.allocation AS n WHERE n.person_id = allocation.person_id AND (n.allocated_on > allocation.allocated_on OR (n.allocated_on = allocation.allocated_on AND (SELECT w.staff_id FROM main.key_worker AS w WHERE w.id = n.key_worker_id) > (SELECT w.staff_id FROM main.key_worker AS w WHERE w.id = allocation.key_worker_id))) AND (n.ended_on IS NULL OR (n.ended_on > n.allocated_on AND EXISTS (SELECT 1 FROM temp.stay AS his WHERE his.person_id = n.person_id AND his.voided_at IS NULL AND his.arrived_on < n.ended_on AND (his.left_on IS NULL OR his.left_on >= n.allocated_on)))) AND NOT EXISTS (SELECT 1 FROM temp.stay AS d WHERE d.person_id = n.person_id AND d.departure_reason = 'DIED' AND n.recorded_known AND n.recorded_at >= (d.left_on || CASE WHEN d.left_on >= date(substr(d.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND d.left_on < date(substr(d.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))), end_reason = 'MERGED' WHERE ended_on > (SELECT min(n.allocated_on) FROM temp.allocation AS n WHERE n.person_id = allocation.person_id AND (n.allocated_on > allocation.allocated_on OR (n.allocated_on = allocation.allocated_on AND (SELECT w.staff_id FROM main.key_worker AS w WHERE w.id = n.key_worker_id) > (SELECT w.staff_id FROM main.key_worker AS w WHERE w.id = allocation.key_worker_id))) AND (n.ended_on IS NULL OR (n.ended_on > n.allocated_on AND EXISTS (SELECT 1 FROM temp.stay AS his WHERE his.person_id = n.person_id AND his.voided_at IS NULL AND his.arrived_on < n.ended_on AND (his.left_on IS NULL OR his.left_on >= n.allocated_on)))) AND NOT EXISTS (SELECT 1 FROM temp.stay AS d WHERE d.person_id = n.person_id AND d.departure_reason = 'DIED' AND n.recorded_known AND n.recorded_at >= (d.left_on || CASE WHEN d.left_on >= date(substr(d.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND d.left_on < date(substr(d.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) OR (ended_on IS NULL AND (SELECT min(n.allocated_on) FROM temp.allocation AS n WHERE n.person_id = allocation.person_id AND (n.allocated_on > allocation.allocated_on OR (n.allocated_on = allocation.allocated_on AND (SELECT w.staff_id FROM main.key_worker AS w WHERE w.id = n.key_worker_id) > (SELECT w.staff_id FROM main.key_worker AS w WHERE w.id = allocation.key_worker_id))) AND (n.ended_on IS NULL OR (n.ended_on > n.allocated_on AND EXISTS (SELECT 1 FROM temp.stay AS his WHERE his.person_id = n.person_id AND his.voided_at IS NULL AND his.arrived_on < n.ended_on AND (his.left_on IS NULL OR his.left_on >= n.allocated_on)))) AND NOT EXISTS (SELECT 1 FROM temp.stay AS d WHERE d.person_id = n.person_id AND d.departure_reason = 'DIED' AND n.recorded_known AND n.recorded_at >= (d.left_on || CASE WHEN d.left_on >= date(substr(d.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND d.left_on < date(substr(d.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) IS NOT NULL)",
    "UPDATE temp.allocation SET ended_on = (SELECT min(CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END) FROM temp.stay AS s WHERE s.person_id = allocation.person_id AND s.voided_at IS NULL AND s.out_of_scope_from IS NOT NULL AND (s.left_on IS NULL OR allocation.allocated_on < s.left_on) AND NOT EXISTS (SELECT 1 FROM temp.stay AS e WHERE e.person_id = s.person_id AND e.voided_at IS NULL AND e.arrived_on < s.arrived_on AND (e.left_on IS NULL OR allocation.allocated_on < e.left_on)) AND (allocation.ended_on IS NULL OR (allocation.ended_on > s.out_of_scope_from AND allocation.ended_on > allocation.allocated_on)) AND ((CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END) || CASE WHEN (CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END) >= date(substr((CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END), 1, 4) || '-04-01', 'weekday 0', '-7 days') AND (CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END) < date(substr((CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END), 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END) <= :known_at), end_reason = 'OUT_OF_SCOPE' WHERE EXISTS (SELECT 1 FROM temp.stay AS s WHERE s.person_id = allocation.person_id AND s.voided_at IS NULL AND s.out_of_scope_from IS NOT NULL AND (s.left_on IS NULL OR allocation.allocated_on < s.left_on) AND NOT EXISTS (SELECT 1 FROM temp.stay AS e WHERE e.person_id = s.person_id AND e.voided_at IS NULL AND e.arrived_on < s.arrived_on AND (e.left_on IS NULL OR allocation.allocated_on < e.left_on)) AND (allocation.ended_on IS NULL OR (allocation.ended_on > s.out_of_scope_from AND allocation.ended_on > allocation.allocated_on)) AND ((CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END) || CASE WHEN (CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END) >= date(substr((CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END), 1, 4) || '-04-01', 'weekday 0', '-7 days') AND (CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END) < date(substr((CASE WHEN s.out_of_scope_from > allocation.allocated_on THEN s.out_of_scope_from ELSE allocation.allocated_on END), 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END) <= :known_at)",
    "CREATE TEMP TABLE rota_slot (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on)",
    "INSERT INTO temp.rota_slot SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on FROM main.rota_slot WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on FROM main.rota_slot_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.rota_slot_day ON rota_slot (slot_on)",
    "CREATE INDEX temp.rota_slot_key ON rota_slot (key_worker_id, slot_on, start_minute)",
    "UPDATE temp.rota_slot SET status = 'PUBLISHED', reason = NULL WHERE slot_on IS NOT NULL AND changed_at = recorded_at AND (slot_on || CASE WHEN slot_on >= date(substr(slot_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND slot_on < date(substr(slot_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END) > :known_at",
    "CREATE TEMP TABLE session (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, source)",
    "INSERT INTO temp.session SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, source FROM main.session WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, source FROM main.session_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.session_counted ON session (person_id, held_on, coalesce(start_minute, -1), key_worker_id, minutes, place) WHERE voided_at IS NULL AND type = 'KS' AND outcome = 'COMPLETED'",
    "CREATE INDEX temp.session_key ON session (person_id, held_on, coalesce(start_minute, -1), key_worker_id, type) WHERE voided_at IS NULL",
    "CREATE INDEX temp.session_refused ON session (person_id, held_on) WHERE voided_at IS NULL AND outcome = 'REFUSED'",
    "CREATE INDEX temp.session_voided ON session (person_id) WHERE voided_at IS NOT NULL",
    "CREATE INDEX temp.session_worker ON session (key_worker_id, held_on, type, outcome, minutes, place, voided_at, person_id, start_minute, recorded_known, recorded_at)",
    "DELETE FROM temp.session WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "UPDATE temp.session SET voided_at = NULL WHERE voided_at > :known_at AND NOT EXISTS (SELECT 1 FROM main.session_past AS v WHERE v.id = session.id AND v.voided_at IS NULL AND v.changed_at = v.recorded_at AND v.replaced_at = v.recorded_at)",
    "UPDATE temp.session SET start_minute = (SELECT CAST(later.old AS INTEGER) FROM main.session_amendment AS later WHERE field = 'start_minute' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'start_minute' AND amended_at > :known_at)",
    "UPDATE temp.session SET minutes = (SELECT CAST(later.old AS INTEGER) FROM main.session_amendment AS later WHERE field = 'minutes' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'minutes' AND amended_at > :known_at)",
    "UPDATE temp.session SET outcome = (SELECT CAST(later.old AS TEXT) FROM main.session_amendment AS later WHERE field = 'outcome' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'outcome' AND amended_at > :known_at)",
    "UPDATE temp.session SET mode = (SELECT CAST(later.old AS TEXT) FROM main.session_amendment AS later WHERE field = 'mode' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'mode' AND amended_at > :known_at)",
    "UPDATE temp.session SET place = (SELECT CAST(later.old AS TEXT) FROM main.session_amendment AS later WHERE field = 'place' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'place' AND amended_at > :known_at)",
    "UPDATE temp.session SET topics = (SELECT CAST(later.old AS TEXT) FROM main.session_amendment AS later WHERE field = 'topics' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'topics' AND amended_at > :known_at)",
    "UPDATE temp.session SET declined_topics = (SELECT CAST(later.old AS TEXT) FROM main.session_amendment AS later WHERE field = 'declined_topics' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'declined_topics' AND amended_at > :known_at)",
    "UPDATE temp.session SET note = (SELECT CAST(later.old AS TEXT) FROM main.session_amendment AS later WHERE field = 'note' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'note' AND amended_at > :known_at)",
    "UPDATE temp.session SET prisoner_said = (SELECT CAST(later.old AS TEXT) FROM main.session_amendment AS later WHERE field = 'prisoner_said' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'prisoner_said' AND amended_at > :known_at)",
    "UPDATE temp.session SET next_session_on = (SELECT CAST(later.old AS TEXT) FROM main.session_amendment AS later WHERE field = 'next_session_on' AND amended_at > :known_at AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) WHERE id IN (SELECT session_id FROM main.session_amendment AS later WHERE field = 'next_session_on' AND amended_at > :known_at)",
    "CREATE TEMP TABLE session_amendment (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, amended_at, field, old, new, why)",
    "INSERT INTO temp.session_amendment SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, amended_at, field, old, new, why FROM main.session_amendment WHERE amended_at <= :known_at",
    "CREATE INDEX temp.session_amendment_session ON session_amendment (session_id)",
    "CREATE TEMP TABLE event (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source)",
    "INSERT INTO temp.event SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source FROM main.event WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source FROM main.event_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.event_day ON event (person_id, event_on)",
    "CREATE INDEX temp.event_key ON event (person_id, code, event_on, coalesce(at_minute, -1))",
    "DELETE FROM temp.event WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "CREATE TEMP TABLE absence (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on)",
    "INSERT INTO temp.absence SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on FROM main.absence WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on FROM main.absence_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.absence_key ON absence (person_id, from_on)",
    "DELETE FROM temp.absence WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "UPDATE temp.absence SET to_on = (SELECT min(later.from_on) FROM temp.absence AS later WHERE later.person_id = absence.person_id AND later.from_on > absence.from_on AND (absence.to_on IS NULL OR absence.to_on > later.from_on) AND (later.to_on IS NULL OR later.to_on > later.from_on) AND NOT (absence.to_on IS NOT NULL AND later.to_on IS NOT NULL AND later.to_on < absence.to_on AND NOT EXISTS (SELECT 1 FROM temp.stay AS s WHERE s.person_id = absence.person_id AND s.voided_at IS NULL AND s.left_on <= absence.to_on AND s.left_on > absence.from_on)) AND NOT EXISTS (SELECT 1 FROM temp.stay AS d WHERE d.person_id = later.person_id AND d.departure_reason = 'DIED' AND later.recorded_known AND later.recorded_at >= (d.left_on || CASE WHEN d.left_on >= date(substr(d.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND d.left_on < date(substr(d.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) WHERE (SELECT min(later.from_on) FROM temp.absence AS later WHERE later.person_id = absence.person_id AND later.from_on > absence.from_on AND (absence.to_on IS NULL OR absence.to_on > later.from_on) AND (later.to_on IS NULL OR later.to_on > later.from_on) AND NOT (absence.to_on IS NOT NULL AND later.to_on IS NOT NULL AND later.to_on < absence.to_on AND NOT EXISTS (SELECT 1 FROM temp.stay AS s WHERE s.person_id = absence.person_id AND s.voided_at IS NULL AND s.left_on <= absence.to_on AND s.left_on > absence.from_on)) AND NOT EXISTS (SELECT 1 FROM temp.stay AS d WHERE d.person_id = later.person_id AND d.departure_reason = 'DIED' AND later.recorded_known AND later.recorded_at >= (d.left_on || CASE WHEN d.left_on >= date(substr(d.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND d.left_on < date(substr(d.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) < coalesce(to_on, '9999-12-31')",
    "UPDATE temp.absence SET to_on = (SELECT min(s.left_on) FROM temp.stay AS s WHERE s.person_id = absence.person_id AND s.voided_at IS NULL AND absence.from_on <= s.left_on AND coalesce(s.departure_reason, '') <> 'DIED' AND NOT EXISTS (SELECT 1 FROM temp.stay AS n WHERE n.person_id = absence.person_id AND n.voided_at IS NULL AND n.arrived_on > s.arrived_on AND n.arrived_on <= absence.from_on)) WHERE (SELECT min(s.left_on) FROM temp.stay AS s WHERE s.person_id = absence.person_id AND s.voided_at IS NULL AND absence.from_on <= s.left_on AND coalesce(s.departure_reason, '') <> 'DIED' AND NOT EXISTS (SELECT 1 FROM temp.stay AS n WHERE n.person_id = absence.person_id AND n.voided_at IS NULL AND n.arrived_on > s.arrived_on AND n.arrived_on <= absence.from_on)) < coalesce(to_on, '9999-12-31')",
    "UPDATE temp.absence SET to_on = (SELECT min(s.arrived_on) FROM temp.stay AS s WHERE s.person_id = absence.person_id AND s.voided_at IS NULL AND s.arrived_on > absence.from_on AND NOT EXISTS (SELECT 1 FROM temp.stay AS h WHERE h.person_id = absence.person_id AND h.voided_at IS NULL AND h.arrived_on <= absence.from_on AND (h.left_on IS NULL OR h.left_on >= absence.from_on))) WHERE (SELECT min(s.arrived_on) FROM temp.stay AS s WHERE s.person_id = absence.person_id AND s.voided_at IS NULL AND s.arrived_on > absence.from_on AND NOT EXISTS (SELECT 1 FROM temp.stay AS h WHERE h.person_id = absence.person_id AND h.voided_at IS NULL AND h.arrived_on <= absence.from_on AND (h.left_on IS NULL OR h.left_on >= absence.from_on))) < coalesce(to_on, '9999-12-31')",
    "CREATE TEMP TABLE acct (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held)",
    "INSERT INTO temp.acct SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held FROM main.acct WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held FROM main.acct_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.acct_key ON acct (person_id, opened_on)",
    "DELETE FROM temp.acct WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "UPDATE temp.acct SET closed_on = NULL WHERE closed_on IS NOT NULL AND changed_at = recorded_at AND (closed_on || CASE WHEN closed_on >= date(substr(closed_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND closed_on < date(substr(closed_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END) > :known_at",
    "CREATE TEMP TABLE acct_review (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution)",
    "INSERT INTO temp.acct_review SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution FROM main.acct_review WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution FROM main.acct_review_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.acct_review_due ON acct_review (due_on)",
    "CREATE INDEX temp.acct_review_key ON acct_review (person_id, due_on)",
    "DELETE FROM temp.acct_review WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "UPDATE temp.acct_review SET held_on = NULL, key_worker_contribution = NULL WHERE held_on IS NOT NULL AND changed_at = recorded_at AND (held_on || CASE WHEN held_on >= date(substr(held_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND held_on < date(substr(held_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END) > :known_at",
    "CREATE TEMP TABLE need (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome)",
    "INSERT INTO temp.need SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome FROM main.need WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome FROM main.need_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.need_key ON need (person_id, raised_on, text)",
    "DELETE FROM temp.need WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "UPDATE temp.need SET closed_on = NULL, outcome = NULL WHERE closed_on IS NOT NULL AND changed_at = recorded_at AND (closed_on || CASE WHEN closed_on >= date(substr(closed_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND closed_on < date(substr(closed_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END) > :known_at",
    "CREATE TEMP TABLE note_reading (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, read_on, read_by, found, action, voided_at)",
    "INSERT INTO temp.note_reading SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, read_on, read_by, found, action, voided_at FROM main.note_reading WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, read_on, read_by, found, action, voided_at FROM main.note_reading_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.note_reading_day ON note_reading (read_on)",
    "CREATE INDEX temp.note_reading_key ON note_reading (session_id, read_by)",
    "UPDATE temp.note_reading SET voided_at = NULL WHERE voided_at > :known_at",
    "CREATE TEMP TABLE voice_answer (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, asked_on, asked_by, wing, key_worker_said, key_worker_id, last_talk_said, last_talk_on, spoke_freely, voided_at)",
    "INSERT INTO temp.voice_answer SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, asked_on, asked_by, wing, key_worker_said, key_worker_id, last_talk_said, last_talk_on, spoke_freely, voided_at FROM main.voice_answer WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, asked_on, asked_by, wing, key_worker_said, key_worker_id, last_talk_said, last_talk_on, spoke_freely, voided_at FROM main.voice_answer_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.voice_answer_day ON voice_answer (asked_on)",
    "CREATE INDEX temp.voice_answer_key ON voice_answer (person_id, asked_on)",
    "DELETE FROM temp.voice_answer WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "UPDATE temp.voice_answer SET voided_at = NULL WHERE voided_at > :known_at",
    "CREATE TEMP TABLE day_plan (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, plan_on, session_minutes)",
    "INSERT INTO temp.day_plan SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, plan_on, session_minutes FROM main.day_plan WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, plan_on, session_minutes FROM main.day_plan_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.day_plan_day ON day_plan (plan_on)",
    "CREATE TEMP TABLE plan_place (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, day_plan_id, person_id, key_worker_id, start_minute, end_minute, relation)",
    "INSERT INTO temp.plan_place SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, day_plan_id, person_id, key_worker_id, start_minute, end_minute, relation FROM main.plan_place WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, day_plan_id, person_id, key_worker_id, start_minute, end_minute, relation FROM main.plan_place_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.plan_place_key ON plan_place (day_plan_id, key_worker_id, start_minute)",
    "DELETE FROM temp.plan_place WHERE person_id IN (SELECT id FROM main.person WHERE recorded_at > :known_at)",
    "CREATE TEMP TABLE setting (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key, value)",
    "INSERT INTO temp.setting SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key, value FROM main.setting WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key, value FROM main.setting_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE TEMP TABLE person_merge (id INTEGER PRIMARY KEY, recorded_at, recorded_by, recorded_known, changed_at, changed_by, kept_person_id, merged_person_id, merged_on, why, moved, undone_on)",
    "INSERT INTO temp.person_merge SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, kept_person_id, merged_person_id, merged_on, why, moved, undone_on FROM main.person_merge WHERE changed_at <= :known_at UNION ALL SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, kept_person_id, merged_person_id, merged_on, why, moved, undone_on FROM main.person_merge_past WHERE changed_at <= :known_at AND replaced_at > :known_at",
    "CREATE INDEX temp.person_merge_kept ON person_merge (kept_person_id)",
    "INSERT INTO temp.key_worker (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity) SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity FROM main.key_worker AS w WHERE NOT EXISTS (SELECT 1 FROM temp.key_worker AS k WHERE k.id = w.id) AND (EXISTS (SELECT 1 FROM temp.worker_status AS n WHERE n.key_worker_id = w.id) OR EXISTS (SELECT 1 FROM temp.allocation AS n WHERE n.key_worker_id = w.id) OR EXISTS (SELECT 1 FROM temp.rota_slot AS n WHERE n.key_worker_id = w.id) OR EXISTS (SELECT 1 FROM temp.session AS n WHERE n.key_worker_id = w.id) OR EXISTS (SELECT 1 FROM temp.voice_answer AS n WHERE n.key_worker_id = w.id) OR EXISTS (SELECT 1 FROM temp.plan_place AS n WHERE n.key_worker_id = w.id))",
)

EVERY_ROW: dict[str, str] = {
    "person": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth FROM main.person ORDER BY id",
    "person_number": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id FROM main.person_number ORDER BY id",
    "stay": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, left_recorded_at, departure_reason, out_of_scope_from, out_of_scope_reason, records_from, voided_at, voided_why FROM main.stay ORDER BY id",
    "move": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, at_minute FROM main.move ORDER BY id",
    "key_worker": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity FROM main.key_worker ORDER BY id",
    "worker_status": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on FROM main.worker_status ORDER BY id",
    "allocation": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, ended_recorded_at, end_reason, ended_by FROM main.allocation ORDER BY id",
    "rota_slot": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on FROM main.rota_slot ORDER BY id",
    "session": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, source FROM main.session ORDER BY id",
    "session_amendment": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, amended_at, field, old, new, why FROM main.session_amendment ORDER BY id",
    "event": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source FROM main.event ORDER BY id",
    "absence": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on FROM main.absence ORDER BY id",
    "acct": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held FROM main.acct ORDER BY id",
    "acct_review": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution FROM main.acct_review ORDER BY id",
    "need": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome FROM main.need ORDER BY id",
    "note_reading": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, read_on, read_by, found, action, voided_at FROM main.note_reading ORDER BY id",
    "voice_answer": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, asked_on, asked_by, wing, key_worker_said, key_worker_id, last_talk_said, last_talk_on, spoke_freely, voided_at FROM main.voice_answer ORDER BY id",
    "day_plan": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, plan_on, session_minutes FROM main.day_plan ORDER BY id",
    "plan_place": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, day_plan_id, person_id, key_worker_id, start_minute, end_minute, relation FROM main.plan_place ORDER BY id",
    "setting": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key, value FROM main.setting ORDER BY id",
    "person_merge": "SELECT id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, kept_person_id, merged_person_id, merged_on, why, moved, undone_on FROM main.person_merge ORDER BY id",
    "audit": "SELECT id, at, user_name, command, action, table_name, key, before_image, after_image, hash, rows_digest FROM main.audit ORDER BY id",
    "audit_head": "SELECT id, lines, hash, tallies FROM main.audit_head ORDER BY id",
    "row_mark": "SELECT id, line, table_name, keys, marks FROM main.row_mark ORDER BY id",
}

COLUMNS: dict[str, str] = {
    "person": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth",
    "person_number": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id",
    "stay": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, left_recorded_at, departure_reason, out_of_scope_from, out_of_scope_reason, records_from, voided_at, voided_why",
    "move": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, at_minute",
    "key_worker": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity",
    "worker_status": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on",
    "allocation": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, ended_recorded_at, end_reason, ended_by",
    "rota_slot": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on",
    "session": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, source",
    "session_amendment": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, amended_at, field, old, new, why",
    "event": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source",
    "absence": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on",
    "acct": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held",
    "acct_review": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution",
    "need": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome",
    "note_reading": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, read_on, read_by, found, action, voided_at",
    "voice_answer": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, asked_on, asked_by, wing, key_worker_said, key_worker_id, last_talk_said, last_talk_on, spoke_freely, voided_at",
    "day_plan": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, plan_on, session_minutes",
    "plan_place": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, day_plan_id, person_id, key_worker_id, start_minute, end_minute, relation",
    "setting": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key, value",
    "person_merge": "id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, kept_person_id, merged_person_id, merged_on, why, moved, undone_on",
    "person_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth, replaced_at, replaced_by",
    "person_number_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id, replaced_at, replaced_by",
    "stay_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, left_recorded_at, departure_reason, out_of_scope_from, out_of_scope_reason, records_from, voided_at, voided_why, replaced_at, replaced_by",
    "move_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, at_minute, replaced_at, replaced_by",
    "key_worker_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity, replaced_at, replaced_by",
    "worker_status_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on, replaced_at, replaced_by",
    "allocation_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, ended_recorded_at, end_reason, ended_by, replaced_at, replaced_by",
    "rota_slot_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on, replaced_at, replaced_by",
    "session_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, source, replaced_at, replaced_by",
    "event_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source, replaced_at, replaced_by",
    "absence_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on, replaced_at, replaced_by",
    "acct_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held, replaced_at, replaced_by",
    "acct_review_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution, replaced_at, replaced_by",
    "need_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome, replaced_at, replaced_by",
    "note_reading_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, read_on, read_by, found, action, voided_at, replaced_at, replaced_by",
    "voice_answer_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, asked_on, asked_by, wing, key_worker_said, key_worker_id, last_talk_said, last_talk_on, spoke_freely, voided_at, replaced_at, replaced_by",
    "day_plan_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, plan_on, session_minutes, replaced_at, replaced_by",
    "plan_place_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, day_plan_id, person_id, key_worker_id, start_minute, end_minute, relation, replaced_at, replaced_by",
    "setting_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key, value, replaced_at, replaced_by",
    "person_merge_past": "version_id, id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, kept_person_id, merged_person_id, merged_on, why, moved, undone_on, replaced_at, replaced_by",
}

UNDATED_ROWS = "SELECT sum(undated) FROM (SELECT count(*) AS undated FROM main.person WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.person_number WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.stay WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.move WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.key_worker WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.worker_status WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.allocation WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.rota_slot WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.session WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.session_amendment WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.event WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.absence WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.acct WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.acct_review WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.need WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.note_reading WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.voice_answer WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.day_plan WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.plan_place WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.setting WHERE NOT recorded_known UNION ALL SELECT count(*) AS undated FROM main.person_merge WHERE NOT recorded_known) AS counts"

TRIGGERS: dict[str, str] = {
    "person_keep": """CREATE TRIGGER person_keep AFTER UPDATE ON person BEGIN INSERT INTO person_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.prison_number, OLD.last_name, OLD.first_name, OLD.search_name, OLD.date_of_birth, NEW.changed_at, NEW.changed_by); END""",
    "person_number_keep": """CREATE TRIGGER person_number_keep AFTER UPDATE ON person_number BEGIN INSERT INTO person_number_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.number, OLD.person_id, NEW.changed_at, NEW.changed_by); END""",
    "stay_keep": """CREATE TRIGGER stay_keep AFTER UPDATE ON stay BEGIN INSERT INTO stay_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, left_recorded_at, departure_reason, out_of_scope_from, out_of_scope_reason, records_from, voided_at, voided_why, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.arrived_on, OLD.location, OLD.arrival_type, OLD.left_on, OLD.left_recorded_at, OLD.departure_reason, OLD.out_of_scope_from, OLD.out_of_scope_reason, OLD.records_from, OLD.voided_at, OLD.voided_why, NEW.changed_at, NEW.changed_by); END""",
    "move_keep": """CREATE TRIGGER move_keep AFTER UPDATE ON move BEGIN INSERT INTO move_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, at_minute, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.moved_on, OLD.location, OLD.at_minute, NEW.changed_at, NEW.changed_by); END""",
    "key_worker_keep": """CREATE TRIGGER key_worker_keep AFTER UPDATE ON key_worker BEGIN INSERT INTO key_worker_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.staff_id, OLD.last_name, OLD.first_name, OLD.search_name, OLD.login, OLD.wing, OLD.capacity, NEW.changed_at, NEW.changed_by); END""",
    "worker_status_keep": """CREATE TRIGGER worker_status_keep AFTER UPDATE ON worker_status BEGIN INSERT INTO worker_status_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.key_worker_id, OLD.status, OLD.from_on, OLD.return_on, OLD.until_on, NEW.changed_at, NEW.changed_by); END""",
    "allocation_keep": """CREATE TRIGGER allocation_keep AFTER UPDATE ON allocation BEGIN INSERT INTO allocation_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, ended_recorded_at, end_reason, ended_by, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.key_worker_id, OLD.allocated_on, OLD.allocated_at, OLD.allocation_reason, OLD.allocated_by, OLD.because, OLD.acknowledged_on, OLD.ended_on, OLD.ended_recorded_at, OLD.end_reason, OLD.ended_by, NEW.changed_at, NEW.changed_by); END""",
    "rota_slot_keep": """CREATE TRIGGER rota_slot_keep AFTER UPDATE ON rota_slot BEGIN INSERT INTO rota_slot_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.key_worker_id, OLD.slot_on, OLD.start_minute, OLD.end_minute, OLD.status, OLD.reason, OLD.published_on, NEW.changed_at, NEW.changed_by); END""",
    "session_keep": """CREATE TRIGGER session_keep AFTER UPDATE ON session BEGIN INSERT INTO session_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, source, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.key_worker_id, OLD.held_on, OLD.start_minute, OLD.type, OLD.minutes, OLD.outcome, OLD.mode, OLD.place, OLD.topics, OLD.declined_topics, OLD.note, OLD.note_at, OLD.prisoner_said, OLD.next_session_on, OLD.voided_at, OLD.source, NEW.changed_at, NEW.changed_by); END""",
    "event_keep": """CREATE TRIGGER event_keep AFTER UPDATE ON event BEGIN INSERT INTO event_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.code, OLD.event_on, OLD.at_minute, OLD.until_on, OLD.confidence, OLD.detail, OLD.source, NEW.changed_at, NEW.changed_by); END""",
    "absence_keep": """CREATE TRIGGER absence_keep AFTER UPDATE ON absence BEGIN INSERT INTO absence_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.reason, OLD.from_on, OLD.to_on, NEW.changed_at, NEW.changed_by); END""",
    "acct_keep": """CREATE TRIGGER acct_keep AFTER UPDATE ON acct BEGIN INSERT INTO acct_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.opened_on, OLD.closed_on, OLD.post_closure_review_due, OLD.post_closure_review_held, NEW.changed_at, NEW.changed_by); END""",
    "acct_review_keep": """CREATE TRIGGER acct_review_keep AFTER UPDATE ON acct_review BEGIN INSERT INTO acct_review_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.due_on, OLD.held_on, OLD.key_worker_invited, OLD.key_worker_contribution, NEW.changed_at, NEW.changed_by); END""",
    "need_keep": """CREATE TRIGGER need_keep AFTER UPDATE ON need BEGIN INSERT INTO need_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.raised_on, OLD.text, OLD.owner, OLD.due_on, OLD.closed_on, OLD.outcome, NEW.changed_at, NEW.changed_by); END""",
    "note_reading_keep": """CREATE TRIGGER note_reading_keep AFTER UPDATE ON note_reading BEGIN INSERT INTO note_reading_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, read_on, read_by, found, action, voided_at, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.session_id, OLD.read_on, OLD.read_by, OLD.found, OLD.action, OLD.voided_at, NEW.changed_at, NEW.changed_by); END""",
    "voice_answer_keep": """CREATE TRIGGER voice_answer_keep AFTER UPDATE ON voice_answer BEGIN INSERT INTO voice_answer_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, asked_on, asked_by, wing, key_worker_said, key_worker_id, last_talk_said, last_talk_on, spoke_freely, voided_at, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.asked_on, OLD.asked_by, OLD.wing, OLD.key_worker_said, OLD.key_worker_id, OLD.last_talk_said, OLD.last_talk_on, OLD.spoke_freely, OLD.voided_at, NEW.changed_at, NEW.changed_by); END""",
    "day_plan_keep": """CREATE TRIGGER day_plan_keep AFTER UPDATE ON day_plan BEGIN INSERT INTO day_plan_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, plan_on, session_minutes, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.plan_on, OLD.session_minutes, NEW.changed_at, NEW.changed_by); END""",
    "plan_place_keep": """CREATE TRIGGER plan_place_keep AFTER UPDATE ON plan_place BEGIN INSERT INTO plan_place_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, day_plan_id, person_id, key_worker_id, start_minute, end_minute, relation, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.day_plan_id, OLD.person_id, OLD.key_worker_id, OLD.start_minute, OLD.end_minute, OLD.relation, NEW.changed_at, NEW.changed_by); END""",
    "setting_keep": """CREATE TRIGGER setting_keep AFTER UPDATE ON setting BEGIN INSERT INTO setting_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key, value, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.key, OLD.value, NEW.changed_at, NEW.changed_by); END""",
    "person_merge_keep": """CREATE TRIGGER person_merge_keep AFTER UPDATE ON person_merge BEGIN INSERT INTO person_merge_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, kept_person_id, merged_person_id, merged_on, why, moved, undone_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.kept_person_id, OLD.merged_person_id, OLD.merged_on, OLD.why, OLD.moved, OLD.undone_on, NEW.changed_at, NEW.changed_by); END""",
    "person_no_delete": """CREATE TRIGGER person_no_delete BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person'); END""",
    "person_number_no_delete": """CREATE TRIGGER person_number_no_delete BEFORE DELETE ON person_number BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_number'); END""",
    "stay_no_delete": """CREATE TRIGGER stay_no_delete BEFORE DELETE ON stay BEGIN SELECT RAISE(ABORT, 'kw keeps every line of stay'); END""",
    "move_no_delete": """CREATE TRIGGER move_no_delete BEFORE DELETE ON move BEGIN SELECT RAISE(ABORT, 'kw keeps every line of move'); END""",
    "key_worker_no_delete": """CREATE TRIGGER key_worker_no_delete BEFORE DELETE ON key_worker BEGIN SELECT RAISE(ABORT, 'kw keeps every line of key_worker'); END""",
    "worker_status_no_delete": """CREATE TRIGGER worker_status_no_delete BEFORE DELETE ON worker_status BEGIN SELECT RAISE(ABORT, 'kw keeps every line of worker_status'); END""",
    "allocation_no_delete": """CREATE TRIGGER allocation_no_delete BEFORE DELETE ON allocation BEGIN SELECT RAISE(ABORT, 'kw keeps every line of allocation'); END""",
    "rota_slot_no_delete": """CREATE TRIGGER rota_slot_no_delete BEFORE DELETE ON rota_slot BEGIN SELECT RAISE(ABORT, 'kw keeps every line of rota_slot'); END""",
    "session_no_delete": """CREATE TRIGGER session_no_delete BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session'); END""",
    "session_amendment_no_delete": """CREATE TRIGGER session_amendment_no_delete BEFORE DELETE ON session_amendment BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_amendment'); END""",
    "event_no_delete": """CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'kw keeps every line of event'); END""",
    "absence_no_delete": """CREATE TRIGGER absence_no_delete BEFORE DELETE ON absence BEGIN SELECT RAISE(ABORT, 'kw keeps every line of absence'); END""",
    "acct_no_delete": """CREATE TRIGGER acct_no_delete BEFORE DELETE ON acct BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct'); END""",
    "acct_review_no_delete": """CREATE TRIGGER acct_review_no_delete BEFORE DELETE ON acct_review BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_review'); END""",
    "need_no_delete": """CREATE TRIGGER need_no_delete BEFORE DELETE ON need BEGIN SELECT RAISE(ABORT, 'kw keeps every line of need'); END""",
    "note_reading_no_delete": """CREATE TRIGGER note_reading_no_delete BEFORE DELETE ON note_reading BEGIN SELECT RAISE(ABORT, 'kw keeps every line of note_reading'); END""",
    "voice_answer_no_delete": """CREATE TRIGGER voice_answer_no_delete BEFORE DELETE ON voice_answer BEGIN SELECT RAISE(ABORT, 'kw keeps every line of voice_answer'); END""",
    "day_plan_no_delete": """CREATE TRIGGER day_plan_no_delete BEFORE DELETE ON day_plan BEGIN SELECT RAISE(ABORT, 'kw keeps every line of day_plan'); END""",
    "plan_place_no_delete": """CREATE TRIGGER plan_place_no_delete BEFORE DELETE ON plan_place BEGIN SELECT RAISE(ABORT, 'kw keeps every line of plan_place'); END""",
    "setting_no_delete": """CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting BEGIN SELECT RAISE(ABORT, 'kw keeps every line of setting'); END""",
    "person_merge_no_delete": """CREATE TRIGGER person_merge_no_delete BEFORE DELETE ON person_merge BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_merge'); END""",
    "audit_no_delete": """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit'); END""",
    "audit_head_no_delete": """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit_head'); END""",
    "row_mark_no_delete": """CREATE TRIGGER row_mark_no_delete BEFORE DELETE ON row_mark BEGIN SELECT RAISE(ABORT, 'kw keeps every line of row_mark'); END""",
    "session_amendment_no_update": """CREATE TRIGGER session_amendment_no_update BEFORE UPDATE ON session_amendment BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_amendment'); END""",
    "audit_no_update": """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit'); END""",
    "row_mark_no_update": """CREATE TRIGGER row_mark_no_update BEFORE UPDATE ON row_mark BEGIN SELECT RAISE(ABORT, 'kw keeps every line of row_mark'); END""",
    "person_past_no_update": """CREATE TRIGGER person_past_no_update BEFORE UPDATE ON person_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_past'); END""",
    "person_number_past_no_update": """CREATE TRIGGER person_number_past_no_update BEFORE UPDATE ON person_number_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_number_past'); END""",
    "stay_past_no_update": """CREATE TRIGGER stay_past_no_update BEFORE UPDATE ON stay_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of stay_past'); END""",
    "move_past_no_update": """CREATE TRIGGER move_past_no_update BEFORE UPDATE ON move_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of move_past'); END""",
    "key_worker_past_no_update": """CREATE TRIGGER key_worker_past_no_update BEFORE UPDATE ON key_worker_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of key_worker_past'); END""",
    "worker_status_past_no_update": """CREATE TRIGGER worker_status_past_no_update BEFORE UPDATE ON worker_status_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of worker_status_past'); END""",
    "allocation_past_no_update": """CREATE TRIGGER allocation_past_no_update BEFORE UPDATE ON allocation_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of allocation_past'); END""",
    "rota_slot_past_no_update": """CREATE TRIGGER rota_slot_past_no_update BEFORE UPDATE ON rota_slot_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of rota_slot_past'); END""",
    "session_past_no_update": """CREATE TRIGGER session_past_no_update BEFORE UPDATE ON session_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_past'); END""",
    "event_past_no_update": """CREATE TRIGGER event_past_no_update BEFORE UPDATE ON event_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of event_past'); END""",
    "absence_past_no_update": """CREATE TRIGGER absence_past_no_update BEFORE UPDATE ON absence_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of absence_past'); END""",
    "acct_past_no_update": """CREATE TRIGGER acct_past_no_update BEFORE UPDATE ON acct_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_past'); END""",
    "acct_review_past_no_update": """CREATE TRIGGER acct_review_past_no_update BEFORE UPDATE ON acct_review_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_review_past'); END""",
    "need_past_no_update": """CREATE TRIGGER need_past_no_update BEFORE UPDATE ON need_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of need_past'); END""",
    "note_reading_past_no_update": """CREATE TRIGGER note_reading_past_no_update BEFORE UPDATE ON note_reading_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of note_reading_past'); END""",
    "voice_answer_past_no_update": """CREATE TRIGGER voice_answer_past_no_update BEFORE UPDATE ON voice_answer_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of voice_answer_past'); END""",
    "day_plan_past_no_update": """CREATE TRIGGER day_plan_past_no_update BEFORE UPDATE ON day_plan_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of day_plan_past'); END""",
    "plan_place_past_no_update": """CREATE TRIGGER plan_place_past_no_update BEFORE UPDATE ON plan_place_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of plan_place_past'); END""",
    "setting_past_no_update": """CREATE TRIGGER setting_past_no_update BEFORE UPDATE ON setting_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of setting_past'); END""",
    "person_merge_past_no_update": """CREATE TRIGGER person_merge_past_no_update BEFORE UPDATE ON person_merge_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_merge_past'); END""",
    "person_past_no_delete": """CREATE TRIGGER person_past_no_delete BEFORE DELETE ON person_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_past'); END""",
    "person_number_past_no_delete": """CREATE TRIGGER person_number_past_no_delete BEFORE DELETE ON person_number_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_number_past'); END""",
    "stay_past_no_delete": """CREATE TRIGGER stay_past_no_delete BEFORE DELETE ON stay_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of stay_past'); END""",
    "move_past_no_delete": """CREATE TRIGGER move_past_no_delete BEFORE DELETE ON move_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of move_past'); END""",
    "key_worker_past_no_delete": """CREATE TRIGGER key_worker_past_no_delete BEFORE DELETE ON key_worker_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of key_worker_past'); END""",
    "worker_status_past_no_delete": """CREATE TRIGGER worker_status_past_no_delete BEFORE DELETE ON worker_status_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of worker_status_past'); END""",
    "allocation_past_no_delete": """CREATE TRIGGER allocation_past_no_delete BEFORE DELETE ON allocation_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of allocation_past'); END""",
    "rota_slot_past_no_delete": """CREATE TRIGGER rota_slot_past_no_delete BEFORE DELETE ON rota_slot_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of rota_slot_past'); END""",
    "session_past_no_delete": """CREATE TRIGGER session_past_no_delete BEFORE DELETE ON session_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_past'); END""",
    "event_past_no_delete": """CREATE TRIGGER event_past_no_delete BEFORE DELETE ON event_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of event_past'); END""",
    "absence_past_no_delete": """CREATE TRIGGER absence_past_no_delete BEFORE DELETE ON absence_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of absence_past'); END""",
    "acct_past_no_delete": """CREATE TRIGGER acct_past_no_delete BEFORE DELETE ON acct_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_past'); END""",
    "acct_review_past_no_delete": """CREATE TRIGGER acct_review_past_no_delete BEFORE DELETE ON acct_review_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_review_past'); END""",
    "need_past_no_delete": """CREATE TRIGGER need_past_no_delete BEFORE DELETE ON need_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of need_past'); END""",
    "note_reading_past_no_delete": """CREATE TRIGGER note_reading_past_no_delete BEFORE DELETE ON note_reading_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of note_reading_past'); END""",
    "voice_answer_past_no_delete": """CREATE TRIGGER voice_answer_past_no_delete BEFORE DELETE ON voice_answer_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of voice_answer_past'); END""",
    "day_plan_past_no_delete": """CREATE TRIGGER day_plan_past_no_delete BEFORE DELETE ON day_plan_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of day_plan_past'); END""",
    "plan_place_past_no_delete": """CREATE TRIGGER plan_place_past_no_delete BEFORE DELETE ON plan_place_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of plan_place_past'); END""",
    "setting_past_no_delete": """CREATE TRIGGER setting_past_no_delete BEFORE DELETE ON setting_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of setting_past'); END""",
    "person_merge_past_no_delete": """CREATE TRIGGER person_merge_past_no_delete BEFORE DELETE ON person_merge_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_merge_past'); END""",
}

OWN_TABLES: tuple[str, ...] = (
    "person",
    "person_number",
    "stay",
    "move",
    "key_worker",
    "worker_status",
    "allocation",
    "rota_slot",
    "session",
    "session_amendment",
    "event",
    "absence",
    "acct",
    "acct_review",
    "need",
    "note_reading",
    "voice_answer",
    "day_plan",
    "plan_place",
    "setting",
    "person_merge",
    "audit",
    "audit_head",
    "row_mark",
    "person_past",
    "person_number_past",
    "stay_past",
    "move_past",
    "key_worker_past",
    "worker_status_past",
    "allocation_past",
    "rota_slot_past",
    "session_past",
    "event_past",
    "absence_past",
    "acct_past",
    "acct_review_past",
    "need_past",
    "note_reading_past",
    "voice_answer_past",
    "day_plan_past",
    "plan_place_past",
    "setting_past",
    "person_merge_past",
    "alembic_version",
)

VIEWS: dict[str, str] = {
    "v_today": """
SELECT date('now', CASE WHEN datetime('now') >= datetime(strftime('%Y-03-25', 'now'), 'weekday 0', '+1 hour') AND datetime('now') < datetime(strftime('%Y-10-25', 'now'), 'weekday 0', '+1 hour') THEN '+1 hour' ELSE '+0 hours' END) AS day
""",
    "v_prisoner": """
SELECT person.prison_number, person.last_name, person.first_name, person.date_of_birth, CASE WHEN (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today)) THEN 'yes' ELSE 'no' END AS here, coalesce(moved.location, stay.location) AS location, substr(CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= (SELECT day FROM v_today) AND moved_to_cell.location LIKE '%-%' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_to_cell.person_id AND died.departure_reason = 'DIED' AND moved_to_cell.recorded_known = 1 AND moved_to_cell.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END, 1, instr(CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= (SELECT day FROM v_today) AND moved_to_cell.location LIKE '%-%' AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_to_cell.person_id AND died.departure_reason = 'DIED' AND moved_to_cell.recorded_known = 1 AND moved_to_cell.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END, '-') - 1) AS wing, stay.arrived_on, replace(lower(stay.arrival_type), '_', ' ') AS arrived_by, CASE WHEN (NOT (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today))) THEN stay.left_on END AS left_on, CASE WHEN (NOT (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today))) THEN replace(lower(stay.departure_reason), '_', ' ') END AS left_by, stay.out_of_scope_from, stay.out_of_scope_reason, worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker
FROM person AS person JOIN stay AS stay ON stay.person_id = person.id LEFT OUTER JOIN allocation AS held ON held.person_id = person.id AND held.allocated_on <= (SELECT day FROM v_today) AND (held.ended_on IS NULL OR held.ended_on > (SELECT day FROM v_today)) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN move AS moved ON moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= (SELECT day FROM v_today) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved.person_id AND died.departure_reason = 'DIED' AND moved.recorded_known = 1 AND moved.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND (NOT (EXISTS (SELECT moved_again.id
FROM move AS moved_again
WHERE moved_again.person_id = moved.person_id AND moved_again.moved_on >= moved.moved_on AND moved_again.moved_on <= (SELECT day FROM v_today) AND moved_again.id != moved.id AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_again.person_id AND died.departure_reason = 'DIED' AND moved_again.recorded_known = 1 AND moved_again.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))))) OR NOT (EXISTS (SELECT moved_later.id
FROM move AS moved_later
WHERE moved_later.person_id = moved.person_id AND moved_later.moved_on > moved.moved_on AND moved_later.moved_on <= (SELECT day FROM v_today) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_later.person_id AND died.departure_reason = 'DIED' AND moved_later.recorded_known = 1 AND moved_later.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))))) AND moved.id = (SELECT moved_that_day.id
FROM move AS moved_that_day
WHERE moved_that_day.person_id = moved.person_id AND moved_that_day.moved_on = moved.moved_on AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = moved_that_day.person_id AND died.departure_reason = 'DIED' AND moved_that_day.recorded_known = 1 AND moved_that_day.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) ORDER BY moved_that_day.moved_on DESC, coalesce(moved_that_day.at_minute, (SELECT max(timed_before.at_minute) AS max_2
FROM move AS timed_before
WHERE timed_before.person_id = moved_that_day.person_id AND timed_before.moved_on = moved_that_day.moved_on AND timed_before.id < moved_that_day.id), -1) DESC, moved_that_day.id DESC
LIMIT 1 OFFSET 0))
WHERE stay.voided_at IS NULL AND stay.arrived_on = (SELECT max(newer.arrived_on) AS max_3
FROM stay AS newer
WHERE newer.person_id = person.id AND newer.voided_at IS NULL AND newer.arrived_on <= (SELECT day FROM v_today)) ORDER BY person.last_name, person.first_name, person.prison_number
""",
    "v_key_worker": """
SELECT worker.staff_id, worker.last_name, worker.first_name, worker.wing, coalesce(worker.capacity, coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'capacity.default'), 6)) AS capacity, coalesce(replace(lower(spell.status), '_', ' '), 'active') AS status, spell.return_on, (SELECT count(*) AS count_1
FROM allocation AS held JOIN stay AS stay ON stay.person_id = held.person_id
WHERE held.key_worker_id = worker.id AND held.person_id = held.person_id AND held.allocated_on <= (SELECT day FROM v_today) AND (held.ended_on IS NULL OR held.ended_on > (SELECT day FROM v_today)) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = held.person_id AND died.departure_reason = 'DIED' AND held.recorded_known = 1 AND held.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))) AND stay.voided_at IS NULL AND stay.arrived_on <= (SELECT day FROM v_today) AND (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today)) AND (stay.out_of_scope_from IS NULL OR stay.out_of_scope_from > (SELECT day FROM v_today))) AS prisoners
FROM key_worker AS worker LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = worker.id AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = worker.id AND newer.from_on <= (SELECT day FROM v_today)) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= (SELECT day FROM v_today)) AND (spell.until_on IS NULL OR spell.until_on > (SELECT day FROM v_today)) ORDER BY worker.last_name, worker.first_name, worker.staff_id
""",
    "v_allocation": """
SELECT person.prison_number, person.last_name || ', ' || person.first_name AS prisoner, worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker, CASE WHEN (EXISTS (SELECT of_stay.id
FROM stay AS of_stay
WHERE of_stay.person_id = held.person_id AND of_stay.voided_at IS NULL AND of_stay.arrived_on <= held.allocated_on AND (of_stay.left_on IS NULL OR of_stay.left_on >= held.allocated_on))) THEN held.allocated_on ELSE coalesce((SELECT min(next_stay.arrived_on) AS min_1
FROM stay AS next_stay
WHERE next_stay.person_id = held.person_id AND next_stay.voided_at IS NULL AND next_stay.arrived_on > held.allocated_on), held.allocated_on) END AS allocated_on, replace(lower(held.allocation_reason), '_', ' ') AS allocated_as, held.allocated_by, held.acknowledged_on, held.ended_on, replace(lower(held.end_reason), '_', ' ') AS ended_as
FROM allocation AS held JOIN person AS person ON person.id = held.person_id JOIN key_worker AS worker ON worker.id = held.key_worker_id
WHERE held.ended_on IS NULL OR held.ended_on > held.allocated_on ORDER BY person.prison_number, held.allocated_on
""",
    "v_session": """
SELECT person.prison_number, person.last_name || ', ' || person.first_name AS prisoner, worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker, session.held_on, CASE WHEN session.start_minute IS NOT NULL THEN printf('%02d:%02d', session.start_minute / 60, session.start_minute % 60) END AS start, CASE WHEN (session.type = 'KS') THEN 'session' ELSE 'entry' END AS type, replace(lower(session.outcome), '_', ' ') AS outcome, session.minutes, CASE WHEN (session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND (session.minutes IS NULL OR session.minutes >= coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'session.min_minutes'), 15)) AND (session.place IS NULL OR replace((';' || replace(replace(lower(coalesce((SELECT value FROM setting WHERE key = 'session.uncounted_places'), 'cell door; hatch; landing; observation panel')), '; ', ';'), ' ;', ';') || ';'), ';' || lower(trim(session.place)) || ';', '') = (';' || replace(replace(lower(coalesce((SELECT value FROM setting WHERE key = 'session.uncounted_places'), 'cell door; hatch; landing; observation panel')), '; ', ';'), ' ;', ';') || ';')) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) THEN 'yes' ELSE 'no' END AS counted, replace(lower(session.mode), '_', ' ') AS mode, session.place, replace(lower(session.topics), '_', ' ') AS topics, session.next_session_on, session.recorded_at, session.recorded_by
FROM session AS session JOIN person AS person ON person.id = session.person_id JOIN key_worker AS worker ON worker.id = session.key_worker_id
WHERE session.voided_at IS NULL AND session.held_on <= (SELECT day FROM v_today) ORDER BY session.held_on, session.start_minute, person.prison_number
""",
    "v_slot": """
SELECT worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker, worker.wing, slot.slot_on AS day, CASE WHEN slot.start_minute IS NOT NULL THEN printf('%02d:%02d', slot.start_minute / 60, slot.start_minute % 60) END AS start, CASE WHEN slot.end_minute IS NOT NULL THEN printf('%02d:%02d', slot.end_minute / 60, slot.end_minute % 60) END AS "end", (slot.end_minute - slot.start_minute + CASE WHEN slot.start_minute < 120 AND slot.end_minute >= 120 AND slot.slot_on = date(substr(slot.slot_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') THEN -60 WHEN slot.start_minute < 120 AND slot.end_minute >= 120 AND slot.slot_on = date(substr(slot.slot_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 60 ELSE 0 END) AS minutes, replace(lower(slot.status), '_', ' ') AS status, replace(lower(slot.reason), '_', ' ') AS reason, slot.published_on
FROM rota_slot AS slot JOIN key_worker AS worker ON worker.id = slot.key_worker_id
WHERE slot.published_on IS NULL OR slot.published_on <= (SELECT day FROM v_today) ORDER BY slot.slot_on, slot.start_minute, worker.staff_id
""",
    "v_event": """
SELECT person.prison_number, person.last_name || ', ' || person.first_name AS prisoner, event.code, CASE WHEN (event.code = 'ACCT') THEN 'ACCT open' WHEN (event.code = 'ACCT_PC') THEN 'ACCT post-closure' WHEN (event.code = 'SELF_HARM') THEN 'self-harm in custody' WHEN (event.code = 'SELF_HARM_HISTORY') THEN 'history of self-harm' WHEN (event.code = 'SEG') THEN 'in segregation' WHEN (event.code = 'SEG_REPEAT') THEN 'in segregation twice or more in 90 days' WHEN (event.code = 'BASIC') THEN 'on Basic' WHEN (event.code = 'VIOLENCE_TO_PRISONER') THEN 'violence to a prisoner' WHEN (event.code = 'ANTISOCIAL') THEN 'antisocial or suddenly changed behaviour' WHEN (event.code = 'CSIP') THEN 'challenge, support and intervention plan open' WHEN (event.code = 'SUBSTANCE') THEN 'substance misuse' WHEN (event.code = 'UNDER_INFLUENCE') THEN 'found under the influence' WHEN (event.code = 'SUBSTANCE_REFERRAL') THEN 'referred to the recovery worker, or a care plan' WHEN (event.code = 'DEPRESSION') THEN 'depression known to staff' WHEN (event.code = 'ANXIETY') THEN 'anxiety known to staff' WHEN (event.code = 'DEBT') THEN 'in debt' WHEN (event.code = 'BULLIED') THEN 'being bullied' WHEN (event.code = 'SELF_ISOLATING') THEN 'isolating himself' WHEN (event.code = 'FOOD_REFUSAL') THEN 'refusing food' WHEN (event.code = 'RELATIONSHIP') THEN 'relationship broken down, or contact stopped' WHEN (event.code = 'NO_CONTACT') THEN 'no visits or calls for 28 days' WHEN (event.code = 'EDUCATION') THEN 'fallen behind, or lost work or study' WHEN (event.code = 'LONG_SENTENCE') THEN 'long sentence, facing or just given' WHEN (event.code = 'EARLY_DAYS') THEN 'first 28 days here' WHEN (event.code = 'TRANSFER') THEN 'transferred in' WHEN (event.code = 'RECALL') THEN 'recalled' WHEN (event.code = 'FIRST_CUSTODY') THEN 'first time in custody' WHEN (event.code = 'COURT') THEN 'court within 3 days' WHEN (event.code = 'SETBACK') THEN 'bad news of his sentence or status' WHEN (event.code = 'IPP') THEN 'serving an indeterminate sentence (IPP)' WHEN (event.code = 'ACCT_REPEAT') THEN 'three ACCTs or more in 26 weeks' WHEN (event.code = 'SEG_ON_ACCT') THEN 'in segregation with an ACCT open' WHEN (event.code = 'REVIEW_LATE') THEN 'ACCT review not held when due' WHEN (event.code = 'MOVED_REPEAT') THEN 'moved three times or more in 28 days' WHEN (event.code = 'LOCAL') THEN 'on a local priority list' WHEN (event.code = 'NO_ONE_TO_ONE') THEN 'no one-to-one with this prisoner (RNO121)' ELSE replace(lower(event.code), '_', ' ') END AS event, event.event_on AS day, CASE WHEN event.at_minute IS NOT NULL THEN printf('%02d:%02d', event.at_minute / 60, event.at_minute % 60) END AS time, event.until_on, replace(lower(event.confidence), '_', ' ') AS confidence, event.detail, event.source, event.recorded_at, event.recorded_by
FROM event AS event JOIN person AS person ON person.id = event.person_id
WHERE event.event_on <= (SELECT day FROM v_today) ORDER BY event.event_on, event.at_minute, person.prison_number
""",
    "v_gap": """
SELECT person.prison_number, person.last_name, person.first_name, coalesce(moved.location, stay.location) AS location, substr(CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= (SELECT day FROM v_today) AND moved_to_cell.location LIKE '%-%' AND (death.id IS NULL OR moved_to_cell.recorded_known = 0 OR moved_to_cell.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END, 1, instr(CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= (SELECT day FROM v_today) AND moved_to_cell.location LIKE '%-%' AND (death.id IS NULL OR moved_to_cell.recorded_known = 0 OR moved_to_cell.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END, '-') - 1) AS wing, worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker, stay.arrived_on, last.held_on AS last_session_on, holder.last_name || ', ' || holder.first_name AS last_session_by, coalesce(last.held_on, stay.arrived_on) AS since, CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) AS days, CASE WHEN (CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) < coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.days'), 7)) THEN 'ok' WHEN (CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) = coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.days'), 7)) THEN 'due' WHEN (CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) <= CASE WHEN (coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.serious_days'), 28) > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.days'), 7)) THEN coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.serious_days'), 28) ELSE coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.days'), 7) END) THEN 'overdue' ELSE 'serious' END AS state, CASE WHEN (last.id IS NULL) THEN 'yes' ELSE 'no' END AS never_seen, CASE WHEN (absence.reason = 'COURT') THEN 'at court' WHEN (absence.reason = 'HOSPITAL') THEN 'in hospital' WHEN (absence.reason = 'TEMPORARY_ABSENCE') THEN 'on temporary absence' ELSE replace(lower(absence.reason), '_', ' ') END AS away, (SELECT day FROM v_today) AS as_of
FROM stay AS stay JOIN person AS person ON person.id = stay.person_id LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= (SELECT day FROM v_today) AND (held.ended_on IS NULL OR held.ended_on > (SELECT day FROM v_today)) AND (death.id IS NULL OR held.recorded_known = 0 OR held.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN session AS last ON last.id = (SELECT seen.id
FROM session AS seen
WHERE seen.person_id = stay.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= (SELECT day FROM v_today) AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND (seen.minutes IS NULL OR seen.minutes >= coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'session.min_minutes'), 15)) AND (seen.place IS NULL OR replace((';' || replace(replace(lower(coalesce((SELECT value FROM setting WHERE key = 'session.uncounted_places'), 'cell door; hatch; landing; observation panel')), '; ', ';'), ' ;', ';') || ';'), ';' || lower(trim(seen.place)) || ';', '') = (';' || replace(replace(lower(coalesce((SELECT value FROM setting WHERE key = 'session.uncounted_places'), 'cell door; hatch; landing; observation panel')), '; ', ';'), ' ;', ';') || ';')) AND (death.id IS NULL OR seen.recorded_known = 0 OR seen.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY seen.held_on DESC, coalesce(seen.start_minute, -1) DESC, seen.key_worker_id DESC, seen.type DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS holder ON holder.id = last.key_worker_id LEFT OUTER JOIN move AS moved ON moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= (SELECT day FROM v_today) AND (death.id IS NULL OR moved.recorded_known = 0 OR moved.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) AND (NOT (EXISTS (SELECT moved_again.id
FROM move AS moved_again
WHERE moved_again.person_id = moved.person_id AND moved_again.moved_on >= moved.moved_on AND moved_again.moved_on <= (SELECT day FROM v_today) AND moved_again.id != moved.id AND (death.id IS NULL OR moved_again.recorded_known = 0 OR moved_again.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) OR NOT (EXISTS (SELECT moved_later.id
FROM move AS moved_later
WHERE moved_later.person_id = moved.person_id AND moved_later.moved_on > moved.moved_on AND moved_later.moved_on <= (SELECT day FROM v_today) AND (death.id IS NULL OR moved_later.recorded_known = 0 OR moved_later.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) AND moved.id = (SELECT moved_that_day.id
FROM move AS moved_that_day
WHERE moved_that_day.person_id = moved.person_id AND moved_that_day.moved_on = moved.moved_on AND (death.id IS NULL OR moved_that_day.recorded_known = 0 OR moved_that_day.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY moved_that_day.moved_on DESC, coalesce(moved_that_day.at_minute, (SELECT max(timed_before.at_minute) AS max_2
FROM move AS timed_before
WHERE timed_before.person_id = moved_that_day.person_id AND timed_before.moved_on = moved_that_day.moved_on AND timed_before.id < moved_that_day.id), -1) DESC, moved_that_day.id DESC
LIMIT 1 OFFSET 0)) LEFT OUTER JOIN absence AS absence ON absence.person_id = stay.person_id AND absence.from_on <= (SELECT day FROM v_today) AND (absence.to_on IS NULL OR absence.to_on > (SELECT day FROM v_today)) AND NOT (EXISTS (SELECT away_again.id
FROM absence AS away_again
WHERE away_again.person_id = absence.person_id AND away_again.from_on > absence.from_on AND away_again.from_on <= (SELECT day FROM v_today) AND (away_again.to_on IS NULL OR away_again.to_on > (SELECT day FROM v_today)) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = away_again.person_id AND died.departure_reason = 'DIED' AND away_again.recorded_known = 1 AND away_again.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))))) AND (death.id IS NULL OR absence.recorded_known = 0 OR absence.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= (SELECT day FROM v_today) AND (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today)) AND (stay.out_of_scope_from IS NULL OR stay.out_of_scope_from > (SELECT day FROM v_today)) ORDER BY CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) DESC, person.prison_number
""",
}

VIEW_COLUMNS: dict[str, tuple[str, ...]] = {
    "v_prisoner": ("prison_number", "last_name", "first_name", "date_of_birth", "here", "location", "wing", "arrived_on", "arrived_by", "left_on", "left_by", "out_of_scope_from", "out_of_scope_reason", "staff_id", "key_worker"),
    "v_key_worker": ("staff_id", "last_name", "first_name", "wing", "capacity", "status", "return_on", "prisoners"),
    "v_allocation": ("prison_number", "prisoner", "staff_id", "key_worker", "allocated_on", "allocated_as", "allocated_by", "acknowledged_on", "ended_on", "ended_as"),
    "v_session": ("prison_number", "prisoner", "staff_id", "key_worker", "held_on", "start", "type", "outcome", "minutes", "counted", "mode", "place", "topics", "next_session_on", "recorded_at", "recorded_by"),
    "v_slot": ("staff_id", "key_worker", "wing", "day", "start", "end", "minutes", "status", "reason", "published_on"),
    "v_event": ("prison_number", "prisoner", "code", "event", "day", "time", "until_on", "confidence", "detail", "source", "recorded_at", "recorded_by"),
    "v_gap": ("prison_number", "last_name", "first_name", "location", "wing", "staff_id", "key_worker", "arrived_on", "last_session_on", "last_session_by", "since", "days", "state", "never_seen", "away", "as_of"),
}

ROWS_PER_TABLE = "SELECT 'person', count(*) FROM main.person UNION ALL SELECT 'person_number', count(*) FROM main.person_number UNION ALL SELECT 'stay', count(*) FROM main.stay UNION ALL SELECT 'move', count(*) FROM main.move UNION ALL SELECT 'key_worker', count(*) FROM main.key_worker UNION ALL SELECT 'worker_status', count(*) FROM main.worker_status UNION ALL SELECT 'allocation', count(*) FROM main.allocation UNION ALL SELECT 'rota_slot', count(*) FROM main.rota_slot UNION ALL SELECT 'session', count(*) FROM main.session UNION ALL SELECT 'session_amendment', count(*) FROM main.session_amendment UNION ALL SELECT 'event', count(*) FROM main.event UNION ALL SELECT 'absence', count(*) FROM main.absence UNION ALL SELECT 'acct', count(*) FROM main.acct UNION ALL SELECT 'acct_review', count(*) FROM main.acct_review UNION ALL SELECT 'need', count(*) FROM main.need UNION ALL SELECT 'note_reading', count(*) FROM main.note_reading UNION ALL SELECT 'voice_answer', count(*) FROM main.voice_answer UNION ALL SELECT 'day_plan', count(*) FROM main.day_plan UNION ALL SELECT 'plan_place', count(*) FROM main.plan_place UNION ALL SELECT 'setting', count(*) FROM main.setting UNION ALL SELECT 'person_merge', count(*) FROM main.person_merge UNION ALL SELECT 'audit', count(*) FROM main.audit UNION ALL SELECT 'audit_head', count(*) FROM main.audit_head UNION ALL SELECT 'row_mark', count(*) FROM main.row_mark UNION ALL SELECT 'person_past', count(*) FROM main.person_past UNION ALL SELECT 'person_number_past', count(*) FROM main.person_number_past UNION ALL SELECT 'stay_past', count(*) FROM main.stay_past UNION ALL SELECT 'move_past', count(*) FROM main.move_past UNION ALL SELECT 'key_worker_past', count(*) FROM main.key_worker_past UNION ALL SELECT 'worker_status_past', count(*) FROM main.worker_status_past UNION ALL SELECT 'allocation_past', count(*) FROM main.allocation_past UNION ALL SELECT 'rota_slot_past', count(*) FROM main.rota_slot_past UNION ALL SELECT 'session_past', count(*) FROM main.session_past UNION ALL SELECT 'event_past', count(*) FROM main.event_past UNION ALL SELECT 'absence_past', count(*) FROM main.absence_past UNION ALL SELECT 'acct_past', count(*) FROM main.acct_past UNION ALL SELECT 'acct_review_past', count(*) FROM main.acct_review_past UNION ALL SELECT 'need_past', count(*) FROM main.need_past UNION ALL SELECT 'note_reading_past', count(*) FROM main.note_reading_past UNION ALL SELECT 'voice_answer_past', count(*) FROM main.voice_answer_past UNION ALL SELECT 'day_plan_past', count(*) FROM main.day_plan_past UNION ALL SELECT 'plan_place_past', count(*) FROM main.plan_place_past UNION ALL SELECT 'setting_past', count(*) FROM main.setting_past UNION ALL SELECT 'person_merge_past', count(*) FROM main.person_merge_past"
