/** 微信支付: the keys that 商家转账 is signed and believed with. */
import { anAddress, shaped, type Part } from './define.ts';

const account = '微信支付商户平台「账户中心」';
const keys = '微信支付商户平台「API安全」';

export const pay: Part = {
  name: '微信支付',
  question: '接入微信支付商家转账（会员提现到微信零钱）吗？',
  settings: [
    {
      name: 'PAY_MCH_ID',
      label: '商户号',
      where: account,
      kind: 'public',
      ...shaped(/^\d{8,15}$/, '一串数字'),
    },
    {
      name: 'PAY_SERIAL',
      label: '商户API证书序列号',
      where: keys,
      kind: 'public',
      ...shaped(/^[0-9A-Fa-f]{16,64}$/, '一串数字和字母 A-F'),
    },
    {
      name: 'PAY_PRIVATE_KEY',
      label: '商户API证书私钥 apiclient_key.pem 的路径',
      where: `${keys}，申请证书时得到`,
      kind: 'secret',
      typed: 'file',
      ...shaped(/^-----BEGIN PRIVATE KEY-----/, '以 -----BEGIN PRIVATE KEY----- 开头的文件'),
    },
    {
      name: 'PAY_API_V3_KEY',
      label: 'APIv3密钥',
      where: keys,
      kind: 'secret',
      ...shaped(/^[\x21-\x7e]{32}$/, '32位'),
    },
    {
      name: 'PAY_PLATFORM_KEYS',
      label: '微信支付公钥 pub_key.pem 的路径',
      where: keys,
      kind: 'secret',
      typed: 'numbered-file',
      ...shaped(
        /^\{"PUB_KEY_ID_\w+":"-----BEGIN PUBLIC KEY-----/,
        'PUB_KEY_ID_ 开头的公钥ID，和以 -----BEGIN PUBLIC KEY----- 开头的文件',
      ),
    },
    {
      name: 'PAY_API_BASE',
      label: '微信支付接口的中转地址',
      where: '自己的中转，例如 https://relay.example.com/pay；它的IP要加进商户平台的「商家转账 → 接口IP」',
      kind: 'public',
      ...anAddress,
    },
  ],
};
