/** 短信: the provider that sends codes and notices. */
import { anAddress, shaped, type Part } from './define.ts';

export const sms: Part = {
  name: '短信',
  question: '接入短信（会员注册的验证码要用）吗？',
  settings: [
    {
      name: 'SMS_PROVIDER',
      label: '短信服务商',
      where: '阿里云填 aliyun，腾讯云填 tencent',
      kind: 'public',
      ...shaped(/^(aliyun|tencent)$/, 'aliyun 或 tencent'),
    },
    {
      name: 'SMS_KEY_ID',
      label: '访问密钥的编号',
      where: '阿里云是 AccessKey ID，腾讯云是 SecretId',
      kind: 'public',
      ...shaped(/^\S{10,64}$/, '一串英文和数字'),
    },
    {
      name: 'SMS_KEY_SECRET',
      label: '访问密钥',
      where: '阿里云是 AccessKey Secret，腾讯云是 SecretKey',
      kind: 'secret',
    },
    {
      name: 'SMS_APP_ID',
      label: '短信应用的 SdkAppId',
      where: '腾讯云短信的应用管理；阿里云没有，直接回车',
      kind: 'public',
      isOptional: true,
      ...shaped(/^\d{5,15}$/, '一串数字'),
    },
    {
      name: 'SMS_API_BASE',
      label: '阿里云短信的中转地址',
      where: '自己的中转，例如 https://relay.example.com/aliyun-sms；腾讯云不用，直接回车',
      kind: 'public',
      isOptional: true,
      ...anAddress,
    },
  ],
};
