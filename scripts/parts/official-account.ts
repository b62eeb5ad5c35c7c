/** 公众号: what the callbacks and the calls of the account need. */
import { anAddress, anAesKey, anAppId, anAppSecret, aToken, type Part } from './define.ts';

const basics = '微信开发者平台「基础信息」';
const push = '微信开发者平台「消息与事件推送」';

export const officialAccount: Part = {
  name: '公众号',
  question: '接入公众号（已认证的服务号）吗？',
  settings: [
    { name: 'WECHAT_APP_ID', label: '开发者ID（AppID）', where: basics, kind: 'public', ...anAppId },
    {
      name: 'WECHAT_APP_SECRET',
      label: '开发者密码（AppSecret）',
      where: `${basics}，后台不会再显示第二次`,
      kind: 'secret',
      ...anAppSecret,
    },
    {
      name: 'WECHAT_TOKEN',
      label: '令牌（Token）',
      where: `${push}，自己定一个，两边填一样的`,
      kind: 'secret',
      ...aToken,
    },
    {
      name: 'WECHAT_ENCODING_AES_KEY',
      label: '消息加解密密钥（EncodingAESKey）',
      where: `${push}，随机生成后复制过来`,
      kind: 'secret',
      ...anAesKey,
    },
  ],
};

export const relay: Part = {
  name: '中转',
  question: '让微信的调用经由固定IP的中转吗？公众号、企业微信和商家转账都核对来源IP，见 relay/README.md',
  settings: [
    { name: 'RELAY_KEY', label: '中转的口令', where: '由这里生成，再填进中转的配置', kind: 'made' },
    {
      name: 'WECHAT_API_BASE',
      label: '公众号接口的中转地址',
      where: '自己的中转，例如 https://relay.example.com/weixin',
      kind: 'public',
      ...anAddress,
    },
  ],
};
