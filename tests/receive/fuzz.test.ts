/** 乱码: ten thousand spoilt tickets, properly signed. None may cost a 5xx, an exception, or a fen. */
import { expect, test } from 'vitest';
import { receiveErp } from '../../workers/receive/hook.ts';
import { line, refund, sale, voided } from '../support/builders.ts';
import { goods, promises, schemes, vouchers } from '../support/model.ts';
import { inboxRows, ledgerFaults, openShop, rowCounts, signedRequest } from '../support/shop.ts';

const payloads = 10_000;
const perBatch = 8;
const groupSize = 200;

/** The same numbers in every run: a failure can be found again by its place. */
function dice(seed: number): {
  below: (max: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
} {
  let state = seed;
  const below = (max: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * max);
  };
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return { below, pick };
}
type Dice = ReturnType<typeof dice>;

const member = (given: object, type = 'member.updated') => ({
  type,
  id: 'm',
  occurredAt: '2026-11-22T10:00:00+08:00',
  data: { externalId: 'M1', phone: '13912345487', name: '李', level: '金卡', ...given },
});

function ordinary(index: number, { below }: Dice): object {
  const orderNo = `order-${String(below(60))}`;
  const given = { id: `e${String(index)}`, orderNo };
  const cast = [
    () =>
      sale({
        ...given,
        version: String(1 + below(3)),
        at: `2026-11-2${String(below(3))} 10:0${String(below(9))}`,
        member: { externalId: `M${String(below(12))}`, phone: `1391234540${String(below(9))}` },
        associate: { id: `g${String(below(3))}`, name: '王' },
        lines: [
          line({
            sku: 'milk',
            quantity: String(1 + below(4)),
            amountFen: below(40_000),
            brand: 'X',
            categoryIds: ['01'],
          }),
          line({ sku: 'nappy', quantity: '0.515', amountFen: below(20_000) }),
          line({ sku: 'bargain', amountFen: below(5_000), kind: below(4) === 0 ? 'gift' : 'normal' }),
        ],
        payments: [{ method: 'wechat', amountFen: below(20_000) }],
      }),
    () =>
      refund({
        ...given,
        refundNo: `R${String(below(90))}`,
        lines: [line({ originalLineNo: '1', amountFen: below(9_000) })],
      }),
    () => refund({ ...given, refundNo: `R${String(below(90))}` }),
    () =>
      refund({
        ...given,
        refundNo: `N${String(below(90))}`,
        scope: 'no_original',
        refundedFen: below(9_000),
        member: { externalId: 'M1' },
      }),
    () => voided({ id: `e${String(index)}`, orderNo }),
    () => ({ ...member({ externalId: `M${String(below(12))}` }), id: `e${String(index)}` }),
    () => ({
      ...member({}, 'member.merged'),
      id: `e${String(index)}`,
      data: {
        from: { externalId: `M${String(below(12))}` },
        into: { phone: `1391234540${String(below(9))}` },
      },
    }),
    () => ({
      type: 'product.upserted',
      id: `e${String(index)}`,
      occurredAt: '2026-11-22T10:00:00+08:00',
      data: {
        sku: 'milk',
        name: '奶粉',
        categoryPath: [{ id: '01', name: '奶粉' }],
        tags: ['奶粉2段'],
        pointsFactor: below(3),
      },
    }),
  ];
  const make = cast[Math.min(cast.length - 1, below(cast.length * 2) % (cast.length + 4))] ?? cast[0];
  return make ? make() : {};
}

const oddities: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.1,
  -0.0001,
  1e308,
  -1e308,
  2 ** 53 + 2,
  10_000_000_000,
  1_000_000_000,
  '',
  ' ',
  '0',
  '-1',
  'null',
  'NaN',
  '1e9',
  '999999999.999',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\u202e',
  '👩‍👩‍👧‍👦',
  '𠮷𠮷',
  'ａ１',
  '\n',
  'a\nb',
  "'; DROP TABLE sales; --",
  '$[0]',
  '{{7*7}}',
  '%00',
  'x'.repeat(129),
  '中'.repeat(200),
  'x'.repeat(20_000),
  [],
  {},
  [[]],
  [null],
  { toString: 1 },
  { constructor: { prototype: 1 } },
  '2026-11-22T10:00:00+08:00',
  '2026-13-45T99:00:00+08:00',
  '0001-01-01T00:00:00+08:00',
  '9999-12-31T23:59:59+08:00',
  '2026-11-22T10:00:00Z',
  'full',
  'exchange_in',
  'exchange_out',
  'points_exchange',
  'no_original',
  'partial',
];

