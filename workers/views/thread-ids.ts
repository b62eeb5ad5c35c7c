/**
 * 会话编号: a member's id, or the sealed openid of somebody who is no member. A bare openid in a URL would end up in every log on
 * the way. The same openid always has the same seal, and only this merchant's key opens it.
 */
import { personById, personByOpenid, type Person } from '../db/conversations/thread-messages.ts';
import type { Db } from '../db/db.ts';
import type { Engine } from '../engine/engine.ts';
import { base64Url, bytesOf, sealingKey, secretBytes } from '../engine/sealed-text.ts';
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
    await sealingKey(engine, keyCause),
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
      await sealingKey(engine, keyCause),
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

const unknownThread: Problem = {
  status: 404,
  code: 'unknown_thread',
  detail: 'there is no such conversation',
};
