/** 映射实验室: what every field of a till means, said by form; seen at once, tried on what came, and saved. */
import type { FC } from 'hono/jsx';
import type { Source } from '../../../../../schema/index.ts';
import { registerSource } from '../../../../commands/sources/register.ts';
import type { MappingAnswer } from '../../../../commands/sources/lab-ports.ts';
import { dryRunOf } from '../../../../commands/sources/dry-run.ts';
import { readSource } from '../../../../db/sources/registered-sources.ts';
import type { Problem } from '../../../../platform/problem.ts';
import { backToSources, mappingPath, sourcePath } from '../../access/source-paths.ts';
import { redrawScript } from '../../form/redraw-script.ts';
import { technical } from '../../kit/nav.ts';
import { saying } from '../../kit/paths.ts';
import { record } from '../../kit/record.ts';
import { NotFound } from '../../kit/refusals.tsx';
import { screen } from '../../kit/screen.ts';
import type { ConsoleView } from '../../kit/shell.tsx';
import type { Visit } from '../../kit/visit.ts';
import { labWords } from '../../words/labs/labs.ts';
import { draftIn, mappingIn, openDraft, trialOf, type Draft } from './draft.ts';
import { DryRun } from './dry-run.tsx';
import { MappingForm } from './mapping-form.tsx';
import { nextOf } from './next.ts';
import { Stays } from '../stays.tsx';
import { triedOf, type Tried } from '../tried.tsx';

const dryRunMax = 20;

export const mappingScreen = screen({
  path: mappingPath(':id'),
  title: '改映射',
  who: technical,
  get: async (visit) => {
    const source = await mapped(visit);
    if (!source) return NotFound('这个来源', backToSources);
    const tried = await triedOf(visit, source, visit.query);
    return shown(visit, { source, tried, draft: openDraft(source, tried, visit.deps.desk.labs) });
  },
  post: async (visit, form) => {
    const source = await mapped(visit);
    if (!source) return NotFound('这个来源', backToSources);
    const { labs } = visit.deps.desk;
    const tried = await triedOf(visit, source, form);
    const draft = draftIn(form, tried, labs);
    const shows = { source, tried, draft };
    const verb = form.get('act');
    if (verb !== 'dry' && verb !== 'save') return shown(visit, shows);
    const isAccepted = form.get('accept') === 'yes';
    const next = nextOf(source, { draft, tried, labs, isAccepted });
    if (verb === 'save') return save(visit, shows, next);
    const asked = { source: source.id, config: next.config, limit: dryRunMax };
    const ran = await dryRunOf({ db: visit.db, ...visit.deps.desk }, asked);
    if ('code' in ran) return shown(visit, shows, <Stays problem={ran} />, ran.status);
    return shown(visit, shows, <DryRun ran={ran} />);
  },
});

async function mapped({ db, id }: Visit): Promise<Source | null> {
  const source = await readSource(db, id);
  return source?.adapter === 'mapping' ? source : null;
}

type Shows = { readonly source: Source; readonly tried: Tried; readonly draft: Draft };

async function save(
  visit: Visit,
  shows: Shows,
  { config, version }: ReturnType<typeof nextOf>,
): Promise<ConsoleView | Response> {
  const { db, deps, now, context } = visit;
  const { id, name, adapter } = shows.source;
  const registered = await registerSource({ db, ...deps.desk }, { id, name, adapter, config }, now);
  if ('code' in registered) return shown(visit, shows, <Stays problem={registered} />, registered.status);
  const { version: was, spec } = mappingIn(shows.source);
  // Samples are bodies: what changed is said without them.
  await record(visit, {
    act: 'source.mapping',
    subject: id,
    before: was === undefined ? null : { version: was, spec },
    after: { version, spec: shows.draft.spec },
  });
  return context.redirect(saying(sourcePath(id), 'mapped'), 303);
}

function shown(
  visit: Visit,
  { source, tried, draft }: Shows,
  above: ReturnType<FC> | null = null,
  status: Problem['status'] | 200 = 200,
): ConsoleView {
  const answer = answerOf(visit, draft, tried);
  return {
    title: `${labWords.mapping}：${source.name}`,
    lead: labWords.mappingLead,
    status,
    script: redrawScript,
    acts: (
      <a class="button" href={sourcePath(source.id)}>
        回到这个来源
      </a>
    ),
    body: (
      <>
        {above}
        <MappingForm visit={visit} tried={tried} draft={draft} answer={answer} />
      </>
    ),
  };
}

/** Null where there is nothing to try. What is tried may be quoted by an error: its message goes nowhere. */
function answerOf({ deps }: Visit, draft: Draft, tried: Tried): MappingAnswer | null {
  if (tried.text === '') return null;
  try {
    return deps.desk.labs.mapping(trialOf(draft, tried), draft.zone, tried.text);
  } catch {
    return { problems: [{ path: '', message: labWords.tooMuch }] };
  }
}