type Place = { readonly holder: Record<string, unknown>; readonly key: string };

/** Every member of every object and list inside. */
function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  // Lists are objects with numbers for names.
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    found.push({ holder, key });
    placesIn(holder[key], found);
  }
  return found;
}

const nested = (depth: number): unknown =>
  depth === 0 ? 1 : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) };

function spoil(event: object, { below, pick }: Dice): void {
  const { holder, key } = pick(placesIn(event));
  const spoils = [
    () => void Reflect.deleteProperty(holder, key),
    () => void (holder[key] = pick(oddities)),
    () => void (holder[key] = pick(oddities)),
    () => void (holder[key] = [holder[key], holder[key]]),
    () => void (holder[key] = { [key]: holder[key] }),
    () => void (holder[key] = typeof holder[key] === 'number' ? String(holder[key]) : holder[key]),
    () => void (holder[key] = typeof holder[key] === 'number' ? -Number(holder[key]) : holder[key]),
    () =>
      void (holder[key] =
        typeof holder[key] === 'number' ? Number(holder[key]) * 10 ** below(9) : holder[key]),
    () =>
      void (holder[key] =
        typeof holder[key] === 'string'
          ? holder[key] + pick(['\u0000', '\ud83d', '\n', ' ', 'é', '\u0301'])
          : holder[key]),
    () =>
      void (holder[pick(['__proto__', 'toString', 'id', 'type', '长', '\u0000', 'events'])] = pick(oddities)),
    () => void (holder[key] = nested(below(40))),
    () =>
      void (holder[key] = Array.isArray(holder[key])
        ? Array.from({ length: 60 }, () => (holder[key] as unknown[])[0])
        : holder[key]),
  ];
  pick(spoils)();
}

function spoilText(text: string, { below, pick }: Dice): string {
  const at = below(text.length);
  return pick([
    () => text,
    () => text,
    () => text,
    () => text,
    () => text.slice(0, at),
    () => `\ufeff${text}`,
    () => text.replace(/\d+/, '1e999'),
    () => text.replace('"data":', '"data":{"orderNo":"x"},"data":'),
    () => text.replaceAll('\\u0000', '\u0000'),
    () => text.slice(0, at) + pick(['"', '{', ']', ',', '\\', '\u0007', 'é', '\\ud800']) + text.slice(at),
  ])();
}

test('10,000 spoilt events, alone and in batches, are answered, decided or parked, and the ledgers still add up', async () => {
  const throws = dice(20_261_122);
  const shop = await openShop({ campaigns: promises, templates: vouchers, plans: schemes, products: goods });
  const allowed = new Set([200, 202, 400, 413]);
  const answers = new Map<number, number>();
  let sent = 0;
  while (sent < payloads) {
    const inBatch = throws.below(10) < 7;
    const events = Array.from({ length: inBatch ? perBatch : 1 }, (_, index) => {
      const event = ordinary(sent + index, throws);
      // Most of a ticket stays as it was, or nothing behind the first check would ever be reached.
      for (let times = throws.below(3); times > 0; times -= 1) spoil(event, throws);
      return event;
    });
    const body = JSON.stringify(inBatch ? { events } : events[0]);
    const text = inBatch && throws.below(5) > 0 ? body : spoilText(body, throws);
    const response = await receiveErp(shop.receiver, signedRequest(text, shop.clock.now), 'till');
    if (!allowed.has(response.status))
      expect({ sent, status: response.status, text }).toEqual('an answer of the contract');
    answers.set(response.status, (answers.get(response.status) ?? 0) + events.length);
    sent += events.length;
    if (throws.below(40) === 0) await shop.work(groupSize);
  }
  await shop.work(groupSize);

  // It would prove little if everything were refused at the door.
  const inbox = inboxRows(shop.db);
  const decided = inbox.filter(({ state }) => state === 'done').length;
  expect(Math.min(answers.get(202) ?? 0, answers.get(400) ?? 0)).toBeGreaterThan(payloads / 20);
  expect(decided).toBeGreaterThan(payloads / 20);

  expect(ledgerFaults(shop.db)).toEqual([]);
  expect(inbox.filter(({ state }) => state === 'received')).toEqual([]);
  const ours =
    /constraint failed|lost the race|not loaded|is not a (function|number)|cannot read|follow-up|is gone|did not return|no seed/i;
  expect(inbox.filter(({ state, note }) => state === 'parked' && ours.test(JSON.stringify(note)))).toEqual(
    [],
  );
  expect(rowCounts(shop.db)).toMatchObject({ guards: 0 });
});
