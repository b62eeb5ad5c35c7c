CREATE TABLE `member_files` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`sex` text,
	`address` text,
	`postcode` text,
	`occupation` text,
	`income` text,
	`education` text,
	`remark` text,
	`id_sealed` text,
	`id_consent_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `member_files_member` ON `member_files` (`member_id`);--> statement-breakpoint
CREATE TABLE `identities` (
	`key` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `identities_member` ON `identities` (`member_id`);--> statement-breakpoint
CREATE INDEX `identities_phone_end` ON `identities` (substr(key, -4)) WHERE key GLOB 'phone:*';--> statement-breakpoint
CREATE TABLE `joined_digests` (
	`key` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`phone` text,
	`level` text,
	`super_until` integer,
	`associate_id` text,
	`seller_id` text,
	`store_id` text,
	`orders` integer NOT NULL,
	`spent_fen` integer NOT NULL,
	`first_at` integer,
	`last_at` integer,
	`sales_in_hour` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`merged_into` text,
	`deleted_at` integer,
	`version` integer NOT NULL,
	`joined_at` integer,
	`source` text,
	`children` text,
	`birthday_on` text,
	`document` text,
	CONSTRAINT "members_version" CHECK("members"."version" >= 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `mergers` (
	`seq` integer PRIMARY KEY NOT NULL,
	`from_id` text NOT NULL,
	`into_id` text NOT NULL,
	`at` integer NOT NULL,
	`parted` text NOT NULL,
	`moved` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `mergers_from` ON `mergers` (`from_id`);--> statement-breakpoint
CREATE INDEX `mergers_into` ON `mergers` (`into_id`);--> statement-breakpoint
CREATE TABLE `referral_dues` (
	`due_at` integer NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`due_at`, `id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `referral_marks` (
	`key` text NOT NULL,
	`member_id` text NOT NULL,
	PRIMARY KEY(`key`, `member_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `referral_marks_member` ON `referral_marks` (`member_id`);--> statement-breakpoint
CREATE TABLE `referrals` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`invitee_id` text,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`why` text,
	`wallet_fen` integer NOT NULL,
	`coupons` text NOT NULL,
	`settled_at` integer,
	`spent_fen` integer NOT NULL,
	`commission_fen` integer NOT NULL,
	`device` text,
	`network` text,
	`by` text,
	`rev` integer NOT NULL,
	CONSTRAINT "referral_state" CHECK("referrals"."state" IN ('new', 'review', 'waiting', 'paid', 'refused', 'rejected'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `referrals_member` ON `referrals` (`member_id`,`at`);--> statement-breakpoint
CREATE INDEX `referrals_state` ON `referrals` (`state`,`at`);--> statement-breakpoint
CREATE INDEX `referrals_invitee` ON `referrals` (`invitee_id`) WHERE invitee_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `super_memberships` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`store_id` text NOT NULL,
	`plan` text NOT NULL,
	`paid_fen` integer NOT NULL,
	`refund` text NOT NULL,
	`refund_within_days` integer NOT NULL,
	`sold_at` integer NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`before_at` integer,
	`ended_at` integer,
	`ended_as` text,
	`back_fen` integer NOT NULL,
	CONSTRAINT "super_membership_span" CHECK("super_memberships"."from_at" < "super_memberships"."until_at"),
	CONSTRAINT "super_membership_money" CHECK("super_memberships"."paid_fen" >= 0 AND "super_memberships"."back_fen" BETWEEN 0 AND "super_memberships"."paid_fen"),
	CONSTRAINT "super_membership_end" CHECK(("super_memberships"."ended_at" IS NULL) = ("super_memberships"."ended_as" IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `super_memberships_member` ON `super_memberships` (`member_id`,`sold_at`);--> statement-breakpoint
CREATE TABLE `member_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`slot` integer NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "member_groups_most" CHECK("member_groups"."slot" <= 50)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tag_dictionaries` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`slot` integer NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "tag_dictionaries_most" CHECK("tag_dictionaries"."slot" <= 30)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tag_holders` (
	`tag` text NOT NULL,
	`member_id` text NOT NULL,
	PRIMARY KEY(`tag`, `member_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tag_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`tagging` text,
	`audience` text,
	`store_ids` text,
	`by` text NOT NULL,
	`state` text NOT NULL,
	`cursor` text NOT NULL,
	`counts` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "tag_job_state" CHECK("tag_jobs"."state" IN ('running', 'done'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tag_jobs_running` ON `tag_jobs` (`created_at`) WHERE state = 'running';--> statement-breakpoint
CREATE INDEX `tag_jobs_created` ON `tag_jobs` (`created_at`);--> statement-breakpoint
CREATE TABLE `tag_rules` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`rev` integer NOT NULL,
	`slot` integer NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	CONSTRAINT "tag_rules_most" CHECK("tag_rules"."slot" <= 20)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
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
	`in_hand` integer DEFAULT false NOT NULL,
	`attempts` integer NOT NULL,
	`channel` text,
	`last_error` text,
	`receipt` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`openid` text,
	`arrival` text,
	`passed_over` text,
	CONSTRAINT "outbox_state" CHECK("outbox"."state" IN ('pending', 'sent', 'parked'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbox_pending` ON `outbox` (`due_at`) WHERE state = 'pending' AND in_hand = 0;--> statement-breakpoint
CREATE INDEX `outbox_reply` ON `outbox` (`cause`) WHERE kind = 'reply';--> statement-breakpoint
CREATE INDEX `outbox_openid` ON `outbox` (`openid`) WHERE openid IS NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_receipt` ON `outbox` (`receipt`) WHERE receipt IS NOT NULL;--> statement-breakpoint
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
	`posted_at` integer NOT NULL,
	`store_id` text,
	`waits` text,
	PRIMARY KEY(`member_id`, `account`, `seq`),
	CONSTRAINT "ledger_never_negative" CHECK("ledger"."balance" >= 0 OR "ledger"."overdraft" = 1),
	CONSTRAINT "ledger_account" CHECK("ledger"."account" IN ('points', 'growth', 'wallet', 'principal', 'bonus', 'prepaid')),
	CONSTRAINT "ledger_moves" CHECK("ledger"."delta" <> 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `owed_closes` (
	`on_day` text PRIMARY KEY NOT NULL,
	`points` integer NOT NULL,
	`pending` integer NOT NULL,
	`principal` integer NOT NULL,
	`bonus` integer NOT NULL,
	`wallet` integer NOT NULL,
	`prepaid` integer NOT NULL,
	`worth_fen` integer NOT NULL,
	`closed_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `owed_days` (
	`on_day` text NOT NULL,
	`account` text NOT NULL,
	`move` text NOT NULL,
	`store_id` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`on_day`, `account`, `move`, `store_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `owed_rows` (
	`on_day` text NOT NULL,
	`account` text NOT NULL,
	`move` text NOT NULL,
	`store_id` text NOT NULL,
	`page` integer NOT NULL,
	`keys` text NOT NULL,
	PRIMARY KEY(`on_day`, `account`, `move`, `store_id`, `page`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `owed_walks` (
	`id` integer PRIMARY KEY NOT NULL,
	`on_day` text NOT NULL,
	`at` text NOT NULL,
	`rev` integer NOT NULL,
	`opening` text NOT NULL,
	`closing` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `stored_moves` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`store_id` text,
	`act` text NOT NULL,
	`principal_fen` integer NOT NULL,
	`bonus_fen` integer NOT NULL,
	`of_id` text,
	`back_principal_fen` integer NOT NULL,
	`back_bonus_fen` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	CONSTRAINT "stored_moves_money" CHECK("stored_moves"."act" = 'corrected' OR ("stored_moves"."principal_fen" >= 0 AND "stored_moves"."bonus_fen" >= 0 AND "stored_moves"."principal_fen" + "stored_moves"."bonus_fen" > 0)),
	CONSTRAINT "stored_moves_back" CHECK("stored_moves"."back_principal_fen" BETWEEN 0 AND abs("stored_moves"."principal_fen") AND "stored_moves"."back_bonus_fen" BETWEEN 0 AND abs("stored_moves"."bonus_fen"))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `stored_moves_member` ON `stored_moves` (`member_id`,`occurred_at`);--> statement-breakpoint
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
	CONSTRAINT "transfer_cancel" CHECK("transfers"."cancel_reason" IS NULL OR "transfers"."cancel_reason" IN ('asked', 'returned', 'withdrawn', 'gave-up', 'unconfirmed')),
	CONSTRAINT "transfer_cancelled_at" CHECK(("transfers"."cancel_asked_at" IS NULL) = ("transfers"."cancel_reason" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_bill` ON `transfers` (`out_bill_no`);--> statement-breakpoint
CREATE INDEX `transfers_due` ON `transfers` (`due_at`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `transfers_sale` ON `transfers` (`sale_id`) WHERE sale_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `transfers_member` ON `transfers` (`member_id`,`seq`);--> statement-breakpoint
CREATE TABLE `check_ins` (
	`member_id` text PRIMARY KEY NOT NULL,
	`last_on` text NOT NULL,
	`streak_days` integer NOT NULL,
	CONSTRAINT "check_in_streak" CHECK("check_ins"."streak_days" >= 1)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `draws` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`lottery_id` text NOT NULL,
	`points` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`prize` text,
	`coupon_id` text,
	`code` text,
	`collected_at` integer,
	`collected_by` text,
	`collected_store_id` text,
	CONSTRAINT "draws_points" CHECK("draws"."points" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `draws_member` ON `draws` (`member_id`,`at`);--> statement-breakpoint
CREATE INDEX `draws_won` ON `draws` (`lottery_id`,`at`) WHERE "draws"."prize" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `draws_code` ON `draws` (`code`) WHERE "draws"."code" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `lotteries` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`drawn` integer NOT NULL,
	`awarded` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "lottery_quotas" CHECK(coalesce(awarded ->> 0, 0) <= coalesce(definition ->> '$.prizes[0].quota', 0) AND coalesce(awarded ->> 1, 0) <= coalesce(definition ->> '$.prizes[1].quota', 0) AND coalesce(awarded ->> 2, 0) <= coalesce(definition ->> '$.prizes[2].quota', 0) AND coalesce(awarded ->> 3, 0) <= coalesce(definition ->> '$.prizes[3].quota', 0) AND coalesce(awarded ->> 4, 0) <= coalesce(definition ->> '$.prizes[4].quota', 0) AND coalesce(awarded ->> 5, 0) <= coalesce(definition ->> '$.prizes[5].quota', 0) AND coalesce(awarded ->> 6, 0) <= coalesce(definition ->> '$.prizes[6].quota', 0) AND coalesce(awarded ->> 7, 0) <= coalesce(definition ->> '$.prizes[7].quota', 0) AND coalesce(awarded ->> 8, 0) <= coalesce(definition ->> '$.prizes[8].quota', 0) AND coalesce(awarded ->> 9, 0) <= coalesce(definition ->> '$.prizes[9].quota', 0))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `exchange_items` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`exchanged` integer NOT NULL,
	`limit_count` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "exchange_stock" CHECK("exchange_items"."limit_count" IS NULL OR "exchange_items"."exchanged" <= "exchange_items"."limit_count"),
	CONSTRAINT "exchange_count" CHECK("exchange_items"."exchanged" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `exchanges` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`item_id` text NOT NULL,
	`coupon_id` text NOT NULL,
	`points` integer NOT NULL,
	`taken` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`undone_at` integer,
	CONSTRAINT "exchanges_points" CHECK("exchanges"."points" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `exchanges_member` ON `exchanges` (`member_id`,`at`);--> statement-breakpoint
CREATE TABLE `points_ends` (
	`is_told` integer NOT NULL,
	`last_on` text NOT NULL,
	`member_id` text NOT NULL,
	PRIMARY KEY(`is_told`, `last_on`, `member_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `point_spends` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`store_id` text NOT NULL,
	`used_for` text NOT NULL,
	`points` integer NOT NULL,
	`payable_fen` integer NOT NULL,
	`off_fen` integer NOT NULL,
	`taken` text NOT NULL,
	`back_points` integer NOT NULL,
	`turn` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`undone_at` integer,
	CONSTRAINT "point_spends_points" CHECK("point_spends"."points" > 0 AND "point_spends"."off_fen" BETWEEN 0 AND "point_spends"."payable_fen"),
	CONSTRAINT "point_spends_back" CHECK("point_spends"."back_points" BETWEEN 0 AND "point_spends"."points")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `point_spends_member` ON `point_spends` (`member_id`,`at`);--> statement-breakpoint
CREATE INDEX `point_spends_used` ON `point_spends` (`used_for`);--> statement-breakpoint
CREATE TABLE `code_misses` (
	`id` text PRIMARY KEY NOT NULL,
	`hour` integer NOT NULL,
	`misses` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `coupon_batches` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`definition` text NOT NULL,
	`claimed` integer NOT NULL,
	`limit_count` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "coupon_batch_limit" CHECK("coupon_batches"."limit_count" IS NULL OR "coupon_batches"."claimed" <= "coupon_batches"."limit_count"),
	CONSTRAINT "coupon_batch_claimed" CHECK("coupon_batches"."claimed" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `coupon_batches_id` ON `coupon_batches` (`id`);--> statement-breakpoint
CREATE TABLE `coupon_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`coupon_id` text,
	`claimed_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `campaign_counters` (
	`campaign_id` text PRIMARY KEY NOT NULL,
	`used` integer NOT NULL,
	`spent_fen` integer NOT NULL,
	`total_limit` integer,
	`budget_fen` integer,
	`coupons` text,
	CONSTRAINT "campaign_total" CHECK("campaign_counters"."total_limit" IS NULL OR "campaign_counters"."used" <= "campaign_counters"."total_limit"),
	CONSTRAINT "campaign_budget" CHECK("campaign_counters"."budget_fen" IS NULL OR "campaign_counters"."spent_fen" <= "campaign_counters"."budget_fen"),
	CONSTRAINT "campaign_used" CHECK("campaign_counters"."used" >= 0 AND "campaign_counters"."spent_fen" >= 0)
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
	CONSTRAINT "campaigns_status" CHECK("campaigns"."status" IN ('draft', 'active', 'paused', 'ended'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `campaigns_past` ON `campaigns` (`in_force_to`) WHERE in_force_to IS NOT NULL;--> statement-breakpoint
CREATE TABLE `grants` (
	`cause` text NOT NULL,
	`campaign_id` text NOT NULL,
	`member_id` text NOT NULL,
	`times` integer NOT NULL,
	`awards` text NOT NULL,
	`cost_fen` integer NOT NULL,
	`granted_on` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`cause`, `campaign_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `coupon_moves` (
	`seq` integer PRIMARY KEY NOT NULL,
	`coupon_id` text NOT NULL,
	`act` text NOT NULL,
	`cause` text NOT NULL,
	`at` integer NOT NULL,
	`store_id` text,
	`by` text,
	`off_fen` integer,
	`reason` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `coupon_moves_coupon` ON `coupon_moves` (`coupon_id`);--> statement-breakpoint
CREATE INDEX `coupon_moves_counter` ON `coupon_moves` (`store_id`,`at`) WHERE act = 'used' AND by IS NOT NULL;--> statement-breakpoint
CREATE INDEX `coupon_moves_used` ON `coupon_moves` (`at`) WHERE act = 'used';--> statement-breakpoint
CREATE TABLE `coupon_tallies` (
	`template_id` text PRIMARY KEY NOT NULL,
	`sent` integer NOT NULL,
	`revoked` integer NOT NULL,
	`used` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `coupons` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text,
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
	`store_id` text,
	`batch_id` text,
	`placement` integer,
	`locked_for` text,
	`locked_until` integer,
	`used_for` text,
	`off_fen` integer,
	`on_fen` integer,
	`pass_id` text,
	`pass_until` integer,
	`passed_by` text,
	`passed_at` integer,
	`paid_fen` integer,
	CONSTRAINT "coupon_state" CHECK("coupons"."state" IN ('issued', 'used', 'revoked')),
	CONSTRAINT "coupon_window" CHECK("coupons"."valid_from" < "coupons"."valid_to"),
	CONSTRAINT "coupon_use" CHECK("coupons"."state" <> 'used' OR "coupons"."used_for" IS NOT NULL),
	CONSTRAINT "coupon_lock" CHECK(("coupons"."locked_for" IS NULL) = ("coupons"."locked_until" IS NULL)),
	CONSTRAINT "coupon_pass" CHECK("coupons"."pass_until" IS NULL OR "coupons"."pass_id" IS NOT NULL),
	CONSTRAINT "coupon_passed" CHECK(("coupons"."passed_by" IS NULL) = ("coupons"."passed_at" IS NULL) AND ("coupons"."passed_by" IS NULL) = ("coupons"."code" IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `coupons_member` ON `coupons` (`member_id`,`issued_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `coupons_code` ON `coupons` (`code`) WHERE code IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `coupons_pass` ON `coupons` (`pass_id`) WHERE pass_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `coupons_passed` ON `coupons` (`passed_by`) WHERE passed_by IS NOT NULL;--> statement-breakpoint
CREATE INDEX `coupons_used` ON `coupons` (`used_for`) WHERE used_for IS NOT NULL;--> statement-breakpoint
CREATE INDEX `coupons_batch` ON `coupons` (`batch_id`,`placement`) WHERE batch_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `coupons_prepaid` ON `coupons` (`valid_to`) WHERE paid_fen IS NOT NULL;--> statement-breakpoint
CREATE TABLE `grant_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`template_id` text NOT NULL,
	`count` integer NOT NULL,
	`reason` text NOT NULL,
	`audience` text NOT NULL,
	`store_ids` text,
	`state` text NOT NULL,
	`by` text NOT NULL,
	`tells` integer NOT NULL,
	`people` integer NOT NULL,
	`unknown` integer NOT NULL,
	`cursor` text NOT NULL,
	`counts` text NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	CONSTRAINT "grant_job_state" CHECK("grant_jobs"."state" IN ('draft', 'running', 'done', 'stopped')),
	CONSTRAINT "grant_job_count" CHECK("grant_jobs"."count" >= 1)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `grant_jobs_running` ON `grant_jobs` (`started_at`) WHERE state = 'running';--> statement-breakpoint
CREATE INDEX `grant_jobs_created` ON `grant_jobs` (`created_at`);--> statement-breakpoint
CREATE TABLE `grant_outcomes` (
	`job_id` text NOT NULL,
	`member_id` text NOT NULL,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`job_id`, `member_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `package_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `package_uses` (
	`id` text PRIMARY KEY NOT NULL,
	`package_id` text NOT NULL,
	`store_id` text NOT NULL,
	`item_id` text NOT NULL,
	`count` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`undone_at` integer,
	CONSTRAINT "package_use_count" CHECK("package_uses"."count" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `package_uses_package` ON `package_uses` (`package_id`,`at`);--> statement-breakpoint
CREATE TABLE `packages` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`member_id` text NOT NULL,
	`store_id` text NOT NULL,
	`associate_id` text,
	`kind_id` text NOT NULL,
	`name` text NOT NULL,
	`items` text NOT NULL,
	`count` integer NOT NULL,
	`used` integer NOT NULL,
	`paid_fen` integer NOT NULL,
	`sold_at` integer NOT NULL,
	`valid_until` integer,
	`refunded_fen` integer,
	`refunded_at` integer,
	`changes` integer NOT NULL,
	CONSTRAINT "package_left" CHECK("packages"."used" BETWEEN 0 AND "packages"."count"),
	CONSTRAINT "package_refund" CHECK("packages"."paid_fen" >= 0 AND ("packages"."refunded_fen" IS NULL) = ("packages"."refunded_at" IS NULL) AND coalesce("packages"."refunded_fen", 0) BETWEEN 0 AND "packages"."paid_fen")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `packages_code` ON `packages` (`code`);--> statement-breakpoint
CREATE INDEX `packages_member` ON `packages` (`member_id`,`sold_at`);--> statement-breakpoint
CREATE TABLE `push_places` (
	`seq` integer PRIMARY KEY NOT NULL,
	`push_id` text NOT NULL,
	`member_id` text NOT NULL,
	`coupon_id` text,
	`claimed_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `push_places_push` ON `push_places` (`push_id`);--> statement-breakpoint
CREATE INDEX `push_places_open` ON `push_places` (`member_id`) WHERE coupon_id IS NULL;--> statement-breakpoint
CREATE TABLE `pushes` (
	`id` text PRIMARY KEY NOT NULL,
	`associate_id` text NOT NULL,
	`template_id` text NOT NULL,
	`mode` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `pushes_associate` ON `pushes` (`associate_id`,`at`);--> statement-breakpoint
CREATE INDEX `pushes_at` ON `pushes` (`at`);--> statement-breakpoint
CREATE TABLE `due` (
	`send_at` integer NOT NULL,
	`set_at` integer NOT NULL,
	`member_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`send_at`, `set_at`, `member_id`, `plan_id`, `subject`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reminder_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`enabled` integer NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `takebacks` (
	`campaign_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`tells` integer NOT NULL,
	`state` text NOT NULL,
	`sale_from` integer NOT NULL,
	`sale_to` integer NOT NULL,
	`sale_at` integer NOT NULL,
	`grant_at` text,
	`expected` integer NOT NULL,
	`causes` integer NOT NULL,
	`points` integer NOT NULL,
	`points_kept` integer NOT NULL,
	`growth` integer NOT NULL,
	`coupons` integer NOT NULL,
	`coupons_kept` integer NOT NULL,
	`wallet_fen` integer NOT NULL,
	`wallet_kept_fen` integer NOT NULL,
	`under_way_fen` integer NOT NULL,
	`failed` integer NOT NULL,
	`people` integer NOT NULL,
	`told` integer NOT NULL,
	`asked_at` integer NOT NULL,
	`ended_at` integer,
	`rev` integer NOT NULL,
	CONSTRAINT "takeback_state" CHECK("takebacks"."state" IN ('taking', 'telling', 'done')),
	CONSTRAINT "takeback_counts" CHECK("takebacks"."points" >= 0 AND "takebacks"."points_kept" >= 0 AND "takebacks"."coupons" >= 0 AND "takebacks"."wallet_fen" >= 0
        AND "takebacks"."wallet_kept_fen" >= 0 AND "takebacks"."under_way_fen" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `takebacks_open` ON `takebacks` (`asked_at`) WHERE state <> 'done';--> statement-breakpoint
CREATE TABLE `taken_back` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`member_id` text NOT NULL,
	`cause` text NOT NULL,
	`at` integer NOT NULL,
	`points` integer NOT NULL,
	`points_kept` integer NOT NULL,
	`growth` integer NOT NULL,
	`coupons` integer NOT NULL,
	`coupons_kept` integer NOT NULL,
	`wallet_fen` integer NOT NULL,
	`wallet_kept_fen` integer NOT NULL,
	`under_way_fen` integer NOT NULL,
	`told_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `taken_back_untold` ON `taken_back` (`campaign_id`,`member_id`) WHERE told_at IS NULL;--> statement-breakpoint
CREATE TABLE `coupon_days` (
	`template_id` text NOT NULL,
	`day_on` text NOT NULL,
	`issued` integer NOT NULL,
	`limit_count` integer NOT NULL,
	PRIMARY KEY(`template_id`, `day_on`),
	CONSTRAINT "coupon_day" CHECK("coupon_days"."issued" <= "coupon_days"."limit_count")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `coupon_template_counters` (
	`template_id` text PRIMARY KEY NOT NULL,
	`issued` integer NOT NULL,
	`stock` integer,
	CONSTRAINT "coupon_stock" CHECK("coupon_template_counters"."stock" IS NULL OR "coupon_template_counters"."issued" <= "coupon_template_counters"."stock"),
	CONSTRAINT "coupon_issued" CHECK("coupon_template_counters"."issued" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `coupon_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sale_payments` (
	`payment` text PRIMARY KEY NOT NULL,
	`sale_id` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `recharges` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`store_id` text NOT NULL,
	`plan` text,
	`paid_fen` integer NOT NULL,
	`principal_fen` integer NOT NULL,
	`bonus_fen` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	CONSTRAINT "recharges_money" CHECK("recharges"."paid_fen" >= 0 AND "recharges"."principal_fen" >= 0 AND "recharges"."bonus_fen" >= 0 AND "recharges"."principal_fen" + "recharges"."bonus_fen" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `recharges_member` ON `recharges` (`member_id`);--> statement-breakpoint
CREATE TABLE `product_facts` (
	`seq` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`sku` text NOT NULL,
	`name` text NOT NULL,
	`category_ids` text NOT NULL,
	`brand` text,
	`tags` text NOT NULL,
	`points_factor_milli` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `product_facts_key` ON `product_facts` (`key`);--> statement-breakpoint
CREATE INDEX `product_facts_sku` ON `product_facts` (`sku`,`name`);--> statement-breakpoint
CREATE TABLE `refunds` (
	`sale_id` text NOT NULL,
	`refund_no` text NOT NULL,
	`scope` text NOT NULL,
	`member_id` text,
	`refunded_fen` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	`lines` text NOT NULL,
	`added` text NOT NULL,
	`version` text DEFAULT '1' NOT NULL,
	`business_on` text,
	PRIMARY KEY(`sale_id`, `refund_no`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sales` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`member_id` text,
	`order_no` text GENERATED ALWAYS AS (coalesce(number_kept, substr(id, instr(id, ':') + 1, instr(id || '@', '@') - instr(id, ':') - 1))) VIRTUAL NOT NULL,
	`number_kept` text,
	`version` text NOT NULL,
	`store_id` text NOT NULL,
	`terminal` text,
	`associate_id` text,
	`channel` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`occurred_on` text GENERATED ALWAYS AS (coalesce(day_kept, date(occurred_at / 1000, 'unixepoch', '+8 hours'))) VIRTUAL NOT NULL,
	`day_kept` text,
	`paid_fen` integer NOT NULL,
	`kept_fen` integer NOT NULL,
	`voided_at` integer,
	`evaluated_at` integer NOT NULL,
	`is_history` integer NOT NULL,
	`points` integer NOT NULL,
	`growth` integer NOT NULL,
	`marks` text NOT NULL,
	`rev` integer NOT NULL,
	`points_lot` text,
	`business_on` text,
	`orders_before` integer NOT NULL,
	`document` text NOT NULL,
	CONSTRAINT "sales_money" CHECK("sales"."kept_fen" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sales_id` ON `sales` (`id`);--> statement-breakpoint
CREATE INDEX `sales_member` ON `sales` (`member_id`,`occurred_at`) WHERE member_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `voucher_sales` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` text NOT NULL,
	`store_id` text NOT NULL,
	`template_id` text NOT NULL,
	`coupon_ids` text NOT NULL,
	`paid_fen` integer NOT NULL,
	`sold_at` integer NOT NULL,
	`refunded_ids` text NOT NULL,
	CONSTRAINT "voucher_sales_money" CHECK("voucher_sales"."paid_fen" > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `voucher_sales_member` ON `voucher_sales` (`member_id`,`sold_at`);--> statement-breakpoint
CREATE TABLE `handovers` (
	`id` text PRIMARY KEY NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text,
	`tells` integer NOT NULL,
	`members` integer NOT NULL,
	`moved` integer NOT NULL,
	`stage` text NOT NULL,
	`cursor` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`by` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `handovers_from` ON `handovers` (`from_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `handovers_open` ON `handovers` (`started_at`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `audit_rows` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`person_id` text,
	`by` text NOT NULL,
	`act` text NOT NULL,
	`subject` text NOT NULL,
	`before` text,
	`after` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit_rows` (`subject`);--> statement-breakpoint
CREATE TABLE `console_sessions` (
	`key` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`device` text NOT NULL,
	`place` text,
	`ended_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `entries` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`person_id` text,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	CONSTRAINT "entry_kind" CHECK("entries"."kind" IN ('link', 'scan')),
	CONSTRAINT "entry_state" CHECK("entries"."state" IN ('open', 'taken', 'refused'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`store_ids` text,
	`openid` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "person_role" CHECK("people"."role" IN ('owner', 'manager', 'cashier', 'associate', 'integrator'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ended_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `api_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`source_id` text,
	`stores` text,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`last_used_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_id` ON `api_tokens` (`id`);--> statement-breakpoint
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
	`openid` text,
	`wecom_user_id` text,
	`ended_at` integer,
	`successor_id` text,
	`codes_go_on` integer DEFAULT false NOT NULL,
	`rev` integer DEFAULT 1 NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `products` (
	`sku` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`category_path` text NOT NULL,
	`brand` text,
	`tags` text NOT NULL,
	`points_factor_milli` integer NOT NULL,
	`status` text NOT NULL,
	`rev` integer DEFAULT 1 NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `products_name` ON `products` (`name`);--> statement-breakpoint
CREATE TABLE `stores` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL,
	`rev` integer DEFAULT 1 NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `wrong_codes` (
	`by` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`count` integer NOT NULL
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
--> statement-breakpoint
CREATE TABLE `imported` (
	`key` text PRIMARY KEY NOT NULL,
	`content_hash` text NOT NULL,
	`version` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `applied_events` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `decisions` (
	`seq` integer PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`source_id` text NOT NULL,
	`received_at` integer NOT NULL,
	`trust` text,
	`attempts` integer NOT NULL,
	`decided_at` integer NOT NULL,
	`member_id` text,
	`waits_for` text,
	`note` text,
	`outcome` text,
	CONSTRAINT "decision_state" CHECK("decisions"."state" IN ('done', 'parked', 'ignored', 'waiting'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `decisions_waiting` ON `decisions` (`waits_for`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `decisions_parked` ON `decisions` (`seq`) WHERE state = 'parked';--> statement-breakpoint
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
	`received_at` integer NOT NULL,
	`body` text NOT NULL,
	`trust` text,
	`subject` text,
	CONSTRAINT "inbox_trust" CHECK("inbox"."trust" IN ('signed', 'weak', 'token'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_id` ON `inbox` (`id`);--> statement-breakpoint
CREATE INDEX `inbox_subject` ON `inbox` (`subject`) WHERE subject IS NOT NULL;--> statement-breakpoint
CREATE TABLE `reopened` (
	`seq` integer PRIMARY KEY NOT NULL,
	`attempts` integer NOT NULL,
	`decided_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `poll_budgets` (
	`source_id` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`used` integer NOT NULL,
	`day_limit` integer,
	CONSTRAINT "poll_budget" CHECK("poll_budgets"."day_limit" IS NULL OR "poll_budgets"."used" <= "poll_budgets"."day_limit")
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
	`tally` text,
	`session` text,
	PRIMARY KEY(`source_id`, `stream`),
	CONSTRAINT "polls_window" CHECK(("polls"."window_from" IS NULL) = ("polls"."window_to" IS NULL)),
	CONSTRAINT "polls_failures" CHECK("polls"."failures" >= 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
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
