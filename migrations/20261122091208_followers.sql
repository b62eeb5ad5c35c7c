CREATE TABLE `mass_counters` (
	`openid` text PRIMARY KEY NOT NULL,
	`month` text NOT NULL,
	`sent` integer NOT NULL,
	CONSTRAINT "mass_monthly" CHECK("mass_counters"."sent" BETWEEN 0 AND 4)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mass_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`audience` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`cursor` text NOT NULL,
	`pages` integer NOT NULL,
	`recipients` integer NOT NULL,
	`over_limit` integer NOT NULL,
	`is_listed` integer NOT NULL,
	`note` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "mass_state" CHECK("mass_messages"."state" IN ('waiting', 'sending', 'done', 'stopped')),
	CONSTRAINT "mass_counts" CHECK("mass_messages"."recipients" >= 0 AND "mass_messages"."over_limit" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `mass_messages_open` ON `mass_messages` (`due_at`) WHERE state IN ('waiting', 'sending');--> statement-breakpoint
CREATE TABLE `mass_pages` (
	`mass_id` text NOT NULL,
	`page` integer NOT NULL,
	`month` text NOT NULL,
	`openids` text NOT NULL,
	`recipients` integer NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`lease_until` integer,
	`attempts` integer NOT NULL,
	`unsure_since` integer,
	`msg_id` text,
	`last_error` text,
	PRIMARY KEY(`mass_id`, `page`),
	CONSTRAINT "mass_page_state" CHECK("mass_pages"."state" IN ('pending', 'sent', 'refused', 'unsure'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `mass_pages_pending` ON `mass_pages` (`due_at`) WHERE state = 'pending';--> statement-breakpoint
CREATE TABLE `mass_receipts` (
	`msg_id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`total` integer NOT NULL,
	`filtered` integer NOT NULL,
	`sent` integer NOT NULL,
	`failed` integer NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `early_receipts` (
	`receipt` text PRIMARY KEY NOT NULL,
	`arrival` text NOT NULL,
	`why` text,
	`at` integer NOT NULL,
	CONSTRAINT "early_receipt_arrival" CHECK("early_receipts"."arrival" IN ('delivered', 'blocked', 'failed'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `recharges` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`store_id` text NOT NULL,
	`principal_fen` integer NOT NULL,
	`bonus_fen` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	CONSTRAINT "recharges_money" CHECK("recharges"."principal_fen" >= 0 AND "recharges"."bonus_fen" >= 0 AND "recharges"."principal_fen" + "recharges"."bonus_fen" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `recharges_member` ON `recharges` (`member_id`);--> statement-breakpoint
CREATE TABLE `sms_codes` (
	`phone_key` text NOT NULL,
	`id` text NOT NULL,
	`sent_at` integer NOT NULL,
	`purpose` text NOT NULL,
	`openid_key` text NOT NULL,
	`address_key` text NOT NULL,
	`code_key` text NOT NULL,
	`expires_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`is_counted` integer NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`phone_key`, `id`),
	CONSTRAINT "sms_code_purpose" CHECK("sms_codes"."purpose" IN ('register')),
	CONSTRAINT "sms_code_attempts" CHECK("sms_codes"."attempts" BETWEEN 0 AND 5)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sms_consents` (
	`member_id` text PRIMARY KEY NOT NULL,
	`agreed_at` integer NOT NULL,
	`withdrawn_at` integer,
	`sent_at` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `payout_days` (
	`day_on` text PRIMARY KEY NOT NULL,
	`spent_fen` integer NOT NULL,
	`limit_fen` integer,
	CONSTRAINT "payout_day" CHECK("payout_days"."spent_fen" >= 0 AND ("payout_days"."limit_fen" IS NULL OR "payout_days"."spent_fen" <= "payout_days"."limit_fen"))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `transfers` (
	`seq` integer PRIMARY KEY NOT NULL,
	`out_bill_no` text NOT NULL,
	`member_id` text NOT NULL,
	`kind` text NOT NULL,
	`sale_id` text,
	`amount_fen` integer NOT NULL,
	`openid` text,
	`terms` text NOT NULL,
	`state` text NOT NULL,
	`transfer_bill_no` text,
	`package_info` text,
	`fail_reason` text,
	`recalls` text NOT NULL,
	`cancel_asked_at` integer,
	`cancel_reason` text,
	`day_on` text NOT NULL,
	`asked_at` integer NOT NULL,
	`ended_at` integer,
	`rev` integer NOT NULL,
	`due_at` integer NOT NULL,
	`lease_until` integer,
	`attempts` integer NOT NULL,
	`last_error` text,
	CONSTRAINT "transfer_state" CHECK("transfers"."state" IN ('asked', 'sent', 'waiting', 'cancelling', 'paid', 'failed', 'cancelled', 'expired')),
	CONSTRAINT "transfer_ended" CHECK("transfers"."state" IN ('asked', 'sent', 'waiting', 'cancelling') OR "transfers"."ended_at" IS NOT NULL),
	CONSTRAINT "transfer_kind" CHECK("transfers"."kind" IN ('withdrawal', 'red-packet')),
	CONSTRAINT "transfer_amount" CHECK("transfers"."amount_fen" > 0),
	CONSTRAINT "transfer_cancel" CHECK("transfers"."cancel_reason" IS NULL OR "transfers"."cancel_reason" IN ('asked', 'returned', 'gave-up', 'unconfirmed')),
	CONSTRAINT "transfer_cancelled_at" CHECK(("transfers"."cancel_asked_at" IS NULL) = ("transfers"."cancel_reason" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_bill` ON `transfers` (`out_bill_no`);--> statement-breakpoint
CREATE INDEX `transfers_due` ON `transfers` (`due_at`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `transfers_sale` ON `transfers` (`sale_id`) WHERE sale_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `transfers_member` ON `transfers` (`member_id`,`seq`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`seq` integer PRIMARY KEY NOT NULL,
	`thread` text NOT NULL,
	`member_id` text,
	`associate_id` text,
	`direction` text NOT NULL,
	`channel` text NOT NULL,
	`kind` text NOT NULL,
	`text` text,
	`cause` text NOT NULL,
	`at` integer NOT NULL,
	`read_at` integer,
	CONSTRAINT "contact_direction" CHECK("contacts"."direction" IN ('in', 'out', 'note'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `contacts_thread` ON `contacts` (`thread`,`seq`);--> statement-breakpoint
CREATE TABLE `erasures` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`needles` text NOT NULL,
	`requested_at` integer NOT NULL,
	`started_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `fan_windows` (
	`openid` text NOT NULL,
	`act` text NOT NULL,
	`until` integer NOT NULL,
	`messages_left` integer NOT NULL,
	PRIMARY KEY(`openid`, `act`),
	CONSTRAINT "fan_window_act" CHECK("fan_windows"."act" IN ('said', 'clicked', 'followed', 'scanned')),
	CONSTRAINT "fan_window_left" CHECK("fan_windows"."messages_left" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `fans` (
	`openid` text PRIMARY KEY NOT NULL,
	`unionid` text,
	`followed_at` integer NOT NULL,
	`associate_id` text,
	`store_id` text,
	`source` text,
	`claim_scene` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `permissions` (
	`openid` text NOT NULL,
	`template_id` text NOT NULL,
	`stock` integer NOT NULL,
	`refused_at` integer,
	PRIMARY KEY(`openid`, `template_id`),
	CONSTRAINT "permission_stock" CHECK("permissions"."stock" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `scenes` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`target_id` text NOT NULL,
	`name` text NOT NULL,
	`ticket` text,
	`url` text,
	`expires_at` integer,
	`created_at` integer NOT NULL,
	`scans` integer NOT NULL,
	`claims` integer NOT NULL,
	`renewal_days` integer,
	CONSTRAINT "scene_kind" CHECK("scenes"."kind" IN ('associate', 'store', 'coupon', 'campaign', 'source', 'staff')),
	CONSTRAINT "scene_counts" CHECK("scenes"."scans" >= 0 AND "scenes"."claims" >= 0),
	CONSTRAINT "scene_once" CHECK("scenes"."kind" <> 'staff' OR "scenes"."scans" <= 1)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `scenes_renewal` ON `scenes` (`expires_at`) WHERE renewal_days IS NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `joined_at` integer;--> statement-breakpoint
ALTER TABLE `members` ADD `source` text;--> statement-breakpoint
ALTER TABLE `members` ADD `children` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `openid` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `arrival` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `passed_over` text;--> statement-breakpoint
CREATE INDEX `outbox_reply` ON `outbox` (`cause`) WHERE kind = 'reply';--> statement-breakpoint
CREATE INDEX `outbox_openid` ON `outbox` (`openid`) WHERE openid IS NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_receipt` ON `outbox` (`receipt`) WHERE receipt IS NOT NULL;--> statement-breakpoint
ALTER TABLE `polls` ADD `tally` text;--> statement-breakpoint
ALTER TABLE `polls` ADD `session` text;--> statement-breakpoint
ALTER TABLE `refunds` ADD `version` text DEFAULT '1' NOT NULL;--> statement-breakpoint
ALTER TABLE `refunds` ADD `business_on` text;--> statement-breakpoint
ALTER TABLE `sales` ADD `business_on` text;--> statement-breakpoint
ALTER TABLE `associates` ADD `wecom_user_id` text;--> statement-breakpoint
ALTER TABLE `inbox` ADD `trust` text CONSTRAINT "inbox_trust" CHECK("trust" IN ('signed', 'weak', 'token'));--> statement-breakpoint
ALTER TABLE `inbox` ADD `subject` text;--> statement-breakpoint
CREATE INDEX `inbox_subject` ON `inbox` (`subject`) WHERE subject IS NOT NULL;
