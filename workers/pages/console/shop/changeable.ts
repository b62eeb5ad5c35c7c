/** 能改的码: those of the office. An associate's stays hers, and one that is to end looks different once it is made anew. */
import type { Scene } from '../../../../schema/index.ts';

export const isChangeable = ({ kind, expiresAt, renewalDays }: Scene): boolean =>
  kind !== 'staff' && kind !== 'associate' && (expiresAt === null || renewalDays !== null);
