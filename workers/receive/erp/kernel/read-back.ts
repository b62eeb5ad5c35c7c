/** 回查: how long the vendor of a source wants to be left alone after it sent a notice; null where it sends documents. */
import type { Source } from '../../../../schema/index.ts';
import { adapterNamed } from '../index.ts';

export const readBackAfterSeconds = ({ adapter }: Source): number | null =>
  adapterNamed(adapter)?.readBack?.afterSeconds ?? null;
