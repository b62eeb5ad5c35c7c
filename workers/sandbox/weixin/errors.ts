/** 错误码: what the simulated WeChat says when it refuses, in WeChat's own words and with HTTP 200. */

const wording = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40008: 'invalid message type',
  40013: 'invalid appid',
  40037: 'invalid template_id',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  41001: 'access_token missing',
  42001: 'access_token expired',
  43002: 'require POST method',
  43004: 'require subscribe',
  44004: 'empty content',
  45002: 'content size out of limit',
  45009: 'reach max api daily quota limit',
  45015: 'response out of time limit or subscription is canceled',
  45047: 'out of response count limit',
  47001: 'data format error',
  47003: 'argument invalid!',
} as const;

export type Errcode = keyof typeof wording;

/** `detail` follows the wording, as in `argument invalid! data.thing1.value invalid`. */
export function refusal(errcode: Errcode, detail = ''): Response {
  return Response.json({ errcode, errmsg: `${wording[errcode]}${detail && ` ${detail}`} rid: ${rid()}` });
}

/** For a test that asks for a code of its own choice. */
export function injected(errcode: number): Response {
  const known = Object.entries(wording).find(([code]) => Number(code) === errcode);
  return Response.json({ errcode, errmsg: `${known?.[1] ?? 'injected by the sandbox'} rid: ${rid()}` });
}

/** WeChat names each refusal so that its support can find it. */
function rid(): string {
  const words = crypto.getRandomValues(new Uint32Array(3));
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('-');
}
