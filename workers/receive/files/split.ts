/** Splits one record of a polled list by its source's adapter, as if it had been pushed. */
import type { Source } from '../../../schema/index.ts';
import { generic } from '../erp/generic.ts';
import { adapterNamed } from '../erp/index.ts';
import type { RawEvent } from '../intake.ts';

/** The type of a record that cannot be split: it is stored, parked and shown. */
const unreadable = 'unreadable';

export function splitRecord({ adapter, config }: Source, body: string): readonly RawEvent[] {
  const opened = { headers: new Headers(), query: new URLSearchParams(), config };
  const split = adapterNamed(adapter)?.split(body, opened);
  if (!split || !('events' in split)) return [{ senderId: unreadable, type: unreadable, body }];
  return adapter === generic.name ? split.events.map(ofNoFile) : split.events;
}

/** 来自文件: only our own import may say so, for what a file says brings balances and levels. */
function ofNoFile(event: RawEvent): RawEvent {
  const told = JSON.parse(event.body) as object;
  return 'fromFile' in told ? { ...event, type: unreadable } : event;
}
