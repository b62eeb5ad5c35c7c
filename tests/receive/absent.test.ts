/** 没有给: `null`, `""`, `{}` and `{"id":""}` give nothing, in every optional field of every event. The fields are the schema's own. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { CanonicalEvent, ToldEvent, withoutAbsent } from '../../schema/index.ts';
import { balanceOf, inboxRows, openShop } from '../support/shop.ts';
import { line, sale } from '../support/builders.ts';
import { openOffice } from '../api/support.ts';

type Def = z.core.$ZodTypeDef & {
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly out?: z.ZodType;
};
const defOf = (schema: z.ZodType): Def => schema.def;

/** An object, a list or a value, whatever it is wrapped in. */
function bare(schema: z.ZodType): z.ZodType {
  const { type, innerType, in: from, out } = defOf(schema);
  if (innerType) return bare(innerType);
  // What is preprocessed is described by what comes out, what is transformed by what goes in.
  if (type === 'pipe' && from && out) return bare(defOf(from).type === 'transform' ? out : from);
  return schema;
}

const isOptional = (schema: z.ZodType): boolean => schema.safeParse(undefined).success;
const values = ['2026-11-22T14:59:00+08:00', '2026-11-22', '1', 1, true];

/** Every field given, required or not. */
function filled(schema: z.ZodType): unknown {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) {
    return Object.fromEntries(
      Object.entries<z.ZodType>(inner.shape).map(([name, field]) => [name, filled(field)]),
    );
  }
  if (inner instanceof z.ZodArray) return [filled(inner.element as z.ZodType)];
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodLiteral) return inner.value;
  const fits = values.find((value) => schema.safeParse(value).success);
  if (fits === undefined) throw new Error(`the test knows no value for a field of type ${inner.def.type}`);
  return fits;
}

type Place = { readonly path: readonly (string | number)[]; readonly isOptional: boolean };

function placesOf(schema: z.ZodType, path: readonly (string | number)[] = []): Place[] {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) return placesOf(inner.element as z.ZodType, [...path, 0]);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(inner.shape).flatMap(([name, field]) => {
    const place = { path: [...path, name], isOptional: isOptional(field) };
    return [place, ...placesOf(field, place.path)];
  });
}

/** A copy with something else there; undefined takes it out. */
function withAt(value: unknown, [key, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (key === undefined) return put;
  const inner = withAt(Reflect.get(Object(value), key), rest, put);
  if (Array.isArray(value)) return value.map((one: unknown, place) => (place === key ? inner : one));
  const { [key]: _, ...others } = value as Readonly<Record<string | number, unknown>>;
  return inner === undefined ? others : { ...others, [key]: inner };
}

const nothings = [
  null,
  '',
  '  ',
  '\u200b\ufeff',
  {},
  [],
  { id: '' },
  { id: null, name: '小王' },
  { name: null },
];
/** Of stored value either the sum is told or its parts. */
function told(event: unknown): unknown {
  const data: unknown = Reflect.get(Object(event), 'data');
  const hasBoth = ['amountFen', 'principalFen'].every(
    (name) => Reflect.get(Object(data), name) !== undefined,
  );
  return hasBoth ? withAt(event, ['data', 'amountFen'], undefined) : event;
}

const events = ToldEvent.options.map((option) => ({
  type: option.shape.type.value,
  event: told(filled(option)),
  places: placesOf(option),
}));
const named = (path: readonly PropertyKey[]): string => path.map(String).join('.');

describe.each(events)('in $type', ({ event, places }) => {
  const optional = places.filter((place) => place.isOptional);
  const required = places.filter((place) => !place.isOptional);
  const isOptionalAt = (path: Place['path']): boolean =>
    optional.some((place) => named(place.path) === named(path));

  test('every field can be given', () => {
    expect(CanonicalEvent.safeParse(event).error?.issues).toBeUndefined();
  });

  test.each(optional.map(({ path }) => [named(path), path] as const))(
    '%s is optional, and null, "", {} and {"id":""} there are as if it were not there',
    (_, path) => {
      const without = CanonicalEvent.parse(withAt(event, path, undefined));
      for (const nothing of nothings) {
        expect(CanonicalEvent.parse(withAt(event, path, nothing)), JSON.stringify(nothing)).toEqual(without);
      }
    },
  );

  test('nothing that is required can be left out in this way', () => {
    for (const { path } of required) {
      for (const nothing of nothings) {
        const { error } = CanonicalEvent.safeParse(withAt(event, path, nothing));
        const fields = error?.issues.map((issue) => named(issue.path)) ?? [];
        // What has lost its id is gone with it, and is named in its place, unless nobody needs it.
        const isNamed = fields.some((field) => field !== '' && named(path).startsWith(field));
        const isNobody = path.at(-1) === 'id' && path.some((_, place) => isOptionalAt(path.slice(0, place)));
        expect(isNamed || isNobody, `${named(path)}: ${JSON.stringify(nothing)}`).toBe(true);
      }
    }
  });
});

test('an event that gives everything it names is not copied', () => {
  const given = { type: 'ping', data: { lines: [{ sku: 'A', amountFen: 0 }], isTest: false } };
  expect(withoutAbsent(given)).toBe(given);
});

test('elements that are nothing are left out of a list, a line without any field is not', () => {
  const given = {
    categoryIds: [null, '01', ''],
    path: [{ id: '', name: '零食' }, { id: '02' }],
    lines: [{}],
  };
  expect(withoutAbsent(given)).toEqual({ categoryIds: ['01'], path: [{ id: '02' }], lines: [{}] });
});

/** As a till in C# writes an object of its own, every field of it. */
const written = (orderNo: string) => ({
  ...sale({ orderNo, id: orderNo }),
  data: {
    orderNo,
    version: null,
    businessDate: null,
    store: { id: 'S1', name: null },
    terminal: '',
    channel: null,
    cashier: { id: '', name: null },
    associate: {},
    member: { externalId: 'M1', cardNo: '', phone: null, name: null, unionid: null, openid: '' },
    lines: [
      { ...line({ amountFen: 10_000 }), lineNo: null, kind: null, categoryIds: [null], pointsExcluded: null },
    ],
    amounts: { goodsFen: null, roundingFen: null, shippingFen: null, paidFen: 10_000 },
    payments: null,
    couponCodes: [''],
  },
});

test('a till that writes null for everything it does not know earns its 100 points for 100 yuan', async () => {
  const shop = await openShop();
  await shop.tell(written('C-1'));
  expect(inboxRows(shop.db).map(({ state, note }) => ({ state, note }))).toEqual([
    { state: 'done', note: null },
  ]);
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
});

test('the same sale can be tried on a campaign, and a product entered, as the till writes them', async () => {
  const { admin } = await openOffice();
  const tried = await admin('POST', '/campaigns/none/simulate', { body: { sale: written('C-1').data } });
  expect(tried.json['code']).toBe('unknown_campaign');
  const body = { name: '奶粉', brand: '', tags: [null], categoryPath: [{ id: '', name: '' }], status: null };
  const entered = await admin('PUT', '/products/A', { body });
  expect([entered.status, entered.json['tags'], entered.json['categoryPath']]).toEqual([200, [], []]);
});
