/** 对照店里的: what a file brings is held against what the shop knows: levels, associates, and what was brought before. */
import type {
  Associate,
  Balances,
  IdentityKey,
  MerchantSettings,
  MovedIn,
  PointsFrom,
  RowError,
} from '../../../../schema/index.ts';
import type { Db } from '../../../db/db.ts';
import { readHolders, type Holder } from '../../../db/members/holders.ts';
import { listAssociates } from '../../../db/shop/associates.ts';
import { isRuled, rankOf } from '../../../decide/levels/rules.ts';
import { identityKeys, isOfTill, keysOfSomebody, kindOf } from '../../../decide/members/who/identity-keys.ts';
import { lotFor, isOver, shopDay } from '../../../decide/money/lots.ts';
import { differing } from '../../../decide/on/members/moving-in.ts';
import * as words from '../../../words/files/moving-words.ts';
import type { ImportRecord, MovedRow } from '../kind.ts';
import type { Records } from '../sheets/read-records.ts';
import { headings, isUnclearBalance } from './columns.ts';
import { standsOf, summed, type Row } from './sums.ts';

type Shop = {
  readonly settings: MerchantSettings;
  readonly namespace: string;
  readonly pointsFrom: PointsFrom;
  readonly now: number;
};

export type Checked = {
  readonly read: Records;
  readonly balances: Omit<Balances, 'waiting'>;
  /** Whether everything that the record brings stands in the books. */
  readonly stands: (record: ImportRecord) => boolean;
};

export async function againstShop(db: Db, shop: Shop, read: Records): Promise<Checked> {
  const { settings, namespace } = shop;
  // What a row says of a member names her as a till would.
  const keysOf = ({ data }: ImportRecord) => keysOfSomebody(settings, identityKeys(data, namespace));
  const keys = new Map(read.records.map((record) => [record, keysOf(record)]));
  const holders = await readHolders(db, [...new Set([...keys.values()].flat())]);
  const isNamed = read.records.some(({ movedIn }) => movedIn?.associate !== undefined);
  const associates = isNamed ? await listAssociates(db) : [];
  const checking = { ...shop, associates, today: shopDay(shop.now), ...noted() };
  const seen = new Seen();
  const errors: RowError[] = [];
  const rows: Row[] = [];
  for (const record of read.records) {
    const own = keys.get(record) ?? [];
    const holder = holderOf(holders, own);
    const wrong = [...seen.again(record, own, holder), ...faultsOf(checking, record, holder)];
    if (wrong.length > 0) errors.push(...wrong);
    else rows.push({ record: settled(checking, record, holder), holder });
  }
  const byRecord = new Map(rows.map((row) => [row.record, row]));
  return {
    read: {
      ...read,
      records: rows.map(({ record }) => record),
      errors: [...read.errors, ...errors].toSorted((a, b) => a.line - b.line),
      badRows: read.badRows + read.records.length - rows.length,
      notes: [
        ...read.notes,
        ...read.ignoredColumns.filter(isUnclearBalance).map(words.balanceUnclear),
        ...words.notesOf(checking.count, settings, shop.pointsFrom),
      ],
    },
    balances: summed(rows, settings.levels),
    stands: (record) => {
      const row = byRecord.get(record);
      return row !== undefined && standsOf(row);
    },
  };
}

/** The one whom the row means: a card that nobody has yet is a member of its own, though the phone is somebody's. */
function holderOf(holders: ReadonlyMap<IdentityKey, Holder>, keys: readonly IdentityKey[]): Holder | null {
  const place = keys.findIndex((key) => holders.has(key));
  const found = holders.get(keys[place] as IdentityKey);
  if (!found) return null;
  const kinds = new Set(found.keys.map(kindOf));
  return keys.slice(0, place).some((key) => isOfTill(key) && kinds.has(kindOf(key))) ? null : found;
}

/** Two rows of one member would be two balances for one. */
class Seen {
  readonly #lines = new Map<string, number>();

