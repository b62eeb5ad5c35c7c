/** 群发任务: delivers a mass message to whoever may still have one this month, and says how many that were. */
import type { Here } from '../here.ts';
import { deliver } from '../state/messages.ts';
import { followersOf, type Follower } from '../state/people.ts';
import { tell } from '../push/account.ts';
import { monthOf } from '../plain/time.ts';

const perPersonAndMonth = 4;
/** The platform's own push account, as MASSSENDJOBFINISH comes from it. */
const pushAccount = 'oSystemMassSendAccount000000';

type Job = {
  readonly msgId: string;
  /** Null is everybody. */
  readonly openids: readonly string[] | null;
  readonly text: string;
  readonly data: unknown;
};

/** 过滤: whoever had their four this month, or wants nothing, is not counted among those it was sent to. */
export async function runMass(here: Here, { msgId, openids, text, data }: Job): Promise<void> {
  const followers = await followersOf(here.db, openids);
  const status = here.settings.massReceipt;
  const ready: Follower[] = [];
  if (status === 'send success') {
    for (const person of followers) {
      if (person.refuses === '' && (await mayReceive(here, person.openid))) ready.push(person);
    }
  }
  for (const { openid } of ready) {
    await deliver(here, { openid, sender: 'account', kind: 'mass', text, data });
  }
  await scheduler.wait(here.settings.receiptDelayMs);
  if (status === 'none') return;
  await tell(here, pushAccount, {
    MsgType: 'event',
    Event: 'MASSSENDJOBFINISH',
    MsgID: BigInt(msgId),
    Status: status,
    TotalCount: openids?.length ?? followers.length,
    FilterCount: ready.length,
    SentCount: ready.length,
    ErrorCount: 0,
    CopyrightCheckResult: { Count: 0, ResultList: '', CheckState: 0 },
    ArticleUrlResult: { Count: 0, ResultList: '' },
  });
}

async function mayReceive({ db, now }: Here, openid: string): Promise<boolean> {
  const count = await db
    .prepare(
      `INSERT INTO mass_received VALUES (?, ?, 1)
       ON CONFLICT (month, openid) DO UPDATE SET count = count + 1 RETURNING count`,
    )
    .bind(monthOf(now), openid)
    .first<number>('count');
  return (count ?? 1) <= perPersonAndMonth;
}
