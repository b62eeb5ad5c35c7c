/** 自定义对接: any till at all, by a mapping that its source carries, without a line of code. */
import type { Source } from '../../../schema/index.ts';
import { problemResponse } from '../../problem.ts';
import type { Tree } from '../lossless/json.ts';
import { isObject } from '../lossless/tree.ts';
import { checkMapping } from '../mapping/check.ts';
import { MappingConfig } from '../mapping/config.ts';
import { compileMapping, type Mapped, type Mapping } from '../mapping/mapping.ts';
import type { Adapter } from './define.ts';
import { settingsOf } from './settings.ts';
import type { Letter } from './letters.ts';
import type { Reading, Understood } from './reading.ts';
import { vendor, type Answer } from './vendor.ts';

const ready = new WeakMap<MappingConfig, Mapping>();

/** Compiled once for as long as the source's configuration is cached. */
function mappingOf(config: MappingConfig): Mapping {
  const known = ready.get(config);
  if (known) return known;
  const mapping = compileMapping(config.mapping.spec, config.zone);
  ready.set(config, mapping);
  return mapping;
}

/** Kept under this one key, what could not be decoded waits for a better mapping. */
const undecoded = 'undecoded';

const base = vendor<MappingConfig>({
  name: 'mapping',
  label: '自定义对接（字段映射）',
  settings: MappingConfig,
  signing: ({ verifier: { scheme, params }, addresses }) => ({
    scheme,
    ...(params && { params }),
    ...(addresses && { addresses }),
  }),
  open: (text, { fields }, config) => open(text, fields, config),
  read: ({ tree }, config) => read(tree, config),
  success: { body: '{"ok":true}', contentType: 'application/json' },
});

const answered = (config: Source['config'], status: number): Response | null => {
  const settings = settingsOf(MappingConfig, config);
  const answer: Answer | undefined = status < 400 ? settings?.answer.success : settings?.answer.failure;
  return answer
    ? new Response(answer.body, { status, headers: { 'content-type': answer.contentType } })
    : null;
};

/** The till's own words, which only its source knows. */
export const mapping: Adapter = {
  ...base,
  probe: ({ method }, config) => (method === 'GET' || method === 'HEAD' ? answered(config, 200) : null),
  acknowledge: (stored, isBatch, config) =>
    answered(config, 200) ?? base.acknowledge(stored, isBatch, config),
  refuse: (problem, config) => answered(config, problem.status) ?? problemResponse(problem),
  checkConfig: (config) => {
    const checked = checkMapping(config);
    return checked.ok ? [] : checked.problems;
  },
};

function open(
  text: string,
  fields: ReadonlyMap<string, string> | undefined,
  config: MappingConfig,
): readonly Letter[] {
  const { decode, each } = config.mapping.spec;
  const [first, ...rest] = decode;
  const whole = fields ? written(fields, first?.do === 'form') : text;
  const decoded = mappingOf(config).decode(whole);
  if (!decoded.ok) return [{ tree: { [undecoded]: whole } }];
  const isAsItCame = !fields && each === undefined && rest.length === 0 && first?.do === 'json';
  return decoded.trees.map((tree) => (isAsItCame ? { tree, text } : { tree }));
}

/** Signed fields stand for the body they came in: nothing beside them was signed. */
const written = (fields: ReadonlyMap<string, string>, isForm: boolean): string =>
  isForm ? String(new URLSearchParams([...fields])) : JSON.stringify(Object.fromEntries(fields));

function read(tree: Tree, config: MappingConfig): Reading {
  const { decode, read: readTree } = mappingOf(config);
  const whole = isObject(tree) && Object.keys(tree).length === 1 ? tree[undecoded] : undefined;
  if (typeof whole !== 'string') return toReading(readTree(tree), config);
  const decoded = decode(whole);
  const [only, ...more] = decoded.ok ? decoded.trees : [];
  if (only !== undefined && more.length === 0) return toReading(readTree(only), config);
  const why = decoded.ok ? 'holds several events now; send it again' : `cannot be decoded: ${decoded.why}`;
  return { type: undecoded, id: null, understand: () => ({ parked: `the body ${why}` }) };
}

function toReading(mapped: Mapped, config: MappingConfig): Reading {
  const { type, id, version, isTest } = mapped;
  return { type, id, version, isTest, understand: () => understand(mapped, config) };
}

function understand(
  { type, id, note, event }: Mapped,
  { mapping: { spec, version } }: MappingConfig,
): Understood {
  if (type === 'ignore') return { ignored: note ?? 'the mapping says to ignore it' };
  if (type === 'unknown') {
    const why = `no rule of mapping version ${version} holds for it`;
    return spec.otherwise === 'ignore' ? { ignored: why } : { parked: why };
  }
  if (id === null && type !== 'ping') return { parked: 'the mapping finds no id in it' };
  const made = event();
  if (made.faults.length > 0) return { parked: made.faults.slice(0, 5).join('; ') };
  const { occurredAt = null, data } = made.event;
  return { occurredAt: typeof occurredAt === 'string' ? occurredAt : null, data };
}
