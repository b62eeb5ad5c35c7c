/** 字段映射: how an unknown till's payload becomes our event, as data: paths and converters, no code, no loops, no patterns. */
import * as z from 'zod';
import { signs } from './convert.ts';
import { isZone, timeFormats } from './instant.ts';
import { tooMuch } from './size.ts';

export const kinds = ['string', 'id', 'fen', 'yuan', 'qty', 'bool', 'datetime', 'date', 'phone', 'enum'] as const;
export type Kind = (typeof kinds)[number];

/** `a.b`, `a|b` (the first that is there), `$.a` from the top, `^.a` from the level above, `.` itself; a list of keys for odd names. */
const Path = z.union([z.string().min(1).max(200), z.array(z.string().min(1).max(100)).min(1).max(16)], {
  error: 'is a path such as "order.no", or a list of keys',
});
export type PathText = z.infer<typeof Path>;

const Scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()], {
  error: 'is a text, a number, true, false or null',
});
const Words = z.union([Scalar, z.array(Scalar).min(1).max(50)]);

const Condition = z
  .strictObject({
    path: Path,
    /** Trimmed and without regard to case or width. */
    is: Words.optional(),
    not: Words.optional(),
    present: z.boolean().optional(),
    /** The value, as a number, is below zero (or is not). */
    negative: z.boolean().optional(),
  })
  .refine(
    ({ is, not, present, negative }) => [is, not, present, negative].filter((given) => given !== undefined).length === 1,
    'has exactly one of is, not, present, negative',
  );
export type Condition = z.infer<typeof Condition>;
const Conditions = z.array(Condition).max(20);

const common = { default: Scalar.optional(), required: z.boolean().optional() };

type Common = { readonly default?: z.infer<typeof Scalar> | undefined; readonly required?: boolean | undefined };
export type ValueNode = Common & {
  readonly path: PathText;
  readonly as?: Kind | undefined;
  readonly tz?: string | undefined;
  readonly format?: (typeof timeFormats)[number] | undefined;
  readonly scale?: number | undefined;
  readonly sign?: (typeof signs)[number] | undefined;
  readonly rounding?: 'half_up' | 'down' | 'up' | undefined;
  readonly times?: PathText | undefined;
  readonly none?: readonly string[] | undefined;
  readonly values?: Readonly<Record<string, readonly string[]>> | undefined;
};
export type Node =
  | ValueNode
  | { readonly const: z.infer<typeof Scalar> }
  | { readonly object: Readonly<Record<string, Node>> }
  | { readonly each: PathText; readonly where?: readonly Condition[] | undefined; readonly map: Node }
  | { readonly first_of: readonly Node[] }
  | { readonly concat: readonly Node[]; readonly with?: string | undefined }
  | { readonly when: readonly Condition[]; readonly then: Node; readonly else?: Node | undefined };

/** Which of its words says what a node is, so that a mistake in it is named where it stands. */
const Node: z.ZodType<Node> = z.lazy(() =>
  z.unknown().transform((value, context): Node => {
    const words = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const word = nodeWords.find((known) => words.includes(known));
    const parsed = word && shapes[word].safeParse(value);
    if (parsed?.success) return parsed.data;
    const issues = parsed?.error.issues ?? [{ path: [], message: `needs one of ${nodeWords.join(', ')}` }];
    for (const { path, message } of issues) context.issues.push({ code: 'custom', input: value, path: [...path], message });
    return z.NEVER;
  }),
);

const key = z.string().min(1).max(64);
const shapes = {
  path: z
    .strictObject({
      path: Path,
      as: z.enum(kinds).optional(),
      tz: z.string().refine(isZone, 'is a zone such as Asia/Shanghai').optional(),
      format: z.enum(timeFormats).optional(),
      scale: z.int().min(-6).max(6).optional(),
      sign: z.enum(signs).optional(),
      rounding: z.enum(['half_up', 'down', 'up']).optional(),
      times: Path.optional(),
      none: z.array(z.string().max(60)).min(1).max(20).optional(),
      values: z.record(key, z.array(z.string().max(60)).min(1).max(50)).optional(),
      ...common,
    })
    .refine(({ as, values }) => (as === 'enum') === (values !== undefined), 'an enum has values, and nothing else has')
    .refine(({ as, times }) => times === undefined || as === 'qty', 'only a qty is multiplied'),
  const: z.strictObject({ const: Scalar }),
  object: z.strictObject({ object: z.record(key, Node) }),
  each: z.strictObject({ each: Path, where: Conditions.optional(), map: Node }),
  first_of: z.strictObject({ first_of: z.array(Node).min(1).max(10) }),
  concat: z.strictObject({ concat: z.array(Node).min(1).max(10), with: z.string().max(10).optional() }),
  when: z.strictObject({ when: Conditions.min(1), then: Node, else: Node.optional() }),
};
type NodeWord = keyof typeof shapes;
// Object.keys only forgets that these are the keys.
const nodeWords = Object.keys(shapes) as NodeWord[];

/** What is done to the body, or to the text at a place in it, before anything is read. */
const Step = z.strictObject({
  do: z.enum(['form', 'json', 'xml', 'base64', 'url_decode']),
  /** The place of the text to decode; without it, the whole. What is no text there is left as it is. */
  at: Path.optional(),
});
export type Step = z.infer<typeof Step>;

export const mappedTypes = [
  'sale.completed',
  'refund.completed',
  'sale.voided',
  'member.created',
  'member.updated',
  'member.merged',
  'member.deleted',
  'product.upserted',
  'product.removed',
  'stored_value.recharged',
  'ping',
  'ignore',
] as const;

const Rule = z.strictObject({
  /** All of them hold; none means always. The first rule that holds is taken. */
  when: Conditions.default([]),
  type: z.enum(mappedTypes),
  /** The sender's id of what happened: the number of the order, the refund, the member. */
  id: Node,
  /** What tells a correction from a repetition. */
  version: Node.optional(),
  /** A test push: stored and shown, never processed. */
  test: Conditions.optional(),
  occurredAt: Node.optional(),
  data: Node.optional(),
  note: z.string().max(200).optional(),
});
export type Rule = z.infer<typeof Rule>;

const stepsMax = 8;
const jsonStepsMax = 3;

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
