/**
 * 推送: hands one message to Huike, signed and sealed, as often as it takes.
 *
 * Not taken within five seconds, answered with anything but 200 or with what cannot be understood: the same body goes
 * out again with a new nonce, three times in all, five seconds apart.
 */
import * as z from 'zod';
import { clockOf } from '../plain/clock.ts';
import type { Here } from '../here.ts';
import { keep } from './log.ts';
import { readReply, type Reply } from './reply.ts';
import { seal, signatureOf, type Secrets } from './safe-mode.ts';
import { writeXml, type Fields } from './xml.ts';

const attemptsMax = 3;

export const Delivery = z.object({
  /** So many copies, each sent once whatever is answered. */
  deliveries: z.int().min(1).max(20).default(1),
  /** All copies at the same time. */
  parallel: z.boolean().default(false),
  /** Waits before it is handed over: what is pushed meanwhile overtakes it. */
  delayMs: z.int().min(0).max(60_000).default(0),
});
export type Delivery = z.infer<typeof Delivery>;
export const once: Delivery = { deliveries: 1, parallel: false, delayMs: 0 };

/** Who calls whom: the account or the corp, and the path of Huike that listens. */
export type Line = {
  readonly app: 'wechat' | 'wecom';
  readonly path: string;
  readonly secrets: Secrets;
  /** Of the account; a reply must come from it. */
  readonly self: string;
  /** What the envelope says beside the sealed text. */
  readonly envelope: Fields;
};

type Verdict = 'taken' | 'timeout' | 'refused' | 'malformed';
export type Answer = { readonly status: number; readonly verdict: Verdict; readonly reply: Reply | null };

export type Pushed = {
  readonly ok: boolean;
  /** Of the last answer; 0 when there was none in time. */
  readonly status: number;
  readonly attempts: number;
  readonly reply: Reply | null;
  readonly verdicts: readonly Verdict[];
};

export async function push(
  here: Here,
  line: Line,
  { from, fields, delivery = once }: { from: string; fields: Fields; delivery?: Delivery },
): Promise<Pushed> {
  const plain = writeXml({ xml: fields });
  const encrypt = await seal(plain, line.secrets);
  const body = writeXml({ xml: { ...line.envelope, Encrypt: encrypt } });
  const send = () => deliver(here, line, { from, encrypt, body });
  if (delivery.delayMs > 0) await scheduler.wait(delivery.delayMs);
  const answers = delivery.deliveries > 1 ? await copies(delivery, send) : await insist(here, send);
  const pushed = summaryOf(answers);
  await keep(here, { app: line.app, from, plain, ...pushed });
  return pushed;
}

async function copies({ deliveries, parallel }: Delivery, send: () => Promise<Answer>): Promise<Answer[]> {
  if (parallel) return Promise.all(Array.from({ length: deliveries }, send));
  const answers: Answer[] = [];
  for (let turn = 0; turn < deliveries; turn += 1) answers.push(await send());
  return answers;
}

async function insist({ settings }: Here, send: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < attemptsMax) {
    const startedAt = Date.now();
    const answer = await send();
    answers.push(answer);
    if (answer.verdict === 'taken' || answers.length === attemptsMax) break;
    const restMs = startedAt + settings.callbackSpacingMs - Date.now();
    if (restMs > 0) await scheduler.wait(restMs);
  }
  return answers;
}

function summaryOf(answers: readonly Answer[]): Pushed {
  const last = answers.at(-1);
  return {
    ok: last?.verdict === 'taken',
    status: last?.status ?? 0,
    attempts: answers.length,
    reply: answers.find(({ reply }) => reply !== null)?.reply ?? null,
    verdicts: answers.map(({ verdict }) => verdict),
  };
}

async function deliver(
  { env, settings }: Here,
  { path, secrets, self, app }: Line,
  { from, encrypt, body }: { from: string; encrypt: string; body: string },
): Promise<Answer> {
  const url = new URL(path, env.PUBLIC_URL);
  url.search = new URLSearchParams(
    await queryOf(secrets, { from, encrypt, app, now: clockOf(env) }),
  ).toString();
  try {
    const response = await env.HUIKE.fetch(
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml', 'user-agent': 'Mozilla/4.0' },
        body,
        signal: AbortSignal.timeout(settings.callbackPatienceMs),
      }),
    );
    const text = await response.text();
    if (response.status !== 200) return { status: response.status, verdict: 'refused', reply: null };
    const reply = await readReply(text, secrets, { from: self, to: from });
    if (reply === null) return { status: 200, verdict: 'malformed', reply: null };
    return { status: 200, verdict: 'taken', reply: reply === 'silence' ? null : reply };
  } catch {
    return { status: 0, verdict: 'timeout', reply: null };
  }
}

/** The official account also signs without the body and names the person; WeCom does neither. */
async function queryOf(
  { token }: Secrets,
  { from, encrypt, app, now }: { from: string; encrypt: string; app: Line['app']; now: number },
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = String(crypto.getRandomValues(new Uint32Array(1))[0]);
  const sealed = { timestamp, nonce, msg_signature: await signatureOf(token, timestamp, nonce, encrypt) };
  if (app === 'wecom') return sealed;
  const signature = await signatureOf(token, timestamp, nonce);
  return { signature, ...sealed, openid: from, encrypt_type: 'aes' };
}
