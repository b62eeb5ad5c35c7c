/**
 * 会话编号: a member's id, or the sealed openid of somebody who is no member. A bare openid in a URL would end up in every log on
 * the way. The same openid always has the same seal, and only this merchant's key opens it.
 */
import { personById, personByOpenid, type Person } from '../db/conversations/thread-messages.ts';
import type { Db } from '../db/db.ts';
import type { Engine } from '../engine/engine.ts';
import type { Problem } from '../platform/problem.ts';

const prefix = 'o_';
const ivBytes = 12;
const keyCause = 'thread-ids/key';

export async function sealOpenid(engine: Engine, openid: string): Promise<string> {
  // The nonce derives from the openid: one openid always has one seal, and no two openids share a nonce.
  const nonce = await secretBytes(engine, `thread-ids/${openid}`);
  const iv = nonce.slice(0, ivBytes);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    await keyOf(engine),
    new TextEncoder().encode(openid),
  );
  return prefix + base64Url(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

/** Null when this deployment did not seal it. */
export async function openThreadId(engine: Engine, id: string): Promise<string | null> {
  try {
    const bytes = bytesOf(id.slice(prefix.length));
    const iv = bytes.slice(0, ivBytes);
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv },
      await keyOf(engine),
      bytes.slice(ivBytes),
    );
    return new TextDecoder().decode(opened);
  } catch {
    return null;
  }
}

/** The person of a thread. */
export async function personOfThread(
  { engine, db }: { readonly engine: Engine; readonly db: Db },
  id: string,
  now: number,
): Promise<Person | Problem> {
  if (!id.startsWith(prefix)) return (await personById(db, id, now)) ?? unknownThread;
  const openid = await openThreadId(engine, id);
  return openid === null ? unknownThread : personByOpenid(db, openid, now);
}

async function keyOf(engine: Engine): Promise<CryptoKey> {
  const raw = await secretBytes(engine, keyCause);
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Thirty-two bytes derived from this merchant's secret. */
async function secretBytes(engine: Engine, cause: string): Promise<Uint8Array<ArrayBuffer>> {
  const seed = (await engine.seeds(new Set([cause]))).get(cause);
  if (!seed) throw new Error(`no seed was made for ${keyCause}`);
  return new Uint8Array(Uint32Array.from(seed).buffer);
}

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );

const unknownThread: Problem = {
  status: 404,
  code: 'unknown_thread',
  detail: 'there is no such conversation',
};
