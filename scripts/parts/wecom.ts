/** 企业微信: the app that associates are told by, and that greets new customers. */
import { anAddress, anAesKey, aToken, shaped, type Part } from './define.ts';

const app = '企业微信管理后台「应用管理」里自建的应用';

export const wecom: Part = {
  name: '企业微信',
  question: '接入企业微信（提醒导购、欢迎新客户）吗？',
  settings: [
    {
      name: 'WECOM_CORP_ID',
      label: '企业ID',
      where: '企业微信管理后台「我的企业」',
      kind: 'public',
      ...shaped(/^\w{10,40}$/, '一串英文和数字'),
    },
    {
      name: 'WECOM_AGENT_ID',
      label: 'AgentId',
      where: app,
      kind: 'public',
      ...shaped(/^[1-9]\d{0,15}$/, '一个数字'),
    },
    { name: 'WECOM_SECRET', label: 'Secret', where: app, kind: 'secret' },
    { name: 'WECOM_TOKEN', label: 'Token', where: `${app}，接收消息`, kind: 'secret', ...aToken },
    {
      name: 'WECOM_ENCODING_AES_KEY',
      label: 'EncodingAESKey',
      where: `${app}，接收消息`,
      kind: 'secret',
      ...anAesKey,
    },
    {
      name: 'WECOM_API_BASE',
      label: '企业微信接口的中转地址',
      where: '自己的中转，例如 https://relay.example.com/qyapi',
      kind: 'public',
      ...anAddress,
    },
  ],
};
