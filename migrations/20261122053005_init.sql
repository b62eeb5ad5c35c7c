CREATE TABLE `campaign_counters` (
	`campaign_id` text PRIMARY KEY NOT NULL,
	`used` integer NOT NULL,
	`spent_fen` integer NOT NULL,
	`total_limit` integer,
	`budget_fen` integer,
	CONSTRAINT "campaign_total" CHECK("total_limit" IS NULL OR "used" <= "total_limit"),
	CONSTRAINT "campaign_budget" CHECK("budget_fen" IS NULL OR "spent_fen" <= "budget_fen"),
	CONSTRAINT "campaign_used" CHECK("used" >= 0 AND "spent_fen" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `campaign_counters_capped` ON `campaign_counters` (`campaign_id`) WHERE total_limit IS NOT NULL OR budget_fen IS NOT NULL;--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL,
	`in_force_from` integer NOT NULL,
	`in_force_to` integer,
	PRIMARY KEY(`id`, `version`),
	CONSTRAINT "campaigns_status" CHECK("status" IN ('draft', 'active', 'paused', 'ended'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `campaigns_past` ON `campaigns` (`in_force_to`) WHERE in_force_to IS NOT NULL;--> statement-breakpoint
CREATE TABLE `grants` (
	`cause` text NOT NULL,
	`campaign_id` text NOT NULL,
	`member_id` text NOT NULL,
	`times` integer NOT NULL,
	`points` integer NOT NULL,
	`red_packet_fen` integer NOT NULL,
	`cost_fen` integer NOT NULL,
	`coupons` text NOT NULL,
	`tags` text NOT NULL,
	`granted_on` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`cause`, `campaign_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `member_counters` (
	`member_id` text NOT NULL,
	`subject` text NOT NULL,
	`used` integer NOT NULL,
	`used_on` text NOT NULL,
	`used_that_day` integer NOT NULL,
	PRIMARY KEY(`member_id`, `subject`),
	CONSTRAINT "member_counter_used" CHECK("used" >= 0 AND "used_that_day" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `coupon_template_counters` (
	`template_id` text PRIMARY KEY NOT NULL,
	`issued` integer NOT NULL,
	`stock` integer,
	CONSTRAINT "coupon_stock" CHECK("stock" IS NULL OR "issued" <= "stock"),
	CONSTRAINT "coupon_issued" CHECK("issued" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `coupon_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `coupons` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`template_id` text NOT NULL,
	`campaign_id` text,
	`sale_id` text,
	`state` text NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`ended_at` integer,
	`flag` text,
	CONSTRAINT "coupon_state" CHECK("state" IN ('issued', 'used', 'revoked')),
	CONSTRAINT "coupon_window" CHECK("valid_from" < "valid_to")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `coupons_member` ON `coupons` (`member_id`,`issued_at`);--> statement-breakpoint
CREATE TABLE `applied_events` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `guards` (
	`name` text NOT NULL,
	CONSTRAINT "reading_is_current" CHECK(0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `inbox` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`source_id` text NOT NULL,
	`sender_id` text NOT NULL,
	`revision` integer NOT NULL,
	`type` text NOT NULL,
	`state` text NOT NULL,
	`received_at` integer NOT NULL,
	`body` text NOT NULL,
	`attempts` integer NOT NULL,
	`waits_for` text,
	`note` text,
	`outcome` text,
	`decided_at` integer,
	CONSTRAINT "inbox_state" CHECK("state" IN ('received', 'done', 'parked', 'ignored', 'waiting'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_id` ON `inbox` (`id`);--> statement-breakpoint
CREATE INDEX `inbox_received` ON `inbox` (`seq`) WHERE state = 'received';--> statement-breakpoint
CREATE INDEX `inbox_waiting` ON `inbox` (`waits_for`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `inbox_parked` ON `inbox` (`seq`) WHERE state = 'parked';--> statement-breakpoint
CREATE TABLE `ledger` (
	`member_id` text NOT NULL,
	`account` text NOT NULL,
	`seq` integer NOT NULL,
	`delta` integer NOT NULL,
	`balance` integer NOT NULL,
	`credited` integer NOT NULL,
	`cause` text NOT NULL,
	`at` integer NOT NULL,
	`overdraft` integer NOT NULL,
	PRIMARY KEY(`member_id`, `account`, `seq`),
	CONSTRAINT "ledger_never_negative" CHECK("balance" >= 0 OR "overdraft" = 1),
	CONSTRAINT "ledger_account" CHECK("account" IN ('points', 'growth', 'wallet', 'principal', 'bonus')),
	CONSTRAINT "ledger_moves" CHECK("delta" <> 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `identities` (
	`key` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `identities_member` ON `identities` (`member_id`);--> statement-breakpoint
CREATE TABLE `member_tags` (
	`member_id` text NOT NULL,
	`tag` text NOT NULL,
	`support` integer NOT NULL,
	`manual` integer NOT NULL,
	PRIMARY KEY(`member_id`, `tag`),
	CONSTRAINT "member_tags_support" CHECK("support" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`phone` text,
	`level` text,
	`super_until` integer,
	`associate_id` text,
	`store_id` text,
	`orders` integer NOT NULL,
	`spent_fen` integer NOT NULL,
	`first_at` integer,
	`last_at` integer,
	`created_at` integer NOT NULL,
	`merged_into` text,
	`deleted_at` integer,
	`version` integer NOT NULL,
	CONSTRAINT "members_version" CHECK("version" >= 1)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY NOT NULL,
	`cause` text NOT NULL,
	`kind` text NOT NULL,
	`member_id` text,
	`associate_id` text,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`lease_until` integer,
	`attempts` integer NOT NULL,
	`channel` text,
	`last_error` text,
	`receipt` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "outbox_state" CHECK("state" IN ('pending', 'sent', 'parked'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbox_pending` ON `outbox` (`due_at`) WHERE state = 'pending';--> statement-breakpoint
CREATE TABLE `reminder_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`enabled` integer NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reminders` (
	`member_id` text NOT NULL,
	`sku` text NOT NULL,
	`plan_id` text NOT NULL,
	`product_name` text NOT NULL,
	`store_id` text NOT NULL,
	`lots` text NOT NULL,
	`ends_on` text NOT NULL,
	`due_at` integer NOT NULL,
	`send_at` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`member_id`, `sku`),
	CONSTRAINT "reminder_state" CHECK("state" IN ('pending', 'sent', 'cancelled'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `reminders_due` ON `reminders` (`send_at`) WHERE state = 'pending';--> statement-breakpoint
CREATE TABLE `refunds` (
	`sale_id` text NOT NULL,
	`refund_no` text NOT NULL,
	`scope` text NOT NULL,
	`member_id` text,
	`refunded_fen` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	`lines` text NOT NULL,
	`added` text NOT NULL,
	PRIMARY KEY(`sale_id`, `refund_no`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sale_lines` (
	`sale_id` text NOT NULL,
	`line_no` text NOT NULL,
	`kind` text NOT NULL,
	`sku` text NOT NULL,
	`name` text NOT NULL,
	`category_ids` text NOT NULL,
	`brand` text,
	`tags` text NOT NULL,
	`quantity_milli` integer NOT NULL,
	`paid_fen` integer NOT NULL,
	`earning_fen` integer NOT NULL,
	`points_factor_milli` integer NOT NULL,
	PRIMARY KEY(`sale_id`, `line_no`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sales` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text,
	`order_no` text NOT NULL,
	`version` text NOT NULL,
	`store_id` text NOT NULL,
	`associate_id` text,
	`channel` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`occurred_on` text NOT NULL,
	`paid_fen` integer NOT NULL,
	`kept_fen` integer NOT NULL,
	`voided_at` integer,
	`evaluated_at` integer NOT NULL,
	`points` integer NOT NULL,
	`growth` integer NOT NULL,
	`points_mark` integer NOT NULL,
	`wallet_mark` integer NOT NULL,
	`rev` integer NOT NULL,
	CONSTRAINT "sales_money" CHECK("kept_fen" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sales_member` ON `sales` (`member_id`,`occurred_at`);--> statement-breakpoint
CREATE TABLE `api_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`key` text PRIMARY KEY NOT NULL,
	`body_hash` text NOT NULL,
	`response` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`adapter` text NOT NULL,
	`namespace` text NOT NULL,
	`secrets` text NOT NULL,
	`config` text,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `wechat_tokens` (
	`app_id` text PRIMARY KEY NOT NULL,
	`token` text,
	`expires_at` integer NOT NULL,
	`refreshing_until` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `associates` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`store_id` text,
	`openid` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `products` (
	`sku` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`category_path` text NOT NULL,
	`brand` text,
	`tags` text NOT NULL,
	`points_factor_milli` integer NOT NULL,
	`status` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `stores` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL
) STRICT, WITHOUT ROWID;
