PRAGMA application_id = 1802960897;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE absence (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	from_on TEXT NOT NULL, 
	to_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT reason_code CHECK (reason IN ('COURT', 'HOSPITAL', 'TEMPORARY_ABSENCE')), 
	CONSTRAINT to_on_not_before_from_on CHECK (to_on >= from_on), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT from_on_is_date CHECK (date(from_on, '+0 days') IS from_on), 
	CONSTRAINT to_on_is_date CHECK (date(to_on, '+0 days') IS to_on)
)
 STRICT

;
CREATE TABLE absence_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	from_on TEXT NOT NULL, 
	to_on TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE acct (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	opened_on TEXT NOT NULL, 
	closed_on TEXT, 
	post_closure_review_due TEXT, 
	post_closure_review_held TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT closed_on_not_before_opened_on CHECK (closed_on >= opened_on), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT opened_on_is_date CHECK (date(opened_on, '+0 days') IS opened_on), 
	CONSTRAINT closed_on_is_date CHECK (date(closed_on, '+0 days') IS closed_on), 
	CONSTRAINT post_closure_review_due_is_date CHECK (date(post_closure_review_due, '+0 days') IS post_closure_review_due), 
	CONSTRAINT post_closure_review_held_is_date CHECK (date(post_closure_review_held, '+0 days') IS post_closure_review_held)
)
 STRICT

;
CREATE TABLE acct_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	opened_on TEXT NOT NULL, 
	closed_on TEXT, 
	post_closure_review_due TEXT, 
	post_closure_review_held TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE acct_review (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	due_on TEXT NOT NULL, 
	held_on TEXT, 
	key_worker_invited INTEGER, 
	key_worker_contribution TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT key_worker_contribution_code CHECK (key_worker_contribution IN ('ATTENDED', 'WROTE', 'NONE')), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT due_on_is_date CHECK (date(due_on, '+0 days') IS due_on), 
	CONSTRAINT held_on_is_date CHECK (date(held_on, '+0 days') IS held_on)
)
 STRICT

;
CREATE TABLE acct_review_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	due_on TEXT NOT NULL, 
	held_on TEXT, 
	key_worker_invited INTEGER, 
	key_worker_contribution TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE allocation (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	allocated_on TEXT NOT NULL, 
	allocated_at TEXT, 
	allocation_reason TEXT NOT NULL, 
	allocated_by TEXT, 
	because TEXT, 
	acknowledged_on TEXT, 
	ended_on TEXT, 
	end_reason TEXT, 
	ended_by TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT allocation_reason_code CHECK (allocation_reason IN ('AUTO', 'MANUAL')), 
	CONSTRAINT end_reason_code CHECK (end_reason IN ('MANUAL', 'OVERRIDE', 'RELEASED', 'TRANSFER', 'DIED', 'STAFF_STATUS_CHANGE', 'MERGED', 'CHANGE_IN_COMPLEXITY_OF_NEED', 'OUT_OF_SCOPE', 'MISSING', 'DUPLICATE', 'UNKNOWN', 'NO_LONGER_IN_PRISON', 'PRISON_USES_KEY_WORK', 'MIGRATION')), 
	CONSTRAINT ended_on_not_before_allocated_on CHECK (ended_on >= allocated_on), 
	CONSTRAINT end_has_reason CHECK ((ended_on IS NULL) = (end_reason IS NULL)), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(key_worker_id) REFERENCES key_worker (id), 
	CONSTRAINT allocated_on_is_date CHECK (date(allocated_on, '+0 days') IS allocated_on), 
	CONSTRAINT acknowledged_on_is_date CHECK (date(acknowledged_on, '+0 days') IS acknowledged_on), 
	CONSTRAINT ended_on_is_date CHECK (date(ended_on, '+0 days') IS ended_on)
)
 STRICT

;
INSERT INTO "allocation" VALUES(1,'2026-01-06T16:00:00.000000Z','tester',1,'2026-01-06T16:00:00.000000Z','tester',1,1,'2026-01-06','2026-01-06T16:00:00.000000Z','MANUAL','tester','said so in a test',NULL,NULL,NULL,NULL);
CREATE TABLE allocation_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	allocated_on TEXT NOT NULL, 
	allocated_at TEXT, 
	allocation_reason TEXT NOT NULL, 
	allocated_by TEXT, 
	because TEXT, 
	acknowledged_on TEXT, 
	ended_on TEXT, 
	end_reason TEXT, 
	ended_by TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	user_name TEXT NOT NULL, 
	command TEXT NOT NULL, 
	action TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	before_image TEXT, 
	after_image TEXT, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "audit" VALUES(1,'2026-01-05T16:00:00.000000Z','tester','kw test','add','person','A1234BC',NULL,'{"date_of_birth": null, "first_name": "Mr", "last_name": "A", "prison_number": "A1234BC", "search_name": " mr a mr"}','330667c4660da2fbe85f134704fdffeab78989be04a5ff5614c4302daaea9032');
