/** Times as the shop reads them, in Asia/Shanghai, which has had no daylight saving since 1991. */

const offsetMs = 8 * 3_600_000;
export const dayMs = 24 * 3_600_000;
export const minuteMs = 60_000;

/** `2026-11-22T14:59:00+08:00`. */
export function offsetTime(at: number): string {
  return `${new Date(at + offsetMs).toISOString().slice(0, 19)}+08:00`;
}

/** The last midnight. */
export function dayStart(at: number): number {
  return Math.floor((at + offsetMs) / dayMs) * dayMs - offsetMs;
}

/** `2026-11-22`. */
export const dayOf = (at: number): string => offsetTime(at).slice(0, 10);

/** `2026-11`. */
export const monthOf = (at: number): string => offsetTime(at).slice(0, 7);
