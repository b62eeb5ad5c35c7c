/** 销售单 as a till sends them: about two kilobytes, five lines, 538.00 yuan, one member. */
import { basket, brandOf, categoriesOf, skuOf, type Catalogue } from './catalogue.ts';
import { storeIds } from './campaigns.ts';

export type SaleOrder = {
  /** Numbers the sale; the receipt, the event and the till follow from it. */
  readonly number: number;
  readonly member: number;
  readonly catalogue: Catalogue;
  /** The first so many lines of the basket. */
  readonly lines?: number;
  /** Now, unless it says otherwise: of an old sale nobody is told. */
  readonly occurredAt?: string;
  readonly couponCodes?: readonly string[];
};

const saleDay = '2026-11-22';

export const memberRef = (member: number): Record<string, string> => ({
  externalId: `M${member}`,
  cardNo: `8800${member}`,
  phone: `139${String(member).padStart(8, '0')}`,
  name: `会员${member}`,
});

const storeOf = (number: number): string => storeIds[number % storeIds.length] ?? '8001';

export const orderNoOf = (number: number): string =>
  `${storeOf(number)}-${saleDay.replaceAll('-', '')}-${number}`;

export function saleEvent({
  number,
  member,
  catalogue,
  lines = basket.length,
  occurredAt,
  couponCodes = [],
}: SaleOrder): object {
  const storeId = storeOf(number);
  const goods = basket.slice(0, lines);
  const paidFen = goods.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const orderNo = orderNoOf(number);
  return {
    type: 'sale.completed',
    id: `${orderNo}-1`,
    occurredAt: occurredAt ?? new Date().toISOString(),
    test: false,
    data: {
      orderNo,
      version: '1',
      store: { id: storeId, name: `阳光母婴${storeId}店` },
      terminal: '01',
      channel: 'pos',
      cashier: { id: `c${storeId}`, name: '收银员小王' },
      associate: { id: `g${storeId}`, name: '导购小李' },
      member: memberRef(member),
      lines: goods.map(({ place, name, pieces, amountFen }, index) => ({
        lineNo: String(index + 1),
        kind: 'normal',
        sku: skuOf(place),
        name,
        categoryIds: categoriesOf(place, catalogue),
        brand: brandOf(place, catalogue),
        quantity: String(pieces),
        // Tills send more than anyone asked for.
        unit: '件',
        barcode: `${skuOf(place)}00`,
        unitPriceFen: amountFen / pieces,
        discountFen: 0,
        amountFen,
        pointsExcluded: false,
      })),
      amounts: { goodsFen: paidFen, discountFen: 0, roundingFen: 0, shippingFen: 0, paidFen },
      payments: [{ method: 'wechat', amountFen: paidFen }],
      couponCodes,
    },
  };
}
