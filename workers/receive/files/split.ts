/** Splits one record of a polled list by its source's adapter, as if it had been pushed. */
import type { Source } from '../../../schema/index.ts';
import { adapterNamed } from '../erp/index.ts';
import type { RawEvent } from '../intake.ts';

/** The type of a record that cannot be split: it is stored, parked and shown. */
const unreadable = 'unreadable';

export function splitRecord({ adapter, config }: Source, body: string): readonly RawEvent[] {
  const opened = { headers: new Headers(), query: new URLSearchParams(), config };
  const split = adapterNamed(adapter)?.split(body, opened);
  if (split && 'events' in split) return split.events;
  return [{ senderId: unreadable, type: unreadable, body }];
}
