/** The world of a group: everything its events may look at, read in one batch and folded in memory. */
import type {
  Account,
  Grant,
  IdentityKey,
  Member,
  MemberId,
  Refund,
  Sale,
  SaleId,
  SaleLine,
} from '../../schema/index.ts';
import type { CompiledCampaign } from './campaigns/campaigns.ts';
import type { Config } from './config.ts';
import type { CounterRows } from './counters/index.ts';
import type { PassedOn } from './fans/heard.ts';
import { asOf, emptyHead, shopDay, type Head } from './money/lots.ts';
import { hourMs } from './plain/dates.ts';
import type { Seed } from './plain/random.ts';
import type { Rows } from './slices/index.ts';
import { pairKey } from './plain/keys.ts';

export { pairKey, reminderKey } from './plain/keys.ts';
export type { Head } from './money/lots.ts';

/** Nouns and counters by key. Members with their identities, accounts, and sales with their past are named here. */
export type World = Rows &
  CounterRows & {
    readonly config: Config;
    /** When the group is being decided; campaigns in force are those in force now. */
    readonly now: number;
    readonly members: Map<MemberId, Member>;
    readonly identities: Map<IdentityKey, MemberId>;
    /** `identities` the other way round: the keys of each member. */
    readonly keysOf: Map<MemberId, Set<IdentityKey>>;
    readonly heads: Map<string, Head>;
    readonly sales: Map<SaleId, Sale>;
    /** Lines as sold; what came back is in refunds. */
    readonly lines: Map<SaleId, readonly SaleLine[]>;
    readonly refunds: Map<SaleId, readonly Refund[]>;
    readonly grants: Map<string, readonly Grant[]>;
    /** Campaign versions that were in force when a sale of this group was first decided, and are no longer. */
    readonly pastCampaigns: readonly CompiledCampaign[];
    /** 转给导购的话 of the last while, of the associates who speak in this group. */
    readonly passedOn: readonly PassedOn[];
    /** One seed for each sale and event, so that draws depend on data alone. */
    readonly seeds: ReadonlyMap<string, Seed>;
  };

/** As the account stands at this moment: what is over is not in it, posted or not. */
export const headOf = (world: World, memberId: MemberId, account: Account): Head =>
  asOf(lastHeadOf(world, memberId, account), shopDay(world.now));

/** As the last posting left it. */
export const lastHeadOf = (world: World, memberId: MemberId, account: Account): Head =>
  world.heads.get(pairKey(memberId, account)) ?? emptyHead;

export function seedOf(world: World, cause: string): Seed {
  const seed = world.seeds.get(cause);
  if (!seed) throw new Error(`no seed was loaded for ${cause}`);
  return seed;
}

export function openidOf(world: World, memberId: MemberId): string | null {
  for (const key of world.keysOf.get(memberId) ?? []) {
    if (key.startsWith('openid:')) return key.slice('openid:'.length);
  }
  return null;
}

/** 过期不通知: nobody is told now of what happened then. */
export const isLongAgo = ({ config, now }: World, at: number): boolean =>
  now - at > config.settings.tellSaleWithinHours * hourMs;

/** A row that has to be there, because load reads whatever an event names. */
export function known<Row>(row: Row | undefined, id: string): Row {
  if (row === undefined) throw new Error(`${id} was not loaded`);
  return row;
}
