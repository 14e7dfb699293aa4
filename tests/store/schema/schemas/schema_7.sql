PRAGMA application_id = 1802960897;
PRAGMA user_version = 7;
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
	CONSTRAINT reason_code CHECK (reason IN ('COURT', 'HOSPITAL', 'TEMPORARY_ABSENCE', 'UNLAWFULLY_AT_LARGE')), 
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
INSERT INTO "alembic_version" VALUES('0007');
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
	ended_recorded_at TEXT, 
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
INSERT INTO "allocation" VALUES(1,'2026-01-06T16:00:00.000000Z','tester',1,'2026-01-06T16:00:00.000000Z','tester',1,1,'2026-01-06','2026-01-06T16:00:00.000000Z','MANUAL','tester','said so in a test',NULL,NULL,NULL,NULL,NULL);
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
	ended_recorded_at TEXT, 
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
	hash TEXT NOT NULL, rows_digest TEXT, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "audit" VALUES(1,'2026-01-05T16:00:00.000000Z','tester','kw test','add','person','A1234BC',NULL,'{"date_of_birth": null, "first_name": "Mr", "last_name": "A", "prison_number": "A1234BC", "search_name": " mr a mr"}','330667c4660da2fbe85f134704fdffeab78989be04a5ff5614c4302daaea9032',NULL);
INSERT INTO "audit" VALUES(2,'2026-01-05T16:00:00.000000Z','tester','kw test','add','person_number','A1234BC',NULL,'{"number": "A1234BC", "person_id": 1}','0467d2e308c63026525ac3c61718dcc09c223407bfbea0b065ea3861c152c3bd',NULL);
INSERT INTO "audit" VALUES(3,'2026-01-05T16:00:00.000000Z','tester','kw test','add','stay','A1234BC 2026-01-05',NULL,'{"arrival_type": "RECEPTION", "arrived_on": "2026-01-05", "location": "B-2-014", "person_id": 1}','01ccf8db40ed1d9b547fad83ad0f574bf6aee4854c77799ea35e133f4bc3bf4d',NULL);
INSERT INTO "audit" VALUES(4,'2025-01-01T16:00:00.000000Z','tester','kw test','add','key_worker','SHAH',NULL,'{"capacity": null, "first_name": "Officer", "last_name": "Shah", "login": null, "search_name": " officer shah officer", "staff_id": "SHAH", "wing": "B"}','e2762d8f2208fb3e9b67605a69fbe8f00368fb1418e15be3dcd8b948f7b432d4',NULL);
INSERT INTO "audit" VALUES(5,'2026-01-06T16:00:00.000000Z','tester','kw test','add','allocation','A1234BC 2026-01-06',NULL,'{"allocated_at": "2026-01-06T16:00:00.000000Z", "allocated_by": "tester", "allocated_on": "2026-01-06", "allocation_reason": "MANUAL", "because": "said so in a test", "key_worker_id": 1, "person_id": 1}','fe9f1b9dc02bb9ec7bbf089e53a1788bf92711db0459b19d0aab16be93f53a20',NULL);
INSERT INTO "audit" VALUES(6,'2026-01-07T16:00:00.000000Z','tester','kw test','add','session','A1234BC 2026-01-07',NULL,'{"held_on": "2026-01-07", "key_worker_id": 1, "minutes": 45, "note": "O''Brien said Zoë would visit.", "person_id": 1, "start_minute": null}','795f83bcd7d653803fb8b8345ea6414337b2c1d16445e63e03a2499cc06de3bb',NULL);
INSERT INTO "audit" VALUES(7,'2026-01-07T16:00:00.000000Z','kw','kw','count','database','all rows',NULL,'{"schema": 5}','d755877db799e436ebc12fe4657ad1a18da32ba35332f7d7de9a7f38eafe6b87','9ff5c5ee974af2c673ba7b93c7b8c39bcf9ed690e47fdbe2a207e211d8ba4917');
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	lines INTEGER NOT NULL, 
	hash TEXT NOT NULL, tallies TEXT DEFAULT '{}' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT one_row CHECK (id = 1)
)
 STRICT

;
INSERT INTO "audit_head" VALUES(1,7,'d755877db799e436ebc12fe4657ad1a18da32ba35332f7d7de9a7f38eafe6b87','{"allocation": [1, "a97ac796a8f89bd111aed14003ca4cb0ffe468ade3d51765849714185ee9d4a5"], "key_worker": [1, "faff0846e33dc4b9a385d7474f2779a62e021582de73dcae7bef51797f1f5b51"], "person": [1, "8128c311074a959b11d70ba2e77d8bee324a8de28a2bf146f4d0aede747c8cf1"], "person_number": [1, "f8da09845813db68cf49c82d29f55a62e5b0670649c795c5551dd72fae35392c"], "session": [1, "57f9010dd61d5e57da054e7c1a0ff1d2de61526b4934dda4b94e69477b5c0139"], "stay": [1, "96c0d8b709ae59ff9f5b6100504efa7593467a5d53e445ec22901770922928e4"]}');
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
	CONSTRAINT code_code CHECK (code IN ('SELF_HARM', 'SELF_HARM_HISTORY', 'SEG', 'CELLULAR_CONFINEMENT', 'BASIC', 'ADJUDICATION', 'VIOLENCE_TO_PRISONER', 'VIOLENCE_TO_STAFF', 'ASSAULTED', 'ANTISOCIAL', 'CSIP', 'SUBSTANCE', 'UNDER_INFLUENCE', 'SUBSTANCE_REFERRAL', 'DEPRESSION', 'ANXIETY', 'DEBT', 'BULLIED', 'SELF_ISOLATING', 'FOOD_REFUSAL', 'BEREAVEMENT', 'RELATIONSHIP', 'NO_CONTACT', 'EDUCATION', 'FURTHER_CHARGES', 'LONG_SENTENCE', 'FIRST_CUSTODY', 'COURT', 'SETBACK', 'IPP', 'LOCAL', 'NO_ONE_TO_ONE')), 
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
	at_minute INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT at_minute_of_day CHECK (at_minute BETWEEN 0 AND 1439), 
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
	at_minute INTEGER, 
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
CREATE TABLE note_reading (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	session_id INTEGER NOT NULL, 
	read_on TEXT NOT NULL, 
	read_by TEXT NOT NULL, 
	found TEXT NOT NULL, 
	action TEXT, 
	voided_at TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT read_on_is_date CHECK (date(read_on, '+0 days') IS read_on)
)
 STRICT

