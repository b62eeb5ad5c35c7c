/**
 * 用语: the words of the shop floor that the code is written in, then all the tables. One word means one thing everywhere.
 *
 * sale 销售单 · refund 退货单 · void 作废   a receipt; what came back of it; a till taking a whole receipt back.
 * line 单据行   one product on a sale or a refund, with its quantity and its money.
 * payment 付款号   the number by which a payment system knows what was paid for a sale.
 * paidFen 实付 · keptFen 退后净额 · earningFen 计分金额   what was paid; what is left after refunds; the part that can earn points.
 * order 购买   a sale counted as a purchase of the member (`orders`, `ordersBefore`).
 * recharge 充值   principal and bonus put on a stored-value card.
 * voucher 预售券 · voucher sale 卖券   a coupon that is paid for in advance; those that were sold under one number.
 * package 套餐/次卡 · item 项目 · use 核销   pieces paid for at once and redeemed one by one; one kind of piece in it; one redeeming.
 * member 会员 · identity 身份   one person; a phone, card, openid, unionid or till number that leads to them.
 * fan 粉丝   somebody who follows the WeChat account, member or not.
 * associate 导购   somebody who serves in a store. `staff` is a scene by which an associate binds their own WeChat.
 * member code 会员码   digits on the member's phone that say for a minute who stands at a till.
 * store 门店 · product 商品 · sku 条码   a place of sale; goods; the number that a till knows the goods by.
 * campaign 活动 · predicate 条件   what the merchant promises; a test of it, called a condition where merchants write it.
 * reward 奖励 · award 所得 · grant 发放   what the merchant sets; what is owed for it, by kind; what one cause was given by one campaign.
 * take back 收回   of a campaign that was a mistake: what it gave and is unspent goes back.
 * due / held   of an award: what the cause is entitled to; what the grant keeps of what was given before.
 * template 券模板 · coupon 优惠券   what the merchant draws up; one piece of it in a member's hands.
 * batch 领券批次 · claim 领取   a link or printed codes that members get coupons from; one taken from it.
 * lock 占用 · redeem 核销 · give back 退券   held for one receipt for minutes; used for it; usable again. move 经历: one such step.
 * ledger 账本 · posting 记账 · account 账户 · head 余额   append-only rows; one row; what it counts; the newest row of an account.
 * level 等级 · standing 等级的来历   what a member has reached, by name; since when and how it stands, and what is counted for the next.
 * file 档案 · use 在用   what no sale asks for of a member; the milk and nappies of a child by the shop's own stages.
 * super membership 超级会员   a membership that is paid for, until an instant; no level.
 * opening 期初   what a member brought from the system before, once for each account.
 * lot 批次   points that end on one day and may be spent from one day; pending 待到账: those that wait for it.
 * point spend 积分抵钱   points that paid a part of a receipt, as money.
 * exchange 兑换 · item 兑换品   points given for a coupon of the 积分商城; what stands in it, at a price in points.
 * lottery 抽奖活动 · prize 奖品 · draw 抽一次 · blank 未中   what points are drawn for; what may be won in it; one try at it; a try that wins nothing.
 * plan 提醒计划 · reminder 提醒   when the merchant wants to remind; one reminding of one member, due at an instant.
 * note 记录   a row that is only ever added: a message, a contact, a receipt, an alert.
 * message 消息 · outbox 发件箱   an intent to send, written with its cause; the table of them.
 * contact 沟通记录 · thread 会话   one thing that a person or the shop said; all of one person.
 * mass message 群发   one text for many fans, sent page by page.
 * referral 邀请 · inviter 邀请人 · invitee 好友   that one member brought another; who did; who was brought.
 * scene 场景码   what a parametric WeChat code stands for.
 * transfer 转账 · withdrawal 提现   a payment from the wallet account to WeChat; a member's wish for one. bill: WeChat Pay's record of it.
 * source 来源 · adapter 适配器   one system of the merchant's that sends; the code that reads one vendor's requests.
 * letter 来信 · document 单据   one record of a request; the same record read: its type, number, version and meaning.
 * event 事件 · inbox 收件箱   something that happened, to be decided once; the table of what was received.
 * reason 原因 · fault 错处   why an event is parked, ignored or waiting; one field that cannot be read.
 * poll 轮询 · window 时段   asking a system that does not push; the stretch of time that one reading covers.
 * alert 提醒店家   something that the merchant has to see, said once.
 * definition 定义 · draft 草稿   a campaign, template or plan as the merchant sets it; what is prepared and not yet in force or written.
 *
 * world 世界 · fold 折叠 · effect 结果   what one group of events may look at; deciding them in order; one change that follows.
 * group 批   the events that are decided and written together.
 * needs / ask 所需   what a group has to load; the verbs with which an event says so.
 * noun, slice 名目 · shelf 架子   a kind of row that the world holds, and how its rows behave; the table where they are kept.
 * counter 共用计数   a number that many members draw on; it is moved by differences, under a CHECK of its table.
 * cause 起因   what made a row exist; row ids derive from it, so that doing it twice changes nothing.
 * guard 防并发 · rev 行版本 · version 单据版本   refuses a write on an outdated reading; counts a row's changes; the till's revision.
 * settler 结算项 · chore 例行工作 · command 办理   one consequence of a sale; one task of the clock; what somebody waits for.
 */
