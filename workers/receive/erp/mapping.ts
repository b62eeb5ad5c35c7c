/** 自定义对接: any till, by a mapping in its source's settings, without code. */
import type { Reason, Source } from '../../../schema/index.ts';
import { problemResponse } from '../../platform/problem.ts';
import {
  isForm,
  keptWhole,
  tellingHeaders,
  textOfFields,
  unmappedType,
  wholeOf,
} from '../mapping/as-it-came.ts';
import type { Tree } from '../../lossless/json.ts';
import { checkMapping, checkVersion } from '../mapping/check.ts';
import { MappingConfig } from '../mapping/config.ts';
import { compileMapping, type Mapped, type Mapping } from '../mapping/mapping.ts';
import type { VerifySettings } from '../verify/index.ts';
import { checkSettings } from './kernel/check-settings.ts';
import { faulty } from '../faults.ts';
import type { Adapter, Opened } from './define.ts';
import { settingsOf } from './kernel/settings.ts';
import type { Letter } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { vendor, type Answer } from './kernel/vendor.ts';

type Ready = Mapping & NonNullable<MappingConfig['mapping']>;
const ready = new WeakMap<MappingConfig, Ready>();

/** Compiled once while the source's configuration is cached; null until there is a mapping. */
function mappingOf(config: MappingConfig): Ready | null {
  const known = ready.get(config);
  if (known) return known;
  if (!config.mapping) return null;
  const mapping = { ...config.mapping, ...compileMapping(config.mapping.spec, config.zone) };
  ready.set(config, mapping);
  return mapping;
}

const signed = ({ verifier: { scheme, params }, addresses }: MappingConfig): VerifySettings => ({
  scheme,
  ...(params && { params }),
  ...(addresses && { addresses }),
});

const base = vendor<MappingConfig>({
  name: 'mapping',
  label: '自定义对接（字段映射）',
  settings: MappingConfig,
  signing: signed,
  schemes: null,
  issuesSecret: false,
  open: (text, opened, config) => open(text, opened, mappingOf(config)),
  read: ({ tree }, config) => read(tree, mappingOf(config)),
  success: { body: '{"ok":true}', contentType: 'application/json' },
});

const answered = (config: Source['config'], status: number): Response | null => {
  const settings = settingsOf(MappingConfig, config);
  const answer: Answer | undefined = status < 400 ? settings?.answer.success : settings?.answer.failure;
  return answer
    ? new Response(answer.body, { status, headers: { 'content-type': answer.contentType } })
    : null;
};

/** The till's own words, which the source's settings define. */
export const mapping: Adapter = {
  ...base,
  probe: ({ method }, config) => (method === 'GET' || method === 'HEAD' ? answered(config, 200) : null),
  acknowledge: (stored, isBatch, config) =>
    answered(config, 200) ?? base.acknowledge(stored, isBatch, config),
  refuse: (problem, config) => answered(config, problem.status) ?? problemResponse(problem),
  checkConfig: (config) => {
    const checked = checkMapping(config);
    if (!checked.ok) return checked.problems;
    return checkSettings(MappingConfig, config, signed, {
      scheme: 'verifier.scheme',
      params: 'verifier.params',
    });
  },
  checkChange: checkVersion,
};

function open(text: string, { fields, headers }: Opened, mapping: Ready | null): readonly Letter[] {
  // Of what is signed by its fields nothing else may be read.
  if (!mapping)
    return [
      fields ? keptWhole(textOfFields(fields, isForm(text))) : keptWhole(text, tellingHeaders(headers)),
    ];
  const { decode: steps, each } = mapping.spec;
  const [first, ...rest] = steps;
  const whole = fields ? textOfFields(fields, first?.do === 'form') : text;
  const decoded = mapping.decode(whole);
  if (!decoded.ok) return [keptWhole(whole)];
  const isAsItCame = !fields && each === undefined && rest.length === 0 && first?.do === 'json';
  return decoded.trees.map((tree) => (isAsItCame ? { tree, text } : { tree }));
}

function read(tree: Tree, mapping: Ready | null): VendorDocument {
  if (!mapping) return unread(unmappedType, { code: 'MAPPING_MISSING' });
  const whole = wholeOf(tree);
  if (whole === null) return toDocument(mapping.read(tree), mapping);
  const decoded = mapping.decode(whole);
  if (!decoded.ok) return unread('undecoded', { code: 'BODY_UNREADABLE', detail: decoded.why });
  const [only, ...more] = decoded.trees;
  if (only !== undefined && more.length === 0) return toDocument(mapping.read(only), mapping);
  return unread('undecoded', { code: 'BODY_UNREADABLE', detail: '现在的映射会把它拆成几条，需要重新发送' });
}

const unread = (type: string, parked: Reason): VendorDocument => ({
  type,
  id: null,
  understand: () => ({ parked }),
});

function toDocument(mapped: Mapped, mapping: Ready): VendorDocument {
  const { type, id, version, isTest } = mapped;
  return { type, id, version, isTest, understand: () => understand(mapped, mapping) };
}

function understand({ type, id, note, event }: Mapped, { spec, version }: Ready): Understood {
  if (type === 'ignore') return { ignored: { code: 'MAPPING_IGNORES', note } };
  if (type === 'unknown') {
    const why: Reason = { code: 'RULE_MISSING', version };
    return spec.otherwise === 'ignore' ? { ignored: why } : { parked: why };
  }
  if (id === null && type !== 'ping') return { parked: { code: 'KEY_MISSING' } };
  const made = event();
  if (made.faults.length > 0) return { parked: faulty(made.faults) };
  const { unreadPhones, event: draft } = made;
  const { occurredAt = null, data } = draft;
  return { occurredAt: typeof occurredAt === 'string' ? occurredAt : null, data, unreadPhones };
}
