/** 粉丝: who follows the account, which windows their acts open, and what the account answers. */
import type {
  Associate,
  DomainEvent,
  Fan,
  FanAct,
  FanWindow,
  Member,
  ReplyVariable,
} from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { standIn } from '../members/stand-in.ts';
import { memberOf } from '../members/who/identities.ts';
import { openidKey } from '../members/who/identity-keys.ts';
import { heldPoints } from '../money/held.ts';
import { render, type Variables } from '../plain/texts.ts';
import { headOf, type World } from '../world.ts';

const minuteMs = 60_000;

/** 客服消息条数 by act (wechat.md §4.3): refreshed by the next act of the kind, not added to. */
const windowsByAct: Readonly<Record<FanAct, { readonly lastsMs: number; readonly messages: number }>> = {
  said: { lastsMs: 48 * 60 * minuteMs, messages: 5 },
  clicked: { lastsMs: minuteMs, messages: 3 },
  followed: { lastsMs: minuteMs, messages: 3 },
  scanned: { lastsMs: minuteMs, messages: 3 },
};

export function openWindow(openid: string, act: FanAct, at: number): Effect {
  const { lastsMs, messages } = windowsByAct[act];
  return { type: 'window.open', window: { openid, act, until: at + lastsMs, messagesLeft: messages } };
}

/** Of the windows that still take a message, the one that closes first. */
export function windowOf(world: World, openid: string): FanWindow | null {
  const open = [...world.windows.values()].filter(
    (window) => window.openid === openid && window.until > world.now && window.messagesLeft > 0,
  );
  return open.toSorted((a, b) => a.until - b.until)[0] ?? null;
}

/** Somebody who acts follows the account, even when the follow itself was never received. */
export const fanOf = (world: World, openid: string, at: number): Fan =>
  world.fans.get(openid) ?? {
    openid,
    unionid: null,
    followedAt: at,
    associateId: null,
    storeId: null,
    source: null,
    claimScene: null,
  };

export function memberOfFan(world: World, openid: string): Member | null {
  const owner = world.identities.get(openidKey(openid));
  return owner === undefined ? null : memberOf(world, owner);
}

/** 专属导购: the member's own, or the one whose code was scanned before there was a member. */
export function associateOf(world: World, member: Member | null, fan: Fan | null): Associate | null {
  const id = standIn(world, member?.associateId ?? fan?.associateId ?? null);
  return id === null ? null : (world.associates.get(id) ?? null);
}

/** WeChat waits five seconds for a passive reply; until then the same text is not sent another way. */
const passiveReplyMs = 5_000;
const registerPath = '/m/register';

type ReplyRequest = { readonly event: DomainEvent; readonly openid: string; readonly template: string };
export type About = { readonly member: Member | null; readonly fan: Fan | null };

/** 自动回复: one answer to one act. A text with a missing variable is shown to the merchant and never sent. */
export function reply(world: World, request: ReplyRequest, about: About): Queued {
  const { event, openid, template } = request;
  const rendered = render(template, variablesOf(world, about));
  return {
    type: 'message.queue',
    note: {
      cause: `${event.id}/reply`,
      kind: 'reply',
      memberId: about.member?.id ?? null,
      associateId: null,
      openid,
      payload: 'text' in rendered ? { text: rendered.text } : { missing: rendered.missing },
      dueAt: replyDueAt(world, event),
    },
  };
}

type Queued = Extract<Effect, { readonly type: 'message.queue' }>;

/** In place, or five seconds later as a message. */
export function replyDueAt({ now }: World, { occurredAt }: DomainEvent): number {
  const isHere = now - occurredAt < passiveReplyMs;
  return isHere ? Math.min(occurredAt, now) + passiveReplyMs : now;
}

/** To somebody who asked and waits: where the words have a gap, the merchant sees it, and the shop's general answer is given. */
export function replyOrFallback(world: World, request: ReplyRequest, about: About): readonly Queued[] {
  const answer = reply(world, request, about);
  const { fallback } = world.config.settings.wechat;
  if (!hasGap(answer) || fallback === null) return [answer];
  const shown: Queued = { ...answer, note: { ...answer.note, cause: `${request.event.id}/gap` } };
  return [shown, reply(world, { ...request, template: fallback }, about)];
}

export const hasGap = ({ note }: Queued): boolean => 'missing' in note.payload;

/** What is said when there is nothing else to say. */
const received = '收到，我们会尽快回复您。';

/** 店铺的话: for somebody whose words reached nobody. */
export function shopAnswer(world: World, about: About): string {
  const { fallback } = world.config.settings.wechat;
  const rendered = fallback === null ? null : render(fallback, variablesOf(world, about));
  return rendered && 'text' in rendered ? rendered.text : received;
}

export function variablesOf(world: World, { member, fan }: About): Variables {
  const { shopName, publicUrl } = world.config.settings;
  const storeId = member?.storeId ?? fan?.storeId ?? null;
  const store = storeId === null ? undefined : world.config.stores.get(storeId);
  const values: Record<ReplyVariable, string | undefined> = {
    店名: shopName,
    导购: associateOf(world, member, fan)?.name,
    会员: member?.name ?? (member ? '尊敬的会员' : undefined),
    积分: member ? String(heldPoints(headOf(world, member.id, 'points'), world.now).spendable) : undefined,
    注册链接: publicUrl === null ? undefined : publicUrl.replace(/\/+$/, '') + registerPath,
    门店: store?.name,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
