/** 企业微信的错误码: WeCom refuses with HTTP 200 and a number, and has no rid. */

const wording = {
  [-1]: 'system busy',
  40001: 'invalid credential',
  40008: 'invalid message type',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40056: 'invalid agentid',
  40058: 'invalid Request Parameter',
  40066: 'invalid url',
  41001: 'access_token missing',
  41050: 'invalid welcome_code',
  41051: 'externaluser has started chatting',
  41096: 'welcome msg is being distributed',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44004: 'empty content',
  45002: 'content size out of limit',
  47001: 'data format error',
  60020: 'not allow to access from your ip',
  60111: 'invalid string value, userid not found',
  81013: 'user & party & tag all invalid',
  84061: 'not external contact',
} as const;

export type Errcode = keyof typeof wording;

export const refusal = (errcode: Errcode): Response =>
  Response.json({ errcode, errmsg: `${wording[errcode]}, from ip: 203.0.113.9, more info at the sandbox` });

export const done = (more: object = {}): Response => Response.json({ errcode: 0, errmsg: 'ok', ...more });

export function injected({ errcode }: { readonly errcode: number }): Response {
  const known = Object.entries(wording).find(([code]) => Number(code) === errcode);
  return Response.json({ errcode, errmsg: known?.[1] ?? 'injected by the sandbox' });
}