  again(
    { lines: [line = 1] }: ImportRecord,
    keys: readonly IdentityKey[],
    holder: Holder | null,
  ): RowError[] {
    const [strongest] = keys;
    const names = [...(holder ? [holder.id] : []), ...(strongest === undefined ? [] : [strongest])];
    const first = names.map((name) => this.#lines.get(name)).find((one) => one !== undefined);
    for (const name of [...names, ...keys]) if (!this.#lines.has(name)) this.#lines.set(name, line);
    return first === undefined ? [] : [{ line, column: null, message: words.sameMember(first) }];
  }
}

const noted = () => ({ count: { undated: 0, levelsOver: 0, levelsHigher: 0, endsUnused: 0 } });
type Checking = Shop & {
  readonly associates: readonly Associate[];
  readonly today: string;
  readonly count: ReturnType<typeof noted>['count'];
};

function faultsOf(checking: Checking, record: ImportRecord, holder: Holder | null): RowError[] {
  const { settings, today, associates } = checking;
  const {
    data,
    movedIn = {},
    lines: [line = 1],
  } = record;
  const errors: RowError[] = [];
  const wrong = (column: keyof typeof headings, message: string): void =>
    void errors.push({ line, column: headings[column], message });
  const level = typeof data['level'] === 'string' ? data['level'] : null;
  if (level !== null && isRuled(settings.levels) && rankOf(settings.levels, level) < 0)
    wrong(
      'level',
      words.unknownLevel(
        level,
        settings.levels.list.map(({ name }) => name),
      ),
    );
  if (movedIn.pointsLastOn !== undefined && movedIn.pointsLastOn < today)
    wrong('pointsLastOn', words.pointsOver(movedIn.pointsLastOn));
  else {
    const { lastOn } = lotFor(settings.points, startOf(checking, record) ?? today, false);
    const isByRule = (movedIn.points ?? 0) > 0 && movedIn.pointsLastOn === undefined;
    if (isByRule && isOver({ lastOn, releaseOn: null }, today) && lastOn !== null)
      wrong('points', words.pointsOverByRule(lastOn));
  }
  if (movedIn.associate !== undefined) {
    const found = named(associates, movedIn.associate);
    if (found.length !== 1) wrong('associate', words.noAssociate(movedIn.associate, found.length));
  }
  const differs = holder && differing(holder.openings, movedIn);
  if (differs) {
    const column = differs.account === 'points' ? 'points' : (`${differs.account}Fen` as const);
    wrong(column, words.openedBefore(differs));
  }
  return errors;
}

/** By the number, or else by the name. */
function named(associates: readonly Associate[], written: string): readonly Associate[] {
  const byId = associates.filter(({ id }) => id === written);
  return byId.length > 0 ? byId : associates.filter(({ name }) => name === written);
}

/** The day from which the rule reckons, where it is not the day of the import. */
const startOf = ({ pointsFrom }: Shop, { occurredAt }: ImportRecord): string | null =>
  pointsFrom === 'registered' && occurredAt !== null ? shopDay(Date.parse(occurredAt)) : null;

/** With the associate's id in the place of what is written, and the first day of points that have no last. */
function settled(checking: Checking, record: ImportRecord, holder: Holder | null): ImportRecord {
  const { settings, associates, today, count } = checking;
  const { associate, ...told }: MovedRow = record.movedIn ?? {};
  const isUndated = (told.points ?? 0) > 0 && told.pointsLastOn === undefined;
  if (isUndated) count.undated += 1;
  if (told.levelLastOn !== undefined && !isRuled(settings.levels)) count.endsUnused += 1;
  else if (told.levelLastOn !== undefined && told.levelLastOn < today) count.levelsOver += 1;
  else if (holder && isHigherNow(settings, holder, record)) count.levelsHigher += 1;
  if (record.movedIn === undefined) return record;
  const pointsFromOn = isUndated ? startOf(checking, record) : null;
  const [found] = associate === undefined ? [] : named(associates, associate);
  const movedIn: MovedIn = {
    ...told,
    ...(pointsFromOn !== null && { pointsFromOn }),
    ...(found && { associateId: found.id }),
  };
  return { ...record, movedIn };
}

const isHigherNow = ({ levels }: MerchantSettings, { level }: Holder, { data }: ImportRecord): boolean =>
  isRuled(levels) &&
  typeof data['level'] === 'string' &&
  rankOf(levels, level) > rankOf(levels, data['level']);
