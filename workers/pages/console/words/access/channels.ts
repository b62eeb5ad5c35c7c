/** 短信与支付的说法: how each is connected, what its settings are called, and what is asked before a test text goes out. */
import type { FormWords } from '../../form/words.ts';

export const channelsWords = {
  lead: '短信发验证码和提醒，微信支付把余额转到零钱。两样都可以不接。状态是刚刚查的，没有发短信，也没有付钱。',
  sms: '短信',
  pay: '微信支付商家转账',
  provider: '服务商',
  relay: '中转',
  direct: '没有，直接调用',
  sign: '签名',
  noSign: '没有填',
  isOn: '已打开',
  isOff: '没有打开',
  switch: '开关',
  merchant: '商户号',
  mode: '提现',
  smsCaption: '每种短信的模板',
  marketing: '现在还不会发：要会员先同意',
  smsLink: '去“设置 · 短信”',
  payLink: '去“设置 · 提现”',
  payGood:
    '密钥都对：刚刚签名问过微信支付一笔不存在的转账，它签名回答“没有这一笔”。APIv3密钥要等收到第一笔结果的通知才用得上。',
  smsGood: '没有查到缺什么。密钥对不对，发一条测试短信就知道。',
  test: '发一条测试短信',
  testLead: '照真的模板发到您填的手机，变量用样子货。短信费照算，同一个手机一分钟一条，一天五条。',
  testNone: '先到“设置 · 短信”打开短信，填上签名和模板。',
  ask: '会真的发一条“{kind}”到 {phone}，短信费照算。',
  sure: '真的发',
  another: '再发一条',
  sent: '服务商收下了，一分钟内应该收到。收不到，到服务商后台看这个号码的发送记录。',
  unsure: '服务商没有收下，或没有说清楚：{why}',
  failed: '没有发成：{why}',
  limited: {
    phoneMinute: '刚给这个手机发过，过一分钟再试。',
    phoneDay: '这个手机今天已经发了五条，明天再试。',
    openidDay: '您今天已经试了十条，明天再试。',
    addressHour: '这一个小时里从您这里发得太多，过一会儿再试。',
    shopHour: '全店这一个小时里发得太多，过一会儿再试。',
  },
} as const;

export const providerNames: Readonly<Record<string, string>> = {
  none: '没有接',
  aliyun: '阿里云',
  tencent: '腾讯云',
};

export const smsHow: readonly string[] = [
  '在阿里云或腾讯云的短信控制台申请签名（店名，不带【】），再申请模板；两样都要审核。',
  '运行 npm run setup，对“短信”答 y：服务商写 aliyun 或 tencent，再填访问密钥；腾讯云还要 SdkAppId。再 npm run deploy。',
  '服务商、密钥编号、SdkAppId 写在 wrangler.toml 的 [vars] 里（SMS_PROVIDER、SMS_KEY_ID、SMS_APP_ID）；SMS_KEY_SECRET 是密钥，存在 Cloudflare，谁也看不到。',
  '阿里云要经由境内的中转：SMS_API_BASE 填中转的地址。腾讯云不用。',
  '到“设置 · 短信”打开，填签名和每种短信的模板。',
];
export const smsCommands: readonly string[] = ['npm run setup', 'npx wrangler secret put SMS_KEY_SECRET'];

export const payHow: readonly string[] = [
  '微信支付商户平台：把商户号和服务号关联起来，开通“商家转账”，选好转账场景（现金营销是 1000）。',
  '「API安全」里申请商户API证书：得到序列号（PAY_SERIAL）和 apiclient_key.pem（PAY_PRIVATE_KEY）；设置 APIv3密钥（PAY_API_V3_KEY，32位）；申请微信支付公钥（PAY_PLATFORM_KEYS）。',
  '「产品中心」→「商家转账」→「接口IP」里加上中转的公网IP，IPv6 也要。',
  '运行 npm run setup，对“微信支付”答 y，按提示填，两个文件填路径就行；再 npm run deploy。商户号和序列号在 wrangler.toml，其余三样是密钥，存在 Cloudflare，谁也看不到。',
  '往运营账户里充钱，到“设置 · 提现”打开。',
];
export const payCommands: readonly string[] = ['npm run setup', 'npx wrangler secret put PAY_API_V3_KEY'];

/** What stands in a test text, by what fills it. */
export const slotSamples: Readonly<Record<string, string>> = {
  code: '123456',
  minutes: '5',
  member: '会员',
  product: '测试商品',
  endsOn: '2026-12-31',
  birthdayOn: '2026-12-31',
  goods: '奶粉',
  stage: '2段',
  on: '2026-12-31',
  store: '本店',
  tip: '这是一条测试',
  shop: '本店',
  campaign: '测试活动',
  taken: '0积分',
};

export const testWords: FormWords = {
  phone: { label: '发到哪个手机', help: '11位，只用来发这一条，不保存；操作记录里只写前三位和后四位。' },
  kind: { label: '哪一种短信' },
};
