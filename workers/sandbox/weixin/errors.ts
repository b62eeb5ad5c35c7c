/** 错误码: what the simulated WeChat says when it refuses, in WeChat's own words and with HTTP 200. */
import { hexOf, randomBytes } from '../plain/random.ts';

const wording = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40013: 'invalid appid',
  40016: 'invalid button size',
  40017: 'invalid button type',
  40018: 'invalid button name size',
  40019: 'invalid button key size',
  40020: 'invalid button url size',
  40022: 'invalid sub button level',
  40023: 'invalid sub button size',
  40024: 'invalid sub button type',
  40025: 'invalid sub button name size',
  40026: 'invalid sub button key size',
  40027: 'invalid sub button url size',
  40029: 'invalid code',
  40032: 'invalid openid list size',
  40033: 'invalid charset. please check your request, if include \\uxxxx will create fail!',
  40035: 'invalid parameter',
  40037: 'invalid template_id',
  40053: 'invalid action info, please check document',
  40066: 'invalid url',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40130: 'invalid openid list size, at least two openid',
  40163: 'code been used',
  40164: 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist',
  40202: 'invalid action',
  40203: 'invalid check_operator',
  40246: 'invalid keyword_name_list',
  41001: 'access_token missing',
  42001: 'access_token expired',
  42003: 'code expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43004: 'require subscribe',
  43019: 'the user is in the blacklist',
  43101: 'user refuse to accept the msg',
  43117: 'send too frequently to this openid',
  44004: 'empty content',
  45002: 'content size out of limit',
  45008: 'article size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45015: 'response out of time limit or subscription is canceled',
  45026: 'template num exceeds limit',
  45028: 'has no masssend quota',
  45029: 'qrcode count out of limit',
  45047: 'out of response count limit',
  45056: 'too many tag now, no need to add new',
  45059: 'has tagged too many tags',
  45065: 'clientmsgid exist',
  45066: 'same clientmsgid retry too fast',
  45067: 'clientmsgid size out of limit',
  45157: 'invalid tag name',
  45158: 'tag name too long',
  45159: 'invalid tag id',
  46003: 'menu no exist',
  47001: 'data format error',
  47003: 'argument invalid!',
  48001: 'api unauthorized',
  48002: 'user block receive message',
  76001: 'rid not found',
  76021: 'cgi_path not found, please check',
} as const;

export type Errcode = keyof typeof wording;

/** `detail` follows the wording, as in `argument invalid! data.thing1.value invalid`. */
export function refusal(errcode: Errcode, detail = '', more: object = {}): Response {
  const errmsg = `${wording[errcode]}${detail && ` ${detail}`} rid: ${rid()}`;
  return Response.json({ errcode, errmsg, ...more });
}

export const done = (more: object = {}): Response => Response.json({ errcode: 0, errmsg: 'ok', ...more });

/** Written by hand because the number has 64 bits. */
export function doneAs(name: 'msgid' | 'msg_id', id: string, errmsg = 'ok'): Response {
  return new Response(`{"errcode":0,"errmsg":"${errmsg}","${name}":${id}}`, {
    headers: { 'content-type': 'application/json' },
  });
}

/** For a test that asks for a code of its own choice. */
export function injected({ errcode }: { readonly errcode: number }): Response {
  const known = Object.entries(wording).find(([code]) => Number(code) === errcode);
  return Response.json({ errcode, errmsg: `${known?.[1] ?? 'injected by the sandbox'} rid: ${rid()}` });
}

/** WeChat names each refusal so that its support can find it. */
function rid(): string {
  return hexOf(randomBytes(12)).replaceAll(/(.{8})(?=.)/g, '$1-');
}
