/** 外面的世界: which of the simulated services answers for a host; anything else is out of reach. */
import type { Hono } from 'hono';
import type { SandboxApp } from '../here.ts';
import { pay } from '../pay/index.ts';
import { aliyun } from '../sms/aliyun.ts';
import { tencent } from '../sms/tencent.ts';
import { wecom } from '../wecom/index.ts';
import { weixin } from '../weixin/index.ts';

const services: ReadonlyMap<string, Hono<SandboxApp>> = new Map([
  ['api.weixin.qq.com', weixin],
  ['api2.weixin.qq.com', weixin],
  ['qyapi.weixin.qq.com', wecom],
  ['api.mch.weixin.qq.com', pay],
  ['api2.mch.weixin.qq.com', pay],
  ['dysmsapi.aliyuncs.com', aliyun],
  ['sms.tencentcloudapi.com', tencent],
]);

export const serviceAt = (hostname: string): Hono<SandboxApp> | null => services.get(hostname) ?? null;
