/** 回调: tells Huike what a person did, signed and encrypted as WeChat does in safe mode, and reads its answer. */
import { openMessage, sealMessage } from '../wechat/crypto.ts';
import { isSigned, sign } from '../wechat/signature.ts';
import { buildXml, parseXml, textOf, type XmlFields } from '../wechat/xml.ts';
import type { SandboxEnv } from './env.ts';

/** WeChat hangs up after this. */
const patienceMs = 5000;

export type CallbackAnswer = {
  /** What Huike answered, or 0 when it did not within five seconds. */
  readonly status: number;
  /** The text with which Huike answered the person at once, if it did. */
  readonly reply: string | null;
};

/** `times` above 1 repeats the same body, as WeChat does when it heard no answer; the first answer counts. */
export async function callHuike(
  env: SandboxEnv,
  openid: string,
  act: XmlFields,
  times = 1,
): Promise<CallbackAnswer> {
  const createdAt = Math.floor(Date.now() / 1000);
  const message = buildXml({
    xml: { ToUserName: env.WECHAT_ORIGINAL_ID, FromUserName: openid, CreateTime: createdAt, ...act },
  });
  const encrypt = await sealMessage({
    message,
    encodingAESKey: env.WECHAT_ENCODING_AES_KEY,
    appId: env.WECHAT_APP_ID,
  });
  const url = await signedUrl(env, openid, encrypt);
  const body = buildXml({ xml: { ToUserName: env.WECHAT_ORIGINAL_ID, Encrypt: encrypt } });

  const answers: CallbackAnswer[] = [];
  for (let turn = 0; turn < times; turn += 1) answers.push(await post(env, url, body));
  return answers[0] ?? { status: 0, reply: null };
}

async function signedUrl(env: SandboxEnv, openid: string, encrypt: string): Promise<string> {
  const token = env.WECHAT_TOKEN;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = String(crypto.getRandomValues(new Uint32Array(1))[0]);
  const url = new URL('/hooks/wechat', env.PUBLIC_URL);
  url.search = new URLSearchParams({
    signature: await sign({ token, timestamp, nonce }),
    timestamp,
    nonce,
    openid,
    encrypt_type: 'aes',
    msg_signature: await sign({ token, timestamp, nonce, encrypt }),
  }).toString();
  return url.href;
}

async function post(env: SandboxEnv, url: string, body: string): Promise<CallbackAnswer> {
  try {
    const response = await env.HUIKE.fetch(
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml', 'user-agent': 'Mozilla/4.0' },
        body,
        signal: AbortSignal.timeout(patienceMs),
      }),
    );
    return { status: response.status, reply: await readReply(env, await response.text()) };
  } catch {
    return { status: 0, reply: null };
  }
}

/** A passive reply; in safe mode WeChat takes it only sealed and signed. `success` and nothing at all mean no reply. */
async function readReply(env: SandboxEnv, body: string): Promise<string | null> {
  const envelope = parseXml(body);
  if (!envelope.ok) return null;
  const [encrypt, signature, timestamp, nonce] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map(
    (name) => textOf(envelope.root, name) ?? '',
  );
  if (!encrypt || !signature || !timestamp || !nonce) return null;
  if (!(await isSigned({ token: env.WECHAT_TOKEN, timestamp, nonce, encrypt }, signature))) return null;
  const opened = await openMessage({
    encrypt,
    encodingAESKeys: [env.WECHAT_ENCODING_AES_KEY],
    appId: env.WECHAT_APP_ID,
  });
  if (!opened.ok) return null;
  const message = parseXml(opened.message);
  return message.ok ? textOf(message.root, 'Content') : null;
}
