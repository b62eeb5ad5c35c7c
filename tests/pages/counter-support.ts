/** 柜台: a shop with a cashier of one store, and 王秀英 with one coupon of each kind that is given. */
import { memberId } from '../support/shop.ts';
import { product, sale, store, template } from '../support/builders.ts';
import { employ, openConsole, signInAs, type Console } from './console/support.ts';
import { tokenIn, type Answered, type Visitor } from './support.ts';

export type Given = NonNullable<Parameters<typeof template>[1]>;

export type Counter = Console & {
  readonly code: Readonly<Record<string, string>>;
  readonly cashier: Visitor;
  /** As the page's own form would. */
  readonly at: (fields: Readonly<Record<string, string>>, by?: Visitor, path?: string) => Promise<Answered>;
};

/** 王秀英 with one of each of these; a cashier of 8005. */
export async function openCounter(
  templates: Readonly<Record<string, Given>>,
  given: Parameters<Console['visitor']>[0] = {},
): Promise<Counter> {
  const opened = await openConsole({
    now: '2026-11-22 15:00',
    templates: Object.entries(templates).map(([id, given]) => template(id, given)),
    products: [product()],
    stores: ['8005', '8006'].map((id) => store({ id })),
    associates: [],
  });
  const { shop } = opened;
  shop.db.all(`UPDATE stores SET name = iif(id = '8005', '天河店', '越秀店')`);
  await shop.tell(
    sale({
      orderNo: 'first',
      member: { externalId: 'M1', phone: '13912345487', name: '王秀英', openid: 'oWang' },
      associate: { id: 'g7', name: '林小雨' },
    }),
  );
  const id = memberId(shop.db, 'ext:pos:M1');
  const code: Record<string, string> = {};
  for (const templateId of Object.keys(templates)) code[templateId] = give(opened, id, templateId);
  const person = await employ(opened, 'cashier', { name: '小赵', storeIds: ['8005'] });
  const cashier = await signInAs(opened, person, opened.visitor(given));
  return {
    ...opened,
    code,
    cashier,
    at: async (fields, by = cashier, path = '/console/redeem') =>
      by.post(path, { token: tokenIn(await by.get(path)), ...fields }),
  };
}

let given = 0;
/** A coupon of this template, as it would have been issued yesterday. */
function give({ shop }: Console, id: string, templateId: string): string {
  const code = `CQ1${String((given += 1)).padStart(11, '0')}`;
  const day = 86_400_000;
  shop.db.all(
    `INSERT INTO coupons (id, member_id, template_id, state, valid_from, valid_to, issued_at) VALUES (?, ?, ?, 'issued', ?, ?, ?)`,
    code,
    id,
    templateId,
    shop.clock.now - day,
    shop.clock.now + 7 * day,
    shop.clock.now - day,
  );
  return code;
}

/** The fields of the form that uses this coupon. */
export function fieldsFor({ text }: Answered, code: string): Record<string, string> {
  const [, offer = ''] = text.split(`data-offer="${code}"`);
  const [form = ''] = /<form[\s\S]*?<\/form>/.exec(offer) ?? [];
  return Object.fromEntries(
    [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
}
