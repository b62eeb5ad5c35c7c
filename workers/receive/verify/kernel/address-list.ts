/** 来源地址: which addresses may send, as IPv4 and IPv6 networks. */

/** An address as its 32 or 128 bits; `::ffff:1.2.3.4` is the IPv4 address inside it. Null when it is neither. */
export function readAddress(text: string): { readonly bits: 32 | 128; readonly value: bigint } | null {
  if (text.length > 64) return null;
  const four = readFour(text);
  if (four !== null) return { bits: 32, value: four };
  const six = readSix(text);
  if (six === null) return null;
  return six >> 32n === 0xffffn ? { bits: 32, value: six & 0xffff_ffffn } : { bits: 128, value: six };
}

function readFour(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    // A leading zero is octal to some readers, and then names another address.
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function readSix(text: string): bigint | null {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  const four = tail.includes('.') ? readFour(tail) : null;
  if (tail.includes('.') && four === null) return null;
  const groups =
    four === null
      ? text
      : `${text.slice(0, text.length - tail.length)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
  const [head = '', rest, extra] = groups.split('::');
  if (extra !== undefined) return null;
  const left = head === '' ? [] : head.split(':');
  const right = rest === undefined || rest === '' ? [] : rest.split(':');
  const missing = 8 - left.length - right.length;
  if (rest === undefined ? missing !== 0 : missing < 1) return null;
  let value = 0n;
  for (const group of [...left, ...Array.from({ length: missing }, () => '0'), ...right]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return value;
}

/** `203.0.113.0/24`, `2001:db8::/32`, or one address. */
export function isNetwork(text: string): boolean {
  return readNetwork(text) !== null;
}

function readNetwork(text: string): { bits: number; value: bigint; length: number } | null {
  const [address = '', length, extra] = text.split('/');
  const known = readAddress(address);
  if (known === null || extra !== undefined) return null;
  if (length === undefined) return { ...known, length: known.bits };
  if (!/^\d{1,3}$/.test(length) || Number(length) > known.bits) return null;
  return { ...known, length: Number(length) };
}

/** An unreadable address is on no list; an unreadable network contains no address. */
export function isOnList(address: string | null | undefined, networks: readonly string[]): boolean {
  const sender = readAddress(address ?? '');
  if (sender === null) return false;
  return networks.some((text) => {
    const network = readNetwork(text);
    if (network === null || network.bits !== sender.bits) return false;
    const free = BigInt(network.bits - network.length);
    return network.value >> free === sender.value >> free;
  });
}
