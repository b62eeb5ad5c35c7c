/** 奇门 POS: XML receipts, up to twenty at a time and often at the end of the day (open.alitrip.com apiId 29829). */
import type { Tree } from '../../lossless/json.ts';
import { parseJson } from '../../lossless/json.ts';
import type { Reader } from '../lossless/reader.ts';
import { listOf, valueAt } from '../lossless/tree.ts';
import { parseXml } from '../lossless/xml.ts';
import { wordFor } from '../mapping/values/convert.ts';
import { knownMember, notActedOn, payments, storeOf } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { returnedOf, soldOf } from './kernel/signs.ts';
import { malformed, type Letter } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

const receiptsMax = 20;

export const qimen = vendor<CommonSettings>({
  name: 'qimen',
  label: '奇门 POS',
  settings: CommonSettings,
  signing: signedAs('qimen'),
  open: (text, { fields }) => {
    const parsed = /^\s*\{/.test(text) ? parseJson(text) : parseXml(text);
    if (!parsed.ok) return malformed(`the body cannot be read: ${parsed.why}`);
    const method = fields?.get('method') ?? null;
    const root = valueAt(parsed.tree, ['request']) ?? parsed.tree;
    const receipts = receiptsIn(root);
    if (receipts.length > receiptsMax) return malformed(`more than ${receiptsMax} receipts at a time`);
    const documents = receipts.length > 0 ? receipts : [root];
    return documents.map((receipt): Letter => ({ tree: { method, receipt } }));
  },
  read,
  success: answer('success', '0', 'ok'),
  failure: ({ code, detail }) => answer('failure', code, detail),
});

const receiptsIn = (root: Tree): readonly Tree[] =>
  [['receipt'], ['receipts', 'receipt'], ['receiptList', 'receipt'], ['receipts']]
    .map((path) => listOf(valueAt(root, path)))
    .find((list) => list.length > 0 && list.every((entry) => valueAt(entry, ['orderInfo']) !== undefined)) ??
  [];

function answer(flag: string, code: string, message: string): { body: string; contentType: string } {
  const plain = message.replaceAll(/[<>&]/g, ' ');
  return {
    body: `<?xml version="1.0" encoding="utf-8"?><response><flag>${flag}</flag><code>${code}</code><message>${plain}</message></response>`,
    contentType: 'text/xml; charset=utf-8',
  };
}

function read(push: Reader, settings: CommonSettings): VendorDocument {
  const receipt = push.at('receipt');
  const order = receipt.at('orderInfo');
  const id = order.id('orderCode');
  if (id === null) {
    const type = push.text('method') ?? 'unknown';
    return { type, id: null, understand: notActedOn(type) };
  }
  const isReturn = /^-(?=.*[1-9])/.test(order.text('paidAmount|totalAmount') ?? '');
  return isReturn
    ? { type: 'refund.completed', id, understand: () => refund(receipt, settings) }
    : { type: 'sale.completed', id, understand: () => sale(receipt, settings) };
}

/** 行状态 2 换购, 3 赠品, 9 积分换购; 11 and 12 are exchanges, and the sign says which way the goods went. */
const kinds = {
  addon: ['2', '换购'],
  gift: ['3', '赠品'],
  points_exchange: ['9', '积分换购'],
  exchange_out: ['11', '12'],
};

const linesIn = (receipt: Reader) => {
  const nested = receipt.each('orderLines.orderLine');
  return nested.length > 0 ? nested : receipt.each('orderLine|orderLines');
};

const memberIn = (order: Reader) =>
  knownMember({
    externalId: order.memberId('VIPCode|IPCode'),
    cardNo: order.memberId('VIPCardNo|IPCardNo'),
    name: order.text('VIPName|IPName'),
  });

function sale(receipt: Reader, settings: CommonSettings): Understood {
  const order = receipt.at('orderInfo');
  const roundingFen = order.fenOfYuan('roundingAmount', { sign: 'abs' }) ?? 0;
  const paid = [...receipt.each('payments.payment'), ...receipt.each('payment')];
  return {
    occurredAt: soldAt(order),
    data: {
      orderNo: order.id('orderCode'),
      businessDate: order.date('saleDate'),
      store: storeOf(order.id('storeCode|orgCode'), order.text('storeName'), settings),
      terminal: order.text('posCode'),
      cashier: order.has('operatorCode')
        ? { id: order.id('operatorCode'), name: order.text('operatorName') }
        : null,
      associate: order.has('salerEmployeeNo') ? { id: order.id('salerEmployeeNo') } : null,
      member: memberIn(order),
      lines: soldOf(
        linesIn(receipt).map((line) => ({
          lineNo: line.id('orderLineNo'),
          kind: wordFor(line.text('status'), kinds) ?? 'normal',
          sku: line.id('itemCode|productCode'),
          name: line.text('itemName'),
          quantity: line.quantity('quantity'),
          unitPriceFen: line.fenOfYuan('retailPrice|standardPrice', { rounding: 'half_up' }),
          amountFen: line.fenOfYuan('settlementAmount'),
        })),
      ),
      amounts: {
        roundingFen: roundingFen === 0 ? 0 : -roundingFen,
        // 收款 minus 找零 is what was paid.
        paidFen: Math.max(
          0,
          (order.fenOfYuan('paidAmount|totalAmount') ?? 0) -
            (order.fenOfYuan('change', { sign: 'abs' }) ?? 0),
        ),
      },
      payments: payments(
        paid.map((part) => ({
          word: part.text('payName|payType|payCode'),
          amountFen: part.fenOfYuan('payAmount|amount'),
        })),
        settings,
      ),
    },
  };
}

function refund(receipt: Reader, settings: CommonSettings): Understood {
  const order = receipt.at('orderInfo');
  const orderNo = order.id('orderWebCode|orderWebCod|sourceOrderCode');
  return {
    occurredAt: soldAt(order),
    data: {
      refundNo: order.id('orderCode'),
      businessDate: order.date('saleDate'),
      orderNo,
      scope: orderNo === null ? 'no_original' : 'partial',
      store: storeOf(order.id('storeCode|orgCode'), order.text('storeName'), settings),
      member: memberIn(order),
      lines: returnedOf(
        linesIn(receipt).map((line) => ({
          sku: line.id('itemCode|productCode'),
          name: line.text('itemName'),
          quantity: line.quantity('quantity'),
          amountFen: line.fenOfYuan('settlementAmount'),
        })),
      ),
      amounts: { refundedFen: order.fenOfYuan('paidAmount|totalAmount', { sign: 'abs' }) },
    },
  };
}

/** A receipt uploaded at night belongs to the day of sale; after midnight the till may still count the day before. */
function soldAt(order: Reader): string | null {
  const saleDate = order.text('saleDate');
  const created = order.instant('orderCreateTime');
  if (saleDate === null) return created ?? order.instant('orderDate');
  if (saleDate.length > 10) return order.instant('saleDate');
  const day = order.date('saleDate');
  if (day === null || created?.startsWith(day)) return created;
  const isAfterMidnight =
    created !== null && created.slice(11, 13) < '06' && dayAfter(day) === created.slice(0, 10);
  return isAfterMidnight ? created : (order.instant('saleDate')?.replace('T00:00:00', 'T12:00:00') ?? null);
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
