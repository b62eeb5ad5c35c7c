/** 字段名: what a mapping calls a field has to be a name of ours. A slip would be read by nobody, and nobody would hear of it. */
import * as z from 'zod';
import { ToldEvent } from '../../../schema/index.ts';
import type { Node } from './node.ts';
import type { MappingSpec } from './spec.ts';

export type StrangeName = { readonly path: readonly string[]; readonly message: string };

/** A shape of ours as JSON Schema says it, as far as names are concerned. */
type Shape = {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly const?: unknown;
};

let known: ReadonlyMap<string, Shape> | null = null;
/** Made once, and only where a mapping is saved or tried. */
function shapeOf(type: string): Shape | undefined {
  if (known === null) {
    const { oneOf = [] } = z.toJSONSchema(ToldEvent, { io: 'output', unrepresentable: 'any' }) as Shape;
    known = new Map(oneOf.map((one) => [String(one.properties?.['type']?.const), one]));
  }
  return known.get(type)?.properties?.['data'];
}

/** Every name in the spec that no event of its rule's type has, by its place in the spec. */
export function strangeNames({ events }: MappingSpec): StrangeName[] {
  return events.flatMap(({ type, data }, place) => {
    const shape = shapeOf(type);
    return data && shape ? namesIn(data, subjectOf(data, shape), ['events', String(place), 'data']) : [];
  });
}

/** Some mappings wrap the subject under its name: `{member: {…}}` of a member means what it holds. */
function subjectOf(data: Node, shape: Shape): Shape {
  const [only, ...others] = 'object' in data ? Object.keys(data.object) : [];
  const isWrapped = only !== undefined && others.length === 0 && shape.properties?.[only] === undefined;
  return isWrapped && ['member', 'product'].includes(only) ? { properties: { [only]: shape } } : shape;
}

function namesIn(node: Node, shape: Shape, path: readonly string[]): StrangeName[] {
  const found = settled(shape);
  if ('object' in node) {
    const { properties } = found;
    // A shape that takes any names, or none at all, has no names to miss.
    if (!properties) return [];
    return Object.entries(node.object).flatMap(([name, inner]) => {
      const below = [...path, 'object', name];
      const next = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return next
        ? namesIn(inner, next, below)
        : [{ path: below, message: meant(name, Object.keys(properties)) }];
    });
  }
  if ('each' in node) return namesIn(node.map, found.items ?? {}, [...path, 'map']);
  if ('first_of' in node)
    return node.first_of.flatMap((inner, place) =>
      namesIn(inner, found, [...path, 'first_of', String(place)]),
    );
  if ('when' in node)
    return [
      ...namesIn(node.take, found, [...path, 'take']),
      ...(node.else ? namesIn(node.else, found, [...path, 'else']) : []),
    ];
  return [];
}

/** `null` may stand for most of our fields; what else may, has the names. */
function settled(shape: Shape): Shape {
  const among = shape.anyOf ?? shape.oneOf;
  return among?.find(({ properties, items }) => properties ?? items) ?? shape;
}

/** What tills and vendors call our fields. */
const alsoCalled: Readonly<Record<string, string>> = {
  mobile: 'phone',
  tel: 'phone',
  telephone: 'phone',
  mobilephone: 'phone',
  card: 'cardNo',
  cardid: 'cardNo',
  vipno: 'cardNo',
  memberid: 'externalId',
  userid: 'externalId',
  no: 'orderNo',
  orderid: 'orderNo',
  qty: 'quantity',
  num: 'quantity',
  count: 'quantity',
  price: 'unitPriceFen',
  amount: 'amountFen',
  total: 'paidFen',
  paid: 'paidFen',
  barcode: 'sku',
  goodsid: 'sku',
  category: 'categoryIds',
  items: 'lines',
  goods: 'lines',
  products: 'lines',
  shop: 'store',
  branch: 'store',
  guide: 'associate',
  seller: 'associate',
  birthdate: 'birthday',
  birth: 'birthday',
  dob: 'birthday',
  baby: 'children',
  babies: 'children',
  kids: 'children',
  child: 'children',
};

function meant(name: string, names: readonly string[]): string {
  const also = alsoCalled[name.toLowerCase().replaceAll(/[_-]/g, '')];
  const likely = also !== undefined && names.includes(also) ? also : nearest(name, names);
  const hint = likely === null ? `known here: ${names.join(', ')}` : `did you mean "${likely}"?`;
  return `"${name}" is no field of ours; ${hint}`;
}

const slipsMax = 2;

function nearest(name: string, names: readonly string[]): string | null {
  const [best] = names
    .map((one) => ({ one, slips: slipsBetween(name.toLowerCase(), one.toLowerCase()) }))
    .toSorted((a, b) => a.slips - b.slips);
  if (!best) return null;
  const isPart = names.find((one) => one.toLowerCase().startsWith(name.toLowerCase()));
  return best.slips <= slipsMax ? best.one : (isPart ?? null);
}

/** Levenshtein; names are short. */
function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [across, letter] of Array.from(one).entries()) {
    const next = [across + 1];
    for (const [down, against] of Array.from(other).entries())
      next.push(
        Math.min(
          (next[down] ?? 0) + 1,
          (row[down + 1] ?? 0) + 1,
          (row[down] ?? 0) + (letter === against ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