INSERT INTO "audit" VALUES(2,'2026-01-05T16:00:00.000000Z','tester','kw test','add','person_number','A1234BC',NULL,'{"number": "A1234BC", "person_id": 1}','0467d2e308c63026525ac3c61718dcc09c223407bfbea0b065ea3861c152c3bd');
INSERT INTO "audit" VALUES(3,'2026-01-05T16:00:00.000000Z','tester','kw test','add','stay','A1234BC 2026-01-05',NULL,'{"arrival_type": "RECEPTION", "arrived_on": "2026-01-05", "location": "B-2-014", "person_id": 1}','01ccf8db40ed1d9b547fad83ad0f574bf6aee4854c77799ea35e133f4bc3bf4d');
INSERT INTO "audit" VALUES(4,'2025-01-01T16:00:00.000000Z','tester','kw test','add','key_worker','SHAH',NULL,'{"capacity": null, "first_name": "Officer", "last_name": "Shah", "login": null, "search_name": " officer shah officer", "staff_id": "SHAH", "wing": "B"}','e2762d8f2208fb3e9b67605a69fbe8f00368fb1418e15be3dcd8b948f7b432d4');
INSERT INTO "audit" VALUES(5,'2026-01-06T16:00:00.000000Z','tester','kw test','add','allocation','A1234BC 2026-01-06',NULL,'{"allocated_at": "2026-01-06T16:00:00.000000Z", "allocated_by": "tester", "allocated_on": "2026-01-06", "allocation_reason": "MANUAL", "because": "said so in a test", "key_worker_id": 1, "person_id": 1}','fe9f1b9dc02bb9ec7bbf089e53a1788bf92711db0459b19d0aab16be93f53a20');
INSERT INTO "audit" VALUES(6,'2026-01-07T16:00:00.000000Z','tester','kw test','add','session','A1234BC 2026-01-07',NULL,'{"held_on": "2026-01-07", "key_worker_id": 1, "minutes": 45, "note": "O''Brien said Zoë would visit.", "person_id": 1, "start_minute": null}','795f83bcd7d653803fb8b8345ea6414337b2c1d16445e63e03a2499cc06de3bb');
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	lines INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT one_row CHECK (id = 1)
)
 STRICT

;
INSERT INTO "audit_head" VALUES(1,6,'795f83bcd7d653803fb8b8345ea6414337b2c1d16445e63e03a2499cc06de3bb');
CREATE TABLE day_plan (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	plan_on TEXT NOT NULL, 
	session_minutes INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT session_minutes_range CHECK (session_minutes BETWEEN 1 AND 480), 
	CONSTRAINT plan_on_is_date CHECK (date(plan_on, '+0 days') IS plan_on)
)
 STRICT

;
CREATE TABLE day_plan_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	plan_on TEXT NOT NULL, 
	session_minutes INTEGER NOT NULL, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE event (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	event_on TEXT NOT NULL, 
	at_minute INTEGER, 
	until_on TEXT, 
	confidence TEXT, 
	detail TEXT, 
	source TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT code_code CHECK (code IN ('SELF_HARM', 'SELF_HARM_HISTORY', 'SEG', 'CELLULAR_CONFINEMENT', 'BASIC', 'ADJUDICATION', 'VIOLENCE_TO_PRISONER', 'VIOLENCE_TO_STAFF', 'ASSAULTED', 'ANTISOCIAL', 'CSIP', 'SUBSTANCE', 'UNDER_INFLUENCE', 'SUBSTANCE_REFERRAL', 'DEPRESSION', 'ANXIETY', 'DEBT', 'BULLIED', 'SELF_ISOLATING', 'FOOD_REFUSAL', 'BEREAVEMENT', 'RELATIONSHIP', 'NO_CONTACT', 'EDUCATION', 'FURTHER_CHARGES', 'LONG_SENTENCE', 'FIRST_CUSTODY', 'COURT', 'LOCAL', 'NO_ONE_TO_ONE')), 
	CONSTRAINT confidence_code CHECK (confidence IN ('SUSPECTED', 'CONFIRMED')), 
	CONSTRAINT at_minute_of_day CHECK (at_minute BETWEEN 0 AND 1439), 
	CONSTRAINT until_on_not_before_event_on CHECK (until_on >= event_on), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT event_on_is_date CHECK (date(event_on, '+0 days') IS event_on), 
	CONSTRAINT until_on_is_date CHECK (date(until_on, '+0 days') IS until_on)
)
 STRICT

