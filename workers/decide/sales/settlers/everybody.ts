/** 散客卡: says so when a number that should be one person's has more buyers in an hour than a person can be. */
import { soldToEverybody } from '../../members/everybody.ts';
import type { Settler } from './define.ts';

export const everybody: Settler = (world, { sale, member, occasion }) => {
  const note = occasion === 'sale' ? soldToEverybody(world, member, sale) : null;
  return note ? [{ type: 'alert.raise', note }] : [];
};
