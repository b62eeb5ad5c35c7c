/** Reads the world of a group: one batch of set reads, whatever the size of the group. */
import {
  type DecidedState,
  type IdentityKey,
  type InboxEvent,
  type MemberId,
  type SaleId,
} from '../../../schema/index.ts';
import { compileCampaign } from '../../decide/campaigns/campaigns.ts';
import type { PassedOn } from '../../decide/fans/heard.ts';
import type { Seed } from '../../decide/plain/random.ts';
import type { Head, World } from '../../decide/world.ts';
import { statement, type Db, type Row } from '../db.ts';
import { decodeEvents, eventList, events } from '../inbox/event-rows.ts';
import { countOf, lookAll, type Look, type Looks } from '../look.ts';
import { list } from '../set.ts';
import { decodeCounters, selectCounters } from '../shelves/counters.ts';
import type { GroupQuery } from '../shelves/define.ts';
import { openDocuments } from '../documents/member-documents.ts';
import { factNumbersOf, type FactNumbers } from '../shelves/product-facts.ts';
import { decodeRows, selectRows } from '../shelves/rows.ts';
import { decodeMembers, selectMembers } from './group-members.ts';
import { passedOnOf } from './passed-on.ts';
import { levelsNow } from './levels-now.ts';
import { pastOf } from './sale-past.ts';

/** What the world looked like when it was read: apply refuses to write if any of it has moved. */
export type VersionsSeen = {
  readonly members: ReadonlyMap<MemberId, number>;
  readonly sales: ReadonlyMap<SaleId, number>;
  readonly identities: ReadonlyMap<IdentityKey, MemberId>;
  /** Never moved: the numbers under which products were sold before. */
  readonly facts: FactNumbers;
};

export type Loaded = {
  readonly world: World;
  readonly seen: VersionsSeen;
  /** Of those without a row in the inbox, what was applied before. */
  readonly applied: ReadonlySet<string>;
  /** Of the others, what was decided before, by their numbers. */
  readonly decided: ReadonlyMap<number, DecidedState>;
  readonly configVersion: number;
  /** Events that have been waiting for a sale of this group. */
  readonly waiting: readonly InboxEvent[];
  /** How many statements the look took. */
  readonly statementCount: number;
};

export type LoadRequest = GroupQuery & {
  /** Of events without a row in the inbox. */
  readonly eventIds: readonly string[];
  /** Of the others. */
  readonly seqs: readonly number[];
  readonly seeds: ReadonlyMap<string, Seed>;
};

export async function load(db: Db, request: LoadRequest): Promise<Loaded> {
  const { needs } = request;
  const members = selectMembers(needs);
  const looks: Looks<Found> = {
    marks: marksOf(request),
    // A noun that every member owns is read with the members, and decoded with the other nouns.
    named: { statements: [...members, ...selectRows(request)], decode: (rows) => rows },
    counters: { statements: selectCounters(request), decode: decodeCounters },
    waiting: {
      statements: [
        statement(
          `SELECT ${eventList} FROM decisions AS w CROSS JOIN ${events} AS t ON t.seq = w.seq WHERE w.state = 'waiting'
           AND w.waits_for IN (SELECT value FROM json_each(?1)) ORDER BY t.seq`,
          list(needs.awaited),
        ),
      ],
      decode: decodeEvents,
    },
    passedOn: passedOnOf(request),
    facts: factNumbersOf(request),
    ...pastOf(request),
  };
  const found = await lookAll(db, looks);
  return { ...assemble(found, request), statementCount: countOf(looks) };
}

type Marks = Pick<Loaded, 'applied' | 'decided' | 'configVersion'>;
type Decoded<L> = L extends Look<infer Value> ? Value : never;
type Found = {
  readonly marks: Marks;
  readonly named: readonly Row[];
  readonly counters: ReturnType<typeof decodeCounters>;
  readonly waiting: InboxEvent[];
  readonly passedOn: PassedOn[];
  readonly facts: FactNumbers;
} & { readonly [Name in keyof ReturnType<typeof pastOf>]: Decoded<ReturnType<typeof pastOf>[Name]> };

/** Which of these events were decided before, and which configuration is in force. */
const marksOf = ({ eventIds, seqs }: LoadRequest): Look<Marks> => ({
  statements: [
    statement(
      `SELECT 'applied' AS kind, id AS name, NULL AS value FROM applied_events WHERE id IN (SELECT value FROM json_each(?1))
       UNION ALL SELECT 'decided', seq, state FROM decisions WHERE seq IN (SELECT value FROM json_each(?2))
       UNION ALL SELECT 'config', key, value FROM settings WHERE key = 'config_version'`,
      list(eventIds),
      list(seqs),
    ),
  ],
  decode: (rows) => ({
    applied: new Set(rows.filter(({ kind }) => kind === 'applied').map(({ name }) => String(name))),
    decided: new Map(
      rows
        .filter(({ kind }) => kind === 'decided')
        // As the CHECK of the table has it.
        .map(({ name, value }) => [Number(name), value as DecidedState]),
    ),
    configVersion: Number(rows.find(({ kind }) => kind === 'config')?.['value'] ?? 0),
  }),
});

function assemble(found: Found, { config, seeds, now }: LoadRequest): Omit<Loaded, 'statementCount'> {
  const { members, identities, documents } = decodeMembers(found.named);
  const rows = decodeRows(found.named);
  const heads = new Map<string, Head>();
  openDocuments(documents, rows, heads);
  const present = levelsNow({ members, rows, heads }, config.settings.levels, now);
  const keysOf = Map.groupBy(identities, ({ memberId }) => memberId);
  const world: World = {
    ...rows,
    ...found.counters,
    config,
    now,
    members: new Map(present.map((member) => [member.id, member])),
    identities: new Map(identities.map(({ key, memberId }) => [key, memberId])),
    keysOf: new Map([...keysOf].map(([id, rows]) => [id, new Set(rows.map(({ key }) => key))])),
    heads,
    sales: new Map(found.sales.map(({ sale }) => [sale.id, sale])),
    lines: new Map(found.sales.map(({ sale, lines }) => [sale.id, lines])),
    refunds: Map.groupBy(found.refunds, ({ saleId }) => saleId),
    grants: Map.groupBy(
      [...found.sales.flatMap(({ grants }) => grants), ...found.grants],
      ({ cause }) => cause,
    ),
    pastCampaigns: found.campaigns.map(compileCampaign),
    passedOn: found.passedOn,
    seeds,
  };
  const seen: VersionsSeen = {
    members: new Map(members.map(({ id, version }) => [id, version])),
    sales: new Map(found.sales.map(({ sale }) => [sale.id, sale.rev])),
    identities: new Map(world.identities),
    facts: found.facts,
  };
  return { world, seen, ...found.marks, waiting: found.waiting };
}
