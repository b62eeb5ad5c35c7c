/** 接入项: what a merchant may want to connect, the settings it needs, and where their values are found. */
import { checkSettings, type AccountSettings } from '../../workers/wechat/settings-check.ts';

export type Setting = {
  readonly name: string;
  /** As the console calls it. */
  readonly label: string;
  readonly where: string;
  /** `public` stands in wrangler.toml; `secret` goes to Cloudflare and is never shown again; `made` is one nobody has to think up. */
  readonly kind: 'public' | 'secret' | 'made';
  /** What is typed: the value, the path of a file that holds it, or a key's number and then the path. */
  readonly typed?: 'value' | 'file' | 'numbered-file';
  readonly isRight?: (value: string) => boolean;
  /** What it looks like, said when it does not. */
  readonly shape?: string;
  /** May stay as wrangler.toml has it. */
  readonly isOptional?: true;
};

export type Part = {
  readonly name: string;
  readonly question: string;
  readonly settings: readonly Setting[];
};

type Shape = Required<Pick<Setting, 'isRight' | 'shape'>>;

export const shaped = (pattern: RegExp, shape: string): Shape => ({
  isRight: (value) => pattern.test(value),
  shape,
});

export const anAddress = shaped(/^https:\/\/[^\s/]+(\/\S*)?$/, 'https:// 开头的地址');

const nothing: AccountSettings = { appId: '', appSecret: '', token: '', encodingAESKeys: [] };

/** By the check that a deployment makes of itself. */
const checked = (
  setting: 'appId' | 'appSecret' | 'token' | 'encodingAESKey',
  put: (value: string) => Partial<AccountSettings>,
  shape: string,
): Shape => ({
  isRight: (value) =>
    !checkSettings({ ...nothing, ...put(value) }).some((fault) => fault.setting === setting),
  shape,
});

export const anAppId = checked('appId', (appId) => ({ appId }), 'wx 开头，共18位');
export const anAppSecret = checked(
  'appSecret',
  (appSecret) => ({ appSecret }),
  '32位，由数字和小写字母 a-f 组成',
);
export const aToken = checked('token', (token) => ({ token }), '3到32位英文或数字');
export const anAesKey = checked('encodingAESKey', (key) => ({ encodingAESKeys: [key] }), '43位英文或数字');
