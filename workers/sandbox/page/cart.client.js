/** 开单: what is in the basket and who serves; becomes the canonical `data` of a sale. */
import { askCoupons, couponsUsed, forgetCoupons } from './coupons.client.js';
import { buyer, chosenBuyer } from './customer.client.js';
import { all, call, h, one, press, toast, yuanFigure } from './dom.client.js';

const shop = JSON.parse(one('#shop').textContent);
const slip = one('#slip');
const quantities = new Map();
let isPayInView = true;

/** `onSold({ openid, ok })` after each payment; the openid is null when no phone belongs to the buyer. */
export function startCart({ onSold }) {
  for (const tile of all('.tile')) tile.addEventListener('click', () => add(tile.dataset.sku, 1));
  for (const chip of all('.chips button')) chip.addEventListener('click', () => showCategory(chip));
  slip.store.addEventListener('change', () => {
    listAssociates();
    render();
  });
  slip.member.addEventListener('change', render);
  slip.addEventListener('submit', (event) => {
    event.preventDefault();
    void pay(onSold);
  });
  one('.jump').addEventListener('click', () => one('.pay').scrollIntoView({ block: 'center' }));
  new IntersectionObserver(([entry]) => {
    isPayInView = entry.isIntersecting;
    showJump();
  }).observe(one('.pay'));
  listAssociates();
  render();
}

function listAssociates() {
  const serving = shop.associates.filter(({ storeId }) => storeId === slip.store.value);
  slip.associate.replaceChildren(...serving.map(({ id, name }) => h('option', { value: id }, name)));
}

function showCategory(chosen) {
  const { category } = chosen.dataset;
  press(all('.chips button'), (chip) => chip === chosen);
  for (const item of all('.tiles li')) item.hidden = category !== '' && item.dataset.category !== category;
}

function add(sku, count) {
  const quantity = Math.min(99, (quantities.get(sku) ?? 0) + count);
  if (quantity > 0) quantities.set(sku, quantity);
  else quantities.delete(sku);
  render();
}

function lines() {
  return [...quantities].map(([sku, quantity], index) => {
    const product = shop.products.find((each) => each.sku === sku);
    return {
      lineNo: String(index + 1),
      kind: 'normal',
      sku,
      name: `${product.name} ${product.size}`,
      categoryIds: product.categoryPath.map(({ id }) => id),
      brand: product.brand,
      quantity: String(quantity),
      unitPriceFen: product.priceFen,
      discountFen: 0,
      amountFen: product.priceFen * quantity,
      pointsExcluded: false,
    };
  });
}

const totalFenOf = (basket) => basket.reduce((sum, { amountFen }) => sum + amountFen, 0);

function render() {
  const basket = lines();
  const customer = chosenBuyer();
  const member = customer && memberOf(customer);
  void askCoupons({ lines: basket, member, store: slip.store.value, onQuoted: render });
  showTotal();
  one('#lines').replaceChildren(
    ...(basket.length === 0 ? [h('li.empty', {}, '点商品开单')] : basket.map(lineOf)),
  );
  for (const tile of all('.tile')) {
    const count = one('.count', tile);
    count.textContent = quantities.get(tile.dataset.sku) ?? '';
    count.hidden = !quantities.has(tile.dataset.sku);
  }
  one('#pieces').textContent = String([...quantities.values()].reduce((sum, quantity) => sum + quantity, 0));
  one('.pay').disabled = basket.length === 0;
  showJump();
}

function showTotal() {
  const total = yuanFigure(totalFenOf(lines()) - couponsUsed().offFen);
  one('#total').textContent = total;
  one('.pay').textContent = quantities.size > 0 ? `收款 ¥${total}` : '收款';
  one('.jump').textContent = `去收款 ¥${total}`;
}

function lineOf({ sku, name, quantity, amountFen }) {
  const step = (label, count, sign) =>
    h('button', { type: 'button', 'aria-label': `${label} ${name}`, onclick: () => add(sku, count) }, sign);
  return h(
    'li',
    {},
    h('span.what', { title: name }, name),
    h('span.steps', {}, step('少一件', -1, '−'), h('b', {}, quantity), step('多一件', 1, '＋')),
    h('span.sum', {}, yuanFigure(amountFen)),
  );
}

/** On a phone the pay button is below the shelf. */
function showJump() {
  one('.jump').hidden = isPayInView || quantities.size === 0;
}

async function pay(onSold) {
  const customer = buyer();
  if (customer === undefined) return;
  const sale = saleOf(customer);
  one('.pay').disabled = true;
  const answer = await call('/sale', sale);
  showAnswer(answer, sale.orderNo);
  if (answer.ok) {
    quantities.clear();
    forgetCoupons();
  }
  render();
  onSold({ openid: customer?.openid ?? null, ok: answer.ok });
}

function saleOf(customer) {
  const store = shop.stores.find(({ id }) => id === slip.store.value);
  const associate = shop.associates.find(({ id }) => id === slip.associate.value);
  const { codes, offFen, off } = couponsUsed();
  const goods = lines();
  const goodsFen = totalFenOf(goods);
  const paidFen = goodsFen - offFen;
  return {
    orderNo: orderNo(store.id),
    version: '1',
    store: { id: store.id, name: store.name },
    terminal: '01',
    channel: 'pos',
    cashier: { id: 'c1', name: '收银台' },
    associate: associate ? { id: associate.id, name: associate.name } : null,
    member: customer && memberOf(customer),
    lines: goods.map((line) => lessOff(line, off.get(line.lineNo) ?? 0)),
    amounts: { goodsFen, discountFen: offFen, roundingFen: 0, shippingFen: 0, paidFen },
    payments: [{ method: 'wechat', amountFen: paidFen }],
    couponCodes: codes,
  };
}

/** A line tells what is paid for it, and what came off its price. */
const lessOff = (line, offFen) => ({ ...line, discountFen: offFen, amountFen: line.amountFen - offFen });

function memberOf({ openid, name, phone }) {
  const known = shop.members.find((member) => member.phone === phone);
  return {
    ...(known ? { externalId: known.externalId } : {}),
    phone,
    ...(name ? { name } : {}),
    ...(openid ? { openid } : {}),
  };
}

/** Store, day, time and two digits by chance: 8005-1122145907-42. */
function orderNo(storeId) {
  const now = new Date(Date.now() + 8 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(4, 14);
  return `${storeId}-${now}-${String(Math.floor(Math.random() * 100)).padStart(2, '0')}`;
}

function showAnswer({ ok, status, body }, number) {
  const why = body?.detail ?? body?.title ?? body?.error ?? '原因不明';
  const failed = status === 0 ? '没有连上回客，小票还在，请再收一次。' : `回客没有收下（${status}）：${why}`;
  one('#answer').textContent = ok ? `回客已收下 ${number}（${status}）` : failed;
  one('#answer').dataset.ok = String(ok);
  if (!ok) toast(failed);
}
