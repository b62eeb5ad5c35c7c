/** 映射实验室: turns a payload and a specification into the canonical event and its faults; nothing is stored. */
import { CanonicalEvent } from '../../../schema/index.ts';
import type { Tree } from '../../lossless/json.ts';
import { faultLine } from '../faults.ts';
import type { Mapped, Mapping } from './mapping.ts';

/** The result for one event of a body. */
export type Preview = {
  readonly outcome: 'event' | 'ignored' | 'parked';
  readonly type: string;
  /** Its id within the source. */
  readonly key: string | null;
  /** The canonical event, as far as it could be filled in. */
  readonly event: unknown;
  /** What is missing or wrong, in the till's words (`total: …`) and in ours (`data.amounts.paidFen: …`). */
  readonly missing: readonly string[];
};
export type BodyPreview = { readonly events: readonly Preview[]; readonly unreadable: string | null };

export function preview(mapping: Mapping, body: string): BodyPreview {
  const decoded = mapping.decode(body);
  if (!decoded.ok) return { events: [], unreadable: decoded.why };
  return { events: decoded.trees.map((tree) => previewOne(mapping, tree)), unreadable: null };
}

export const dryRun = (mapping: Mapping, bodies: readonly string[]): readonly BodyPreview[] =>
  bodies.map((body) => preview(mapping, body));

function previewOne(mapping: Mapping, tree: Tree): Preview {
  const mapped = mapping.read(tree);
  const key =
    mapped.id === null
      ? null
      : [mapped.type, mapped.id, mapped.version].filter((part) => part !== null).join(':');
  const { type } = mapped;
  if (type === 'unknown') {
    return {
      outcome: 'parked',
      type,
      key,
      event: null,
      missing: ['no rule holds for this payload; add one, or an "ignore"'],
    };
  }
  const { event, faults } = mapped.event();
  const missing = [...missingKey(mapped), ...faults.map(faultLine), ...missingOf(event)];
  if (type === 'ignore' || type === 'ping' || mapped.isTest)
    return { outcome: 'ignored', type, key, event, missing: [] };
  return { outcome: missing.length > 0 ? 'parked' : 'event', type, key, event, missing };
}

const missingKey = ({ id }: Mapped): string[] =>
  id === null
    ? ['id: nothing there; without it two deliveries of one event cannot be told from two events']
    : [];

function missingOf(event: unknown): string[] {
  const parsed = CanonicalEvent.safeParse(event);
  if (parsed.success) return [];
  return parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'event'}: ${message}`,
  );
}
