/** 一次查完: texts and whole numbers, each checked in one step: a sale has fifty texts, and zod runs every check separately. */
import * as z from 'zod';

type Bounds = { readonly minimum?: number; readonly maximum: number };

/** The text is trimmed first. `tidy` returns null for a text that it cannot repair, and `fault` says why. */
export function text(
  { minimum = 0, maximum }: Bounds,
  tidy: (value: string) => string | null,
  fault = 'cannot be read',
): z.ZodString {
  return z
    .string()
    .check((context) => {
      const { issues } = context;
      const input = context.value.trim();
      const tidied = tidy(input);
      const value = tidied ?? input;
      context.value = value;
      if (tidied === null) issues.push({ code: 'custom', message: fault, input });
      if (value.length > maximum)
        issues.push({ code: 'too_big', origin: 'string', maximum, inclusive: true, input });
      if (value.length < minimum)
        issues.push({ code: 'too_small', origin: 'string', minimum, inclusive: true, input });
    })
    .meta({ ...(minimum > 0 && { minLength: minimum }), maxLength: maximum });
}

/** What a program that reckons in doubles misses a whole number by; further off it means something else. */
const noiseMax = 1e-6;

/** 10360.000000000002 is 10360; any other fraction stays as it is. */
export function nearestWhole(value: number): number {
  const nearest = Math.round(value);
  // 0 has one sign.
  return Math.abs(value - nearest) <= noiseMax ? nearest + 0 : value;
}

/** `fault` says what the number should have been. */
export function whole({ minimum = 0, maximum }: Bounds, fault: string): z.ZodNumber {
  return z
    .number()
    .check((context) => {
      const { issues } = context;
      const input = Number.isInteger(context.value) ? context.value : nearestWhole(context.value);
      context.value = input;
      if (!Number.isInteger(input)) issues.push({ code: 'custom', message: fault, input });
      else if (input < minimum)
        issues.push({ code: 'too_small', origin: 'number', minimum, inclusive: true, input });
      else if (input > maximum)
        issues.push({ code: 'too_big', origin: 'number', maximum, inclusive: true, input });
    })
    .meta({ type: 'integer', minimum, maximum });
}

/** YYYY-MM-DD. The 30th of February has the shape of a date and does not exist. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
