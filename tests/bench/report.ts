/** Results: one JSON object per line on stdout; whatever else there is to say goes to stderr. */

export type Unit =
  | 'per second'
  | 'ms'
  | 'ratio'
  | 'rows'
  | 'pages'
  | 'statements'
  | 'round trips'
  | 'operations'
  | 'bytes'
  | 'KB';

export type Result = {
  readonly name: string;
  readonly unit: Unit;
  readonly samples: readonly number[];
  /** What the value has to reach (`atLeast`) or keep to (`atMost`). */
  readonly bound?: { readonly atLeast: number } | { readonly atMost: number };
  /** What the same machine does in the same run without us, and how we compare; or any other context. */
  readonly context?: Readonly<Record<string, unknown>>;
};

let missed = 0;
/** How many bounds were missed so far. */
export const boundsMissed = (): number => missed;

/** The value is the median of the samples. */
export function report({ name, unit, samples, bound, context }: Result): void {
  const value = rounded(median(samples));
  const isMet = bound && ('atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost);
  if (isMet === false) missed += 1;
  const line = {
    name,
    value,
    unit,
    samples: samples.map(rounded),
    ...(bound && { bound, isMet }),
    ...context,
  };
  console.log(JSON.stringify(line));
}

export const progress = (text: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
};

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
