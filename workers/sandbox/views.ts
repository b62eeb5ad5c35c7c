/** What can be read: the keys for integrators, what was delivered and pushed, receipts, and what is on a phone. */
import { Hono } from 'hono';
import { hereOf, worksUnderWay, type SandboxApp } from './here.ts';
import { listLetters } from './state/letters.ts';
import { listMessages } from './state/messages.ts';
import { listBills } from './pay/bills.ts';
import { listPeople, personOf } from './state/people.ts';
import { listPushes } from './push/log.ts';
import { offsetTime } from './plain/time.ts';
import { walletOf } from './state/wallet.ts';
import { staff } from './wecom/line.ts';
import { menuOf } from './weixin/menu.ts';
import { listRefusals } from './weixin/tools.ts';
import { listWindows } from './state/windows.ts';

const rowsMax = 200;
const receiptsMax = 30;
/** How long a short message stays on the screen. */
const bannerMs = 10 * 60_000;

type ReceiptRow = { number: string; type: string; order_no: string; at: number; data: string };

const list = (items: readonly unknown[]) => ({ items, next: null });

export const views = new Hono<SandboxApp>();

/** What an integrator needs to play WeChat or a till; private keys are in the development files alone. */
views.get('/credentials', ({ env, json }) =>
  json({
    apiToken: env.API_TOKEN,
    erp: {
      source: env.ERP_SOURCE,
      url: new URL(`/hooks/erp/${env.ERP_SOURCE}`, env.PUBLIC_URL).href,
      secret: env.ERP_SECRET,
    },
    wechat: {
      appId: env.WECHAT_APP_ID,
      token: env.WECHAT_TOKEN,
      encodingAESKey: env.WECHAT_ENCODING_AES_KEY,
      originalId: env.WECHAT_ORIGINAL_ID,
    },
  }),
);

/** What the simulated WeChat has delivered, newest first; without an openid, to anybody. */
views.get('/messages', async ({ env, req, json }) => {
  const openid = req.query('openid') ?? null;
  return json(list(await listMessages(env.SANDBOX_DB, { openid, sender: 'account', limit: rowsMax })));
});

views.get('/people', async ({ env, json }) => json(list(await listPeople(env.SANDBOX_DB))));

/** What Huike was told, and how it took it: `?openid=`, and `?event=TEMPLATESENDJOBFINISH` or a MsgType. */
views.get('/pushes', async ({ env, req, json }) => {
  const sender = req.query('openid') ?? null;
  return json(
    list(await listPushes(env.SANDBOX_DB, { sender, event: req.query('event') ?? null, limit: rowsMax })),
  );
});

/** Zero when nothing more will be pushed of itself: what a tester waits for, instead of a while. */
views.get('/under-way', ({ json }) => json({ works: worksUnderWay() }));

/** The windows of customer-service messages that are open for a person. */
views.get('/windows', async (context) =>
  context.json(list(await listWindows(await hereOf(context), context.req.query('openid') ?? ''))),
);

/** What WeChat refused, newest first. */
views.get('/refusals', async ({ env, json }) => json(list(await listRefusals(env.SANDBOX_DB, rowsMax))));

views.get('/sms', async ({ env, req, json }) => {
  const recipient = req.query('phone') ?? null;
  return json(list(await listLetters(env.SANDBOX_DB, { channels: ['sms'], recipient, limit: rowsMax })));
});

/** What reached an employee, or a customer of WeCom by their external id. */
views.get('/wecom/messages', async ({ env, req, json }) => {
  const channels = ['wecom', 'wecom-customer'] as const;
  const recipient = req.query('userid') ?? req.query('externalUserid') ?? null;
  return json(list(await listLetters(env.SANDBOX_DB, { channels, recipient, limit: rowsMax })));
});

views.get('/wecom/staff', ({ json }) => json(list(staff)));

views.get('/transfers', async (context) => {
  const openid = context.req.query('openid') ?? null;
  return context.json(list(await listBills(await hereOf(context), openid, rowsMax)));
});

views.get('/receipts', async ({ env, json }) => {
  const { results } = await env.SANDBOX_DB.prepare(
    'SELECT * FROM receipts ORDER BY at DESC, rowid DESC LIMIT ?',
  )
    .bind(receiptsMax)
    .all<ReceiptRow>();
  const items = results.map(({ number, type, order_no: orderNo, at, data }) => {
    const parsed: unknown = JSON.parse(data);
    return { number, type, orderNo, at: offsetTime(at), data: parsed };
  });
  return json(list(items));
});

/** What is on one phone's screen: the chat and, with `?wallet=1`, what Huike's public API says of its owner. */
views.get('/phone', async (context) => {
  const here = await hereOf(context);
  const { db, env, now } = here;
  const openid = context.req.query('openid') ?? '';
  const person = await personOf(db, openid);
  const [chat, wallet, menu, bills, letters] = await Promise.all([
    listMessages(db, { openid, sender: null, limit: rowsMax }),
    context.req.query('wallet') === '1' ? walletOf(env, person?.phone ?? null) : null,
    menuOf(db),
    listBills(here, openid, rowsMax),
    listLetters(db, { channels: ['sms'], recipient: person?.phone ?? '', limit: 1 }),
  ]);
  const sms = letters.filter(({ at }) => now - Date.parse(at) < bannerMs);
  const money = bills.filter(({ state }) => state === 'WAIT_USER_CONFIRM' || state === 'SUCCESS');
  return context.json({ person, chat, wallet, menu, money, sms });
});
