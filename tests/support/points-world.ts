/** A shop in memory that only decides: what the lots of a member look like after each event, without a database. */
import {
  type CouponRef,
  type DomainEvent,
  type EventId,
  type IdentityKey,
  type InboxEvent,
  type Member,
  type MemberId,
  type SaleId,
} from '../../schema/index.ts';
import type { Config } from '../../workers/decide/config.ts';
import { noCounterRows } from '../../workers/decide/counters/index.ts';
import { noChanges, type Changes } from '../../workers/decide/changes.ts';
import type { Effect } from '../../workers/decide/effects.ts';
import { evolve } from '../../workers/decide/evolve.ts';
import { fold, type Outcome } from '../../workers/decide/fold.ts';
import type { Head } from '../../workers/decide/money/lots.ts';
import { noRows } from '../../workers/decide/slices/index.ts';
import { lastHeadOf, type World } from '../../workers/decide/world.ts';
import { normalise } from '../../workers/receive/normalise.ts';
import type { Body } from './builders.ts';
import { mother } from './reminding.ts';
import { till } from './shop.ts';

export const memberIdOf = (who: number): MemberId => `m_${who}` as MemberId;
export const memberRow = (who: number): Member =>
  mother({ id: memberIdOf(who), phone: null, children: null });
export const keyOf = (who: number): IdentityKey => `ext:pos:M${who}` as IdentityKey;

/** What the till sends, as it is decided. */
export function eventOf(body: Body, now: number): DomainEvent {
  const row = {
    seq: 1,
    id: `ev_${body.id}` as EventId,
    sourceId: till.id,
    senderId: body.id,
    revision: 1,
    type: body.type,
    receivedAt: now,
    body: JSON.stringify(body),
    trust: null,
    subject: null,
    state: 'received',
  } as unknown as InboxEvent;
  const read = normalise(row, till);
  if (!('event' in read)) throw new Error(`nothing is decided of ${JSON.stringify(read)}`);
  return read.event;
}

export class PointsWorld {
  world: World;
  /** What the last event brought about. */
  changes: Changes = noChanges();
  private readonly moved = new Map<MemberId, readonly SaleId[]>();
  private readonly movedSpends = new Map<MemberId, readonly CouponRef[]>();

  constructor(config: Config, now: number, members: number) {
    const all = Array.from({ length: members }, (_, who) => who);
    this.world = {
      ...noRows(),
      ...noCounterRows(),
      config,
      now,
      members: new Map(all.map((who) => [memberIdOf(who), memberRow(who)])),
      identities: new Map(all.map((who) => [keyOf(who), memberIdOf(who)])),
      keysOf: new Map(all.map((who) => [memberIdOf(who), new Set([keyOf(who)])])),
      heads: new Map(),
      sales: new Map(),
      lines: new Map(),
      refunds: new Map(),
      grants: new Map(),
      pastCampaigns: [],
      passedOn: [],
      seeds: new Map(),
    };
  }

  turnTo(now: number): void {
    this.world = { ...this.world, now };
  }

  tell(event: DomainEvent): Outcome | undefined {
    const { sales, pointSpends } = this.world;
    const owners = new Map([...sales].map(([id, { memberId }]) => [id, memberId]));
    const spenders = new Map([...pointSpends].map(([id, { memberId }]) => [id, memberId]));
    const { outcomes, changes } = fold(this.world, [event]);
    this.changes = changes;
    // Sales that were moved are the database's to move back.
    for (const { from } of changes.merges) {
      this.moved.set(
        from,
        [...owners].flatMap(([id, memberId]) => (memberId === from ? [id] : [])),
      );
      this.movedSpends.set(
        from,
        [...spenders].flatMap(([id, memberId]) => (memberId === from ? [id] : [])),
      );
    }
    for (const { from } of changes.splits) {
      for (const id of this.moved.get(from) ?? []) {
        const sold = sales.get(id);
        if (sold) sales.set(id, { ...sold, memberId: from });
      }
      for (const id of this.movedSpends.get(from) ?? []) {
        const spend = pointSpends.get(id);
        if (spend) pointSpends.set(id, { ...spend, memberId: from });
      }
    }
    // As the batch would note it.
    for (const { from, into, parted } of changes.merges)
      if (parted)
        this.world.mergers.set(from, {
          fromId: from,
          intoId: into,
          at: this.world.now,
          parted,
          moved: { revs: 0, keys: {} },
        });
    return outcomes.get(event.id);
  }

  follow(effects: readonly Effect[]): void {
    this.changes = noChanges();
    for (const effect of effects) evolve(this.world, this.changes, effect);
  }

  head = (who: number): Head => lastHeadOf(this.world, memberIdOf(who), 'points');
}
