/** 来信: the documents of a request, and the id of each. */
import type { Problem } from '../../../platform/problem.ts';
import type { RawEvent } from '../../intake.ts';
import { parseJson, type Tree } from '../../../lossless/json.ts';
import { isActedOn } from './canonical.ts';
import type { VendorDocument } from './document.ts';

/** One event of a request. `text` is its exact JSON, if it came as JSON; `told` is what of it is the same when it is sent again. */
export type Letter = { readonly tree: Tree; readonly text?: string; readonly told?: string };

export const malformed = (detail: string): Problem => ({ status: 400, code: 'malformed', detail });

/** A body that is one JSON document, kept exactly as it came. */
export function openJson(text: string): readonly Letter[] | Problem {
  const parsed = parseJson(text);
  if (!parsed.ok) return malformed(`the body cannot be read: ${parsed.why}`);
  if (typeof parsed.tree !== 'object' || parsed.tree === null) return malformed('the body is not an object');
  return [{ tree: parsed.tree, text }];
}

const typeLengthMax = 64;
const senderIdLengthMax = 200;

/** The stored form of a letter, with its id. */
export function toRaw({ tree, text, told }: Letter, document: VendorDocument, vendorName: string): RawEvent {
  const body = text ?? JSON.stringify(tree);
  const type = ownType(document.type, vendorName);
  // Without an id only the content distinguishes two letters.
  const id = document.id ?? `?${checksum(told ?? body)}`;
  const parts = [document.isTest ? 'test' : null, type, id, document.version].filter(
    (part) => part !== null && part !== undefined,
  );
  const senderId = parts.join(':').slice(0, senderIdLengthMax);
  return { senderId, type, body, ...(told !== undefined && { told }) };
}

/** A vendor's own type gets the vendor's name as prefix. */
function ownType(type: string, vendorName: string): string {
  const plain = type.toLowerCase().replaceAll(/[^a-z0-9_.]+/g, '_');
  return (isActedOn(type) ? type : `${vendorName}.${plain || 'unknown'}`).slice(0, typeLengthMax);
}

/** A 53-bit hash that identifies a letter without an id. */
function checksum(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36);
}
