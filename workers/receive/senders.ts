/** 数据来源: what the API needs from adapters: their settings, schemes and answers. */
import type { InboxEvent, Source } from '../../schema/index.ts';
import type { Normalised } from '../engine/engine.ts';
import { problemResponse } from '../platform/problem.ts';
import type { Adapter, ConfigProblem } from './erp/define.ts';
import { adapterNamed, adapters } from './erp/index.ts';
import { toProblem } from './erp/kernel/signing.ts';
import { normalise } from './normalise.ts';
import { paySourceId } from './pay/pay.ts';
import { makerOf, viewForm, viewKind } from './sender-views.ts';
import type { Scheme } from './verify/define.ts';
import { schemeNamed } from './verify/index.ts';
import { secretFault, type SecretForm } from './verify/kernel/secret-forms.ts';
import { parseSecret } from './verify/kernel/secrets.ts';
import { newToken } from './verify/token.ts';
import { wechatSourceId } from './wechat/wechat.ts';

type Sender = Pick<Source, 'adapter' | 'config'>;

export const senders = {
  reservedIds: [wechatSourceId, paySourceId],

  names: adapters.map(({ name }) => name),
  kinds: () => adapters.map(viewKind),

  check: ({ adapter: name, config }: Sender, before: Sender | null): readonly ConfigProblem[] => {
    const adapter = adapterNamed(name);
    if (!adapter) return [];
    const problems = adapter.checkConfig(config);
    if (problems.length > 0 || before?.adapter !== name) return problems;
    return adapter.checkChange?.(before.config, config) ?? [];
  },

  verifier: (sender: Sender) => {
    const known = knownSender(sender);
    return known && { scheme: known.scheme.name, secret: viewForm(known.form, known.adapter) };
  },

  secretFault: (sender: Sender, stored: string): ConfigProblem | null => {
    const known = knownSender(sender);
    if (!known) return { path: '', message: 'cannot be judged: the settings of the source cannot be used' };
    return secretFault(known.form, parseSecret(stored));
  },

  newSecret: async (sender: Sender): Promise<{ stored: string; shown: string } | null> => {
    const known = knownSender(sender);
    if (known?.form.form === 'address') {
      const { token, hash } = await newToken();
      return { stored: hash, shown: token };
    }
    const made = known && makerOf(known.form, known.adapter)?.();
    return made ? { stored: made, shown: made } : null;
  },

  conduct: async ({ adapter: name, config }: Sender) => {
    const adapter = adapterNamed(name);
    if (!adapter) throw new Error(`no adapter is called ${name}`);
    const refused = toProblem('mismatch');
    return {
      acknowledgement: await wordsOf(adapter.acknowledge(example, false, config)),
      refusal: await wordsOf(adapter.refuse?.(refused, config) ?? problemResponse(refused)),
      probe: await wordsOrNull(adapter.probe?.(question, config) ?? null),
    };
  },

  reread: (
    source: Pick<Source, 'namespace' | 'adapter' | 'config'>,
    rows: readonly InboxEvent[],
  ): readonly Normalised[] => rows.map((row) => normalise(row, source)),
};

const example = [{ senderId: '1', eventId: 'ev_…', isDuplicate: false }];
const question = {
  method: 'GET',
  headers: new Headers(),
  body: new Uint8Array(),
  url: '',
  query: new URLSearchParams(),
};

async function wordsOf(response: Response) {
  const contentType = response.headers.get('content-type') ?? '';
  return { status: response.status, contentType, body: await response.text() };
}
const wordsOrNull = async (response: Response | null) => response && (await wordsOf(response));

type KnownSender = { readonly adapter: Adapter; readonly scheme: Scheme; readonly form: SecretForm };

function knownSender({ adapter: name, config }: Sender): KnownSender | null {
  const adapter = adapterNamed(name);
  const signing = adapter?.signing(config);
  const scheme = signing && schemeNamed(signing.scheme);
  const form = scheme?.secretForm(signing?.params);
  return adapter && scheme && form ? { adapter, scheme, form } : null;
}
