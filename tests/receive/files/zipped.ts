/** Archives as zip programs write them, packed, made in the test; each can lie about its sizes. */
import { deflateRawSync } from 'node:zlib';

export type Packing = {
  /** Lengths stand in the extra field, as Java's streaming writers put them. */
  readonly isZip64?: boolean;
};

export function zipped(
  files: readonly (readonly [name: string, content: string | Buffer])[],
  { isZip64 = false }: Packing = {},
): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(title.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(isZip64 ? 0xffffffff : packed.length, 20);
    // It lies about its size.
    central.writeUInt32LE(isZip64 ? 0xffffffff : 100, 24);
    central.writeUInt16LE(title.length, 28);
    central.writeUInt32LE(isZip64 ? 0xffffffff : offset, 42);
    const extra = isZip64 ? lengths64(content.length, packed.length, offset) : Buffer.alloc(0);
    central.writeUInt16LE(extra.length, 30);
    parts.push(local, title, packed);
    directory.push(central, title, extra);
    offset += 30 + title.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}

function lengths64(...values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [place, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * place);
  return extra;
}
