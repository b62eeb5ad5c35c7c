/** 公众号菜单、待收的红包、短信: what a phone shows beside the chat; redrawn only when it changed. */
import { call, h, linked, one, toast, when, yuanFigure } from './dom.client.js';

let shown = '';

/** True when it changed, and with it the room for the chat. `onActed()` when the person did something. */
export function renderAccount(openid, { menu, money, sms }, onActed) {
  const key = JSON.stringify([openid, menu, money, sms]);
  if (key === shown) return false;
  shown = key;
  const act = async (path, body) => {
    const answer = await call(path, { openid, ...body });
    if (!answer.ok) toast('没有成功，再试一次');
    await onActed();
  };
  const waiting = money.filter(({ state }) => state === 'WAIT_USER_CONFIRM');
  one('#banner').replaceChildren(...sms.map(bannerOf));
  one('#money').replaceChildren(...waiting.map((bill) => packetOf(bill, act)));
  one('#account-menu').replaceChildren(...(menu ?? []).map((button) => buttonOf(button, act)));
  for (const id of ['banner', 'money', 'account-menu'])
    one(`#${id}`).hidden = one(`#${id}`).childElementCount === 0;
  return true;
}

const bannerOf = ({ text, at }) => h('p', {}, h('b', {}, '短信'), ...linked(text), h('small', {}, when(at)));

/** In WeChat the page of the shop opens the confirmation; here the phone shows it by itself. */
function packetOf({ outBillNo, amountFen, remark }, act) {
  const confirm = () => act('/confirm-transfer', { outBillNo, accept: true });
  return h(
    'article.packet',
    {},
    h('div', {}, h('b', {}, `¥${yuanFigure(amountFen)}`), h('small', {}, remark)),
    h('button', { type: 'button', onclick: confirm }, '确认收款'),
  );
}

function buttonOf(button, act) {
  const below = button.sub_button ?? [];
  if (below.length === 0)
    return h('button', { type: 'button', onclick: () => tap(button, act) }, button.name);
  return h(
    'details',
    {},
    h('summary', {}, button.name),
    h(
      'div',
      {},
      ...below.map((one) => h('button', { type: 'button', onclick: () => tap(one, act) }, one.name)),
    ),
  );
}

function tap({ type, key, url }, act) {
  switch (type) {
    case 'click':
      return act('/click', { key });
    case 'view':
    case 'miniprogram':
      window.open(url, '_blank', 'noopener');
      return act('/push', { Event: 'VIEW', EventKey: url });
    default:
      return act('/push', { Event: type, EventKey: key ?? '' });
  }
}
