/** 通用事件 as the contract writes it, without personal data. */
import type { Normalised } from '../../engine/engine.ts';
import { decimal } from '../../platform/decimal.ts';
import { maskSubject } from '../mask.ts';

type Understood = Extract<Normalised, { event: unknown }>['event'];

export function viewCanonical(event: Understood): Record<string, unknown> {
  const masked: unknown = maskSubject(asWritten(event), event.type);
  // A masked object keeps its keys.
  return masked as Record<string, unknown>;
}

/** Back to the words of the contract: instants as text, quantities as decimals. */
function asWritten(event: Understood): object {
  const occurredAt = new Date(event.occurredAt).toISOString();
  if (!('data' in event && 'lines' in event.data)) return { ...event, occurredAt };
  const lines = event.data.lines.map((line) => ({ ...line, quantity: decimal(line.quantity) }));
  return { ...event, occurredAt, data: { ...event.data, lines } };
}
