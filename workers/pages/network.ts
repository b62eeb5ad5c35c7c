/** 网络地址: what the limits take for one household. */

const groupsAll = 8;
const groupsOfNetwork = 4;

/** An address of the old kind as it is; of the new kind its network, within which a household has as many as it likes. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':');
  const rest = tail === undefined ? [] : tail.split(':');
  while (tail !== undefined && groups.length + rest.length < groupsAll) groups.push('0');
  return [...groups, ...rest].slice(0, groupsOfNetwork).join(':');
}
