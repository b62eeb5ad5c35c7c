/** 会员页和导购页的权限表: every page and every kind of visitor, the expected answers written out; a page without its line fails. */
import { beforeAll, expect, test } from 'vitest';
import { consolePages } from '../../workers/pages/console/index.ts';
import { table } from '../../workers/pages/table.ts';
import { sale } from '../support/builders.ts';
import { logIn, openPages, type Answered, type Pages, type Visitor } from './support.ts';

const kinds = ['stranger', 'newcomer', 'member', 'associate'] as const;
type Kind = (typeof kinds)[number];

const login = 'to WeChat';
const joining = 'to /m/register';
const forAll = (said: string): Readonly<Record<Kind, string>> => ({
  stranger: said,
  newcomer: said,
  member: said,
  associate: said,
});
const known = (said: string) => ({ ...forAll(said), stranger: login });

const own = { stranger: login, newcomer: joining, member: '200', associate: joining };

/** What each is answered who opens it. What needs a code, a word or a file is asked for one that is nothing. */
const rights: Readonly<Record<string, Readonly<Record<Kind, string>>>> = {
  '/m/login': forAll(login),
  '/m/login/return': { ...forAll('to /m/'), stranger: '400' },
  '/m/logout': known('200'),
  '/a/logout': known('200'),
  '/m/register': known('200'),
  '/m/': { stranger: login, newcomer: joining, member: '200', associate: joining },
  '/m/code': { stranger: login, newcomer: joining, member: '200', associate: joining },
  '/m/phone': known(joining),
  '/m/coupons': { stranger: login, newcomer: joining, member: '200', associate: joining },
  '/m/coupon': { stranger: login, newcomer: joining, member: 'to /m/', associate: joining },
  '/m/coupon/pass': { stranger: login, newcomer: joining, member: 'to /m/coupons', associate: joining },
  '/m/gift/:link': known('404'),
  '/m/claim': known('200'),
  '/m/claim/:id': known('404'),
  '/m/offers': known('200'),
  '/m/shop': { stranger: login, newcomer: joining, member: '200', associate: joining },
  '/m/shop/:id': { stranger: login, newcomer: joining, member: '404', associate: joining },
  '/m/draw': own,
  '/m/draw/result': { ...own, member: '404' },
  '/m/draw/:id': { ...own, member: '404' },
  // As everywhere until the shop opens it.
  '/m/check-in': { stranger: login, newcomer: joining, member: '404', associate: joining },
  '/m/super': own,
  '/m/level': { stranger: login, newcomer: joining, member: '404', associate: joining },
  '/m/invite': { stranger: login, newcomer: joining, member: '404', associate: joining },
  '/m/invite/rewards': { stranger: login, newcomer: joining, member: '404', associate: joining },
  '/a/push': { stranger: login, newcomer: '403', member: '403', associate: '200' },
  '/a/members': { stranger: login, newcomer: '403', member: '403', associate: '200' },
  '/a/members/one': { stranger: login, newcomer: '403', member: '403', associate: '404' },
  '/a/members/purchases': { stranger: login, newcomer: '403', member: '403', associate: '404' },
  '/a/members/edit': { stranger: login, newcomer: '403', member: '403', associate: '404' },
  '/a/members/uses': { stranger: login, newcomer: '403', member: '403', associate: '404' },
  '/a/tags': { stranger: login, newcomer: '403', member: '403', associate: '200' },
  '/a/pushes': { stranger: login, newcomer: '403', member: '403', associate: '200' },
  '/m/points': own,
  '/m/wallet': own,
  '/m/stored': own,
  '/m/packages': own,
  '/m/purchases': own,
  '/m/purchases/one': { ...own, member: '404' },
  '/m/leave': { stranger: login, newcomer: joining, member: '200', associate: joining },
  '/m/privacy': forAll('200'),
  '/m/transfers/:outBillNo{[0-9A-Za-z]{1,32}}': forAll('404'),
  '/a/': { stranger: login, newcomer: '403', member: '403', associate: '200' },
  '/a/redeem': { stranger: login, newcomer: '403', member: '403', associate: '200' },
  '/a/sign-in': known('410'),
  '/:file{(?:MP|WW)_verify_[A-Za-z0-9]+\\.txt}': forAll('404'),
  '/console/sign-in': forAll('200'),
  '/console/sign-in/open': forAll('to /console/sign-in'),
  '/console/sign-in/wait': forAll('204'),
  '/console/me/wechat/wait': forAll('200'),
  '/console/enter/:word': forAll('410'),
};

/** What each is answered who sends it without a form of ours. */
const sending: Readonly<Record<string, Readonly<Record<Kind, string>>>> = Object.fromEntries([
  ...[
    '/m/logout',
    '/a/logout',
    '/m/register',
    '/m/register/code',
    '/m/phone',
    '/m/phone/code',
    '/m/leave',
    '/a/redeem',
    '/m/offers',
    '/m/wallet',
    '/m/claim',
    '/m/claim/:id',
    '/m/coupon/pass',
    '/m/gift/:link',
    '/m/claim',
    '/m/claim/:id',
    '/m/check-in',
    '/m/shop/:id',
    '/m/draw/:id',
    '/a/push',
    '/a/members/edit',
    '/a/members/uses',
    '/a/tags',
    '/a/sign-in',
  ].map((path) => [path, { ...forAll('403'), stranger: '401' }]),
  ['/console/sign-in/open', forAll('to /console/sign-in')],
  ['/console/enter/:word', forAll('410')],
]);

let opened: Pages;
const visitors = new Map<Kind, Visitor>();

beforeAll(async () => {
  opened = await openPages({ associates: [] });
  const { shop } = opened;
  await shop.tell(
    sale({ member: { externalId: 'M1', openid: 'oMember' }, associate: { id: 'g7', name: '林小雨' } }),
  );
  shop.db.all(`UPDATE associates SET openid = 'oAssociate' WHERE id = 'g7'`);
  const openids = { stranger: null, newcomer: 'oNewcomer', member: 'oMember', associate: 'oAssociate' };
  for (const kind of kinds) {
    const visitor = opened.visitor();
    visitors.set(kind, visitor);
    const openid = openids[kind];
    if (openid !== null) await logIn(opened, visitor, openid);
  }
});

const addressOf = (path: string): string => path.replaceAll(/:(\w+)(\{[^}]*\})?/g, 'nothing');

function said({ status, location }: Answered): string {
  if (location === null) return String(status);
  return /^\/m\/login\?|^https:\/\/open\.wechat/.test(location)
    ? login
    : `to ${location.replace(/\?.*/, '')}`;
}

/** Those of the console that somebody signs in to have a table of their own. */
const pages = [...table, ...consolePages.filter((page) => !('screen' in page))];

async function answers(ask: (visitor: Visitor, path: string) => Promise<Answered>, paths: readonly string[]) {
  const found: Record<string, Record<string, string>> = {};
  for (const path of paths) {
    found[path] = {};
    for (const [kind, visitor] of visitors) found[path][kind] = said(await ask(visitor, addressOf(path)));
  }
  return found;
}

test('whoever opens a page sees what is theirs to see', async () => {
  const paths = pages.flatMap(({ path, get }) => (get ? [path] : []));
  expect(await answers((visitor, path) => visitor.get(path), paths)).toEqual(rights);
});

test('nobody sends anything that our own form did not ask of them', async () => {
  const paths = pages.flatMap(({ path, post }) => (post ? [path] : []));
  expect(await answers((visitor, path) => visitor.post(path, {}), paths)).toEqual(sending);
});
