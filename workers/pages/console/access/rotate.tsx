/** 换密钥: asked about before it is done, shown once; the old secret goes on for a day. */
import { unknownSource } from '../../../commands/sources/register.ts';
import { rotateSource } from '../../../commands/sources/rotate.ts';
import { addressOf } from '../../../commands/sources/source-address.ts';
import { readSource } from '../../../db/sources/registered-sources.ts';
import { checkForm, openForm, refusedForm, type FormSpec } from '../form/form.tsx';
import { technical } from '../kit/nav.ts';
import { isSure } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { Once, originOf } from './how-to.tsx';
import { backToSources, sourcesPath } from './source-paths.ts';
import { inForm, secretForm, wordsOfSystem, type Filled } from './systems.ts';

const overlapHours = 24;

export const rotateScreen = screen({
  path: `${sourcesPath}/:id/rotate`,
  title: '换密钥',
  who: technical,
  get: async (visit) => {
    const spec = await rotation(visit);
    return spec ? { ...openForm(spec, {}), lead: rotateLead } : NotFound('这个来源', backToSources);
  },
  post: async (visit, form) => {
    const spec = await rotation(visit);
    if (!spec) return NotFound('这个来源', backToSources);
    if (!isSure(form)) return { ...openForm(spec, {}), lead: rotateLead };
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { db, deps, now, id } = visit;
    const { secret } = checked.input;
    const draft = await rotateSource({ db, ...deps.desk }, { id, overlapHours, secret }, now);
    if ('code' in draft)
      return draft === unknownSource
        ? NotFound('这个来源', backToSources)
        : refusedForm(spec, form, inForm(draft, spec));
    await record(visit, { act: 'source.rotate', subject: id, before: null, after: { overlapHours } }, draft);
    await deps.desk.senders.renew();
    const { fresh } = draft.row;
    const address = addressOf(deps.desk.senders, draft.row.source, await originOf(visit), fresh.token);
    return {
      title: '密钥已经换了',
      lead: `旧的还能用 ${overlapHours} 小时，请在这之前到那边换上新的。`,
      acts: (
        <a class="button" href={`${sourcesPath}/${id}`}>
          回到这个来源
        </a>
      ),
      body: <Once system={draft.row.source.adapter} secret={fresh.secret} address={address} />,
    };
  },
});

const rotateLead = `换了以后，旧密钥还能用 ${overlapHours} 小时；过了时间还没在那边换上新的，它发来的就会被拒绝。`;

async function rotation(visit: Visit): Promise<FormSpec<Pick<Filled, 'secret'>> | null> {
  const source = await readSource(visit.db, visit.id);
  if (!source) return null;
  return {
    schema: secretForm(visit.deps.desk.senders.verifier(source)?.secret),
    words: wordsOfSystem({ name: source.adapter }),
    choices: {},
    action: `${sourcesPath}/${source.id}/rotate`,
    token: visit.token,
    label: '确认换密钥',
    beside: <input type="hidden" name="sure" value="yes" />,
  };
}
