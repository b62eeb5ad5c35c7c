/** 到此为止: nothing more comes of an invitation. */
import type { Invited } from '../../../schema/index.ts';

export const over = (row: Invited): Invited => ({ ...row, state: 'over', waits: [], candidates: [] });
