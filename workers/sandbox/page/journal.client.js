/** 回客收到了什么: every event, newest first, with what came of it; opened, what was sent and how to send it again. */
import { call, h, one, time, toast, yuanFigure } from './dom.client.js';

const shownMax = 12;
let shown = '';
const open = new Set();

const names = {
  'sale.completed': '销售单',
  'refund.completed': '退货单',
  'member.created': '新会员',
  'sale.voided': '作废单',
  'wechat.subscribe': '关注',
  'wechat.unsubscribe': '取消关注',
  'wechat.scan': '扫码',
  'wechat.text': '发来消息',
  'wechat.click': '点菜单',
  'wechat.view': '点菜单里的网页',
};
const states = {
  received: '正在处理…',
  waiting: '等销售单先到',
  ignored: '不用处理',
  parked: '没有处理，点开看',
};
/** What WeChat tells of each message that it delivered would drown the rest. */
const isNoise = ({ type }) => type === 'wechat.template-sent' || type === 'message.arrived';

export async function refreshJournal() {
  const { ok, body } = await call('/journal');
  if (!ok || body === null) return;
  const items = body.items.filter((item) => !isNoise(item)).slice(0, shownMax);
  const key = JSON.stringify(items.map(({ id, state }) => [id, state]));
  if (key === shown) return;
  shown = key;
  one('#journal').replaceChildren(
    ...(items.length > 0 ? items.map(itemOf) : [h('li.empty', {}, '还没有。点一步，或者收一单。')]),
  );
}

function itemOf(item) {
  const { id, type, state, source, receivedAt, effects } = item;
  const details = h('details', { 'data-event': id });
  details.append(
    h(
      'summary',
      {},
      h('span.when', {}, time(receivedAt)),
      h('span.what', {}, names[type] ?? type),
      h('small', {}, source === 'wechat' ? '微信' : source === 'till' ? '收银机' : '回客'),
      h('span.came', {}, state === 'done' ? came(effects ?? {}) : states[state]),
    ),
  );
  details.addEventListener('toggle', () => {
    if (details.open) open.add(id);
    else open.delete(id);
    if (details.open && details.childElementCount === 1) void fill(details, id);
  });
  if (open.has(id)) details.open = true;
  return h('li', {}, details);
}

const signedNumber = (number) => (number > 0 ? `+${number}` : `−${-number}`);

function came({ points, walletFen, couponsIssued, couponsUsed, tags, reminders, messages }) {
  const parts = [
    points && `积分 ${signedNumber(points)}`,
    walletFen && `红包 ${walletFen > 0 ? '+' : '−'}${yuanFigure(Math.abs(walletFen))} 元`,
    couponsUsed?.length && `用券 ${couponsUsed.length} 张`,
    couponsIssued?.length && `发券 ${couponsIssued.length} 张`,
    tags?.length && `标签 ${tags.join('、')}`,
    reminders?.length && '排好提醒',
    messages && `消息 ${messages} 条`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('，') : '记下了';
}

async function fill(details, id) {
  const { ok, body } = await call(`/journal/${encodeURIComponent(id)}`);
  if (!ok || body === null) return;
  const copy = async () => {
    await navigator.clipboard.writeText(body.curl);
    toast('已复制。五分钟内有效；单号相同，再发一次也不会重复记账。');
  };
  details.append(
    h('p', {}, body.why ?? ''),
    body.body && h('pre', { tabindex: '0', 'aria-label': '发来的内容' }, body.body),
    body.curl && h('button.quiet', { type: 'button', onclick: () => void copy() }, '复制为 curl'),
  );
}
