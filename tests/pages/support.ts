/** The pages over a shop of one's own; the test is WeChat, the SMS provider, and the phone with its cookies. */
import { MerchantSettings } from '../../schema/index.ts';
import { pages } from '../../workers/pages/index.tsx';
import { pageKeys } from '../../workers/pages/keys.ts';
import type { PageDeps, SmsProvider, SmsVerdict } from '../../workers/pages/ports.ts';
import type { Checks } from '../../workers/commands/diagnosis/finding.ts';
import { wechatClient } from '../../workers/wechat/client.ts';
import { files } from '../../workers/receive/files/index.ts';
import { labs } from '../../workers/receive/labs.ts';
import { plans } from '../../workers/platform/plans.ts';
import { senders } from '../../workers/receive/senders.ts';
import { pollChecks } from '../../workers/schedule/poll/asking/check.ts';
import { openShop, testSecret, type Shop, type ShopSetup } from '../support/shop.ts';
import { account as usualAccount } from '../support/wechat.ts';

export const home = 'https://shop.example';

export const withSms = MerchantSettings.parse({
  shopName: '阳光小镇母婴',
  sms: { on: true, signName: '阳光小镇', templates: { code: { id: 'SMS_1', params: { code: 'code' } } } },
});

export type Answered = {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly text: string;
};

type Message = Parameters<SmsProvider['send']>[0];

export type Pages = {
  readonly shop: Shop;
  readonly app: ReturnType<typeof pages>;
  /** What WeChat answers for a code; a code that is not there was never given. */
  readonly codes: Map<string, Record<string, unknown> | Error>;
  readonly messages: Message[];
  /** What the provider says from now on. */
  readonly sms: { verdict: SmsVerdict | Promise<SmsVerdict> };
  readonly visitor: (given?: { readonly origin?: string; readonly address?: string }) => Visitor;
};

export type Setup = ShopSetup & {
  /** A shop that is there already, instead of a new one. */
  readonly shop?: Shop;
  readonly unionidOf?: PageDeps['unionidOf'];
  readonly hasSms?: boolean;
  readonly account?: PageDeps['account'];
  readonly jsTicket?: PageDeps['jsTicket'];
  readonly confirming?: PageDeps['confirming'];
  /** The account as the test plays it. */
  readonly official?: PageDeps['official'];
  readonly openingCode?: string;
  readonly checks?: Partial<Checks>;
};

/** Connections that nothing is wrong with. */
const allWell: Checks = {
  faults: { wechat: [], channels: [] },
  relays: { wechat: 'relay.example', sms: null, pay: 'relay.example' },
  smsProvider: 'tencent',
  wechat: async () => ({ findings: [], isAsked: true }),
  channels: async () => ({ sms: [], pay: { findings: [], isAsked: true } }),
};

export async function openPages(given: Setup = {}): Promise<Pages> {
  const {
    unionidOf,
    hasSms = true,
    account = usualAccount,
    jsTicket = null,
    confirming = null,
    official = null,
    openingCode = null,
    checks = {},
    ...setup
  } = given;
  const shop = given.shop ?? (await openShop({ settings: withSms, ...setup }));
  const codes: Pages['codes'] = new Map();
  const messages: Message[] = [];
  const sms: Pages['sms'] = { verdict: { verdict: 'sent' } };
  const http = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== '/sns/oauth2/access_token') throw new Error(`nobody plays ${pathname}`);
    const reply = codes.get(searchParams.get('code') ?? '');
    if (reply instanceof Error) throw reply;
    return Response.json(reply ?? { errcode: 40029, errmsg: 'invalid code' });
  };
  const app = pages({
    engine: shop.engine,
    clock: () => shop.clock.now,
    doorbell: shop.receiver.doorbell,
    jobsBell: shop.jobsBell,
    desk: { files, labs, senders: { ...senders, renew: async () => undefined }, polls: pollChecks(true) },
    checks: { ...allWell, ...checks },
    plan: plans.free,
    asset: async (name) => `/assets/${name}`,
    words: async () => undefined,
    openingCode,
    keys: pageKeys(testSecret),
    client: wechatClient({ http, baseUrl: 'https://wechat.example', timeoutMs: 1_000 }),
    account,
    official,
    oauthBase: 'https://open.wechat.example',
    unionidOf: unionidOf ?? (async () => null),
    sms: hasSms
      ? {
          send: async (message) => {
            messages.push(message);
            return sms.verdict;
          },
        }
      : null,
    jsTicket,
    confirming,
  });
  const visitor: Pages['visitor'] = ({ origin = home, address = '203.0.113.7' } = {}) =>
    newVisitor(async (path, init) => app.request(new URL(path, origin).href, init), address);
  return { shop, app, codes, messages, sms, visitor };
}

