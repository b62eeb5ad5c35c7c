/** 字段映射: how an unknown till's payload becomes our event, as data: paths and converters, no code, no loops, no patterns. */
import * as z from 'zod';
import { canonicalTypes } from '../../../schema/index.ts';
import { Conditions, Node, Path } from './node.ts';
import { tooMuch } from './size.ts';

/** A decoding step for the body, or for a text inside it. */
const Step = z.strictObject({
  do: z.enum(['form', 'json', 'xml', 'base64', 'url_decode']),
  /** The path of the text to decode; without it, the whole body. A value that is no text is left as it is. */
  at: Path.optional(),
});
export type Step = z.infer<typeof Step>;

/** The event type that a rule gives, or `ignore`. */
const mappedTypes = [...canonicalTypes, 'ignore'] as const;

const Rule = z.strictObject({
  /** All conditions must hold; without conditions the rule always matches. The first matching rule is used. */
  when: Conditions.default([]),
  type: z.enum(mappedTypes),
  /** The sender's id: the number of the order, the refund or the member. */
  id: Node,
  /** Distinguishes a correction from a repetition. */
  version: Node.optional(),
  /** A test push: stored and shown, never processed. */
  test: Conditions.optional(),
  occurredAt: Node.optional(),
  data: Node.optional(),
  note: z.string().max(200).optional(),
});
export type Rule = z.infer<typeof Rule>;

export const stepsMax = 8;
export const jsonStepsMax = 3;

export const MappingSpec = z
  .unknown()
  .refine((spec) => tooMuch(spec) === null, {
    error: ({ input }) => tooMuch(input) ?? 'is too much to read',
    abort: true,
  })
  .pipe(
    z.strictObject({
      decode: z
        .array(Step)
        .max(stepsMax)
        .refine((steps) => steps.filter((step) => step.do === 'json').length <= jsonStepsMax, {
          error: `json is decoded at most ${jsonStepsMax} times`,
        })
        .default([{ do: 'json' }]),
      /** 一次多单: the list of which each element is an event of its own. */
      each: Path.optional(),
      events: z.array(Rule).min(1).max(20),
      otherwise: z.enum(['park', 'ignore']).default('park'),
    }),
  );
export type MappingSpec = z.infer<typeof MappingSpec>;