;
CREATE TABLE event_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	event_on TEXT NOT NULL, 
	at_minute INTEGER, 
	until_on TEXT, 
	confidence TEXT, 
	detail TEXT, 
	source TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE key_worker (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	staff_id TEXT NOT NULL, 
	last_name TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	search_name TEXT NOT NULL, 
	login TEXT, 
	wing TEXT, 
	capacity INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT capacity_range CHECK (capacity BETWEEN 0 AND 99), 
	UNIQUE (staff_id), 
	UNIQUE (login)
)
 STRICT

;
INSERT INTO "key_worker" VALUES(1,'2025-01-01T16:00:00.000000Z','tester',1,'2025-01-01T16:00:00.000000Z','tester','SHAH','Shah','Officer',' officer shah officer',NULL,'B',NULL);
CREATE TABLE key_worker_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	staff_id TEXT NOT NULL, 
	last_name TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	search_name TEXT NOT NULL, 
	login TEXT, 
	wing TEXT, 
	capacity INTEGER, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE move (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	moved_on TEXT NOT NULL, 
	location TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT moved_on_is_date CHECK (date(moved_on, '+0 days') IS moved_on)
)
 STRICT

;
CREATE TABLE move_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	moved_on TEXT NOT NULL, 
	location TEXT NOT NULL, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE need (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	raised_on TEXT NOT NULL, 
	text TEXT NOT NULL, 
	owner TEXT, 
	due_on TEXT, 
	closed_on TEXT, 
	outcome TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT outcome_code CHECK (outcome IN ('DONE', 'ONGOING', 'DROPPED')), 
	CONSTRAINT closed_on_not_before_raised_on CHECK (closed_on >= raised_on), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT raised_on_is_date CHECK (date(raised_on, '+0 days') IS raised_on), 
	CONSTRAINT due_on_is_date CHECK (date(due_on, '+0 days') IS due_on), 
	CONSTRAINT closed_on_is_date CHECK (date(closed_on, '+0 days') IS closed_on)
)
 STRICT

;
CREATE TABLE need_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	raised_on TEXT NOT NULL, 
	text TEXT NOT NULL, 
	owner TEXT, 
	due_on TEXT, 
	closed_on TEXT, 
	outcome TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE person (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	prison_number TEXT NOT NULL, 
	last_name TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	search_name TEXT NOT NULL, 
	date_of_birth TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (prison_number), 
	CONSTRAINT date_of_birth_is_date CHECK (date(date_of_birth, '+0 days') IS date_of_birth)
)
 STRICT

;
INSERT INTO "person" VALUES(1,'2026-01-05T16:00:00.000000Z','tester',1,'2026-01-05T16:00:00.000000Z','tester','A1234BC','A','Mr',' mr a mr',NULL);
CREATE TABLE person_merge (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	kept_person_id INTEGER NOT NULL, 
	merged_person_id INTEGER NOT NULL, 
	merged_on TEXT NOT NULL, 
	why TEXT, 
	moved TEXT NOT NULL, 
	undone_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT two_numbers CHECK (kept_person_id <> merged_person_id), 
	FOREIGN KEY(kept_person_id) REFERENCES person (id), 
	FOREIGN KEY(merged_person_id) REFERENCES person (id), 
	CONSTRAINT merged_on_is_date CHECK (date(merged_on, '+0 days') IS merged_on), 
	CONSTRAINT undone_on_is_date CHECK (date(undone_on, '+0 days') IS undone_on)
)
 STRICT

;
CREATE TABLE person_merge_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	kept_person_id INTEGER NOT NULL, 
	merged_person_id INTEGER NOT NULL, 
	merged_on TEXT NOT NULL, 
	why TEXT, 
	moved TEXT NOT NULL, 
	undone_on TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE person_number (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	number TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (number), 
	FOREIGN KEY(person_id) REFERENCES person (id)
)
 STRICT

