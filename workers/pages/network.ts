/** 网络地址: what the limits count as one household. */

const groupsAll = 8;
const groupsOfNetwork = 4;

/** An IPv4 address as it is; of an IPv6 address the /64 network, in which a household has as many addresses as it likes. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':');
  const rest = tail === undefined ? [] : tail.split(':');
  while (tail !== undefined && groups.length + rest.length < groupsAll) groups.push('0');
  return [...groups, ...rest].slice(0, groupsOfNetwork).join(':');
}
