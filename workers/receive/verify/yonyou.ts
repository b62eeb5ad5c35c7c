/** 用友事件: the sealed envelope of WeChat's callback in JSON, with the suiteKey where WeChat puts the appId. */
import * as z from 'zod';
import { openMessage } from '../../wechat/crypto.ts';
import { isSigned } from '../../wechat/signature.ts';
import { defineScheme, refuse } from './define.ts';
import { isFresh, secondsOf, ToleranceSeconds } from './kernel/moment.ts';
import { readerOf } from './kernel/places.ts';
import type { SecretForm } from './kernel/secret-forms.ts';
import { namedOf } from './kernel/secrets.ts';

const valueLengthMax = 128;

const secretForm: SecretForm = {
  form: 'named',
  parts: { token: /^[!-~]{1,256}$/, encodingAesKey: /^[A-Za-z0-9+/]{43}=?$/, suiteKey: /^[!-~]{1,256}$/ },
};

/** Secret {token, encodingAesKey, suiteKey}. Source: yonyoucloud-open/isv-demo crypto/{SHA1,IsvEventCrypto}.java. */
export const yonyouEvent = defineScheme({
  name: 'yonyou-event',
  secret: () => secretForm,
  params: z.strictObject({ toleranceSeconds: ToleranceSeconds.optional() }),
  verify: async (request, secrets, nowSeconds, { toleranceSeconds }) => {
    const usable = namedOf(secrets, ['token', 'encodingAesKey', 'suiteKey']);
    if (usable.length === 0) return refuse('no-secret');
    const envelope = readerOf(request).json();
    if (!envelope) return refuse('malformed');
    const [signature, timestamp, nonce, encrypt] = ['msgSignature', 'timestamp', 'nonce', 'encrypt'].map(
      (name) => envelope.get(name) ?? '',
    );
    if (!signature || !timestamp || !nonce || !encrypt) return refuse('missing');
    const seconds = secondsOf(timestamp, timestamp.length > 11 ? 'ms' : 's');
    if (seconds === null || nonce.length > valueLengthMax) return refuse('malformed');

    for (const { token, encodingAesKey, suiteKey } of usable) {
      if (!(await isSigned({ token, timestamp, nonce, encrypt }, signature))) continue;
      if (toleranceSeconds !== undefined && !isFresh(seconds, nowSeconds, toleranceSeconds))
        return refuse('stale');
      const opened = await openMessage({ encrypt, encodingAESKeys: [encodingAesKey], appId: suiteKey });
      if (opened.ok) return { ok: true, trust: 'signed', text: opened.message };
      return refuse(
        opened.why === 'foreign-app' ? 'foreign' : opened.why === 'bad-key' ? 'no-secret' : 'content',
      );
    }
    return refuse('mismatch');
  },
});
