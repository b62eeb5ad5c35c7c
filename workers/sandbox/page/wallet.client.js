/** 券包 and 积分: what Huike's public API says the member has; redrawn only when it changed. */
import { day, h, one, when, yuanFigure } from './dom.client.js';

let shown = '';

/** Null while the chat is shown: nobody looks, so nobody asked. */
export function renderWallet({ person, wallet }) {
  if (wallet === null) return;
  const { member, coupons, points, money } = wallet;
  const key = JSON.stringify([person?.openid, wallet]);
  if (key === shown) return;
  shown = key;
  one('#coupons').replaceChildren(...couponsOf(person, member, coupons));
  one('#points').replaceChildren(...pointsOf(person, member, { points, money }));
}

const nobody = (person) =>
  h(
    'p.empty',
    {},
    person?.role === 'associate'
      ? '这是导购的手机，没有券包和积分。'
      : '还不是会员。在收银台报手机号买一单，就会建档。',
  );

function couponsOf(person, member, coupons) {
  if (!member) return [nobody(person)];
  if (coupons.length === 0) return [h('p.empty', {}, '券包是空的。')];
  const order = ['ready', 'later', 'used', 'ended'];
  return coupons
    .map((coupon) => ({ ...coupon, phase: phaseOf(coupon) }))
    .toSorted((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase))
    .map(ticket);
}

function phaseOf({ state, validFrom, validTo }) {
  const now = Date.now();
  if (state === 'used') return 'used';
  if (state !== undefined && !['issued', 'locked', 'available', 'active', 'pending'].includes(state))
    return 'ended';
  if (validTo && new Date(validTo) <= now) return 'ended';
  return validFrom && new Date(validFrom) > now ? 'later' : 'ready';
}

const phases = { ready: '可用', later: '未到时间', used: '已用', ended: '已失效' };

function ticket(coupon) {
  const { name, conditionText, validFrom, validTo, state, phase } = coupon;
  const status = { revoked: '已收回', locked: '占用中' }[state] ?? phases[phase];
  return h(
    `article.ticket.${phase}`,
    {},
    h('div.worth', {}, worthOf(coupon)),
    h(
      'div',
      {},
      h('h3', {}, name ?? '优惠券'),
      h('p', {}, conditionText),
      h('p', {}, validFrom ? `${day(validFrom)} – ${day(lastDay(validTo))}` : ''),
    ),
    h('span.phase', {}, status),
  );
}

function worthOf({ kind, valueFen, payBps }) {
  switch (kind) {
    case 'cash':
    case 'presale':
      return h('b', {}, h('small', {}, '¥'), yuanFigure(valueFen ?? 0).replace('.00', ''));
    case 'percent':
      return h('b', {}, String((payBps ?? 10_000) / 1000), h('small', {}, '折'));
    default:
      return h('b', {}, { gift: '礼', experience: '体验', shipping: '包邮' }[kind] ?? '券');
  }
}

/** `validTo` is the first instant at which it is over. */
const lastDay = (validTo) => new Date(validTo).getTime() - 1;

function pointsOf(person, member, { points, money }) {
  if (!member) return [nobody(person)];
  const tags = member.tags ?? [];
  return [
    h(
      'div.balance',
      {},
      h('p', {}, '积分'),
      h('b', {}, String(member.points ?? 0)),
      h(
        'dl',
        {},
        h('div', {}, h('dt', {}, '红包余额'), h('dd', {}, `¥${yuanFigure(member.accounts?.wallet ?? 0)}`)),
        h('div', {}, h('dt', {}, '等级'), h('dd', {}, member.level ?? '普通会员')),
        h('div', {}, h('dt', {}, '消费'), h('dd', {}, `${member.stats?.orders ?? 0} 单`)),
      ),
      tags.length > 0 &&
        h('p.tags', {}, ...tags.map((tag) => h('span', {}, typeof tag === 'string' ? tag : tag.tag))),
    ),
    ...ledgerOf('积分明细', points, (delta) => String(delta)),
    ...ledgerOf('红包明细', money, yuanFigure),
  ];
}

function ledgerOf(title, rows, format) {
  if (rows.length === 0) return [];
  return [
    h('h3.ledger', {}, title),
    h(
      'ul.ledger',
      {},
      ...rows.map(({ delta, balance, cause, at }) =>
        h(
          'li',
          {},
          h('span', {}, h('b', {}, causeOf(cause, delta)), h('small', {}, when(at))),
          h(
            delta < 0 ? 'span.minus' : 'span.plus',
            {},
            `${delta < 0 ? '' : '+'}${format(delta)}`,
            h('small', {}, `余 ${format(balance)}`),
          ),
        ),
      ),
    ),
  ];
}

/** Causes are keys; the page says whether something came or went, and keeps the key for whoever looks closer. */
function causeOf(cause, delta) {
  return h('span', { title: cause }, delta < 0 ? '收回或使用' : '获得');
}
