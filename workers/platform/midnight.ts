/** 零点: Cloudflare's day ends at midnight UTC, which is eight in the morning in China. */
const dayMs = 86_400_000;

export const utcDay = (now: number): string => new Date(now).toISOString().slice(0, 10);

export const secondsToMidnight = (now: number): number => Math.ceil((dayMs - (now % dayMs)) / 1_000);
