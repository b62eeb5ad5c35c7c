/** 标准事件 under another signature: the canonical event, for scripts that can sign a body and nothing more. */
import * as z from 'zod';
import type { Adapter } from './define.ts';
import { generic } from './generic.ts';
import { CommonSettings, settingsOf } from './settings.ts';
import { toProblem, verifyWith } from './signing.ts';
import { signedAs } from './vendor.ts';

const Settings = CommonSettings.extend({
  /** `github`: `X-Hub-Signature-256`. `hmac` takes its header and algorithm from `signature`. `md5-body-suffix` needs no library. */
  signedBy: z.enum(['github', 'hmac', 'md5-body-suffix']).default('github'),
});

export const hmac: Adapter = {
  ...generic,
  name: 'hmac',
  label: '通用接口（HMAC / MD5 签名）',
  verify: async (request, secrets, nowSeconds, config) => {
    const settings = settingsOf(Settings, config);
    if (!settings) return toProblem('bad-params');
    return await verifyWith(signedAs(settings.signedBy)(settings), request, secrets, nowSeconds);
  },
  checkConfig: (config) => {
    const result = Settings.safeParse(config ?? {});
    return result.success
      ? []
      : result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  },
};