;
CREATE TABLE note_reading_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	session_id INTEGER NOT NULL, 
	read_on TEXT NOT NULL, 
	read_by TEXT NOT NULL, 
	found TEXT NOT NULL, 
	action TEXT, 
	voided_at TEXT, 
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
CREATE TABLE row_mark (
	id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	table_name TEXT NOT NULL, 
	keys BLOB NOT NULL, 
	marks BLOB NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "row_mark" VALUES(1,7,'person',X'0100000000000000',X'8128C311');
INSERT INTO "row_mark" VALUES(2,7,'person_number',X'0100000000000000',X'F8DA0984');
INSERT INTO "row_mark" VALUES(3,7,'stay',X'0100000000000000',X'96C0D8B7');
INSERT INTO "row_mark" VALUES(4,7,'key_worker',X'0100000000000000',X'FAFF0846');
INSERT INTO "row_mark" VALUES(5,7,'allocation',X'0100000000000000',X'A97AC796');
INSERT INTO "row_mark" VALUES(6,7,'session',X'0100000000000000',X'57F9010D');
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
	minutes INTEGER, 
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
	source TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT type_code CHECK (type IN ('KS', 'KE')), 
	CONSTRAINT outcome_code CHECK (outcome IN ('COMPLETED', 'REFUSED', 'DID_NOT_ATTEND', 'CANCELLED')), 
	CONSTRAINT mode_code CHECK (mode IN ('IN_PERSON', 'TELEPHONE', 'VIDEO')), 
	CONSTRAINT start_minute_of_day CHECK (start_minute BETWEEN 0 AND 1439), 
	CONSTRAINT minutes_range CHECK (minutes BETWEEN 0 AND 480), 
	CONSTRAINT no_minutes_unless_completed CHECK (outcome = 'COMPLETED' OR (minutes IS NOT NULL AND minutes = 0)), 
	CONSTRAINT a_session_takes_time CHECK (minutes > 0 OR type <> 'KS' OR outcome <> 'COMPLETED'), 
	CONSTRAINT source_code CHECK (source IN ('UNIT_LIST', 'CASE_NOTES')), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(key_worker_id) REFERENCES key_worker (id), 
	CONSTRAINT held_on_is_date CHECK (date(held_on, '+0 days') IS held_on), 
	CONSTRAINT next_session_on_is_date CHECK (date(next_session_on, '+0 days') IS next_session_on)
)
 STRICT

;
INSERT INTO "session" VALUES(1,'2026-01-07T16:00:00.000000Z','tester',1,'2026-01-07T16:00:00.000000Z','tester',1,1,'2026-01-07',NULL,'KS',45,'COMPLETED','IN_PERSON',NULL,NULL,NULL,'O''Brien said Zoë would visit.',NULL,NULL,NULL,NULL,NULL);
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
	minutes INTEGER, 
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
	source TEXT, 
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
	left_recorded_at TEXT, 
	departure_reason TEXT, 
	out_of_scope_from TEXT, 
	out_of_scope_reason TEXT, 
	records_from TEXT, 
	voided_at TEXT, 
	voided_why TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT arrival_type_code CHECK (arrival_type IN ('RECEPTION', 'TRANSFER_IN', 'RECALL', 'RETURN')), 
	CONSTRAINT departure_reason_code CHECK (departure_reason IN ('RELEASE', 'TRANSFER_OUT', 'DIED', 'ESCAPE')), 
	CONSTRAINT left_on_not_before_arrived_on CHECK (left_on >= arrived_on), 
	CONSTRAINT departure_has_date CHECK (departure_reason IS NULL OR left_on IS NOT NULL), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT arrived_on_is_date CHECK (date(arrived_on, '+0 days') IS arrived_on), 
	CONSTRAINT left_on_is_date CHECK (date(left_on, '+0 days') IS left_on), 
	CONSTRAINT out_of_scope_from_is_date CHECK (date(out_of_scope_from, '+0 days') IS out_of_scope_from), 
	CONSTRAINT records_from_is_date CHECK (date(records_from, '+0 days') IS records_from)
)
 STRICT

;
INSERT INTO "stay" VALUES(1,'2026-01-05T16:00:00.000000Z','tester',1,'2026-01-05T16:00:00.000000Z','tester',1,'2026-01-05','B-2-014','RECEPTION',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
	left_recorded_at TEXT, 
	departure_reason TEXT, 
	out_of_scope_from TEXT, 
	out_of_scope_reason TEXT, 
	records_from TEXT, 
	voided_at TEXT, 
	voided_why TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	PRIMARY KEY (version_id)
)
 STRICT

