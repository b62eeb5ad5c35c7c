/** 导购打标签: of her own members alone, one or many, with her name in the audit. */
import { EventId, type Associate, type Tagging } from '../../../schema/index.ts';
import { isRefusedBy } from '../../db/refusals.ts';
import { insertAudit } from '../../db/people/audit.ts';
import { readMember } from '../../db/members/members.ts';
import { ownAmong, readTagJob } from '../../db/tags/tag-jobs.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Edited } from '../members/edit.ts';
import { tagMember } from './tag-member.ts';
import { drawTagJob } from './tag-many.ts';
import { tagPage } from './tag-page.ts';

type Hers = {
  /** Drawn with the form: the same form twice is one act. */
  readonly key: string;
  readonly associate: Pick<Associate, 'id' | 'name'>;
  readonly tagging: Tagging;
};

/** They are as many as one page lists. */
const tagOwnMax = 50;

/** How many of hers they were; done while she waits. */
export async function tagOwn(
  engine: Engine,
  { key, associate, tagging, memberIds }: Hers & { readonly memberIds: readonly string[] },
  now: number,
): Promise<number> {
  const { db } = engine;
  const own = await ownAmong(db, associate.id, memberIds.slice(0, tagOwnMax));
  if (own.length === 0) return 0;
  const id = `tj_${key}`;
  if ((await readTagJob(db, id)) !== null) return own.length;
  const drawer = { by: associate.name, storeIds: null };
  const { row, statements } = drawTagJob({ id, tagging, audience: { memberIds: own } }, drawer, now);
  const audit = auditOf(associate, { act: 'tag-job.create', subject: id, before: null, after: tagging }, now);
  try {
    await db.batch([...statements, audit]);
  } catch (error) {
    // The same form arrived twice at once, and the other one was first.
    if (!isRefusedBy(error, 'tag_jobs.id')) throw error;
  }
  // One more than there are: that it was all is seen, and nothing is left for the clock.
  await tagPage(engine, row, tagOwnMax + 1, now);
  return own.length;
}

/** Null where she is somebody else's. */
export async function tagOne(
  engine: Engine,
  { key, associate, tagging, memberId }: Hers & { readonly memberId: string },
  now: number,
): Promise<Edited | null> {
  const [own] = await ownAmong(engine.db, associate.id, [memberId]);
  const found = own === undefined ? null : await readMember(engine.db, own);
  if (own === undefined || found === null) return null;
  const done = await tagMember(engine, { id: EventId.parse(`tagged_${key}`), memberId: own, tagging }, now);
  if ('holdings' in done) {
    const change = { before: { tags: found.tags }, after: { tags: done.holdings.tags } };
    await engine.db.batch([auditOf(associate, { act: 'member.tags', subject: own, ...change }, now)]);
  }
  return done;
}

type Told = {
  readonly act: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
};

const auditOf = ({ name }: Hers['associate'], told: Told, now: number) =>
  insertAudit({ at: now, personId: null, by: name, ...told });
