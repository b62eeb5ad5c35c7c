/** 转账通知: the end of a bill, sealed and signed, told to its address until it is taken. */
import type { Here } from '../here.ts';
import { hexOf, randomBytes, wordOf } from '../plain/random.ts';
import { offsetTime } from '../plain/time.ts';
import type { Bill } from './bills.ts';
import { sealResource } from './keys.ts';
import { accountOf, type Account } from './merchant.ts';
import { signedHeaders } from './signed.ts';
import { wholeView } from './views.ts';

const attemptsMax = 5;
const patienceMs = 5000;

/** Returns when it was taken for the first time, or after the last attempt: the statuses of all. */
export async function notify(here: Here, bill: Bill): Promise<readonly number[]> {
  const account = accountOf(here.env);
  if (account === null || bill.notify_url === '') return [];
  const body = await bodyOf(here, account, bill);
  const statuses: number[] = [];
  if (here.settings.notifyProbe)
    await deliver(here, bill.notify_url, body, await probeHeaders(account, body));
  while (statuses.length < attemptsMax) {
    const status = await deliver(here, bill.notify_url, body, await signedHeaders(account, body));
    statuses.push(status);
    if (isTaken(status)) break;
    if (statuses.length < attemptsMax) await scheduler.wait(here.settings.notifySpacingMs);
  }
  await keep(here, bill, statuses);
  return statuses;
}

/** The same notification several times over, as it comes when the answer was lost. */
export async function repeat(
  here: Here,
  bill: Bill,
  { deliveries, parallel }: { deliveries: number; parallel: boolean },
): Promise<readonly number[]> {
  const account = accountOf(here.env);
  if (account === null || bill.notify_url === '') return [];
  const body = await bodyOf(here, account, bill);
  const send = async () => deliver(here, bill.notify_url, body, await signedHeaders(account, body));
  const statuses: number[] = [];
  if (parallel) statuses.push(...(await Promise.all(Array.from({ length: deliveries }, send))));
  else for (let turn = 0; turn < deliveries; turn += 1) statuses.push(await send());
  await keep(here, bill, statuses);
  return statuses;
}

export const isTaken = (status: number): boolean => status === 200 || status === 204;

async function bodyOf(here: Here, account: Account, bill: Bill): Promise<string> {
  const text = JSON.stringify(wholeView(bill, account.mchId));
  const nonce = wordOf(9);
  const associatedData = 'mch_payment';
  return JSON.stringify({
    id: `EV-${hexOf(randomBytes(16))}`,
    create_time: offsetTime(here.now),
    resource_type: 'encrypt-resource',
    event_type: 'MCHTRANSFER.BILL.FINISHED',
    summary: '商家转账单据终态通知',
    resource: {
      original_type: 'mch_payment',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: await sealResource(account.apiV3Key, { nonce, associatedData, text }),
      associated_data: associatedData,
      nonce,
    },
  });
}

/** 探测流量: the signature is wrong on purpose, and whoever takes it has not looked. */
async function probeHeaders(account: Account, body: string): Promise<Record<string, string>> {
  const headers = await signedHeaders(account, body);
  return { ...headers, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${wordOf(192)}` };
}

/** 0 when nobody answered, 400 when what came back says FAIL. */
async function deliver(
  { env }: Here,
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<number> {
  if (new URL(url).host !== new URL(env.PUBLIC_URL).host) return 0;
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await env.HUIKE.fetch(new Request(url, { method: 'POST', headers, body, signal }));
    const text = await response.text();
    return response.ok && /"code"\s*:\s*"FAIL"/.test(text) ? 400 : response.status;
  } catch {
    return 0;
  }
}

async function keep({ db, now }: Here, bill: Bill, statuses: readonly number[]): Promise<void> {
  await db
    .prepare('INSERT INTO notifications (id, out_bill_no, at, ok, statuses) VALUES (?, ?, ?, ?, ?)')
    .bind(
      bill.transfer_bill_no,
      bill.out_bill_no,
      now,
      statuses.some(isTaken) ? 1 : 0,
      JSON.stringify(statuses),
    )
    .run();
}