;
CREATE TABLE voice_answer (
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	asked_on TEXT NOT NULL, 
	asked_by TEXT NOT NULL, 
	wing TEXT, 
	key_worker_said TEXT, 
	key_worker_id INTEGER, 
	last_talk_said TEXT, 
	last_talk_on TEXT, 
	spoke_freely INTEGER, 
	voided_at TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT key_worker_said_code CHECK (key_worker_said IN ('NAMED', 'OTHER', 'NONE', 'NOT_KNOWN')), 
	CONSTRAINT last_talk_said_code CHECK (last_talk_said IN ('ON_A_DAY', 'NEVER', 'NOT_KNOWN')), 
	CONSTRAINT named_who CHECK ((coalesce(key_worker_said, '') = 'NAMED') = (key_worker_id IS NOT NULL)), 
	CONSTRAINT told_when CHECK ((coalesce(last_talk_said, '') = 'ON_A_DAY') = (last_talk_on IS NOT NULL)), 
	CONSTRAINT asked_on_not_before_last_talk_on CHECK (asked_on >= last_talk_on), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	FOREIGN KEY(key_worker_id) REFERENCES key_worker (id), 
	CONSTRAINT asked_on_is_date CHECK (date(asked_on, '+0 days') IS asked_on), 
	CONSTRAINT last_talk_on_is_date CHECK (date(last_talk_on, '+0 days') IS last_talk_on)
)
 STRICT

