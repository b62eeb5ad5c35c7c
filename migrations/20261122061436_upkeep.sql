CREATE TABLE `reconciliations` (
	`source_id` text NOT NULL,
	`date` text NOT NULL,
	`said` text NOT NULL,
	`stores` text NOT NULL,
	`is_equal` integer NOT NULL,
	`said_at` integer NOT NULL,
	`compared_at` integer NOT NULL,
	PRIMARY KEY(`source_id`, `date`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `chores` (
	`name` text PRIMARY KEY NOT NULL,
	`page_from` text NOT NULL,
	`page_to` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`source_id` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `source_watches` (
	`source_id` text PRIMARY KEY NOT NULL,
	`looked_to` integer NOT NULL,
	`last_event_at` integer,
	`silent_since` integer
) STRICT, WITHOUT ROWID;
