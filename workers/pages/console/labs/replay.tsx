/** 重新处理停着的: what a source has parked is decided anew after its settings were put right, once somebody says so. */
import { replayRange } from '../../../commands/inbox/replay.ts';
import { readHealth } from '../../../db/sources/source-health.ts';
import { backToSources, replayPath, sourcePath } from '../access/source-paths.ts';
import { count } from '../kit/format.ts';
import { technical } from '../kit/nav.ts';
import { Confirm, isSure } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { labWords } from '../words/labs/labs.ts';

/** In one go; what is left is done by a second click. */
const eventsMax = 500;

export const replayScreen = screen({
  path: replayPath(':id'),
  title: '重新处理停着的',
  who: technical,
  get: asked,
  post: async (visit, form) => {
    if (!isSure(form)) return asked(visit);
    const { db, id, now, context } = visit;
    if (!(await readHealth(db, id, now))) return NotFound('这个来源', backToSources);
    const range = { state: 'parked', source: id, type: null, from: 0, to: now + 1, after: 0 } as const;
    const draft = await replayRange(db, range, eventsMax);
    const after = { events: draft.row.seqs.length };
    await record(visit, { act: 'source.replay', subject: id, before: null, after }, draft);
    return context.redirect(saying(sourcePath(id), 'replaying'), 303);
  },
});

async function asked({ db, id, now, token }: Visit): Promise<ConsoleView> {
  const health = await readHealth(db, id, now);
  if (!health) return NotFound('这个来源', backToSources);
  return {
    body: (
      <Confirm
        action={replayPath(id)}
        token={token}
        what={
          <p>
            {health.source.name}：{count(health.counts.get('parked') ?? 0)} {labWords.replayAsk}
          </p>
        }
        label={labWords.replaySure}
        back={sourcePath(id)}
      />
    ),
  };
}