;
CREATE TABLE voice_answer_past (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	recorded_by TEXT NOT NULL, 
	recorded_known INTEGER NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	asked_on TEXT NOT NULL, 
	asked_by TEXT NOT NULL, 
	wing TEXT, 
	key_worker_said TEXT, 
	key_worker_id INTEGER, 
	last_talk_said TEXT, 
	last_talk_on TEXT, 
	spoke_freely INTEGER, 
	voided_at TEXT, 
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
CREATE INDEX day_plan_day ON day_plan (plan_on);
CREATE INDEX person_number_person ON person_number (person_id);
CREATE UNIQUE INDEX worker_status_key ON worker_status (key_worker_id, from_on);
CREATE UNIQUE INDEX rota_slot_key ON rota_slot (key_worker_id, slot_on, start_minute);
CREATE INDEX rota_slot_day ON rota_slot (slot_on);
CREATE UNIQUE INDEX acct_key ON acct (person_id, opened_on);
CREATE INDEX acct_review_due ON acct_review (due_on);
CREATE UNIQUE INDEX acct_review_key ON acct_review (person_id, due_on);
CREATE UNIQUE INDEX need_key ON need (person_id, raised_on, text);
CREATE UNIQUE INDEX plan_place_key ON plan_place (day_plan_id, key_worker_id, start_minute);
CREATE INDEX person_merge_kept ON person_merge (kept_person_id);
CREATE INDEX session_amendment_session ON session_amendment (session_id);
CREATE UNIQUE INDEX absence_key ON absence (person_id, from_on);
CREATE UNIQUE INDEX allocation_key ON allocation (person_id, allocated_on, key_worker_id);
CREATE UNIQUE INDEX allocation_one_live ON allocation (person_id) WHERE ended_on IS NULL;
CREATE INDEX allocation_worker ON allocation (key_worker_id, allocated_on);
CREATE INDEX event_day ON event (person_id, event_on);
CREATE UNIQUE INDEX event_key ON event (person_id, code, event_on, coalesce(at_minute, -1));
CREATE UNIQUE INDEX move_key ON move (person_id, moved_on, coalesce(at_minute, -1), location);
CREATE INDEX session_counted ON session (person_id, held_on, coalesce(start_minute, -1), key_worker_id, minutes, place) WHERE voided_at IS NULL AND type = 'KS' AND outcome = 'COMPLETED';
CREATE UNIQUE INDEX session_key ON session (person_id, held_on, coalesce(start_minute, -1), key_worker_id, type) WHERE voided_at IS NULL;
CREATE INDEX session_refused ON session (person_id, held_on) WHERE voided_at IS NULL AND outcome = 'REFUSED';
CREATE INDEX session_voided ON session (person_id) WHERE voided_at IS NOT NULL;
CREATE INDEX session_worker ON session (key_worker_id, held_on);
CREATE INDEX stay_died ON stay (person_id) WHERE departure_reason = 'DIED';
CREATE UNIQUE INDEX stay_key ON stay (person_id, arrived_on) WHERE voided_at IS NULL;
CREATE INDEX stay_left ON stay (left_on);
CREATE UNIQUE INDEX stay_one_open ON stay (person_id) WHERE left_on IS NULL AND voided_at IS NULL;
CREATE INDEX stay_voided ON stay (person_id) WHERE voided_at IS NOT NULL;
CREATE INDEX voice_answer_day ON voice_answer (asked_on);
CREATE UNIQUE INDEX voice_answer_key ON voice_answer (person_id, asked_on);
CREATE INDEX note_reading_day ON note_reading (read_on);
CREATE UNIQUE INDEX note_reading_key ON note_reading (session_id, read_by);
CREATE TRIGGER person_keep AFTER UPDATE ON person BEGIN INSERT INTO person_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, prison_number, last_name, first_name, search_name, date_of_birth, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.prison_number, OLD.last_name, OLD.first_name, OLD.search_name, OLD.date_of_birth, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER person_number_keep AFTER UPDATE ON person_number BEGIN INSERT INTO person_number_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, number, person_id, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.number, OLD.person_id, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER stay_keep AFTER UPDATE ON stay BEGIN INSERT INTO stay_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, arrived_on, location, arrival_type, left_on, left_recorded_at, departure_reason, out_of_scope_from, out_of_scope_reason, records_from, voided_at, voided_why, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.arrived_on, OLD.location, OLD.arrival_type, OLD.left_on, OLD.left_recorded_at, OLD.departure_reason, OLD.out_of_scope_from, OLD.out_of_scope_reason, OLD.records_from, OLD.voided_at, OLD.voided_why, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER move_keep AFTER UPDATE ON move BEGIN INSERT INTO move_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, moved_on, location, at_minute, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.moved_on, OLD.location, OLD.at_minute, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER key_worker_keep AFTER UPDATE ON key_worker BEGIN INSERT INTO key_worker_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, staff_id, last_name, first_name, search_name, login, wing, capacity, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.staff_id, OLD.last_name, OLD.first_name, OLD.search_name, OLD.login, OLD.wing, OLD.capacity, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER worker_status_keep AFTER UPDATE ON worker_status BEGIN INSERT INTO worker_status_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, status, from_on, return_on, until_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.key_worker_id, OLD.status, OLD.from_on, OLD.return_on, OLD.until_on, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER allocation_keep AFTER UPDATE ON allocation BEGIN INSERT INTO allocation_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, allocated_on, allocated_at, allocation_reason, allocated_by, because, acknowledged_on, ended_on, ended_recorded_at, end_reason, ended_by, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.key_worker_id, OLD.allocated_on, OLD.allocated_at, OLD.allocation_reason, OLD.allocated_by, OLD.because, OLD.acknowledged_on, OLD.ended_on, OLD.ended_recorded_at, OLD.end_reason, OLD.ended_by, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER rota_slot_keep AFTER UPDATE ON rota_slot BEGIN INSERT INTO rota_slot_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, key_worker_id, slot_on, start_minute, end_minute, status, reason, published_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.key_worker_id, OLD.slot_on, OLD.start_minute, OLD.end_minute, OLD.status, OLD.reason, OLD.published_on, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER session_keep AFTER UPDATE ON session BEGIN INSERT INTO session_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode, place, topics, declined_topics, note, note_at, prisoner_said, next_session_on, voided_at, source, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.key_worker_id, OLD.held_on, OLD.start_minute, OLD.type, OLD.minutes, OLD.outcome, OLD.mode, OLD.place, OLD.topics, OLD.declined_topics, OLD.note, OLD.note_at, OLD.prisoner_said, OLD.next_session_on, OLD.voided_at, OLD.source, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER event_keep AFTER UPDATE ON event BEGIN INSERT INTO event_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, code, event_on, at_minute, until_on, confidence, detail, source, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.code, OLD.event_on, OLD.at_minute, OLD.until_on, OLD.confidence, OLD.detail, OLD.source, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER absence_keep AFTER UPDATE ON absence BEGIN INSERT INTO absence_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, reason, from_on, to_on, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.reason, OLD.from_on, OLD.to_on, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER acct_keep AFTER UPDATE ON acct BEGIN INSERT INTO acct_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, opened_on, closed_on, post_closure_review_due, post_closure_review_held, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.opened_on, OLD.closed_on, OLD.post_closure_review_due, OLD.post_closure_review_held, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER acct_review_keep AFTER UPDATE ON acct_review BEGIN INSERT INTO acct_review_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, due_on, held_on, key_worker_invited, key_worker_contribution, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.due_on, OLD.held_on, OLD.key_worker_invited, OLD.key_worker_contribution, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER need_keep AFTER UPDATE ON need BEGIN INSERT INTO need_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, raised_on, text, owner, due_on, closed_on, outcome, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.raised_on, OLD.text, OLD.owner, OLD.due_on, OLD.closed_on, OLD.outcome, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER note_reading_keep AFTER UPDATE ON note_reading BEGIN INSERT INTO note_reading_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, session_id, read_on, read_by, found, action, voided_at, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.session_id, OLD.read_on, OLD.read_by, OLD.found, OLD.action, OLD.voided_at, NEW.changed_at, NEW.changed_by); END;
CREATE TRIGGER voice_answer_keep AFTER UPDATE ON voice_answer BEGIN INSERT INTO voice_answer_past (id, recorded_at, recorded_by, recorded_known, changed_at, changed_by, person_id, asked_on, asked_by, wing, key_worker_said, key_worker_id, last_talk_said, last_talk_on, spoke_freely, voided_at, replaced_at, replaced_by) VALUES (OLD.id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_known, OLD.changed_at, OLD.changed_by, OLD.person_id, OLD.asked_on, OLD.asked_by, OLD.wing, OLD.key_worker_said, OLD.key_worker_id, OLD.last_talk_said, OLD.last_talk_on, OLD.spoke_freely, OLD.voided_at, NEW.changed_at, NEW.changed_by); END;
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
CREATE TRIGGER note_reading_no_delete BEFORE DELETE ON note_reading BEGIN SELECT RAISE(ABORT, 'kw keeps every line of note_reading'); END;
CREATE TRIGGER voice_answer_no_delete BEFORE DELETE ON voice_answer BEGIN SELECT RAISE(ABORT, 'kw keeps every line of voice_answer'); END;
CREATE TRIGGER day_plan_no_delete BEFORE DELETE ON day_plan BEGIN SELECT RAISE(ABORT, 'kw keeps every line of day_plan'); END;
CREATE TRIGGER plan_place_no_delete BEFORE DELETE ON plan_place BEGIN SELECT RAISE(ABORT, 'kw keeps every line of plan_place'); END;
CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting BEGIN SELECT RAISE(ABORT, 'kw keeps every line of setting'); END;
CREATE TRIGGER person_merge_no_delete BEFORE DELETE ON person_merge BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_merge'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit'); END;
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit_head'); END;
CREATE TRIGGER row_mark_no_delete BEFORE DELETE ON row_mark BEGIN SELECT RAISE(ABORT, 'kw keeps every line of row_mark'); END;
CREATE TRIGGER session_amendment_no_update BEFORE UPDATE ON session_amendment BEGIN SELECT RAISE(ABORT, 'kw keeps every line of session_amendment'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'kw keeps every line of audit'); END;
CREATE TRIGGER row_mark_no_update BEFORE UPDATE ON row_mark BEGIN SELECT RAISE(ABORT, 'kw keeps every line of row_mark'); END;
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
CREATE TRIGGER note_reading_past_no_update BEFORE UPDATE ON note_reading_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of note_reading_past'); END;
CREATE TRIGGER voice_answer_past_no_update BEFORE UPDATE ON voice_answer_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of voice_answer_past'); END;
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
CREATE TRIGGER note_reading_past_no_delete BEFORE DELETE ON note_reading_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of note_reading_past'); END;
CREATE TRIGGER voice_answer_past_no_delete BEFORE DELETE ON voice_answer_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of voice_answer_past'); END;
CREATE TRIGGER day_plan_past_no_delete BEFORE DELETE ON day_plan_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of day_plan_past'); END;
CREATE TRIGGER plan_place_past_no_delete BEFORE DELETE ON plan_place_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of plan_place_past'); END;
CREATE TRIGGER setting_past_no_delete BEFORE DELETE ON setting_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of setting_past'); END;
CREATE TRIGGER person_merge_past_no_delete BEFORE DELETE ON person_merge_past BEGIN SELECT RAISE(ABORT, 'kw keeps every line of person_merge_past'); END;
CREATE VIEW v_today AS 
SELECT date('now', CASE WHEN datetime('now') >= datetime(strftime('%Y-03-25', 'now'), 'weekday 0', '+1 hour') AND datetime('now') < datetime(strftime('%Y-10-25', 'now'), 'weekday 0', '+1 hour') THEN '+1 hour' ELSE '+0 hours' END) AS day;
CREATE VIEW v_prisoner AS 
SELECT person.prison_number, person.last_name, person.first_name, person.date_of_birth, CASE WHEN (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today)) THEN 'yes' ELSE 'no' END AS here, coalesce(moved.location, stay.location) AS location, substr(CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= (SELECT day FROM v_today) AND moved_to_cell.location LIKE '%-%' ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END, 1, instr(CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= (SELECT day FROM v_today) AND moved_to_cell.location LIKE '%-%' ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END, '-') - 1) AS wing, stay.arrived_on, replace(lower(stay.arrival_type), '_', ' ') AS arrived_by, CASE WHEN (NOT (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today))) THEN stay.left_on END AS left_on, CASE WHEN (NOT (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today))) THEN replace(lower(stay.departure_reason), '_', ' ') END AS left_by, stay.out_of_scope_from, stay.out_of_scope_reason, worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker
FROM person AS person JOIN stay AS stay ON stay.person_id = person.id LEFT OUTER JOIN allocation AS held ON held.person_id = person.id AND held.allocated_on <= (SELECT day FROM v_today) AND (held.ended_on IS NULL OR held.ended_on > (SELECT day FROM v_today)) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN move AS moved ON moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= (SELECT day FROM v_today) AND (NOT (EXISTS (SELECT moved_again.id
FROM move AS moved_again
WHERE moved_again.person_id = moved.person_id AND moved_again.moved_on >= moved.moved_on AND moved_again.moved_on <= (SELECT day FROM v_today) AND moved_again.id != moved.id)) OR NOT (EXISTS (SELECT moved_later.id
FROM move AS moved_later
WHERE moved_later.person_id = moved.person_id AND moved_later.moved_on > moved.moved_on AND moved_later.moved_on <= (SELECT day FROM v_today))) AND moved.id = (SELECT moved_that_day.id
FROM move AS moved_that_day
WHERE moved_that_day.person_id = moved.person_id AND moved_that_day.moved_on = moved.moved_on ORDER BY moved_that_day.moved_on DESC, coalesce(moved_that_day.at_minute, (SELECT max(timed_before.at_minute) AS max_2
FROM move AS timed_before
WHERE timed_before.person_id = moved_that_day.person_id AND timed_before.moved_on = moved_that_day.moved_on AND timed_before.id < moved_that_day.id), -1) DESC, moved_that_day.id DESC
LIMIT 1 OFFSET 0))
WHERE stay.voided_at IS NULL AND stay.arrived_on = (SELECT max(newer.arrived_on) AS max_3
FROM stay AS newer
WHERE newer.person_id = person.id AND newer.voided_at IS NULL AND newer.arrived_on <= (SELECT day FROM v_today)) ORDER BY person.last_name, person.first_name, person.prison_number;
CREATE VIEW v_key_worker AS 
SELECT worker.staff_id, worker.last_name, worker.first_name, worker.wing, coalesce(worker.capacity, coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'capacity.default'), 6)) AS capacity, coalesce(replace(lower(spell.status), '_', ' '), 'active') AS status, spell.return_on, (SELECT count(*) AS count_1
FROM allocation AS held JOIN stay AS stay ON stay.person_id = held.person_id
WHERE held.key_worker_id = worker.id AND held.person_id = held.person_id AND held.allocated_on <= (SELECT day FROM v_today) AND (held.ended_on IS NULL OR held.ended_on > (SELECT day FROM v_today)) AND stay.voided_at IS NULL AND stay.arrived_on <= (SELECT day FROM v_today) AND (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today)) AND (stay.out_of_scope_from IS NULL OR stay.out_of_scope_from > (SELECT day FROM v_today))) AS prisoners
FROM key_worker AS worker LEFT OUTER JOIN worker_status AS spell ON spell.key_worker_id = worker.id AND spell.from_on = (SELECT max(newer.from_on) AS max_1
FROM worker_status AS newer
WHERE newer.key_worker_id = worker.id AND newer.from_on <= (SELECT day FROM v_today)) AND NOT (spell.status = 'UNAVAILABLE_ANNUAL_LEAVE' AND spell.return_on IS NOT NULL AND spell.return_on <= (SELECT day FROM v_today)) AND (spell.until_on IS NULL OR spell.until_on > (SELECT day FROM v_today)) ORDER BY worker.last_name, worker.first_name, worker.staff_id;
CREATE VIEW v_allocation AS 
SELECT person.prison_number, person.last_name || ', ' || person.first_name AS prisoner, worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker, CASE WHEN (EXISTS (SELECT of_stay.id
FROM stay AS of_stay
WHERE of_stay.person_id = held.person_id AND of_stay.voided_at IS NULL AND of_stay.arrived_on <= held.allocated_on AND (of_stay.left_on IS NULL OR of_stay.left_on >= held.allocated_on))) THEN held.allocated_on ELSE coalesce((SELECT min(next_stay.arrived_on) AS min_1
FROM stay AS next_stay
WHERE next_stay.person_id = held.person_id AND next_stay.voided_at IS NULL AND next_stay.arrived_on > held.allocated_on), held.allocated_on) END AS allocated_on, replace(lower(held.allocation_reason), '_', ' ') AS allocated_as, held.allocated_by, held.acknowledged_on, held.ended_on, replace(lower(held.end_reason), '_', ' ') AS ended_as
FROM allocation AS held JOIN person AS person ON person.id = held.person_id JOIN key_worker AS worker ON worker.id = held.key_worker_id
WHERE held.ended_on IS NULL OR held.ended_on > held.allocated_on ORDER BY person.prison_number, held.allocated_on;
CREATE VIEW v_session AS 
SELECT person.prison_number, person.last_name || ', ' || person.first_name AS prisoner, worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker, session.held_on, CASE WHEN session.start_minute IS NOT NULL THEN printf('%02d:%02d', session.start_minute / 60, session.start_minute % 60) END AS start, CASE WHEN (session.type = 'KS') THEN 'session' ELSE 'entry' END AS type, replace(lower(session.outcome), '_', ' ') AS outcome, session.minutes, CASE WHEN (session.voided_at IS NULL AND session.type = 'KS' AND session.outcome = 'COMPLETED' AND (session.minutes IS NULL OR session.minutes >= coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'session.min_minutes'), 15)) AND (session.place IS NULL OR replace((';' || replace(replace(lower(coalesce((SELECT value FROM setting WHERE key = 'session.uncounted_places'), 'cell door; hatch; landing; observation panel')), '; ', ';'), ' ;', ';') || ';'), ';' || lower(trim(session.place)) || ';', '') = (';' || replace(replace(lower(coalesce((SELECT value FROM setting WHERE key = 'session.uncounted_places'), 'cell door; hatch; landing; observation panel')), '; ', ';'), ' ;', ';') || ';')) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = session.person_id AND died.departure_reason = 'DIED' AND session.recorded_known = 1 AND session.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))) THEN 'yes' ELSE 'no' END AS counted, replace(lower(session.mode), '_', ' ') AS mode, session.place, replace(lower(session.topics), '_', ' ') AS topics, session.next_session_on, session.recorded_at, session.recorded_by
FROM session AS session JOIN person AS person ON person.id = session.person_id JOIN key_worker AS worker ON worker.id = session.key_worker_id
WHERE session.voided_at IS NULL AND session.held_on <= (SELECT day FROM v_today) ORDER BY session.held_on, session.start_minute, person.prison_number;
CREATE VIEW v_slot AS 
SELECT worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker, worker.wing, slot.slot_on AS day, CASE WHEN slot.start_minute IS NOT NULL THEN printf('%02d:%02d', slot.start_minute / 60, slot.start_minute % 60) END AS start, CASE WHEN slot.end_minute IS NOT NULL THEN printf('%02d:%02d', slot.end_minute / 60, slot.end_minute % 60) END AS "end", (slot.end_minute - slot.start_minute + CASE WHEN slot.start_minute < 120 AND slot.end_minute >= 120 AND slot.slot_on = date(substr(slot.slot_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') THEN -60 WHEN slot.start_minute < 120 AND slot.end_minute >= 120 AND slot.slot_on = date(substr(slot.slot_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 60 ELSE 0 END) AS minutes, replace(lower(slot.status), '_', ' ') AS status, replace(lower(slot.reason), '_', ' ') AS reason, slot.published_on
FROM rota_slot AS slot JOIN key_worker AS worker ON worker.id = slot.key_worker_id
WHERE slot.published_on IS NULL OR slot.published_on <= (SELECT day FROM v_today) ORDER BY slot.slot_on, slot.start_minute, worker.staff_id;
CREATE VIEW v_event AS 
SELECT person.prison_number, person.last_name || ', ' || person.first_name AS prisoner, event.code, CASE WHEN (event.code = 'ACCT') THEN 'ACCT open' WHEN (event.code = 'ACCT_PC') THEN 'ACCT post-closure' WHEN (event.code = 'SELF_HARM') THEN 'self-harm in custody' WHEN (event.code = 'SELF_HARM_HISTORY') THEN 'history of self-harm' WHEN (event.code = 'SEG') THEN 'in segregation' WHEN (event.code = 'SEG_REPEAT') THEN 'in segregation twice or more in 90 days' WHEN (event.code = 'BASIC') THEN 'on Basic' WHEN (event.code = 'VIOLENCE_TO_PRISONER') THEN 'violence to a prisoner' WHEN (event.code = 'ANTISOCIAL') THEN 'antisocial or suddenly changed behaviour' WHEN (event.code = 'CSIP') THEN 'challenge, support and intervention plan open' WHEN (event.code = 'SUBSTANCE') THEN 'substance misuse' WHEN (event.code = 'UNDER_INFLUENCE') THEN 'found under the influence' WHEN (event.code = 'SUBSTANCE_REFERRAL') THEN 'referred to the recovery worker, or a care plan' WHEN (event.code = 'DEPRESSION') THEN 'depression known to staff' WHEN (event.code = 'ANXIETY') THEN 'anxiety known to staff' WHEN (event.code = 'DEBT') THEN 'in debt' WHEN (event.code = 'BULLIED') THEN 'being bullied' WHEN (event.code = 'SELF_ISOLATING') THEN 'isolating himself' WHEN (event.code = 'FOOD_REFUSAL') THEN 'refusing food' WHEN (event.code = 'RELATIONSHIP') THEN 'relationship broken down, or contact stopped' WHEN (event.code = 'NO_CONTACT') THEN 'no visits or calls for 28 days' WHEN (event.code = 'EDUCATION') THEN 'fallen behind, or lost work or study' WHEN (event.code = 'LONG_SENTENCE') THEN 'long sentence, facing or just given' WHEN (event.code = 'EARLY_DAYS') THEN 'first 28 days here' WHEN (event.code = 'TRANSFER') THEN 'transferred in' WHEN (event.code = 'RECALL') THEN 'recalled' WHEN (event.code = 'FIRST_CUSTODY') THEN 'first time in custody' WHEN (event.code = 'COURT') THEN 'court within 3 days' WHEN (event.code = 'SETBACK') THEN 'bad news of his sentence or status' WHEN (event.code = 'IPP') THEN 'serving an indeterminate sentence (IPP)' WHEN (event.code = 'ACCT_REPEAT') THEN 'three ACCTs or more in 26 weeks' WHEN (event.code = 'SEG_ON_ACCT') THEN 'in segregation with an ACCT open' WHEN (event.code = 'REVIEW_LATE') THEN 'ACCT review not held when due' WHEN (event.code = 'MOVED_REPEAT') THEN 'moved three times or more in 28 days' WHEN (event.code = 'LOCAL') THEN 'on a local priority list' WHEN (event.code = 'NO_ONE_TO_ONE') THEN 'no one-to-one with this prisoner (RNO121)' ELSE replace(lower(event.code), '_', ' ') END AS event, event.event_on AS day, CASE WHEN event.at_minute IS NOT NULL THEN printf('%02d:%02d', event.at_minute / 60, event.at_minute % 60) END AS time, event.until_on, replace(lower(event.confidence), '_', ' ') AS confidence, event.detail, event.source, event.recorded_at, event.recorded_by
FROM event AS event JOIN person AS person ON person.id = event.person_id
WHERE event.event_on <= (SELECT day FROM v_today) ORDER BY event.event_on, event.at_minute, person.prison_number;
CREATE VIEW v_gap AS 
SELECT person.prison_number, person.last_name, person.first_name, coalesce(moved.location, stay.location) AS location, substr(CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= (SELECT day FROM v_today) AND moved_to_cell.location LIKE '%-%' ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END, 1, instr(CASE WHEN (moved.location IS NULL OR moved.location LIKE '%-%') THEN coalesce(moved.location, stay.location) ELSE coalesce((SELECT moved_to_cell.location
FROM move AS moved_to_cell
WHERE moved_to_cell.person_id = stay.person_id AND moved_to_cell.moved_on >= stay.arrived_on AND moved_to_cell.moved_on <= (SELECT day FROM v_today) AND moved_to_cell.location LIKE '%-%' ORDER BY moved_to_cell.moved_on DESC, coalesce(moved_to_cell.at_minute, (SELECT max(timed_before.at_minute) AS max_1
FROM move AS timed_before
WHERE timed_before.person_id = moved_to_cell.person_id AND timed_before.moved_on = moved_to_cell.moved_on AND timed_before.id < moved_to_cell.id), -1) DESC, moved_to_cell.id DESC
LIMIT 1 OFFSET 0), stay.location) END, '-') - 1) AS wing, worker.staff_id, worker.last_name || ', ' || worker.first_name AS key_worker, stay.arrived_on, last.held_on AS last_session_on, holder.last_name || ', ' || holder.first_name AS last_session_by, coalesce(last.held_on, stay.arrived_on) AS since, CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) AS days, CASE WHEN (CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) < coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.days'), 7)) THEN 'ok' WHEN (CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) = coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.days'), 7)) THEN 'due' WHEN (CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) <= CASE WHEN (coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.serious_days'), 28) > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.days'), 7)) THEN coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.serious_days'), 28) ELSE coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'gap.days'), 7) END) THEN 'overdue' ELSE 'serious' END AS state, CASE WHEN (last.id IS NULL) THEN 'yes' ELSE 'no' END AS never_seen, CASE WHEN (absence.reason = 'COURT') THEN 'at court' WHEN (absence.reason = 'HOSPITAL') THEN 'in hospital' WHEN (absence.reason = 'TEMPORARY_ABSENCE') THEN 'on temporary absence' ELSE replace(lower(absence.reason), '_', ' ') END AS away, (SELECT day FROM v_today) AS as_of
FROM stay AS stay JOIN person AS person ON person.id = stay.person_id LEFT OUTER JOIN allocation AS held ON held.person_id = stay.person_id AND held.allocated_on <= (SELECT day FROM v_today) AND (held.ended_on IS NULL OR held.ended_on > (SELECT day FROM v_today)) LEFT OUTER JOIN key_worker AS worker ON worker.id = held.key_worker_id LEFT OUTER JOIN stay AS death ON death.person_id = stay.person_id AND death.departure_reason = 'DIED' AND NOT (EXISTS (SELECT died_before.id
FROM stay AS died_before
WHERE died_before.person_id = death.person_id AND died_before.departure_reason = 'DIED' AND (died_before.left_on < death.left_on OR died_before.left_on = death.left_on AND died_before.id < death.id))) LEFT OUTER JOIN session AS last ON last.id = (SELECT seen.id
FROM session AS seen
WHERE seen.person_id = stay.person_id AND seen.held_on >= stay.arrived_on AND seen.held_on <= (SELECT day FROM v_today) AND seen.voided_at IS NULL AND seen.type = 'KS' AND seen.outcome = 'COMPLETED' AND (seen.minutes IS NULL OR seen.minutes >= coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'session.min_minutes'), 15)) AND (seen.place IS NULL OR replace((';' || replace(replace(lower(coalesce((SELECT value FROM setting WHERE key = 'session.uncounted_places'), 'cell door; hatch; landing; observation panel')), '; ', ';'), ' ;', ';') || ';'), ';' || lower(trim(seen.place)) || ';', '') = (';' || replace(replace(lower(coalesce((SELECT value FROM setting WHERE key = 'session.uncounted_places'), 'cell door; hatch; landing; observation panel')), '; ', ';'), ' ;', ';') || ';')) AND (death.id IS NULL OR seen.recorded_known = 0 OR seen.recorded_at < (death.left_on || CASE WHEN death.left_on >= date(substr(death.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND death.left_on < date(substr(death.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)) ORDER BY seen.held_on DESC, coalesce(seen.start_minute, -1) DESC, seen.key_worker_id DESC, seen.type DESC
LIMIT 1 OFFSET 0) LEFT OUTER JOIN key_worker AS holder ON holder.id = last.key_worker_id LEFT OUTER JOIN move AS moved ON moved.person_id = stay.person_id AND moved.moved_on >= stay.arrived_on AND moved.moved_on <= (SELECT day FROM v_today) AND (NOT (EXISTS (SELECT moved_again.id
FROM move AS moved_again
WHERE moved_again.person_id = moved.person_id AND moved_again.moved_on >= moved.moved_on AND moved_again.moved_on <= (SELECT day FROM v_today) AND moved_again.id != moved.id)) OR NOT (EXISTS (SELECT moved_later.id
FROM move AS moved_later
WHERE moved_later.person_id = moved.person_id AND moved_later.moved_on > moved.moved_on AND moved_later.moved_on <= (SELECT day FROM v_today))) AND moved.id = (SELECT moved_that_day.id
FROM move AS moved_that_day
WHERE moved_that_day.person_id = moved.person_id AND moved_that_day.moved_on = moved.moved_on ORDER BY moved_that_day.moved_on DESC, coalesce(moved_that_day.at_minute, (SELECT max(timed_before.at_minute) AS max_2
FROM move AS timed_before
WHERE timed_before.person_id = moved_that_day.person_id AND timed_before.moved_on = moved_that_day.moved_on AND timed_before.id < moved_that_day.id), -1) DESC, moved_that_day.id DESC
LIMIT 1 OFFSET 0)) LEFT OUTER JOIN absence AS absence ON absence.person_id = stay.person_id AND absence.from_on <= (SELECT day FROM v_today) AND (absence.to_on IS NULL OR absence.to_on > (SELECT day FROM v_today)) AND NOT (EXISTS (SELECT away_again.id
FROM absence AS away_again
WHERE away_again.person_id = absence.person_id AND away_again.from_on > absence.from_on AND away_again.from_on <= (SELECT day FROM v_today) AND (away_again.to_on IS NULL OR away_again.to_on > (SELECT day FROM v_today)) AND NOT (EXISTS (SELECT died.id
FROM stay AS died
WHERE died.person_id = away_again.person_id AND died.departure_reason = 'DIED' AND away_again.recorded_known = 1 AND away_again.recorded_at >= (died.left_on || CASE WHEN died.left_on >= date(substr(died.left_on, 1, 4) || '-04-01', 'weekday 0', '-7 days') AND died.left_on < date(substr(died.left_on, 1, 4) || '-11-01', 'weekday 0', '-7 days') THEN 'T23' ELSE 'T24' END)))))
WHERE stay.voided_at IS NULL AND stay.arrived_on <= (SELECT day FROM v_today) AND (stay.left_on IS NULL OR stay.left_on > (SELECT day FROM v_today)) AND (stay.out_of_scope_from IS NULL OR stay.out_of_scope_from > (SELECT day FROM v_today)) ORDER BY CAST(julianday((SELECT day FROM v_today)) - julianday(coalesce(last.held_on, stay.arrived_on)) AS INTEGER) DESC, person.prison_number;
COMMIT;
