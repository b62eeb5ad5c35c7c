/**
 * 配置检查: whether the values copied from WeChat's console can be what they are said to be, before anything is asked.
 *
 * Source: 微信开发者平台 – 基础信息 and 消息与事件推送; developers.weixin.qq.com/doc/service/guide/dev/push/encryption.
 */

export type AccountSettings = {
  readonly appId: string;
  readonly appSecret: string;
  readonly token: string;
  /** The one in force, then the one before it. */
  readonly encodingAESKeys: readonly string[];
};

export type SettingsFault = {
  readonly setting: 'appId' | 'appSecret' | 'token' | 'encodingAESKey';
  readonly fault: 'missing' | 'malformed';
};

const shapes: Readonly<Record<Exclude<SettingsFault['setting'], 'encodingAESKey'>, RegExp>> = {
  appId: /^wx[0-9a-f]{16}$/,
  appSecret: /^[0-9a-f]{32}$/,
  token: /^[A-Za-z0-9]{3,32}$/,
};

/** 43 characters of base64: the 44th is always the padding that the console leaves out. */
const aesKeyShape = /^[A-Za-z0-9+/]{43}$/;

/** Every setting that is missing or cannot be right; never the value itself. */
export function checkSettings(settings: AccountSettings): SettingsFault[] {
  const faults: SettingsFault[] = [];
  for (const [setting, shape] of Object.entries(shapes) as [keyof typeof shapes, RegExp][]) {
    const value = settings[setting];
    if (value === '') faults.push({ setting, fault: 'missing' });
    else if (!shape.test(value)) faults.push({ setting, fault: 'malformed' });
  }
  const { encodingAESKeys } = settings;
  if (encodingAESKeys.length === 0) faults.push({ setting: 'encodingAESKey', fault: 'missing' });
  else if (encodingAESKeys.some((key) => !aesKeyShape.test(key)))
    faults.push({ setting: 'encodingAESKey', fault: 'malformed' });
  return faults;
}
