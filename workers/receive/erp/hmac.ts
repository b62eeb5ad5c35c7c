/** 标准事件 under another signature: the canonical event, for scripts that can only sign a body. */
import * as z from 'zod';
import type { Source } from '../../../schema/index.ts';
import type { VerifySettings } from '../verify/index.ts';
import { checkSettings } from './kernel/check-settings.ts';
import type { Adapter } from './define.ts';
import { generic } from './generic.ts';
import { CommonSettings, settingsOf } from './kernel/settings.ts';
import { toProblem, verifyWith } from './kernel/signing.ts';
import { signedAs } from './kernel/vendor.ts';

const schemes = ['github', 'hmac', 'md5-body-suffix'] as const;

const Settings = CommonSettings.extend({
  /** `github`: `X-Hub-Signature-256`. `hmac` takes its header and algorithm from `signature`. `md5-body-suffix` needs no library. */
  signedBy: z.enum(schemes).default('github'),
});

const signed = (settings: z.infer<typeof Settings>): VerifySettings => signedAs(settings.signedBy)(settings);

function signing(config: Source['config']): VerifySettings | null {
  const settings = settingsOf(Settings, config);
  return settings && signed(settings);
}

export const hmac: Adapter = {
  ...generic,
  name: 'hmac',
  label: '通用接口（HMAC / MD5 签名）',
  settings: Settings,
  signing,
  schemes,
  verify: async (request, secrets, nowSeconds, config) => {
    const settings = signing(config);
    if (!settings) return toProblem('bad-params');
    return await verifyWith(settings, request, secrets, nowSeconds);
  },
  checkConfig: (config) => checkSettings(Settings, config, signed),
};
