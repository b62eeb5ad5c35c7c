/** One record of a polled list, taken apart by the adapter of its source as if it had been pushed. */
import type { Source } from '../../../schema/index.ts';
import { adapterNamed } from '../erp/index.ts';
import type { RawEvent } from '../intake.ts';

/** A record that cannot be taken apart is kept under this name, to be parked and shown, not lost. */
const unreadable = 'unreadable';

export function splitRecord({ adapter, config }: Source, body: string): readonly RawEvent[] {
  const opened = { headers: new Headers(), query: new URLSearchParams(), config };
  const split = adapterNamed(adapter)?.split(body, opened);
  if (split && 'events' in split) return split.events;
  return [{ senderId: unreadable, type: unreadable, body }];
}