export type Visitor = {
  readonly cookies: Map<string, string>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answered>;
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Record<string, string>,
  ) => Promise<Answered>;
};

type Send = (path: string, init: RequestInit) => Promise<Response>;

/** Keeps cookies as a browser does, and follows nothing by itself. */
export function newVisitor(ask: Send, address = '203.0.113.7'): Visitor {
  const cookies = new Map<string, string>();
  const send = async (
    path: string,
    init: RequestInit,
    headers: Record<string, string>,
  ): Promise<Answered> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await ask(path, {
      ...init,
      redirect: 'manual',
      headers: { cookie, 'cf-connecting-ip': address, ...headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      headers: response.headers,
      text: await response.text(),
    };
  };
  return {
    cookies,
    get: (path, headers = {}) => send(path, {}, headers),
    post: (path, fields, headers = {}) =>
      send(
        path,
        { method: 'POST', body: new URLSearchParams(fields).toString() },
        { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      ),
  };
}

let logins = 0;

/** Through WeChat and back; answers what the return was answered with. */
export async function logIn(
  { codes }: Pick<Pages, 'codes'>,
  visitor: Visitor,
  openid: string,
  to = '/m/',
): Promise<Answered> {
  logins += 1;
  const code = `code-${String(logins)}`;
  codes.set(code, { access_token: 't', openid, scope: 'snsapi_base', expires_in: 7200 });
  const state = stateIn(await visitor.get(`/m/login?to=${encodeURIComponent(to)}`));
  return visitor.get(`/m/login/return?code=${code}&state=${state}`);
}

export const stateIn = ({ location }: Answered): string =>
  new URL(location ?? 'https://nowhere.example').searchParams.get('state') ?? '';

export const tokenIn = ({ text }: Pick<Answered, 'text'>): string =>
  /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';

export const phone = '13912345487';
export const ordinary = { phone, name: '陈小满', baby: 'none', agree: 'yes' };

/** Logged in and looking at the form: its token. */
export async function atForm(pages: Pages, visitor: Visitor, openid = 'oNewcomer'): Promise<string> {
  await logIn(pages, visitor, openid);
  return tokenIn(await visitor.get('/m/register'));
}

/** The code that the provider was last asked to send. */
export const lastCode = ({ messages }: Pick<Pages, 'messages'>): string =>
  messages.at(-1)?.params[0]?.value ?? '';

/** All of it: login, code, form. */
export async function signUp(
  pages: Pages,
  visitor: Visitor,
  { openid = 'oNewcomer', ...fields }: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const token = await atForm(pages, visitor, openid);
  await visitor.post('/m/register/code', { ...ordinary, ...fields, token });
  return visitor.post('/m/register', { ...ordinary, code: lastCode(pages), ...fields, token });
}

/** Texts in the page, without its tags. */
export const words = ({ text }: Pick<Answered, 'text'>): string =>
  text
    .replace(/^[\s\S]*<main>/, '')
    .replace(/<\/main>[\s\S]*$/, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** What is said beside each field. */
export const problemsIn = ({ text }: Pick<Answered, 'text'>): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<p class="problem" id="(\w+)-problem">([^<]+)<\/p>/g)].map(
      ([, name = '', said = '']) => [name, said],
    ),
  );
