/** 试运行: what a source's latest events would become under other settings; nothing is saved. */
import type { EventState, InboxEvent, Source } from '../../../schema/index.ts';
import { searchEvents } from '../../db/inbox/event-search.ts';
import { endOfTime } from '../../db/paging.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import type { Normalised } from '../../engine/engine.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import type { SourceDesk } from './register.ts';
import { checkSender, noSenders } from './source-check.ts';

type DryRun = {
  readonly source: string;
  /** Left out, they are those of the source. */
  readonly adapter?: string | undefined;
  readonly config?: Source['config'] | undefined;
  readonly state?: EventState | null | undefined;
  readonly limit: number;
};

/** The newest first; of each row how it would be read. */
export async function dryRunOf(
  { db, senders, polls }: SourceDesk,
  { source, state = null, limit, ...asked }: DryRun,
): Promise<{ readonly rows: readonly InboxEvent[]; readonly read: readonly Normalised[] } | Problem> {
  if (!senders) return noSenders;
  const before = await readSource(db, source);
  if (!before) return invalidField('source', 'is not a registered source');
  const { adapter = before.adapter, config = before.config } = asked;
  const problem = await checkSender({ senders, polls }, { adapter, config }, before);
  if (problem) return problem;
  const filter = { state, source, type: null, code: null, from: null, to: null, text: null };
  const found = await searchEvents(db, filter, endOfTime, limit);
  const rows = found.items.filter((row) => row.body !== '');
  return { rows, read: senders.reread({ namespace: before.namespace, adapter, config }, rows) };
}
