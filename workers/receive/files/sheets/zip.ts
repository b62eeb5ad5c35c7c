/** ZIP 读: the few files of a workbook, read by name, and unpacked no further than a bound over all of them. */

/** A workbook of 20,000 rows is some 30 MB, a bomb is more. */
export const unpackedBytesMax = 80_000_000;
const entriesMax = 2_000;
/** Every piece is looked at with what the last one left over, so pieces must not be tiny. */
const pieceBytesMin = 65_536;

type Entry = { readonly method: number; readonly packed: Uint8Array<ArrayBuffer> };

/** Names are told apart as Windows does: neither by case nor by the slant of the slash. */
export type Archive = {
  readonly has: (name: string) => boolean;
  /** An entry that is not there is empty. All that is ever read counts, whichever entry it is of. */
  readonly text: (name: string) => AsyncGenerator<string>;
};

export const endMark = 0x06054b50;
export const centralMark = 0x02014b50;
export const localMark = 0x04034b50;
const endLength = 22;
const commentMax = 65_535;

/** Null when it is no archive, or one that is cut off. */
export function readArchive(bytes: Uint8Array<ArrayBuffer>): Archive | null {
  const entries = readEntries(bytes);
  if (entries === null) return null;
  let left = unpackedBytesMax;
  const spend = (length: number): void => {
    left -= length;
    if (left < 0) throw new TooLarge(`more than ${unpackedBytesMax} bytes unpacked`);
  };
  return {
    has: (name) => entries.has(plainName(name)),
    text: async function* text(name) {
      const entry = entries.get(plainName(name));
      if (entry) yield* textOf(entry, spend);
    },
  };
}

const plainName = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

function readEntries(bytes: Uint8Array<ArrayBuffer>): Map<string, Entry> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endPlace(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  if (count > entriesMax) return null;
  const entries = new Map<string, Entry>();
  let place = view.getUint32(end + 16, true);
  for (let entry = 0; entry < count; entry += 1) {
    if (place + 46 > bytes.length || view.getUint32(place, true) !== centralMark) return null;
    const nameLength = view.getUint16(place + 28, true);
    const extraLength = view.getUint16(place + 30, true);
    const extra = { start: place + 46 + nameLength, length: extraLength };
    if (extra.start + extraLength > bytes.length) return null;
    const { packedLength, local } = lengthAndPlace(view, place, extra);
    const name = new TextDecoder().decode(bytes.subarray(place + 46, extra.start));
    if (local + 30 > bytes.length || view.getUint32(local, true) !== localMark) return null;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + packedLength > bytes.length) return null;
    const packed = bytes.subarray(start, start + packedLength);
    entries.set(plainName(name), { method: view.getUint16(place + 10, true), packed });
    place = extra.start + extraLength + view.getUint16(place + 32, true);
  }
  return entries;
}

const elsewhere = 0xffffffff;
const zip64Mark = 1;

/** Programs that write while they reckon (Java's POI) always put the lengths into the extra field for large archives. */
function lengthAndPlace(
  view: DataView,
  central: number,
  extra: { readonly start: number; readonly length: number },
): { readonly packedLength: number; readonly local: number } {
  const written = [24, 20, 42].map((at) => view.getUint32(central + at, true));
  const end = extra.start + extra.length;
  let place = extra.start;
  while (place + 4 <= end && view.getUint16(place, true) !== zip64Mark)
    place += 4 + view.getUint16(place + 2, true);
  place += 4;
  const [, packedLength = 0, local = 0] = written.map((value) => {
    if (value !== elsewhere || place + 8 > end) return value;
    place += 8;
    return Number(view.getBigUint64(place - 8, true));
  });
  return { packedLength, local };
}

function endPlace(view: DataView): number | null {
  const last = view.byteLength - endLength;
  for (let place = last; place >= Math.max(0, last - commentMax); place -= 1) {
    if (view.getUint32(place, true) === endMark) return place;
  }
  return null;
}

export class TooLarge extends Error {}

/** The text of an entry, piece by piece; its declared size is not trusted. */
async function* textOf({ method, packed }: Entry, spend: (length: number) => void): AsyncGenerator<string> {
  if (method !== 0 && method !== 8) throw new TypeError(`packing method ${method} is not known`);
  const stored = new Blob([packed]).stream();
  const stream = method === 0 ? stored : stored.pipeThrough(new DecompressionStream('deflate-raw'));
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let piece = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      spend(value.length);
      piece += decoder.decode(value, { stream: true });
      if (piece.length < pieceBytesMin) continue;
      yield piece;
      piece = '';
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  yield piece + decoder.decode();
}
