/** 回查: how long to wait after a notice before its document is fetched; null when the vendor sends documents. */
import type { Source } from '../../../../schema/index.ts';
import { adapterNamed } from '../index.ts';

export const readBackAfterSeconds = ({ adapter }: Source): number | null =>
  adapterNamed(adapter)?.readBack?.afterSeconds ?? null;
