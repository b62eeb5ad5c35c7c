/** 聚水潭: after-sale confirmations become refunds; shipping and stock are kept for the record. */
import { parseForm } from '../lossless/form.ts';
import { parseJson } from '../../lossless/json.ts';
import type { Reader } from '../lossless/reader.ts';
import { isObject } from '../lossless/tree.ts';
import { notActedOn, sum, withdrawn } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { malformed, openJson, type Letter } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { vendor } from './kernel/vendor.ts';

/** The scheme of its API. The push is undocumented, so a source may set another. */
const usualSignature = {
  algorithm: 'md5',
  pair: 'kv',
  secret: 'prefix',
  from: 'form',
  signature: { pair: 'sign' },
  fields: {
    required: { biz: 'json', action_code: 'word', timestamp: 'digits' },
    optional: { partnerid: 'word', token: 'word' },
  },
};

export const jst = vendor<CommonSettings>({
  name: 'jst',
  label: '聚水潭',
  settings: CommonSettings,
  signing: ({ signature, addresses }) => ({
    scheme: 'kv-digest',
    params: signature ?? usualSignature,
    ...(addresses && { addresses }),
  }),
  open: (text, { fields: signed }) => {
    if (!signed && /^\s*[{[]/.test(text)) return openJson(text);
    const fields = signed ?? parseForm(text);
    const biz = fields?.get('biz');
    if (!fields || biz === undefined) return malformed('the form has no biz field');
    const parsed = parseJson(biz);
    if (!parsed.ok) return malformed(`biz cannot be read: ${parsed.why}`);
    const letter: Letter = { tree: { action_code: fields.get('action_code') ?? null, biz: parsed.tree } };
    return [letter];
  },
  read,
  success: { body: '{"code":"0","msg":"执行成功"}', contentType: 'application/json; charset=utf-8' },
  failure: ({ detail }) => ({
    body: JSON.stringify({ code: '-1', msg: detail }),
    contentType: 'application/json; charset=utf-8',
  }),
});

/** The same field comes in snake and in camel case. */
function read(push: Reader): VendorDocument {
  const document = isObject(push.tree) && push.has('biz') ? push.at('biz') : push;
  const action = push.text('action_code|actionCode|method') ?? 'unknown';
  const id = document.id('as_id|asId|outer_as_id|outerAsId');
  const version = document.id('modified|ts|status|shop_status|shopStatus');
  if (id === null) {
    const other = document.id('o_id|oId|so_id|soId|sku_id|skuId');
    return { type: action, id: other, version, understand: notActedOn(action) };
  }
  return { type: 'refund.completed', id, version, understand: () => afterSale(document) };
}

const cancelled = new Set(['cancelled', 'canceled', '已取消', '已作废']);
const finished = new Set(['confirmed', 'completed', 'finished', '已确认', '已完成', 'success']);

function afterSale(document: Reader): Understood {
  const status = document.text('status') ?? '';
  const isCancelled = cancelled.has(status.toLowerCase());
  if (!isCancelled && !finished.has(status.toLowerCase()))
    return { ignored: { code: 'NOT_PAID_BACK_YET', state: status || null } };
  const lines = document.each('items').map((item) => ({
    originalLineNo: item.id('outer_oi_id|outerOiId'),
    sku: item.id('sku_id|skuId'),
    name: item.text('name'),
    quantity: item.quantity('qty|r_qty', { sign: 'abs' }),
    amountFen: item.fenOfYuan('amount|refund_amount', { sign: 'abs' }),
  }));
  const orderNo = document.id('so_id|soId|o_id|oId');
  const data = {
    refundNo: document.id('as_id|asId|outer_as_id|outerAsId'),
    version: document.id('modified|ts'),
    orderNo,
    scope: orderNo === null ? 'no_original' : 'partial',
  };
  if (isCancelled) return withdrawn(document.instant('modified|as_date|asDate|created'), data);
  return {
    occurredAt: document.instant('as_date|asDate|modified|created'),
    data: {
      ...data,
      lines,
      amounts: {
        refundedFen:
          document.fenOfYuan('refund|refund_amount|refundAmount', { sign: 'abs' }) ??
          sum(lines.map(({ amountFen }) => amountFen)),
      },
    },
  };
}