;
INSERT INTO "person_number" VALUES(1,'2026-01-05T16:00:00.000000Z','tester',1,'2026-01-05T16:00:00.000000Z','tester','A1234BC',1);
CREATE TABLE person_number_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	number TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE person_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	prison_number TEXT NOT NULL, 
	last_name TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	search_name TEXT NOT NULL, 
	date_of_birth TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE plan_place (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	day_plan_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	relation TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT relation_code CHECK (relation IN ('own', 'known', 'wing', 'none')), 
	CONSTRAINT start_minute_of_day CHECK (start_minute BETWEEN 0 AND 1439), 
	CONSTRAINT end_minute_of_day CHECK (end_minute BETWEEN 0 AND 1440), 
	CONSTRAINT place_takes_time CHECK (end_minute > start_minute), 
	FOREIGN KEY(day_plan_id) REFERENCES day_plan (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(key_worker_id) REFERENCES key_worker (id)
)
 STRICT

;
CREATE TABLE plan_place_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	day_plan_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	relation TEXT NOT NULL, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE rota_slot (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	slot_on TEXT NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	reason TEXT, 
	published_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT status_code CHECK (status IN ('PUBLISHED', 'WORKED', 'REDEPLOYED', 'CANCELLED', 'ABSENT')), 
	CONSTRAINT reason_code CHECK (reason IN ('STAFFING', 'ESCORT', 'INCIDENT', 'TRAINING', 'LEAVE', 'SICK', 'OTHER')), 
	CONSTRAINT start_minute_of_day CHECK (start_minute BETWEEN 0 AND 1439), 
	CONSTRAINT end_minute_of_day CHECK (end_minute BETWEEN 0 AND 1440), 
	CONSTRAINT slot_long_enough CHECK (end_minute - start_minute >= 15), 
	FOREIGN KEY(key_worker_id) REFERENCES key_worker (id), 
	CONSTRAINT slot_on_is_date CHECK (date(slot_on, '+0 days') IS slot_on), 
	CONSTRAINT published_on_is_date CHECK (date(published_on, '+0 days') IS published_on)
)
 STRICT

;
CREATE TABLE rota_slot_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	slot_on TEXT NOT NULL, 
	start_minute INTEGER NOT NULL, 
	end_minute INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	reason TEXT, 
	published_on TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE session (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	held_on TEXT NOT NULL, 
	start_minute INTEGER, 
	type TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	outcome TEXT NOT NULL, 
	mode TEXT NOT NULL, 
	place TEXT, 
	topics TEXT, 
	declined_topics TEXT, 
	note TEXT, 
	note_at TEXT, 
	prisoner_said TEXT, 
	next_session_on TEXT, 
	voided_at TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT type_code CHECK (type IN ('KS', 'KE')), 
	CONSTRAINT outcome_code CHECK (outcome IN ('COMPLETED', 'REFUSED', 'DID_NOT_ATTEND', 'CANCELLED')), 
	CONSTRAINT mode_code CHECK (mode IN ('IN_PERSON', 'TELEPHONE', 'VIDEO')), 
	CONSTRAINT start_minute_of_day CHECK (start_minute BETWEEN 0 AND 1439), 
	CONSTRAINT minutes_range CHECK (minutes BETWEEN 0 AND 480), 
	CONSTRAINT no_minutes_unless_completed CHECK (outcome = 'COMPLETED' OR minutes = 0), 
	CONSTRAINT a_session_takes_time CHECK (minutes > 0 OR type <> 'KS' OR outcome <> 'COMPLETED'), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(key_worker_id) REFERENCES key_worker (id), 
	CONSTRAINT held_on_is_date CHECK (date(held_on, '+0 days') IS held_on), 
	CONSTRAINT next_session_on_is_date CHECK (date(next_session_on, '+0 days') IS next_session_on)
)
 STRICT

;
INSERT INTO "session" VALUES(1,'2026-01-07T16:00:00.000000Z','tester',1,'2026-01-07T16:00:00.000000Z','tester',1,1,'2026-01-07',NULL,'KS',45,'COMPLETED','IN_PERSON',NULL,NULL,NULL,'O''Brien said Zoë would visit.',NULL,NULL,NULL,NULL);
CREATE TABLE session_amendment (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	session_id INTEGER NOT NULL, 
	amended_at TEXT NOT NULL, 
	field TEXT NOT NULL, 
	old TEXT, 
	new TEXT, 
	why TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES session (id)
)
 STRICT

;
CREATE TABLE session_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	held_on TEXT NOT NULL, 
	start_minute INTEGER, 
	type TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	outcome TEXT NOT NULL, 
	mode TEXT NOT NULL, 
	place TEXT, 
	topics TEXT, 
	declined_topics TEXT, 
	note TEXT, 
	note_at TEXT, 
	prisoner_said TEXT, 
	next_session_on TEXT, 
	voided_at TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE setting (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
)
 STRICT

;
CREATE TABLE setting_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE stay (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	arrived_on TEXT NOT NULL, 
	location TEXT, 
	arrival_type TEXT NOT NULL, 
	left_on TEXT, 
	departure_reason TEXT, 
	out_of_scope_from TEXT, 
	out_of_scope_reason TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT arrival_type_code CHECK (arrival_type IN ('RECEPTION', 'TRANSFER_IN', 'RECALL', 'RETURN')), 
	CONSTRAINT departure_reason_code CHECK (departure_reason IN ('RELEASE', 'TRANSFER_OUT', 'DIED')), 
	CONSTRAINT left_on_not_before_arrived_on CHECK (left_on >= arrived_on), 
	CONSTRAINT departure_has_date CHECK (departure_reason IS NULL OR left_on IS NOT NULL), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT arrived_on_is_date CHECK (date(arrived_on, '+0 days') IS arrived_on), 
	CONSTRAINT left_on_is_date CHECK (date(left_on, '+0 days') IS left_on), 
	CONSTRAINT out_of_scope_from_is_date CHECK (date(out_of_scope_from, '+0 days') IS out_of_scope_from)
)
 STRICT

;
INSERT INTO "stay" VALUES(1,'2026-01-05T16:00:00.000000Z','tester',1,'2026-01-05T16:00:00.000000Z','tester',1,'2026-01-05','B-2-014','RECEPTION',NULL,NULL,NULL,NULL);
CREATE TABLE stay_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	arrived_on TEXT NOT NULL, 
	location TEXT, 
	arrival_type TEXT NOT NULL, 
	left_on TEXT, 
	departure_reason TEXT, 
	out_of_scope_from TEXT, 
	out_of_scope_reason TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE worker_status (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	from_on TEXT NOT NULL, 
	return_on TEXT, 
	until_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT status_code CHECK (status IN ('ACTIVE', 'UNAVAILABLE_ANNUAL_LEAVE', 'UNAVAILABLE_LONG_TERM_ABSENCE', 'UNAVAILABLE_NO_PRISONER_CONTACT', 'INACTIVE')), 
	CONSTRAINT return_on_not_before_from_on CHECK (return_on >= from_on), 
	CONSTRAINT until_on_not_before_from_on CHECK (until_on >= from_on), 
	CONSTRAINT leave_has_return CHECK (status <> 'UNAVAILABLE_ANNUAL_LEAVE' OR return_on IS NOT NULL), 
	FOREIGN KEY(key_worker_id) REFERENCES key_worker (id), 
	CONSTRAINT from_on_is_date CHECK (date(from_on, '+0 days') IS from_on), 
	CONSTRAINT return_on_is_date CHECK (date(return_on, '+0 days') IS return_on), 
	CONSTRAINT until_on_is_date CHECK (date(until_on, '+0 days') IS until_on)
)
 STRICT

;
CREATE TABLE worker_status_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	key_worker_id INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	from_on TEXT NOT NULL, 
	return_on TEXT, 
	until_on TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE INDEX person_search ON person (search_name);
CREATE INDEX key_worker_search ON key_worker (search_name);
CREATE INDEX day_plan_day ON day_plan (plan_on);
CREATE INDEX person_past_id ON person_past (id);
CREATE INDEX person_number_past_id ON person_number_past (id);
CREATE INDEX stay_past_id ON stay_past (id);
CREATE INDEX move_past_id ON move_past (id);
CREATE INDEX key_worker_past_id ON key_worker_past (id);
CREATE INDEX worker_status_past_id ON worker_status_past (id);
CREATE INDEX allocation_past_id ON allocation_past (id);
CREATE INDEX rota_slot_past_id ON rota_slot_past (id);
CREATE INDEX session_past_id ON session_past (id);
CREATE INDEX event_past_id ON event_past (id);
CREATE INDEX absence_past_id ON absence_past (id);
CREATE INDEX acct_past_id ON acct_past (id);
CREATE INDEX acct_review_past_id ON acct_review_past (id);
CREATE INDEX need_past_id ON need_past (id);
CREATE INDEX day_plan_past_id ON day_plan_past (id);
CREATE INDEX plan_place_past_id ON plan_place_past (id);
CREATE INDEX setting_past_id ON setting_past (id);
CREATE INDEX person_merge_past_id ON person_merge_past (id);
CREATE INDEX person_number_person ON person_number (person_id);
CREATE UNIQUE INDEX stay_one_open ON stay (person_id) WHERE left_on IS NULL;
CREATE UNIQUE INDEX stay_key ON stay (person_id, arrived_on);
CREATE INDEX stay_left ON stay (left_on);
CREATE UNIQUE INDEX move_key ON move (person_id, moved_on, location);
CREATE UNIQUE INDEX worker_status_key ON worker_status (key_worker_id, from_on);
CREATE UNIQUE INDEX allocation_one_live ON allocation (person_id) WHERE ended_on IS NULL;
CREATE INDEX allocation_worker ON allocation (key_worker_id, allocated_on);
CREATE UNIQUE INDEX allocation_key ON allocation (person_id, allocated_on, key_worker_id);
CREATE UNIQUE INDEX rota_slot_key ON rota_slot (key_worker_id, slot_on, start_minute);
CREATE INDEX rota_slot_day ON rota_slot (slot_on);
CREATE INDEX session_worker ON session (key_worker_id, held_on);
CREATE UNIQUE INDEX session_key ON session (person_id, held_on, coalesce(start_minute, -1), key_worker_id, type) WHERE voided_at IS NULL;
CREATE INDEX session_voided ON session (person_id) WHERE voided_at IS NOT NULL;
CREATE INDEX event_day ON event (person_id, event_on);
CREATE UNIQUE INDEX event_key ON event (person_id, code, event_on, coalesce(at_minute, -1));
CREATE UNIQUE INDEX absence_key ON absence (person_id, from_on);
CREATE UNIQUE INDEX acct_key ON acct (person_id, opened_on);
CREATE INDEX acct_review_due ON acct_review (due_on);
CREATE UNIQUE INDEX acct_review_key ON acct_review (person_id, due_on);
CREATE UNIQUE INDEX need_key ON need (person_id, raised_on, text);
CREATE UNIQUE INDEX plan_place_key ON plan_place (day_plan_id, key_worker_id, start_minute);
CREATE INDEX person_merge_kept ON person_merge (kept_person_id);
CREATE INDEX session_amendment_session ON session_amendment (session_id);
CREATE TRIGGER person_keep AFTER UPDATE ON person BEGIN INSERT INTO person_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.prison_number, OLD.last_name, OLD.first_name, OLD.search_name, OLD.date_of_birth, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER person_number_keep AFTER UPDATE ON person_number BEGIN INSERT INTO person_number_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.number, OLD.person_id, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER stay_keep AFTER UPDATE ON stay BEGIN INSERT INTO stay_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, departure_reason, out_of_scope_from, out_of_scope_reason, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.arrived_on, OLD.location, OLD.arrival_type, OLD.left_on, OLD.departure_reason, OLD.out_of_scope_from, OLD.out_of_scope_reason, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER move_keep AFTER UPDATE ON move BEGIN INSERT INTO move_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.moved_on, OLD.location, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER key_worker_keep AFTER UPDATE ON key_worker BEGIN INSERT INTO key_worker_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.staff_id, OLD.last_name, OLD.first_name, OLD.search_name, OLD.login, OLD.wing, OLD.capacity, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER worker_status_keep AFTER UPDATE ON worker_status BEGIN INSERT INTO worker_status_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.key_worker_id, OLD.status, OLD.from_on, OLD.return_on, OLD.until_on, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER allocation_keep AFTER UPDATE ON allocation BEGIN INSERT INTO allocation_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, end_reason, ended_by, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.key_worker_id, OLD.allocated_on, OLD.allocated_at, OLD.allocation_reason, OLD.allocated_by, OLD.because, OLD.acknowledged_on, OLD.ended_on, OLD.end_reason, OLD.ended_by, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER rota_slot_keep AFTER UPDATE ON rota_slot BEGIN INSERT INTO rota_slot_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.key_worker_id, OLD.slot_on, OLD.start_minute, OLD.end_minute, OLD.status, OLD.reason, OLD.published_on, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER session_keep AFTER UPDATE ON session BEGIN INSERT INTO session_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.key_worker_id, OLD.held_on, OLD.start_minute, OLD.type, OLD.minutes, OLD.outcome, OLD.mode, OLD.place, OLD.topics, OLD.declined_topics, OLD.note, OLD.note_at, OLD.prisoner_said, OLD.next_session_on, OLD.voided_at, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER event_keep AFTER UPDATE ON event BEGIN INSERT INTO event_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.code, OLD.event_on, OLD.at_minute, OLD.until_on, OLD.confidence, OLD.detail, OLD.source, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER absence_keep AFTER UPDATE ON absence BEGIN INSERT INTO absence_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.reason, OLD.from_on, OLD.to_on, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER acct_keep AFTER UPDATE ON acct BEGIN INSERT INTO acct_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.opened_on, OLD.closed_on, OLD.post_closure_review_due, OLD.post_closure_review_held, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER acct_review_keep AFTER UPDATE ON acct_review BEGIN INSERT INTO acct_review_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.due_on, OLD.held_on, OLD.key_worker_invited, OLD.key_worker_contribution, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER need_keep AFTER UPDATE ON need BEGIN INSERT INTO need_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.raised_on, OLD.text, OLD.owner, OLD.due_on, OLD.closed_on, OLD.outcome, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER day_plan_keep AFTER UPDATE ON day_plan BEGIN INSERT INTO day_plan_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, plan_on, session_minutes, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.plan_on, OLD.session_minutes, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER plan_place_keep AFTER UPDATE ON plan_place BEGIN INSERT INTO plan_place_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, day_plan_id, person_id, key_worker_id, start_minute, end_minute, relation, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.day_plan_id, OLD.person_id, OLD.key_worker_id, OLD.start_minute, OLD.end_minute, OLD.relation, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER setting_keep AFTER UPDATE ON setting BEGIN INSERT INTO setting_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key, value, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.key, OLD.value, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER person_merge_keep AFTER UPDATE ON person_merge BEGIN INSERT INTO person_merge_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, kept_person_id, merged_person_id, merged_on, why, moved, undone_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.kept_person_id, OLD.merged_person_id, OLD.merged_on, OLD.why, OLD.moved, OLD.undone_on, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER person_no_delete BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person'); END;
CREATE TRIGGER person_number_no_delete BEFORE DELETE ON person_number BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_number'); END;
CREATE TRIGGER stay_no_delete BEFORE DELETE ON stay BEGIN SELECT RAISE(ABORT, 'kw keeps every line of stay'); END;
CREATE TRIGGER move_no_delete BEFORE DELETE ON move BEGIN SELECT RAISE(ABORT, 'kw keeps every line of move'); END;
CREATE TRIGGER key_worker_no_delete BEFORE DELETE ON key_worker BEGIN SELECT RAISE(ABORT, 'kw keeps every line of key_worker'); END;
CREATE TRIGGER worker_status_no_delete BEFORE DELETE ON worker_status BEGIN SELECT RAISE(ABORT, 'kw keeps every line of worker_status'); END;
CREATE TRIGGER allocation_no_delete BEFORE DELETE ON allocation BEGIN SELECT RAISE(ABORT, 'kw keeps every line of allocation'); END;
CREATE TRIGGER rota_slot_no_delete BEFORE DELETE ON rota_slot BEGIN SELECT RAISE(ABORT, 'kw keeps every line of rota_slot'); END;
CREATE TRIGGER session_no_delete BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session'); END;
CREATE TRIGGER session_amendment_no_delete BEFORE DELETE ON session_amendment BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_amendment'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'kw keeps every line of event'); END;
CREATE TRIGGER absence_no_delete BEFORE DELETE ON absence BEGIN SELECT RAISE(ABORT, 'kw keeps every line of absence'); END;
CREATE TRIGGER acct_no_delete BEFORE DELETE ON acct BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct'); END;
CREATE TRIGGER acct_review_no_delete BEFORE DELETE ON acct_review BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_review'); END;
CREATE TRIGGER need_no_delete BEFORE DELETE ON need BEGIN SELECT RAISE(ABORT, 'kw keeps every line of need'); END;
CREATE TRIGGER day_plan_no_delete BEFORE DELETE ON day_plan BEGIN SELECT RAISE(ABORT, 'kw keeps every line of day_plan'); END;
CREATE TRIGGER plan_place_no_delete BEFORE DELETE ON plan_place BEGIN SELECT RAISE(ABORT, 'kw keeps every line of plan_place'); END;
CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting BEGIN SELECT RAISE(ABORT, 'kw keeps every line of setting'); END;
CREATE TRIGGER person_merge_no_delete BEFORE DELETE ON person_merge BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_merge'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit'); END;
CREATE TRIGGER session_amendment_no_update BEFORE UPDATE ON session_amendment BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_amendment'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit'); END;
CREATE TRIGGER person_past_no_update BEFORE UPDATE ON person_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_past'); END;
CREATE TRIGGER person_number_past_no_update BEFORE UPDATE ON person_number_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_number_past'); END;
CREATE TRIGGER stay_past_no_update BEFORE UPDATE ON stay_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of stay_past'); END;
CREATE TRIGGER move_past_no_update BEFORE UPDATE ON move_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of move_past'); END;
CREATE TRIGGER key_worker_past_no_update BEFORE UPDATE ON key_worker_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of key_worker_past'); END;
CREATE TRIGGER worker_status_past_no_update BEFORE UPDATE ON worker_status_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of worker_status_past'); END;
CREATE TRIGGER allocation_past_no_update BEFORE UPDATE ON allocation_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of allocation_past'); END;
CREATE TRIGGER rota_slot_past_no_update BEFORE UPDATE ON rota_slot_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of rota_slot_past'); END;
CREATE TRIGGER session_past_no_update BEFORE UPDATE ON session_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_past'); END;
CREATE TRIGGER event_past_no_update BEFORE UPDATE ON event_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of event_past'); END;
CREATE TRIGGER absence_past_no_update BEFORE UPDATE ON absence_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of absence_past'); END;
CREATE TRIGGER acct_past_no_update BEFORE UPDATE ON acct_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_past'); END;
CREATE TRIGGER acct_review_past_no_update BEFORE UPDATE ON acct_review_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_review_past'); END;
CREATE TRIGGER need_past_no_update BEFORE UPDATE ON need_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of need_past'); END;
CREATE TRIGGER day_plan_past_no_update BEFORE UPDATE ON day_plan_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of day_plan_past'); END;
CREATE TRIGGER plan_place_past_no_update BEFORE UPDATE ON plan_place_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of plan_place_past'); END;
CREATE TRIGGER setting_past_no_update BEFORE UPDATE ON setting_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of setting_past'); END;
CREATE TRIGGER person_merge_past_no_update BEFORE UPDATE ON person_merge_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_merge_past'); END;
CREATE TRIGGER person_past_no_delete BEFORE DELETE ON person_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_past'); END;
CREATE TRIGGER person_number_past_no_delete BEFORE DELETE ON person_number_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_number_past'); END;
CREATE TRIGGER stay_past_no_delete BEFORE DELETE ON stay_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of stay_past'); END;
CREATE TRIGGER move_past_no_delete BEFORE DELETE ON move_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of move_past'); END;
CREATE TRIGGER key_worker_past_no_delete BEFORE DELETE ON key_worker_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of key_worker_past'); END;
CREATE TRIGGER worker_status_past_no_delete BEFORE DELETE ON worker_status_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of worker_status_past'); END;
CREATE TRIGGER allocation_past_no_delete BEFORE DELETE ON allocation_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of allocation_past'); END;
CREATE TRIGGER rota_slot_past_no_delete BEFORE DELETE ON rota_slot_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of rota_slot_past'); END;
CREATE TRIGGER session_past_no_delete BEFORE DELETE ON session_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_past'); END;
CREATE TRIGGER event_past_no_delete BEFORE DELETE ON event_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of event_past'); END;
CREATE TRIGGER absence_past_no_delete BEFORE DELETE ON absence_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of absence_past'); END;
CREATE TRIGGER acct_past_no_delete BEFORE DELETE ON acct_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_past'); END;
CREATE TRIGGER acct_review_past_no_delete BEFORE DELETE ON acct_review_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of acct_review_past'); END;
CREATE TRIGGER need_past_no_delete BEFORE DELETE ON need_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of need_past'); END;
CREATE TRIGGER day_plan_past_no_delete BEFORE DELETE ON day_plan_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of day_plan_past'); END;
CREATE TRIGGER plan_place_past_no_delete BEFORE DELETE ON plan_place_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of plan_place_past'); END;
CREATE TRIGGER setting_past_no_delete BEFORE DELETE ON setting_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of setting_past'); END;
CREATE TRIGGER person_merge_past_no_delete BEFORE DELETE ON person_merge_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_merge_past'); END;
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit_head'); END;
COMMIT;
