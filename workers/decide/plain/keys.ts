/** Keys made of several ids. Ids hold no line break, so a joined key cannot be read two ways. */
export const pairKey = (first: string, second: string): string => `${first}\n${second}`;
