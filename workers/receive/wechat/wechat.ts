/** 微信回调: verify, open, store, answer; the answer in place when the decision is ready in time (wechat.md §1). */
import type { Engine } from '../../engine/engine.ts';
import type { Clock, Doorbell } from '../../engine/ports.ts';
import { problemResponse } from '../../platform/problem.ts';
import { openMessage } from '../../wechat/crypto.ts';
import { parseJson } from '../../wechat/json.ts';
import { readMessage, readMessageJson, type WechatMessage } from '../../wechat/messages.ts';
import { sealReply, buildReply } from '../../wechat/replies.ts';
import { isSigned } from '../../wechat/signature.ts';
import { parseXml, textOf } from '../../wechat/xml.ts';
import { answerInTime } from './answer-in-time.ts';
import { callbackBytesMax, decodeAnyway, readBody } from '../body.ts';
import { notStored, takeIn } from '../intake.ts';
import { unreadable } from '../unreadable.ts';
import { noteRefused, type Refused } from './refused-callback.ts';

/** The inbox rows of the account itself; no ERP source may take this name. */
export const wechatSourceId = 'wechat';

/** As the WeChat console shows them; the key in force first, then the one before it. */
export type CallbackSettings = {
  readonly appId: string;
  readonly token: string;
  readonly encodingAESKeys: readonly string[];
};

export type WechatReceiver = {
  readonly engine: Engine;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  readonly callback: CallbackSettings;
  /** Keeps work alive after the answer. */
  readonly later: (work: Promise<unknown>) => void;
};

const badSignature = (): Response =>
  problemResponse({ status: 401, code: 'bad_signature', detail: 'not signed by WeChat for this account' });
const malformed = (detail: string): Response => problemResponse({ status: 400, code: 'malformed', detail });

/** Null when a name is repeated: it is unknown which value was signed. */
export function queryOf(url: URL): Readonly<Record<string, string>> | null {
  const names = [...url.searchParams.keys()];
  return new Set(names).size === names.length ? Object.fromEntries(url.searchParams) : null;
}

/** The console's check of the URL: the echo, verbatim, for a plain signature. */
export async function answerEcho({ callback }: WechatReceiver, url: URL): Promise<Response> {
  const { timestamp, nonce, signature, echostr } = queryOf(url) ?? {};
  if (!callback.token || !timestamp || !nonce || !signature || echostr === undefined) return badSignature();
  const isGenuine = await isSigned({ token: callback.token, timestamp, nonce }, signature);
  return isGenuine ? new Response(echostr) : badSignature();
}

/** Safe mode only: the plain signature is looked at first, but it does not cover the body, so anybody could have written that. */
export async function receiveWechat(receiver: WechatReceiver, request: Request): Promise<Response> {
  const { callback, clock, engine, later } = receiver;
  const receivedAt = clock();
  const {
    timestamp,
    nonce,
    signature: plainSignature = '',
    msg_signature: signature,
    encrypt_type: mode,
  } = queryOf(new URL(request.url)) ?? {};
  if (!callback.token || !timestamp || !nonce) return badSignature();
  const refused = (why: Refused): Response => {
    later(noteRefused(engine.db, why, receivedAt));
    return badSignature();
  };
  // WeChat signs the address in every mode. Whoever does not know the token costs one hash, and no reading of a body.
  const isPlain = await isSigned({ token: callback.token, timestamp, nonce }, plainSignature);
  const isSealed = signature !== undefined && signature !== '' && mode === 'aes';
  if (!isSealed) return isPlain ? refused('plain-mode') : badSignature();
  if (!isPlain) return refused('signature');
  const body = await readBody(request, callbackBytesMax);
  if (body === null) {
    return problemResponse({ status: 413, code: 'too_large', detail: 'WeChat sends nothing this large' });
  }
  // In compatible mode the person's words stand beside the sealed ones, cut wherever WeChat cut them.
  const encrypt = encryptedPart(decodeAnyway(body));
  if (!encrypt) return malformed('no Encrypt element');
  if (!(await isSigned({ token: callback.token, timestamp, nonce, encrypt }, signature)))
    return refused('signature');

  const { appId, encodingAESKeys } = callback;
  const opened = await openMessage({ encrypt, encodingAESKeys: [...encodingAESKeys], appId });
  if (!opened.ok) return refused(opened.why === 'foreign-app' ? 'foreign-app' : 'bad-key');
  const message = readStored(opened.message);
  const raw = message ? rowOf(message, opened.message) : await unreadable('wechat', opened.message);
  const stored = await takeIn(
    { db: engine.db, doorbell: receiver.doorbell },
    wechatSourceId,
    [{ ...raw, trust: 'signed' }],
    receivedAt,
  );
  if ('status' in stored) return problemResponse(stored);
  const [kept] = stored;
  if (!kept) return notStored();
  // A repeated callback means that our answer was lost or late: it may be given now, if no other request is giving it.
  const text = await answerInTime(receiver, kept.eventId, receivedAt);
  if (text === null || !message) return new Response('success');
  const xml = buildReply({ kind: 'text', content: text }, { ...message, createdAt: clock() });
  const sealed = await sealReply(xml, {
    token: callback.token,
    appId,
    encodingAESKey: opened.encodingAESKey,
    createdAt: clock(),
    nonce,
  });
  return new Response(sealed, { headers: { 'content-type': 'application/xml; charset=utf-8' } });
}

const isJson = (text: string): boolean => text.trimStart().startsWith('{');

function encryptedPart(envelope: string): string | null {
  const parsed = isJson(envelope) ? parseJson(envelope) : parseXml(envelope);
  return parsed.ok ? textOf(parsed.root, 'Encrypt') : null;
}

const rowOf = (message: WechatMessage, body: string) => ({
  senderId: message.dedupeKey,
  type: `wechat.${nameOf(message)}`.slice(0, 64),
  body,
  subject: subjectOf(message),
});

/** The message in a stored text; null when it is no message. */
export function readStored(text: string): WechatMessage | null {
  if (isJson(text)) return readMessageJson(text);
  const parsed = parseXml(text);
  return parsed.ok ? readMessage(parsed.root) : null;
}

/** WeChat itself sends a notice about personal data, and names the person in it. */
const subjectOf = (message: WechatMessage): string =>
  'subject' in message ? message.subject : message.openid;

const nameOf = (message: WechatMessage): string =>
  message.kind === 'unknown' ? message.name || 'unknown' : message.kind;
