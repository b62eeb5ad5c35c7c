/** 验证 URL: the check that a console makes when an address is saved: the echo must come back to the letter. */
import { clockOf } from '../plain/clock.ts';
import type { Here } from '../here.ts';
import { wordOf } from '../plain/random.ts';
import type { Line } from './push.ts';
import { seal, signatureOf } from './safe-mode.ts';

export type Echo = { readonly ok: boolean; readonly status: number; readonly answer: string };

const answerLengthMax = 200;

/** WeCom seals the echo and signs it; the official account signs neither body nor echo. */
export async function checkEcho({ env, settings }: Here, line: Line): Promise<Echo> {
  const { token } = line.secrets;
  const echo = wordOf(12);
  const timestamp = String(Math.floor(clockOf(env) / 1000));
  const nonce = wordOf(9).replaceAll(/[-_]/g, 'x');
  const url = new URL(line.path, env.PUBLIC_URL);
  const sealed = line.app === 'wecom' ? await seal(echo, line.secrets) : echo;
  const signed =
    line.app === 'wecom'
      ? { msg_signature: await signatureOf(token, timestamp, nonce, sealed) }
      : { signature: await signatureOf(token, timestamp, nonce) };
  url.search = new URLSearchParams({ ...signed, timestamp, nonce, echostr: sealed }).toString();
  try {
    const signal = AbortSignal.timeout(settings.callbackPatienceMs);
    const response = await env.HUIKE.fetch(new Request(url, { signal }));
    const answer = await response.text();
    const ok = response.status === 200 && answer === echo;
    return { ok, status: response.status, answer: answer.slice(0, answerLengthMax) };
  } catch {
    return { ok: false, status: 0, answer: '' };
  }
}
