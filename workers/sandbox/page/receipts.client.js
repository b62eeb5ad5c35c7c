/** 最近小票: what was sold, and taking it back: the whole receipt, one line or one piece. */
import { all, call, h, one, time, toast, yuanFigure } from './dom.client.js';

let shown = '';

/** `onReturned({ openid })` after each return. */
export async function refreshReceipts(onReturned) {
  const { ok, body } = await call('/receipts');
  if (!ok || body === null) return;
  const key = JSON.stringify(body.items.map(({ number }) => number));
  if (key === shown) return;
  shown = key;
  const refunds = body.items.filter(({ type }) => type === 'refund.completed');
  const sales = body.items.filter(({ type }) => type === 'sale.completed').slice(0, 12);
  if (sales.length === 0) return;
  const open = new Set(all('#receipts details[open]').map(({ dataset }) => dataset.number));
  one('#receipts').replaceChildren(
    ...sales.map((sale) =>
      receipt(
        sale,
        refunds.filter(({ orderNo }) => orderNo === sale.orderNo),
        onReturned,
      ),
    ),
  );
  for (const details of all('#receipts details')) details.open = open.has(details.dataset.number);
}

function receipt({ orderNo, at, data }, refunds, onReturned) {
  const left = remaining(data.lines, refunds);
  const isWhole = refunds.length === 0;
  const giveBack = (lines, scope) =>
    giveBackLines(data, lines, { scope, turn: refunds.length + 1, onReturned });
  return h(
    'li',
    {},
    h(
      'details',
      { 'data-number': orderNo },
      h(
        'summary',
        {},
        h('span.who', {}, data.member?.name ?? data.member?.phone ?? '散客'),
        h('span.number', {}, `${time(at)} · ${orderNo}`),
        h('span.sum', {}, yuanFigure(data.amounts.paidFen)),
        left.length === 0 ? h('em', {}, '已退') : isWhole ? null : h('em', {}, '部分退'),
      ),
      h('ul.lines', {}, ...left.map((line) => lineOf(line, giveBack))),
      left.length > 0 &&
        h(
          'button.quiet',
          { type: 'button', onclick: () => giveBack(left, isWhole ? 'full' : 'partial') },
          isWhole ? '整单退货' : '余下全退',
        ),
    ),
  );
}

function lineOf(line, giveBack) {
  const { name, quantity, amountFen } = line;
  // What was paid for it, which a coupon may have made less than its price.
  const single = { ...line, quantity: '1', amountFen: Math.round(amountFen / Number(quantity)) };
  return h(
    'li',
    {},
    h('span.what', {}, `${name} ×${quantity}`),
    h('span.sum', {}, yuanFigure(amountFen)),
    Number(quantity) > 1 &&
      h('button.quiet', { type: 'button', onclick: () => giveBack([single], 'partial') }, '退1件'),
    h('button.quiet', { type: 'button', onclick: () => giveBack([line], 'partial') }, '退此行'),
  );
}

/** The lines less what came back already. */
function remaining(lines, refunds) {
  const returned = new Map();
  for (const { originalLineNo, quantity, amountFen } of refunds.flatMap(({ data }) => data.lines)) {
    const before = returned.get(originalLineNo) ?? { pieces: 0, fen: 0 };
    returned.set(originalLineNo, { pieces: before.pieces + Number(quantity), fen: before.fen + amountFen });
  }
  return lines
    .map((line) => {
      const { pieces, fen } = returned.get(line.lineNo) ?? { pieces: 0, fen: 0 };
      const quantity = Number(line.quantity) - pieces;
      return { ...line, quantity: String(quantity), amountFen: line.amountFen - fen };
    })
    .filter(({ quantity }) => Number(quantity) > 0);
}

async function giveBackLines(sale, lines, { scope, turn, onReturned }) {
  const refundedFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const { orderNo, store, terminal, channel, cashier, associate, member } = sale;
  const { ok, status } = await call('/refund', {
    refundNo: `${orderNo}-R${turn}`,
    orderNo,
    scope,
    store,
    terminal,
    channel,
    cashier,
    associate,
    member,
    lines: lines.map((line) => ({ ...line, originalLineNo: line.lineNo })),
    amounts: { refundedFen },
    payments: [{ method: 'wechat', amountFen: refundedFen }],
  });
  toast(ok ? `已退 ¥${yuanFigure(refundedFen)}` : `回客没有收下退货（${status}）`);
  await onReturned({ openid: member?.openid ?? null });
}
