/** The condition kinds. A new one is its file, its line here and its test. */
import type { Condition } from './define.ts';
import { spend } from './spend.ts';

export const conditions: readonly Condition[] = [spend];
