/** The values that every answer uses. */
import * as z from 'zod';

/** Answers give instants in UTC. */
export const At = z.iso.datetime();

export const instant = (at: number): string => new Date(at).toISOString();
export const instantOrNull = (at: number | null): string | null => (at === null ? null : instant(at));
