/** Signature headers of the form `t=…,v1=…`: bounded before they are split, several values of one tag kept. */

const lengthMax = 8192;
const partsMax = 32;

export function readTagged(header: string): ReadonlyMap<string, readonly string[]> | null {
  if (header.length > lengthMax) return null;
  const parts = header.split(',', partsMax + 1);
  if (parts.length > partsMax) return null;
  const tags = new Map<string, string[]>();
  for (const part of parts) {
    const [, tag = '', value = ''] = /^([a-z0-9]{1,16})=(.*)$/.exec(part) ?? [];
    if (tag === '') return null;
    tags.set(tag, [...(tags.get(tag) ?? []), value]);
  }
  return tags;
}
