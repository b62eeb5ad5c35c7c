/** 验签实验室: one real request and its secret; which way of signing fits, and taking it over into the source. */
import type { FC } from 'hono/jsx';
import type { Source } from '../../../../schema/index.ts';
import { registerSource } from '../../../commands/sources/register.ts';
import { addressOf, hookOf } from '../../../commands/sources/source-address.ts';
import type { SignatureTrial } from '../../../commands/sources/lab-ports.ts';
import { trySignature } from '../../../commands/sources/try-signature.ts';
import { readSource } from '../../../db/sources/registered-sources.ts';
import { Once, originOf } from '../access/how-to.tsx';
import { backToSources, signaturePath, sourcePath } from '../access/source-paths.ts';
import type { Typed } from '../form/typed.ts';
import { technical } from '../kit/nav.ts';
import { Confirm, isSure } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { labWords } from '../words/labs/labs.ts';
import { jsonOf } from './mapping/typed-rule.ts';
import { requestIn, secretIn, type Faulty } from './request.ts';
import { schemeTakenInto } from './schemes.ts';
import { SignatureForm } from './signature-form.tsx';
import { Stays } from './stays.tsx';
import { Trials } from './trials.tsx';
import { triedOf, type Tried } from './tried.tsx';

export const signatureScreen = screen({
  path: signaturePath(':id'),
  title: '试签名',
  who: technical,
  get: async (visit) => {
    const source = await readSource(visit.db, visit.id);
    if (!source) return NotFound('这个来源', backToSources);
    const tried = await triedOf(visit, source, visit.query);
    const url = hookOf(await originOf(visit), source.id);
    return shown(visit, { source, tried, typed: new URLSearchParams({ url }) });
  },
  post: async (visit, form) => {
    const source = await readSource(visit.db, visit.id);
    if (!source) return NotFound('这个来源', backToSources);
    const taken = form.get('take');
    if (taken === open)
      return isSure(form) ? take(visit, source, { scheme: open }, form) : opening(visit, source);
    const tried = await triedOf(visit, source, form);
    const shows = { source, tried, typed: form };
    const request = requestIn(form, tried, visit.now);
    if ('faults' in request) return { ...shown(visit, shows, null, request.faults), status: 422 };
    if (taken !== null) return take(visit, source, chosen(taken), form, shows);
    const secret = secretIn(form, source);
    const trials = tried.text === '' ? null : await trialsOf(visit, { ...request, secret });
    return shown(visit, shows, trials);
  },
});

const open = 'url-token';

type Chosen = { readonly scheme: string; readonly params?: unknown };
/** As the button of a trial said it; the settings are checked as everybody's are. */
function chosen(text: string): Chosen {
  try {
    const { scheme, params } = jsonOf(JSON.parse(text));
    return { scheme: String(scheme), ...(params !== undefined && { params }) };
  } catch {
    return { scheme: '' };
  }
}

/** Null where it cannot be tried: an error may quote what was tried, so its message goes nowhere. */
async function trialsOf(
  { deps }: Visit,
  asked: Parameters<typeof trySignature>[1],
): Promise<readonly SignatureTrial[]> {
  try {
    return await trySignature(deps.desk.labs, asked);
  } catch {
    return [];
  }
}

type Shows = { readonly source: Source; readonly tried: Tried; readonly typed: Typed };

function shown(
  visit: Visit,
  { source, tried, typed }: Shows,
  trials: readonly SignatureTrial[] | null = null,
  faults: Faulty = new Map(),
): ConsoleView {
  return {
    title: `${labWords.signature}：${source.name}`,
    lead: labWords.signatureLead,
    acts: (
      <a class="button" href={sourcePath(source.id)}>
        回到这个来源
      </a>
    ),
    body: (
      <SignatureForm
        visit={visit}
        tried={tried}
        typed={typed}
        faults={faults}
        mayOpen={schemeTakenInto(visit, source, { scheme: open }) !== null}
      >
        {trials && (
          <Trials trials={trials} takes={(scheme) => schemeTakenInto(visit, source, scheme) !== null} />
        )}
      </SignatureForm>
    ),
  };
}

const opening = ({ token }: Visit, { id }: Source): ConsoleView => ({
  body: (
    <Confirm
      action={signaturePath(id)}
      token={token}
      what={<p>{labWords.openAsk}</p>}
      label={labWords.openSure}
      back={signaturePath(id)}
      fields={{ take: open }}
    />
  ),
});

/** The secret that fitted is the source's from now on; one in the address is made here, and shown once. */
async function take(
  visit: Visit,
  source: Source,
  { scheme, params }: Chosen,
  form: Typed,
  shows?: Shows,
): Promise<ConsoleView> {
  const { db, deps, now } = visit;
  const config = schemeTakenInto(visit, source, { scheme, params });
  const { id, name, adapter } = source;
  const secret = scheme === open ? undefined : secretIn(form, null) || undefined;
  const registered =
    config &&
    (await registerSource(
      { db, ...deps.desk },
      { id, name, adapter, config, ...(secret && { secret }) },
      now,
    ));
  if (!registered || 'code' in registered) {
    const above = registered ? <Stays problem={registered} /> : <p class="note stop">{labWords.cannotUse}</p>;
    const view: ConsoleView = shows ? shown(visit, shows) : { body: <Back id={id} /> };
    return {
      ...view,
      status: 422,
      body: (
        <>
          {above}
          {view.body}
        </>
      ),
    };
  }
  await record(visit, {
    act: 'source.signature',
    subject: id,
    before: { scheme: deps.desk.senders.verifier(source)?.scheme ?? null },
    after: { scheme, params: params ?? null },
  });
  return {
    title: labWords.used,
    lead: labWords.usedLead,
    acts: <Back id={id} />,
    body:
      registered.shown.token === null && registered.shown.secret === null ? (
        ''
      ) : (
        <Once
          system={adapter}
          secret={registered.shown.secret}
          address={addressOf(
            deps.desk.senders,
            registered.source,
            await originOf(visit),
            registered.shown.token,
          )}
        />
      ),
  };
}

const Back: FC<{ id: string }> = ({ id }) => (
  <a class="button first" href={sourcePath(id)}>
    看它发来了什么
  </a>
);
