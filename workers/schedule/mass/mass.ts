/**
 * 群发: a bounded number of calls from the cron. The people of a page are stored and counted before WeChat is called, and every
 * retry has the same people and the same id until WeChat answers. After a crash nobody gets it twice and nobody is left out.
 */
import type { MassContent, MassMessage, MassPage } from '../../../schema/index.ts';
import type { Db, Statement } from '../../db/db.ts';
import { queueText } from '../../db/outbox/outbox-text.ts';
import { nextMassWork, readCandidates, writePage, type LeasedPage } from '../../db/mass/mass-messages.ts';
import { pageSent, pageWaits, stopMass } from '../../db/mass/mass-pages.ts';
import { monthOf, planPage, type MassPagePlan } from '../../decide/fans/mass.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import { log } from '../../platform/log.ts';
import type { WechatClient } from '../../wechat/client.ts';
import type { WithoutToken } from '../../engine/wechat-account.ts';
import { judgeMass } from './mass-verdicts.ts';

export type MassPace = {
  /** Calls in one tick; WeChat allows sixty a minute. */
  readonly pagesPerTick: number;
  /** People on one page; WeChat takes 10,000. */
  readonly pageMax: number;
};

/** By plan: a page of 10,000 is some 10 ms of CPU and 10,000 rows written. */
export const massPaces: Readonly<Record<'free' | 'paid', MassPace>> = {
  free: { pagesPerTick: 1, pageMax: 2_000 },
  paid: { pagesPerTick: 20, pageMax: 10_000 },
};

export type MassSending = {
  readonly db: Db;
  readonly massSend: WithoutToken<WechatClient['massSend']>;
  readonly pace: MassPace;
};

/** Longer than a call may take, and longer than the minute in which WeChat refuses a repeated id. */
const leaseMs = 120_000;
/** WeChat remembers an id for a day; after that a retry would send again. */
const unsureMs = 23 * hourMs;
/** How often a tick may lose a race to another tick before it leaves the rest for the next minute. */
const racesMax = 3;

/** The next turn finds what is left. */
export async function sendMass(sending: MassSending, now: number): Promise<void> {
  for (let pages = 0; pages < sending.pace.pagesPerTick; pages += 1) {
    const { leased, toList } = await nextMassWork(sending.db, now, leaseMs);
    const next = leased ?? (toList && (await nextPage(sending, toList, now)));
    if (next === null) {
      if (toList === null) return;
      continue;
    }
    if (!(await sendPage(sending, next, now))) return;
  }
}

async function nextPage(
  { db, pace }: MassSending,
  mass: MassMessage,
  now: number,
): Promise<LeasedPage | null> {
  const month = monthOf(now);
  const { pageMax } = pace;
  for (let races = 0; races < racesMax; races += 1) {
    const candidates = await readCandidates(db, mass, { month, limit: pageMax + 1 });
    const plan = planPage(candidates, { cursor: mass.cursor, pageMax });
    const { more, note } = forTheLone(mass, plan, now);
    const page = await writePage(db, mass, { plan, month, now, leaseUntil: now + leaseMs, more, note });
    if (page !== 'stale') return page;
  }
  return null;
}

const loneArticle = '有一位收件人单独剩下，微信群发图文至少要两个人，没有发给他';
const loneText = '有一位收件人单独剩下，改用客服消息发送，对方48小时内互动过才能收到';

/** A mass message cannot have one recipient: a text is sent as a single message, an article is not sent. */
function forTheLone(
  { id, content, pages }: MassMessage,
  { lone }: MassPagePlan,
  now: number,
): { readonly more: readonly Statement[]; readonly note: string | null } {
  if (lone === null) return { more: [], note: null };
  if (!('text' in content)) return { more: [], note: loneArticle };
  const cause = `mass:${id}/${pages}/lone`;
  return { more: [queueText({ cause, openid: lone, text: content.text, at: now })], note: loneText };
}

/** False when WeChat's rate limit is reached. */
async function sendPage(
  { db, massSend }: MassSending,
  { page, content }: LeasedPage,
  now: number,
): Promise<boolean> {
  if (page.unsureSince !== null && now - page.unsureSince > unsureMs) {
    await db.batch(stopMass(page.massId, '有一页不确定微信是否已经收到，为免重复没有再发', now));
    return true;
  }
  const verdict = judgeMass(await massSend(messageOf(page, content)), page.attempts);
  switch (verdict.verdict) {
    case 'sent':
      await db.batch(pageSent(page, verdict.msgId, now));
      return true;
    case 'wait': {
      const { seconds, why, isHeard } = verdict;
      log('warn', 'mass_waits', { mass: page.massId, page: page.page, seconds });
      await db.batch([pageWaits(page, { dueAt: now + seconds * 1000, why, isHeard, now })]);
      return false;
    }
    case 'stop': {
      const { why } = verdict;
      log('error', 'mass_stopped', { mass: page.massId, page: page.page });
      const refused = pageWaits(page, { dueAt: now, why, isHeard: false, now });
      await db.batch([refused, ...stopMass(page.massId, why, now)]);
      return true;
    }
    default:
      return verdict satisfies never;
  }
}

const messageOf = ({ massId, page, openids }: MassPage, content: MassContent) => ({
  ...content,
  openids,
  clientmsgid: `${massId}-${page}`,
});
