/** 银豹: receipts, members and goods, pushed or polled: the same documents, the same reading (pospal.cn ticketapi, customerapi). */
import * as z from 'zod';
import { openText } from '../lossless/nested.ts';
import type { Reader } from '../lossless/reader.ts';
import { isObject } from '../lossless/tree.ts';
import { knownMember, memberEvent, notActedOn, payments, storeOf, withdrawn } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { returnedOf, soldOf } from './kernel/signs.ts';
import { openJson } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

const Settings = CommonSettings.extend({
  /** v3 also covers the app and the moment; v1 can be extended by anybody who has seen one. */
  signedBy: z.enum(['v1', 'v3']).default('v3'),
});
type Settings = z.infer<typeof Settings>;

export const pospal = vendor<Settings>({
  name: 'pospal',
  label: '银豹',
  settings: Settings,
  schemes: ['pospal-v3', 'pospal-v1'],
  signing: (settings) => signedAs(`pospal-${settings.signedBy}`)(settings),
  open: (text) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    return letters.map((letter) => {
      const inner = isObject(letter.tree) ? letter.tree['body'] : undefined;
      const tree = typeof inner === 'string' ? openText(inner) : null;
      return tree !== null && isObject(tree) ? { tree } : letter;
    });
  },
  read: readPospal,
  success: { body: '{"status":"success"}', contentType: 'application/json' },
  failure: ({ detail }) => ({
    body: JSON.stringify({ status: 'error', messages: [detail] }),
    contentType: 'application/json',
  }),
});

/** The type of a document, from its own fields: a pushed and a polled receipt are the same. */
export function readPospal(document: Reader, settings: Settings): VendorDocument {
  if (document.has('sn')) return ticket(document, settings);
  if (document.has('customerUid')) return customer(document);
  if (document.has('barcode') || document.has('categoryUid')) return product(document);
  const type = document.text('cmd|type') ?? 'unknown';
  return { type, id: document.id('uid'), understand: notActedOn(type) };
}

function ticket(document: Reader, settings: Settings): VendorDocument {
  const id = document.id('sn');
  const isVoid = document.bool('invalid') === true;
  // A ticket that sells and takes back more than it sells pays out: it is a return as well.
  const isReturn = document.text('ticketType')?.toUpperCase() === 'SELL_RETURN' || isBelowZero(document);
  if (isReturn) return { type: 'refund.completed', id, understand: () => refund(document, isVoid) };
  if (isVoid) {
    const understand = (): Understood => ({
      occurredAt: document.instant('datetime'),
      data: { orderNo: id },
    });
    return { type: 'sale.voided', id, understand };
  }
  return { type: 'sale.completed', id, understand: () => sale(document, settings) };
}

function sale(document: Reader, settings: Settings): Understood {
  const rounding = document.fenOfYuan('rounding', { sign: 'abs' }) ?? 0;
  return {
    occurredAt: document.instant('datetime'),
    data: {
      orderNo: document.id('sn'),
      store: storeOf(settings.store ? null : document.id('storeAppId|appId|account'), null, settings) ?? {
        id: 'pospal',
      },
      cashier: person(document, 'cashier.jobNumber|cashierUid|cashier.uid', 'cashier.name'),
      associate: person(document, 'guiderUid|guider.jobNumber', 'guider.name'),
      // customerUid 0 is a stranger.
      member: knownMember({
        externalId: document.memberId('customerUid'),
        phone: document.phone('customerPhone'),
      }),
      lines: soldOf(document.each('items').map(soldLine)),
      amounts: { roundingFen: rounding === 0 ? 0 : -rounding, paidFen: document.fenOfYuan('totalAmount') },
      payments: payments(
        document
          .each('payments')
          .map((payment) => ({ word: payment.text('code'), amountFen: payment.fenOfYuan('amount') })),
        settings,
        { cash: ['payCode_1'], stored_value: ['payCode_2'], card: ['payCode_3'] },
      ),
    },
  };
}

const isBelowZero = (document: Reader): boolean => /^-(?=.*[1-9])/.test(document.text('totalAmount') ?? '');

/** A void has no version of its own: it is later than the return itself, whichever of the two comes first. */
const voidVersion = '2';

function refund(document: Reader, isVoid: boolean): Understood {
  const orderNo = document.id('originalSn|sellTicketSn|originalTicketSn');
  const occurredAt = document.instant('datetime');
  const data = {
    refundNo: document.id('sn'),
    orderNo,
    scope: orderNo === null ? 'no_original' : 'partial',
    member: knownMember({ externalId: document.memberId('customerUid') }),
  };
  if (isVoid) return withdrawn(occurredAt, { ...data, version: voidVersion });
  const refundedFen = document.fenOfYuan('totalAmount', { sign: 'abs' });
  return {
    occurredAt,
    data: { ...data, lines: returnedOf(document.each('items').map(goods)), amounts: { refundedFen } },
  };
}

const goods = (item: Reader) => ({
  sku: item.id('productUid|barcode|name'),
  name: item.text('name'),
  quantity: item.quantity('quantity'),
  amountFen: item.fenOfYuan('totalAmount', { rounding: 'half_up' }),
});

const soldLine = (item: Reader, place: number) => ({
  ...goods(item),
  lineNo: String(place + 1),
  unitPriceFen: item.fenOfYuan('sellPrice', { rounding: 'half_up' }),
});

function person(
  document: Reader,
  idNames: string,
  nameNames: string,
): { id: string; name: string | null } | null {
  const id = document.memberId(idNames);
  return id === null ? null : { id, name: document.text(nameNames) };
}

const openIdTypes = { unionid: '1000', openid: '0' };

function customer(document: Reader): VendorDocument {
  const id = document.memberId('customerUid');
  const isDeleted = document.text('enable') === '-1';
  const wechat = (type: string): string | null =>
    document
      .each('weixinOpenIds')
      .find((entry) => entry.text('openIdType') === type)
      ?.id('openId') ?? null;
  const member = {
    externalId: id,
    cardNo: document.memberId('number'),
    phone: document.phone('phone'),
    name: document.text('name'),
    unionid: wechat(openIdTypes.unionid),
    openid: wechat(openIdTypes.openid),
  };
  const occurredAt = document.instant('updatedDate|updatedDatetime|createdDate');
  if (isDeleted)
    return { type: 'member.deleted', id, understand: memberEvent(occurredAt, { externalId: id }) };
  const createdAt = document.instant('createdDate');
  return { type: 'member.updated', id, understand: memberEvent(occurredAt, member, createdAt) };
}

function product(document: Reader): VendorDocument {
  const id = document.id('uid');
  const occurredAt = document.instant('updatedDatetime|createdDatetime');
  const isRemoved = document.text('enable') === '-1';
  if (isRemoved)
    return { type: 'product.removed', id, understand: () => ({ occurredAt, data: { sku: id } }) };
  const category = { id: document.memberId('categoryUid'), name: document.text('categoryName') };
  const data = {
    sku: id,
    name: document.text('name'),
    categoryPath: category.id === null ? [] : [category],
    brand: document.text('brandName'),
  };
  return { type: 'product.upserted', id, understand: () => ({ occurredAt, data }) };
}
