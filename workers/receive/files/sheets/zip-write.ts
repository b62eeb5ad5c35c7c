/** ZIP 写: a small archive, nothing packed: a template is a few kilobytes. */
import { centralMark, endMark, localMark } from './zip.ts';

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
