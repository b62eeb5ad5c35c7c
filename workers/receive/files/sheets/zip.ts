/** ZIP: the few files of a workbook, read by name and unpacked no further than a bound; written without packing. */

/** Unpacked, all files together: a workbook of 20,000 rows is some 30 MB, a bomb is more. */
const unpackedBytesMax = 80_000_000;
const entriesMax = 2_000;

export type Entry = {
  readonly name: string;
  readonly method: number;
  readonly packed: Uint8Array<ArrayBuffer>;
};

const endMark = 0x06054b50;
const centralMark = 0x02014b50;
const localMark = 0x04034b50;
const endLength = 22;
const commentMax = 65_535;

/** Null when it is no archive, or one that is cut off. */
export function readArchive(bytes: Uint8Array<ArrayBuffer>): ReadonlyMap<string, Entry> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endPlace(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  if (count > entriesMax) return null;
  const entries = new Map<string, Entry>();
  let place = view.getUint32(end + 16, true);
  for (let entry = 0; entry < count; entry += 1) {
    if (place + 46 > bytes.length || view.getUint32(place, true) !== centralMark) return null;
    const method = view.getUint16(place + 10, true);
    const packedLength = view.getUint32(place + 20, true);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) =>
      view.getUint16(place + at, true),
    );
    const local = view.getUint32(place + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(place + 46, place + 46 + (nameLength ?? 0)));
    if (local + 30 > bytes.length || view.getUint32(local, true) !== localMark) return null;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + packedLength > bytes.length) return null;
    entries.set(name, { name, method, packed: bytes.subarray(start, start + packedLength) });
    place += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
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
export async function* textOf({ method, packed }: Entry): AsyncGenerator<string> {
  if (method !== 0 && method !== 8) throw new TypeError(`packing method ${method} is not known`);
  const stored = new Blob([packed]).stream();
  const stream = method === 0 ? stored : stored.pipeThrough(new DecompressionStream('deflate-raw'));
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > unpackedBytesMax) throw new TooLarge(`more than ${unpackedBytesMax} bytes unpacked`);
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  yield decoder.decode();
}

/** A small archive, nothing packed: a template is a few kilobytes. */
export function writeArchive(
  files: readonly (readonly [name: string, text: string])[],
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [nameBytes, data] = [new TextEncoder().encode(name), new TextEncoder().encode(text)];
    // Version 2.0, names in UTF-8, stored, the first day that DOS knows.
    const common = [
      u16(20),
      u16(0x0800),
      u16(0),
      u16(0),
      u16(0x21),
      u32(crc32(data)),
      u32(data.length),
      u32(data.length),
    ];
    const local = joined([u32(localMark), ...common, u16(nameBytes.length), u16(0), nameBytes, data]);
    central.push(
      joined([
        u32(centralMark),
        u16(20),
        ...common,
        u16(nameBytes.length),
        new Uint8Array(12),
        u32(offset),
        nameBytes,
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const directory = joined(central);
  const count = u16(files.length);
  const end = joined([u32(endMark), u32(0), count, count, u32(directory.length), u32(offset), u16(0)]);
  return joined([...parts, directory, end]);
}

const u16 = (value: number): Uint8Array => Uint8Array.of(value & 255, value >>> 8);
const u32 = (value: number): Uint8Array => joined([u16(value & 0xffff), u16(value >>> 16)]);

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
