CREATE TABLE `imported` (
	`key` text PRIMARY KEY NOT NULL,
	`content_hash` text NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `poll_budgets` (
	`source_id` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`used` integer NOT NULL,
	`day_limit` integer,
	CONSTRAINT "poll_budget" CHECK("day_limit" IS NULL OR "used" <= "day_limit")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `polls` (
	`source_id` text NOT NULL,
	`stream` text NOT NULL,
	`read_to` integer NOT NULL,
	`not_before` integer NOT NULL,
	`window_from` integer,
	`window_to` integer,
	`page` text,
	`questions` text NOT NULL,
	`looked_back_on` text,
	`next_at` integer NOT NULL,
	`lease_until` integer,
	`failures` integer NOT NULL,
	`back_off_until` integer,
	`last_ok_at` integer,
	`last_event_at` integer,
	`last_error` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`source_id`, `stream`),
	CONSTRAINT "polls_window" CHECK(("window_from" IS NULL) = ("window_to" IS NULL)),
	CONSTRAINT "polls_failures" CHECK("failures" >= 0)
) STRICT, WITHOUT ROWID;
