/** 注销 as a test watches it: how tills write what they know of a person, every row before and after, and what still speaks of them. */
import { erasePage } from '../../workers/db/upkeep/erasures.ts';
import { unpackBody } from '../../workers/db/inbox/packed-body.ts';
import { receiveErp } from '../../workers/receive/hook.ts';
import { signedRequest, till, type Shop } from './shop.ts';
import type { TestDb } from './sqlite.ts';

/** One phone number, as tills, phone books and people write it. */
export const phoneWritings: readonly ((phone: string) => string)[] = [
  (phone) => phone,
  (phone) => phone.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1-$2-$3'),
  (phone) => phone.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3'),
  (phone) => `+86${phone}`,
  (phone) => `0086-${phone}`,
  (phone) => `(+86)${phone}`,
  (phone) => `tel:${phone}`,
  (phone) => phone.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  (phone) => `\u202d${phone}\u202c`,
];

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
/** Strings of JSON, keys among them: what stands in them may be written otherwise without meaning anything else. */
const strings = /"(?:[^"\\]|\\.)*"/g;
const letters = /\\.|[^"]/gs;

/** One JSON text, as different libraries write it. */
export const jsonWritings: readonly ((body: object) => string)[] = [
  (body) => JSON.stringify(body),
  // PHP.
  (body) =>
    JSON.stringify(body)
      .replaceAll('/', '\\/')
      .replaceAll(/[^\0-\x7f]/g, escaped),
  // Nothing but escapes.
  (body) =>
    JSON.stringify(body).replaceAll(strings, (text) =>
      text.replaceAll(letters, (letter) => (letter.length === 1 ? escaped(letter) : letter)),
    ),
  (body) => JSON.stringify(body, null, 2),
];

/** A text of the test's own making. */
export async function postText(shop: Shop, text: string): Promise<void> {
  const { status } = await receiveErp(shop.receiver, signedRequest(text, shop.clock.now), till.id);
  if (status >= 300) throw new Error(`the shop answered ${status} to ${text}`);
}

export async function tellText(shop: Shop, text: string): Promise<void> {
  await postText(shop, text);
  await shop.work();
}

/** Whatever it is written with, the same thing reads the same. */
export const read = (text: string): string =>
  unpackBody(text)
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .normalize('NFKC')
    .replaceAll(/[\s\\\p{Cf}\p{Mn}\p{Pd}()+.·•]/gu, '');

export type Line = { readonly table: string; readonly text: string };

/** Every row of every table by its key; the key is told apart from what stands in the row. */
export function linesOf(db: TestDb): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>();
  for (const table of tablesOf(db)) {
    const keys = db
      .all(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`)
      .map(({ name }) => String(name));
    for (const row of db.all(`SELECT * FROM ${table}`)) {
      const key = keys.map((name) => String(row[name])).join(' ');
      lines.set(`${table} ${key}`, { table, text: Object.values(row).map(String).join('\n') });
    }
  }
  return lines;
}

export const tablesOf = (db: TestDb): string[] =>
  db.all(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).map(({ name }) => String(name));

/** Keys of the lines that speak of one of the words, however they are written. */
export const speakingOf = (lines: ReadonlyMap<string, Line>, words: readonly string[]): string[] => {
  const plain = words.map(read);
  return [...lines].flatMap(([key, { text }]) => {
    const told = read(text);
    return plain.some((word) => told.includes(word)) ? [key] : [];
  });
};

/** Keys of the lines that are not what they were. */
export const changedFrom = (before: ReadonlyMap<string, Line>, after: ReadonlyMap<string, Line>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key)?.text !== after.get(key)?.text,
  );

/** Until nobody waits to be forgotten; how many turns it took. */
export async function forgetAll({ engine, clock }: Pick<Shop, 'engine' | 'clock'>): Promise<number> {
  let turns = 1;
  while (await erasePage(engine.db, clock.now)) turns += 1;
  return turns;
}
