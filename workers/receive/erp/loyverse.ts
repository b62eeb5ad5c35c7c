/** Loyverse: receipts and customers, several in one push; a refund is a receipt of its own. */
import type { Reader } from '../lossless/reader.ts';
import { isObject, listOf } from '../lossless/tree.ts';
import { knownMember, memberEvent, notActedOn, payments, withdrawn } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
import { openJson, type Letter } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

export const loyverse = vendor<CommonSettings>({
  name: 'loyverse',
  label: 'Loyverse',
  settings: CommonSettings,
  signing: signedAs('loyverse'),
  open: (text) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    const [push] = letters;
    if (!push || !isObject(push.tree)) return letters;
    const { tree } = push;
    const each = (list: string, key: string): Letter[] =>
      listOf(tree[list]).map((entry) => ({ tree: { [key]: entry } }));
    const all = [...each('receipts', 'receipt'), ...each('customers', 'customer')];
    return all.length > 0 ? all : letters;
  },
  read,
  success: { body: '{"ok":true}', contentType: 'application/json' },
});

function read(push: Reader, settings: CommonSettings): VendorDocument {
  if (push.has('customer')) {
    const customer = push.at('customer');
    const id = customer.id('id');
    const member = {
      externalId: id,
      cardNo: customer.memberId('customer_code'),
      phone: customer.phone('phone_number'),
      name: customer.text('name'),
    };
    const isDeleted = customer.has('deleted_at');
    return {
      type: isDeleted ? 'member.deleted' : 'member.updated',
      id,
      version: customer.id('updated_at'),
      understand: memberEvent(
        customer.instant('updated_at|created_at'),
        member,
        customer.instant('created_at'),
      ),
    };
  }
  if (!push.has('receipt')) {
    const type = push.text('type') ?? 'unknown';
    return { type, id: null, understand: notActedOn(type) };
  }
  const receipt = push.at('receipt');
  const id = receipt.id('receipt_number');
  const version = receipt.id('updated_at');
  const isRefund = receipt.text('receipt_type')?.toUpperCase() === 'REFUND';
  if (receipt.has('cancelled_at') && !isRefund) {
    const understand = (): Understood => ({
      occurredAt: receipt.instant('cancelled_at'),
      data: { orderNo: id },
    });
    return { type: 'sale.voided', id, version, understand };
  }
  return isRefund
    ? { type: 'refund.completed', id, version, understand: () => refund(receipt) }
    : { type: 'sale.completed', id, version, understand: () => sale(receipt, settings) };
}

const memberIn = (receipt: Reader) => knownMember({ externalId: receipt.memberId('customer_id') });

function sale(receipt: Reader, settings: CommonSettings): Understood {
  return {
    occurredAt: receipt.instant('receipt_date|created_at'),
    data: {
      orderNo: receipt.id('receipt_number'),
      version: receipt.id('updated_at'),
      store: { id: receipt.id('store_id') },
      terminal: receipt.text('pos_device_id', 100),
      cashier: receipt.has('employee_id') ? { id: receipt.id('employee_id') } : null,
      member: memberIn(receipt),
      lines: soldOf(
        receipt.each('line_items').map((line) => ({
          lineNo: line.id('id'),
          sku: line.id('sku|variant_id|item_id|item_name|id'),
          name: line.text('item_name'),
          quantity: line.quantity('quantity'),
          unitPriceFen: line.fenOfYuan('price'),
          discountFen: line.fenOfYuan('total_discount', { rounding: 'half_up' }),
          amountFen: line.fenOfYuan('total_money', { rounding: 'half_up' }),
        })),
      ),
      amounts: { paidFen: receipt.fenOfYuan('total_money', { rounding: 'half_up' }) },
      payments: payments(
        receipt
          .each('payments')
          .map((part) => ({ word: part.text('name|type'), amountFen: part.fenOfYuan('money_amount') })),
        settings,
        { card: ['NONINTEGRATEDCARD', 'INTEGRATEDCARD'] },
      ),
    },
  };
}

function refund(receipt: Reader): Understood {
  const orderNo = receipt.id('refund_for');
  const data = {
    refundNo: receipt.id('receipt_number'),
    version: receipt.id('updated_at'),
    orderNo,
    scope: orderNo === null ? 'no_original' : 'partial',
    member: memberIn(receipt),
  };
  if (receipt.has('cancelled_at')) return withdrawn(receipt.instant('cancelled_at'), data);
  return {
    occurredAt: receipt.instant('receipt_date|created_at'),
    data: {
      ...data,
      lines: receipt.each('line_items').map((line) => ({
        sku: line.id('sku|variant_id|item_id|item_name|id'),
        quantity: line.quantity('quantity', { sign: 'abs' }),
        amountFen: line.fenOfYuan('total_money', { sign: 'abs', rounding: 'half_up' }),
      })),
      amounts: { refundedFen: receipt.fenOfYuan('total_money', { sign: 'abs', rounding: 'half_up' }) },
    },
  };
}
