/** 保存前检查: a mapping is saved only when its samples give the expected events. */
import { CanonicalEvent } from '../../../schema/index.ts';
import { toProblems } from '../erp/kernel/check-settings.ts';
import type { ConfigProblem } from '../erp/define.ts';
import { preview, type BodyPreview, type Preview } from './lab.ts';
import { MappingConfig, type Sample } from './config.ts';
import { compileMapping } from './mapping.ts';
import { strangeNames } from './names.ts';

export type Checked =
  | { readonly ok: true; readonly config: MappingConfig }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

const problemsShown = 20;

/** What is wrong with `sources.config` of a mapped source, named by path; empty when it may be saved. */
export function checkMapping(config: unknown): Checked {
  const parsed = MappingConfig.safeParse(config);
  if (!parsed.success)
    return { ok: false, problems: toProblems(parsed.error.issues).slice(0, problemsShown) };
  const { mapping, zone } = parsed.data;
  if (!mapping) return { ok: true, config: parsed.data };
  const strange = strangeNames(mapping.spec);
  if (strange.length > 0) {
    const named = strange.map(({ path, message }) => ({
      path: ['mapping.spec', ...path].join('.'),
      message,
    }));
    return { ok: false, problems: named.slice(0, problemsShown) };
  }
  const compiled = compileMapping(mapping.spec, zone);
  const problems = mapping.samples.flatMap((sample, place) =>
    checkSample(preview(compiled, sample.body), sample).map((message) => ({
      path: `mapping.samples.${place}`,
      message: sample.name ? `${sample.name}: ${message}` : message,
    })),
  );
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, problemsShown) };
  const isProven = mapping.samples.some(({ expected }) =>
    [expected].flat().some((event) => !isIgnored(event)),
  );
  if (isProven) return { ok: true, config: parsed.data };
  return { ok: false, problems: [{ path: 'mapping.samples', message: 'none of them becomes an event' }] };
}

/** 版本只升不降: a parked event names the mapping's version, so a changed mapping needs a new one. */
export function checkVersion(before: unknown, after: unknown): readonly ConfigProblem[] {
  const was = MappingConfig.safeParse(before).data?.mapping;
  const is = MappingConfig.safeParse(after).data?.mapping;
  if (!was) return [];
  if (!is) {
    const message = `is missing: events are read by version ${was.version}; replace it, do not leave it out`;
    return [{ path: 'mapping', message }];
  }
  const isSame = JSON.stringify(was.spec) === JSON.stringify(is.spec);
  if (is.version > was.version || (isSame && is.version === was.version)) return [];
  const message = `is ${is.version}, and ${was.version} is in use: give a changed mapping ${was.version + 1}`;
  return [{ path: 'mapping.version', message }];
}

function checkSample({ events, unreadable }: BodyPreview, { expected }: Sample): string[] {
  if (unreadable !== null) return [`its body cannot be decoded: ${unreadable}`];
  const wanted: readonly unknown[] = [expected].flat();
  if (events.length !== wanted.length)
    return [`it becomes ${events.length} events, and ${wanted.length} are expected`];
  return events.flatMap((event, place) => compare(event, wanted[place]));
}

const isIgnored = (expected: unknown): boolean =>
  typeof expected === 'object' && expected !== null && 'ignored' in expected && expected.ignored === true;

function compare(made: Preview, expected: unknown): string[] {
  if (isIgnored(expected))
    return made.outcome === 'ignored' ? [] : [`it becomes ${made.type}, and was expected to be ignored`];
  if (made.outcome !== 'event')
    return made.missing.length > 0 ? [...made.missing] : ['it is ignored, and an event is expected'];
  const wanted = CanonicalEvent.safeParse(expected);
  if (!wanted.success) {
    return wanted.error.issues.map(
      ({ path, message }) => `expected.${path.map(String).join('.')}: ${message}`,
    );
  }
  return differences(CanonicalEvent.parse(made.event), wanted.data, '');
}

/** Both sides after validation, so that `2` and `2.000`, or two forms of one instant, are equal. */
function differences(made: unknown, wanted: unknown, path: string): string[] {
  if (isRecord(made) && isRecord(wanted)) {
    const keys = [...new Set([...Object.keys(made), ...Object.keys(wanted)])];
    return keys.flatMap((key) => differences(made[key], wanted[key], path === '' ? key : `${path}.${key}`));
  }
  // A null field and an absent one mean the same.
  if ((made ?? null) === (wanted ?? null)) return [];
  return [`${path} is ${shown(made)}, and ${shown(wanted)} is expected`];
}

// A list is compared place by place, like an object with numbers for keys.
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100);