export * from './canonical/events.ts';
export { childrenMax, MemberRefInput } from './canonical/members.ts';
export type { MemberProfile, MemberRef, ToldChild } from './canonical/members.ts';
export * from './canonical/packages.ts';
export * from './canonical/prepaid.ts';
export * from './canonical/stored.ts';
export * from './events/base.ts';
export * from './events/coupons.ts';
export * from './events/events.ts';
export * from './events/members.ts';
export * from './events/packages.ts';
export * from './events/points.ts';
export * from './events/stored.ts';
export * from './events/super.ts';
export * from './events/triggers.ts';
export * from './events/wechat.ts';
export * from './members/files.ts';
export * from './members/levels.ts';
export * from './members/members.ts';
export * from './members/mergers.ts';
export * from './members/openings.ts';
export * from './members/referrals.ts';
export * from './members/super-memberships.ts';
export * from './members/tags.ts';
export * from './members/use-stages.ts';
export * from './messages/fans.ts';
export * from './messages/mass-messages.ts';
export * from './messages/outbox.ts';
export * from './messages/sms-codes.ts';
export * from './messages/sms-consents.ts';
export * from './messages/wechat-settings.ts';
export * from './money/ledgers.ts';
export * from './money/owed.ts';
export * from './money/payout.ts';
export * from './money/stored-moves.ts';
export * from './money/stored-value.ts';
export * from './money/transfers.ts';
export { withoutAbsent } from './plain/absent.ts';
export * from './plain/ids.ts';
export { Id, seen } from './plain/names.ts';
export * from './plain/values.ts';
export * from './points/check-ins.ts';
export * from './points/draws.ts';
export * from './points/exchanges.ts';
export * from './points/lots.ts';
export * from './points/spends.ts';
export * from './promotions/batches.ts';
export * from './promotions/campaigns.ts';
export * from './promotions/coupons.ts';
export * from './promotions/grant-jobs.ts';
export * from './promotions/packages.ts';
export * from './promotions/pushes.ts';
export * from './promotions/reminders.ts';
export * from './promotions/takebacks.ts';
export * from './promotions/templates.ts';
export * from './sales/payments.ts';
export * from './sales/recharges.ts';
export * from './sales/sales.ts';
export * from './sales/voucher-sales.ts';
export * from './shop/channel-settings.ts';
export * from './shop/handovers.ts';
export * from './shop/people.ts';
export * from './shop/sessions.ts';
export * from './shop/settings.ts';
export * from './shop/stores.ts';
export * from './shop/wrong-codes.ts';
export * from './sources/health.ts';
export * from './sources/imports.ts';
export * from './sources/inbox.ts';
export * from './sources/numberings.ts';
export * from './sources/polls.ts';
export * from './sources/reasons.ts';
export * from './sources/reconciliation.ts';
export * from './sources/retention.ts';
