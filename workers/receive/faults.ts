/** 内容有误: the faults of a payload, field by field, as the reason why it is parked. */
import type { Fault, Reason } from '../../schema/index.ts';

const faultsShown = 5;
const saysLengthMax = 200;

/** A field that is read twice is reported once. */
export function faulty(faults: readonly Fault[]): Reason {
  const shown = new Map<string, Fault>();
  for (const { field, says } of faults) {
    const fault = { field, says: says.slice(0, saysLengthMax) };
    shown.set(faultLine(fault), fault);
    if (shown.size === faultsShown) break;
  }
  return { code: 'UNREADABLE', faults: [...shown.values()] };
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

export const unreadable = (issues: readonly Issue[]): Reason =>
  faulty(issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'body', says: message })));

/** As one line, for the mapping lab. */
export const faultLine = ({ field, says }: Fault): string => `${field}: ${says}`;
