/** 群发 as WeChat does it: one id is sent once, a person gets four a month, and every page is remembered. */
import { fans, type MemberTag } from '../../schema/index.ts';
import { insertMass } from '../../workers/db/mass/mass-messages.ts';
import { insertSet } from '../../workers/db/set.ts';
import { mass as massChore } from '../../workers/schedule/chores/mass.ts';
import type { MassPace } from '../../workers/schedule/mass/mass.ts';
import { doChores } from '../../workers/schedule/tick.ts';
import type { MassAudience, MassContent, MassMessage } from '../../schema/index.ts';
import { plant } from './kept.ts';
import { officialOf } from './official.ts';
import { roundOf } from './round.ts';
import type { Shop } from './shop.ts';
import { playWechat, type Reply, type Wechat } from './wechat.ts';

export type MassCall = { readonly openids: readonly string[]; readonly clientmsgid: string };

export type MassWechat = {
  readonly wechat: Wechat;
  /** Pages that were sent out, each once. */
  readonly sent: MassCall[];
  /** Every call, also those that were told to come again. */
  readonly asked: MassCall[];
  /** How often each person got something. */
  readonly received: () => Record<string, number>;
};

/** What goes wrong at a call: before WeChat takes it, or after. */
export type Trouble = { readonly taken: boolean; readonly reply: Reply };

export function playMass(
  trouble: (call: MassCall, place: number) => Trouble | null = () => null,
): MassWechat {
  const sent: MassCall[] = [];
  const asked: MassCall[] = [];
  const numbers = new Map<string, number>();
  const wechat = playWechat(({ path, body }) => {
    if (path !== '/cgi-bin/message/mass/send') return undefined;
    const call = { openids: body['touser'] as string[], clientmsgid: String(body['clientmsgid']) };
    asked.push(call);
    const told = trouble(call, asked.length);
    if (told && !told.taken) return told.reply;
    const before = numbers.get(call.clientmsgid);
    if (before !== undefined) return { errcode: 45065, errmsg: 'clientmsgid exist', msg_id: before };
    if (call.openids.length < 2) return { errcode: 40130, errmsg: 'at least two openid' };
    numbers.set(call.clientmsgid, 1000 + numbers.size);
    sent.push(call);
    return told?.reply ?? { errcode: 0, errmsg: 'send job submission success', msg_id: 999 + numbers.size };
  });
  const received = (): Record<string, number> => {
    const all: Record<string, number> = {};
    for (const openid of sent.flatMap(({ openids }) => openids)) all[openid] = (all[openid] ?? 0) + 1;
    return all;
  };
  return { wechat, sent, asked, received };
}

export const openidAt = (index: number): string => `o${String(index).padStart(6, '0')}`;

export const follow = (shop: Shop, count: number): Promise<unknown> =>
  shop.db.batch([
    insertSet(
      fans,
      Array.from({ length: count }, (_, index) => ({ openid: openidAt(index), followedAt: 0 })),
    ),
  ]);

export function tag(shop: Shop, memberIds: readonly string[], name: string): void {
  for (const id of memberIds) {
    plant(shop.db, 'tags', { memberId: id as MemberTag['memberId'], tag: name, support: 0, manual: true });
  }
}

export async function announce(
  shop: Shop,
  { id = 'mm_1', ...given }: Partial<MassMessage> & { content?: MassContent; audience?: MassAudience } = {},
): Promise<void> {
  const mass: MassMessage = {
    id,
    content: { text: '双十二，奶粉满减' },
    audience: { all: true },
    state: 'waiting',
    dueAt: shop.clock.now,
    cursor: '',
    pages: 0,
    recipients: 0,
    overLimit: 0,
    isListed: false,
    note: null,
    createdAt: shop.clock.now,
    endedAt: null,
    ...given,
  };
  await shop.db.batch([insertMass(mass)]);
}

/** One minute of the cron. */
export async function minute(
  shop: Shop,
  { wechat }: MassWechat,
  pace: MassPace = { pagesPerTick: 20, pageMax: 10 },
): Promise<void> {
  const { massSend } = officialOf(shop, wechat);
  const mass = { db: shop.engine.db, massSend, pace };
  await doChores([massChore], roundOf(shop, { mass }), shop.clock.now);
  shop.clock.now += 60_000;
}
