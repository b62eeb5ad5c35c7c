/** 读信: what a stored body is about, and the canonical event that it becomes. */
import type { InboxEvent, Reason } from '../../../../schema/index.ts';
import type { Normalised } from '../../../engine/engine.ts';
import { parseJson } from '../../../lossless/json.ts';
import { readerOf, type Reader } from '../../lossless/reader.ts';
import { faulty } from '../../faults.ts';
import type { Numbers } from './numbers.ts';
import { ignoredType, isActedOn, toNormalised } from './canonical.ts';

/** What a letter is about, as far as storing needs it. `understand` reads its content later. */
export type VendorDocument = {
  /** The canonical type where there is one, otherwise the vendor's. */
  readonly type: string;
  /** Business id and version or status: equal in two deliveries of one event, whatever their delivery ids. */
  readonly id: string | null;
  readonly version?: string | null;
  readonly isTest?: boolean;
  readonly understand: () => Understood;
};

export type Understood =
  | {
      readonly occurredAt: string | null;
      readonly data: unknown;
      /** Fields that should have held a phone, besides those that the reader noted. */
      readonly unreadPhones?: readonly string[];
    }
  | { readonly ignored: Reason }
  | { readonly parked: Reason };

export function normalise(
  row: InboxEvent,
  numbers: Numbers,
  read: (reader: Reader) => VendorDocument,
  zone: string,
): Normalised {
  const parsed = parseJson(row.body);
  if (!parsed.ok) return { parked: { code: 'BODY_UNREADABLE', detail: parsed.why } };
  if (parsed.repeated !== null) {
    // It is unknown which of the two values is meant.
    return { parked: { code: 'FIELD_REPEATED', field: parsed.repeated } };
  }
  const reader = readerOf(parsed.tree, { zone });
  const document = read(reader);
  if (document.isTest) return { ignored: { code: 'TEST' } };
  const understood = document.understand();
  if ('ignored' in understood || 'parked' in understood) return understood;
  if (reader.faults.length > 0) return { parked: faulty(reader.faults) };
  if (!isActedOn(document.type)) return ignoredType(document.type);
  const { occurredAt, data, unreadPhones = [] } = understood;
  return toNormalised(row, numbers, { type: document.type, occurredAt, data }, [
    ...reader.unreadPhones,
    ...unreadPhones,
  ]);
}
