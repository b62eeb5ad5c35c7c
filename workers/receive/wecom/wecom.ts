/** 企业微信回调: verify, open, store, decide at once; a new customer is to be greeted within twenty seconds (wechat.md §6). */
import { processEvent } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';
import { problemResponse } from '../../platform/problem.ts';
import { withTimeout } from '../../platform/timeout.ts';
import { openMessage } from '../../wechat/crypto.ts';
import { isSigned } from '../../wechat/signature.ts';
import { openEcho } from '../../wechat/wecom/echo.ts';
import { readWecomEvent, type WecomEvent } from '../../wechat/wecom/events.ts';
import { parseXml, textOf } from '../../wechat/xml.ts';
import { decideWithinMs } from '../wechat/answer-in-time.ts';
import { callbackBytesMax, decodeAnyway, readBody } from '../body.ts';
import { notStored, takeIn } from '../intake.ts';
import { unreadable } from '../unreadable.ts';
import { queryOf, type WechatReceiver } from '../wechat/wechat.ts';

export const wecomSourceId = 'wecom';

export type WecomCallback = {
  readonly corpId: string;
  readonly token: string;
  readonly encodingAESKeys: readonly string[];
};

export type WecomReceiver = WechatReceiver & { readonly wecom: WecomCallback };

const badSignature = (): Response =>
  problemResponse({ status: 401, code: 'bad_signature', detail: 'not signed by WeCom for this corporation' });

/** Unlike the account's echo, this one is encrypted and is returned decrypted. */
export async function answerWecomEcho({ wecom }: WecomReceiver, url: URL): Promise<Response> {
  const { msg_signature: msgSignature, timestamp, nonce, echostr } = queryOf(url) ?? {};
  if (!wecom.token || !msgSignature || !timestamp || !nonce || !echostr) return badSignature();
  const opened = await openEcho({ msgSignature, timestamp, nonce, echostr }, wecom);
  return opened.ok ? new Response(opened.echo) : badSignature();
}

export async function receiveWecom(receiver: WecomReceiver, request: Request): Promise<Response> {
  const { wecom, clock, engine, doorbell } = receiver;
  const receivedAt = clock();
  const { msg_signature: signature, timestamp, nonce } = queryOf(new URL(request.url)) ?? {};
  if (!wecom.token || !signature || !timestamp || !nonce) return badSignature();
  // WeCom signs nothing but the sealed text, so the envelope is read first: it has to be small.
  const body = await readBody(request, callbackBytesMax);
  if (body === null) {
    return problemResponse({ status: 413, code: 'too_large', detail: 'WeCom sends nothing this large' });
  }
  const envelope = parseXml(decodeAnyway(body));
  const encrypt = envelope.ok ? textOf(envelope.root, 'Encrypt') : null;
  if (!encrypt) return problemResponse({ status: 400, code: 'malformed', detail: 'no Encrypt element' });
  if (!(await isSigned({ token: wecom.token, timestamp, nonce, encrypt }, signature))) return badSignature();
  const opened = await openMessage({
    encrypt,
    encodingAESKeys: wecom.encodingAESKeys,
    appId: wecom.corpId,
  });
  if (!opened.ok) return problemResponse({ status: 401, code: 'bad_signature', detail: opened.why });
  const message = readWecom(opened.message);
  const raw = message ? rowOf(message, opened.message) : await unreadable('wecom', opened.message);
  const told = [{ ...raw, trust: 'signed' as const }];
  const stored = await takeIn({ db: engine.db, doorbell }, wecomSourceId, told, receivedAt);
  if ('status' in stored) return problemResponse(stored);
  const [kept] = stored;
  if (!kept) return notStored();
  if (!kept.isDuplicate) {
    try {
      // Before everything else that is pending, because a late greeting is not sent.
      await withTimeout(processEvent(engine, kept.eventId, clock()), decideWithinMs);
    } catch (error) {
      log('warn', 'wecom_late', { why: error instanceof Error ? error.message : 'unknown' });
    }
    doorbell.ring();
  }
  // WeCom wants an empty answer.
  return new Response('');
}

const rowOf = (message: WecomEvent, body: string) => ({
  senderId: message.dedupeKey,
  type: `wecom.${nameOf(message)}`.slice(0, 64),
  body,
});

function nameOf(message: WecomEvent): string {
  if (message.kind === 'welcome-allowed') return message.change;
  return message.kind === 'unknown' ? message.name || 'unknown' : message.kind;
}

/** The message in a stored text; null when it is no message. */
export function readWecom(text: string): WecomEvent | null {
  const parsed = parseXml(text);
  return parsed.ok ? readWecomEvent(parsed.root) : null;
}
