/** The Worker in a process of its own, on a state that survives it: what the crash test kills. */
import { takeAlone } from '../../scripts/alone.ts';
import { startRuntime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import { openShop, seed } from '../bench/shop.ts';
import { handOut } from './coupons.ts';
import { keepingOf, refusedCode, shop, type Answer, type Order } from './protocol.ts';
import { events } from '../../workers/db/inbox/event-rows.ts';

const [stateDir, keeping] = process.argv.slice(2);
if (stateDir === undefined) throw new Error('usage: server.ts <folder for the state> database|queue');
if (!takeAlone(stateDir)) process.exit(refusedCode);

/** Plays WeChat: everything arrives. */
async function outbound(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return pathname.endsWith('/stable_token')
    ? Response.json({ access_token: 'token', expires_in: 7200 })
    : Response.json({ errcode: 0, errmsg: 'ok', msgid: 1 });
}

const runtime = await startRuntime({
  stateDir,
  vars: {
    SEED: seed,
    WECHAT_APP_ID: 'wx',
    WECHAT_APP_SECRET: 'secret',
    QUEUES_KEEP: keepingOf(keeping) === 'queue' ? 'yes' : 'no',
  },
  outbound,
});
const db = await runtime.db();
const isNew = (await db.prepare(`SELECT 1 FROM sources LIMIT 1`).first()) === null;
if (isNew) {
  await openShop(d1(db), shop);
  await d1(db).batch(handOut(shop.members, Date.now()));
}

const answer = (given: Answer): void => {
  process.send?.(given);
};

const left = `SELECT (SELECT count(*) FROM ${events} WHERE state IN ('received', 'waiting')) AS events,
  (SELECT count(*) FROM outbox WHERE state = 'pending') AS messages`;

async function obey(order: Order): Promise<void> {
  if (order.order === 'stop') {
    await runtime.stop();
    process.exit(0);
  }
  const worker = await runtime.miniflare.getWorker('huike');
  await worker.scheduled({ scheduledTime: new Date(order.at), cron: '* * * * *' });
  const counts = await db.prepare(left).first<{ events: number; messages: number }>();
  answer({ answer: 'ticked', events: counts?.events ?? 0, messages: counts?.messages ?? 0 });
}

// Only the parent writes to this channel.
process.on('message', (order) => void obey(order as Order));
answer({ answer: 'ready', url: runtime.url });
