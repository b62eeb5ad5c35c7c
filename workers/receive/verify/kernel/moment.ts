/** 时间窗: whether a signed timestamp is close enough to now, in the past or the future. */
import * as z from 'zod';

/** In both directions: a sender's clock may run ahead, and a post-dated request must not stay valid. */
export const ToleranceSeconds = z.number().int().min(0).max(3600);
export const toleranceSecondsUsual = 300;

export const momentUnits = ['s', 'ms', 'beijing'] as const;
export type MomentUnit = (typeof momentUnits)[number];

/** Seconds since 1970; null when the form is not exact. `beijing` is `yyyy-MM-dd HH:mm:ss` at UTC+8. */
export function secondsOf(text: string, unit: MomentUnit = 's'): number | null {
  switch (unit) {
    case 's':
      // Digits only: a lenient parser would take "1614265330abc", which the signature then covers as it is.
      return /^\d{1,12}$/.test(text) ? Number(text) : null;
    case 'ms':
      return /^\d{1,15}$/.test(text) ? Math.floor(Number(text) / 1000) : null;
    case 'beijing': {
      const at = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
        ? Date.parse(`${text.replace(' ', 'T')}+08:00`)
        : NaN;
      return Number.isNaN(at) ? null : Math.floor(at / 1000);
    }
    default:
      return unit satisfies never;
  }
}

export const isFresh = (seconds: number, nowSeconds: number, toleranceSeconds: number): boolean =>
  Math.abs(nowSeconds - seconds) <= toleranceSeconds;
