/** 短信与支付体检的说法: as those of the 公众号, of texts and payouts. */
import type { FindingWords } from './diagnosis.ts';

const merchant = '到微信支付商户平台「API安全」';

export const channelFindings: Readonly<Record<string, FindingWords>> = {
  'sms.off': {
    step: 'sms',
    what: '没有接短信：会员不能自己注册，只能到店由店员登记',
    remedy: '照下面申请签名和模板，再运行 npm run setup，对“短信”答 y',
  },
  'setting.SMS_KEY_ID.missing': {
    step: 'sms',
    what: '还没有填 SMS_KEY_ID（访问密钥的编号）',
    remedy: '阿里云是 AccessKey ID，腾讯云是 SecretId；写在 wrangler.toml 的 [vars] 里，再部署',
  },
  'setting.SMS_KEY_ID.malformed': {
    step: 'sms',
    what: 'SMS_KEY_ID（访问密钥的编号）的格式不对',
    remedy: '应为一串英文和数字，不要带空格：阿里云是 AccessKey ID，腾讯云是 SecretId',
  },
  'setting.SMS_KEY_SECRET.missing': {
    step: 'sms',
    what: '还没有填 SMS_KEY_SECRET（访问密钥）',
    remedy: '用 npx wrangler secret put SMS_KEY_SECRET 填写',
  },
  'setting.SMS_APP_ID.missing': {
    step: 'sms',
    what: '还没有填 SMS_APP_ID（腾讯云的 SdkAppId）',
    remedy: '在腾讯云短信的「应用管理」复制；写在 wrangler.toml 的 [vars] 里，再部署',
  },
  'setting.SMS_APP_ID.malformed': {
    step: 'sms',
    what: 'SMS_APP_ID（腾讯云的 SdkAppId）的格式不对',
    remedy: '应为一串数字，在腾讯云短信的「应用管理」复制',
  },
  'sms.no-relay': {
    step: 'sms',
    what: '阿里云短信没有经过境内的中转：它不接受来自境外的请求（isv.DENY_IP_RANGE）',
    remedy: '把 SMS_API_BASE 填成中转的地址，比如 https://relay.example.com/aliyun-sms，再部署',
  },
  'sms.switched-off': {
    step: 'sms',
    what: '服务商接好了，短信还没有打开',
    remedy: '到「设置 · 短信」打开，填上签名和验证码模板',
  },
  'sms.no-sign': {
    step: 'sms',
    what: '还没有填短信签名',
    remedy: '到「设置 · 短信」填上服务商审核通过的签名，不带【】',
  },
  'sms.no-code-template': {
    step: 'sms',
    what: '还没有填验证码模板：会员收不到验证码，不能自己注册',
    remedy: '到「设置 · 短信」填上审核通过的验证码模板',
  },

  'pay.off': {
    step: 'pay',
    what: '没有接微信支付',
    remedy: '可以不接：钱留在会员账户里，到店消费时用。要接，照下面做',
  },
  'setting.PAY_MCH_ID.missing': {
    step: 'pay',
    what: '还没有填 PAY_MCH_ID（商户号）',
    remedy: '在商户平台「账户中心」复制，写在 wrangler.toml 的 [vars] 里，再部署',
  },
  'setting.PAY_MCH_ID.malformed': {
    step: 'pay',
    what: 'PAY_MCH_ID（商户号）的格式不对',
    remedy: '应为8到15位数字，在商户平台「账户中心」复制',
  },
  'setting.PAY_SERIAL.missing': {
    step: 'pay',
    what: '还没有填 PAY_SERIAL（商户API证书序列号）',
    remedy: `${merchant}复制，写在 wrangler.toml 的 [vars] 里，再部署`,
  },
  'setting.PAY_SERIAL.malformed': {
    step: 'pay',
    what: 'PAY_SERIAL（商户API证书序列号）的格式不对',
    remedy: `应为一串数字和字母 A-F，${merchant}复制`,
  },
  'setting.PAY_PRIVATE_KEY.missing': {
    step: 'pay',
    what: '还没有填 PAY_PRIVATE_KEY（商户API证书私钥）',
    remedy: '用 npm run setup 填，给它 apiclient_key.pem 的路径就行',
  },
  'setting.PAY_PRIVATE_KEY.malformed': {
    step: 'pay',
    what: 'PAY_PRIVATE_KEY（商户API证书私钥）读不出来',
    remedy:
      '应为 apiclient_key.pem 的全部内容，以 -----BEGIN PRIVATE KEY----- 开头，不是证书 apiclient_cert.pem',
  },
  'setting.PAY_API_V3_KEY.missing': {
    step: 'pay',
    what: '还没有填 PAY_API_V3_KEY（APIv3密钥）',
    remedy: `${merchant}设置，32位，再用 npx wrangler secret put PAY_API_V3_KEY 填写`,
  },
  'setting.PAY_API_V3_KEY.malformed': {
    step: 'pay',
    what: 'PAY_API_V3_KEY（APIv3密钥）不是32位',
    remedy: `核对有没有多复制空格；忘了就${merchant}重设一个，两边一起换`,
  },
  'setting.PAY_PLATFORM_KEYS.missing': {
    step: 'pay',
    what: '还没有填 PAY_PLATFORM_KEYS（微信支付公钥）',
    remedy: `${merchant}申请微信支付公钥，再用 npm run setup 填公钥ID和 pub_key.pem 的路径`,
  },
  'setting.PAY_PLATFORM_KEYS.malformed': {
    step: 'pay',
    what: 'PAY_PLATFORM_KEYS（微信支付公钥）读不出来',
    remedy:
      '用 npx wrangler secret delete PAY_PLATFORM_KEYS 删掉，再用 npm run setup 重新填公钥ID和 pub_key.pem',
  },
  'pay.no-account': {
    step: 'pay',
    what: '没有公众号的 AppID：不知道钱付给谁',
    remedy: '先在「公众号」把 AppID 填好',
  },
  'pay.switched-off': {
    step: 'pay',
    what: '密钥都在，提现还没有打开：钱留在会员账户里',
    remedy: '要转到微信零钱，到「设置 · 提现」打开',
  },
  'pay.no-relay': {
    step: 'pay',
    what: '转账没有经过中转：微信支付只接「接口IP」里写了的地址，Worker 没有固定IP',
    remedy: '把 PAY_API_BASE 填成中转的地址，比如 https://relay.example.com/pay，再部署',
  },
  'pay.unlisted.relay': {
    step: 'pay',
    what: '调用的地址不在商户平台的「接口IP」里，一笔也转不出去',
    remedy:
      '到商户平台「产品中心」→「商家转账」→「接口IP」，加上中转 {relay} 的公网IP（{ip}）；它有IPv6地址的，IPv6也要加',
  },
  'pay.unlisted.worker': {
    step: 'pay',
    what: '调用的地址不在商户平台的「接口IP」里，一笔也转不出去',
    remedy:
      '调用是系统直接发出的，没有固定的IP可以加：先让转账经过中转（PAY_API_BASE），再把中转的IP加进「接口IP」',
  },
  'pay.sign': {
    step: 'pay',
    what: '微信支付不认我们的签名（{why}）',
    remedy:
      'PAY_MCH_ID、PAY_SERIAL 和 PAY_PRIVATE_KEY 三样要是同一个商户、同一张证书的：换过证书的，三样一起核对',
  },
  'pay.not-let-in': {
    step: 'pay',
    what: '调用被挡回来了，回答不是微信支付签的（{why}）',
    remedy: '多半是中转：核对 RELAY_KEY 两边是否一样；没有用中转的，核对 PAY_MCH_ID 和 PAY_SERIAL',
  },
  'pay.platform-key': {
    step: 'pay',
    what: '微信支付的回答不是用这里填的公钥签的（{why}）',
    remedy: `${merchant}看现在用的是哪个公钥（PUB_KEY_ID_ 开头），和 PAY_PLATFORM_KEYS 核对；正在换公钥的，新旧两个都要填`,
  },
  'pay.clock': {
    step: 'pay',
    what: '服务器的时间和微信支付相差超过5分钟',
    remedy: '校准服务器时间',
  },
  'pay.no-auth': {
    step: 'pay',
    what: '商户号没有商家转账的权限（{why}）',
    remedy: '到商户平台「产品中心」开通“商家转账”，并把商户号和服务号关联起来',
  },
  'pay.busy': {
    step: 'pay',
    what: '微信支付现在忙（{why}）',
    remedy: '过几分钟再查一次；一直这样，到商户平台看有没有公告',
  },
  'pay.refused': {
    step: 'pay',
    what: '微信支付没有接受（{why}）',
    remedy: '按括号里的原话到商户平台核对；看不明白的，把原话发给微信支付客服',
  },
  'pay.unreachable': {
    step: 'pay',
    what: '连不上微信支付（{why}）',
    remedy: '检查 PAY_API_BASE 和中转服务器：地址、证书，能否访问 api.mch.weixin.qq.com',
  },
};
