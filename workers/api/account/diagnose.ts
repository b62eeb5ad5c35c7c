/** 公众号体检: what is wrong with the connection to WeChat, in the shop's words, with what to do about it. */
import { addressIn } from '../../platform/address.ts';
import { newestCallback } from '../../db/inbox/callbacks.ts';
import type { Db } from '../../db/db.ts';
import { readSettings } from '../../db/shop/settings.ts';
import type { Clock } from '../../engine/ports.ts';
import { checkSettings, type AccountSettings, type SettingsFault } from '../../wechat/settings-check.ts';

export type Finding = {
  /** Stable, for programs: `setting.token.malformed`, `ip-not-whitelisted`. */
  readonly code: string;
  readonly isFatal: boolean;
  /** For the shop to read, in Chinese: what is wrong, and what to do. */
  readonly what: string;
  readonly remedy: string;
};

type Reply = { readonly errcode: number; readonly errmsg: string };
export type Probe = () => Promise<
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly outage: string; readonly detail: string }
>;

export type DiagnosisDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly settings: AccountSettings;
  /** A call without side effects that needs a token and a whitelisted address. */
  readonly probe: Probe;
};

/** With clocks further apart than this, signatures that contain a time begin to be refused. */
const clockSkewMaxMs = 120_000;

export async function diagnose(deps: DiagnosisDeps): Promise<readonly Finding[]> {
  const local = localFindings(deps.settings);
  const [callback, address] = await Promise.all([callbackFinding(deps), addressFinding(deps)]);
  // Without an account WeChat cannot be called.
  const isAskable = !local.some(({ code }) => /^setting\.(appId|appSecret)\./.test(code));
  const asked = isAskable ? await askedFinding(deps.probe) : null;
  return [...local, ...[address, callback, asked].filter((finding) => finding !== null)];
}

/** Without it no link can be made: followers are not welcomed with one, and nobody can be asked to confirm a payment. */
async function addressFinding({ db }: DiagnosisDeps): Promise<Finding | null> {
  const { publicUrl } = await readSettings(db);
  if (publicUrl !== null) return null;
  return {
    code: 'setting.publicUrl.missing',
    isFatal: false,
    what: '还没有填公网地址：注册链接、欢迎语和提现确认都发不出去',
    remedy: '到后台「设置 · 店铺」填上会员打开页面用的网址，比如 https://huike.example.cn',
  };
}

const names: Readonly<Record<SettingsFault['setting'], string>> = {
  appId: 'WECHAT_APP_ID（开发者ID）',
  appSecret: 'WECHAT_APP_SECRET（开发者密码）',
  token: 'WECHAT_TOKEN（令牌）',
  encodingAESKey: 'WECHAT_ENCODING_AES_KEY（消息加解密密钥）',
};

const shapesInWords: Readonly<Record<SettingsFault['setting'], string>> = {
  appId: 'wx 开头，共18位',
  appSecret: '32位，由数字和小写字母 a-f 组成',
  token: '3到32位英文或数字',
  encodingAESKey: '43位英文或数字',
};

/** Makes no call; safe to show to everybody who may see the health of the deployment. */
export const localFindings = (settings: AccountSettings): Finding[] =>
  checkSettings(settings).map(({ setting, fault }) => ({
    code: `setting.${setting}.${fault}`,
    isFatal: true,
    what: fault === 'missing' ? `还没有填 ${names[setting]}` : `${names[setting]} 的格式不对`,
    remedy: `到微信开发者平台复制，应为${shapesInWords[setting]}，不要带空格`,
  }));

async function callbackFinding({ db, clock }: DiagnosisDeps): Promise<Finding | null> {
  const newest = await newestCallback(db);
  if (!newest) {
    return {
      code: 'no-callback-yet',
      isFatal: false,
      what: '还没有收到过微信的消息推送',
      remedy: '在「消息与事件推送」里填好服务器地址并启用，消息加密方式选安全模式，然后给公众号发一条消息',
    };
  }
  const skewMs = newest.receivedAt - newest.createdAt;
  if (newest.createdAt > 0 && Math.abs(skewMs) > clockSkewMaxMs && newest.receivedAt > clock() - 86_400_000) {
    return {
      code: 'clock-skew',
      isFatal: false,
      what: `最近一条微信消息的时间和服务器时间相差${Math.round(Math.abs(skewMs) / 1000)}秒`,
      remedy: '校准服务器时间；如果是积压的旧消息，可以不处理',
    };
  }
  return null;
}

/** What the codes say about the account itself (wechat.md §4.1, §4.2). */
const meanings: ReadonlyMap<number, readonly [code: string, what: string, remedy: string]> = new Map([
  [40013, ['bad-app-id', '微信不认识这个 AppID', '核对 WECHAT_APP_ID，是否填成了别的公众号或小程序的']],
  [
    40125,
    [
      'bad-app-secret',
      'AppSecret 不对',
      '在微信开发者平台重置开发者密码，再用 wrangler secret put WECHAT_APP_SECRET 更新',
    ],
  ],
  [
    41004,
    ['bad-app-secret', 'AppSecret 没有传给微信', '用 wrangler secret put WECHAT_APP_SECRET 填写开发者密码'],
  ],
  [40243, ['app-secret-frozen', 'AppSecret 被冻结了', '在微信开发者平台「开发密钥」里解冻，约10分钟后生效']],
  [
    40164,
    [
      'ip-not-whitelisted',
      '调用地址不在公众号的IP白名单里',
      '把下面的IP加进「IP白名单」，约5分钟后生效；没有固定IP就按 docs/wechat-setup.md 搭一个中转',
    ],
  ],
  [
    61004,
    ['ip-not-whitelisted', '调用地址不在第三方平台的IP白名单里', '把中转服务器的IP加进第三方平台的白名单'],
  ],
  [48001, ['no-permission', '公众号没有这个接口的权限', '确认是已认证的服务号']],
  [45009, ['quota', '今天的接口调用次数用完了', '明天自动恢复，或在微信开发者平台清零一次']],
]);

async function askedFinding(probe: Probe): Promise<Finding | null> {
  const answer = await probe();
  if (!answer.ok) {
    // When a token is refused, WeChat's error code says why.
    const errcode = Number(/\b(4\d{4}|61004)\b/.exec(answer.detail)?.[1] ?? Number.NaN);
    return byCode(errcode, answer.detail) ?? unreachable(answer.outage);
  }
  const { errcode, errmsg } = answer.reply;
  if (errcode === 0) return null;
  return (
    byCode(errcode, errmsg) ?? {
      code: `wechat.${errcode}`,
      isFatal: true,
      what: `微信返回 ${errcode}`,
      remedy: errmsg.slice(0, 120),
    }
  );
}

function byCode(errcode: number, errmsg: string): Finding | null {
  const meaning = meanings.get(errcode);
  if (!meaning) return null;
  const [code, what, remedy] = meaning;
  const ip = code === 'ip-not-whitelisted' ? addressIn(errmsg) : null;
  return { code, isFatal: true, what, remedy: ip === null ? remedy : `${remedy}（${ip}）` };
}

const unreachable = (outage: string): Finding => ({
  code: `unreachable.${outage}`,
  isFatal: true,
  what: '连不上微信',
  remedy: '检查 WECHAT_API_BASE 和中转服务器：地址、RELAY_KEY、证书，能否访问 api.weixin.qq.com',
});
