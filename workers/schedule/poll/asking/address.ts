/** 出站地址: requests go only to the public internet; a source's settings must never reach a private network. */

const privateNames =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|example|onion)$/;
/** Host names that resolve to the address they contain. */
const spellingNames =
  /(?:^|\.)(?:nip\.io|sslip\.io|xip\.io|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|traefik\.me)$/;

/** Why the address is not allowed, or null. `allowPrivate` is for development only. */
export function refuseAddress(address: string, allowPrivate: boolean): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return 'the address is not a URL';
  }
  if (url.username !== '' || url.password !== '') return 'the address must not hold a user name or password';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'the address must begin with https://';
  if (allowPrivate) return null;
  if (url.protocol !== 'https:')
    return 'the address must begin with https://: members’ data is not sent in the clear';
  // The URL parser has already turned 0x7f.1 and 2130706433 into 127.0.0.1, and full-width digits into digits.
  const host = url.hostname.toLowerCase().replace(/\.+$/, '');
  if (host.startsWith('[')) return isPublicIpv6(host.slice(1, -1)) ? null : 'the address is not a public one';
  if (/^[\d.]+$/.test(host)) return isPublicIpv4(host) ? null : 'the address is not a public one';
  if (!host.includes('.')) return 'the address names a machine of a private network';
  if (privateNames.test(host) || spellingNames.test(host))
    return 'the address names a machine of a private network';
  return null;
}

type Block = readonly [base: string, bits: number];

/** IANA special-purpose blocks, and Azure's metadata address, which looks public. */
const closedBlocks: readonly Block[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

const ipv4Number = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

function isPublicIpv4(address: string): boolean {
  const number = ipv4Number(address);
  return !closedBlocks.some(([base, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(number / size) === Math.floor(ipv4Number(base) / size);
  });
}

/** Only global unicast, without blocks that embed an IPv4 address or are reserved for documentation. */
function isPublicIpv6(address: string): boolean {
  const groups = ipv6Groups(address);
  const [first = 0, second = 0] = groups;
  if (first < 0x2000 || first > 0x3fff) return false;
  const isTunnel = first === 0x2002 || (first === 0x2001 && second < 0x0200);
  const isDocument = (first === 0x2001 && second === 0x0db8) || (first === 0x3fff && second < 0x1000);
  return !isTunnel && !isDocument;
}

/** As the URL parser writes them: lower case, at most one `::`, no dotted tail. */
function ipv6Groups(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [start, end] = [parse(head), parse(tail ?? '')];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - end.length);
  return [...start, ...Array.from({ length: zeros }, () => 0), ...end];
}
