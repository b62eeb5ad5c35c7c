/** 映射的零件: paths, conditions and the seven kinds of mapping node. */
import * as z from 'zod';
import { signs } from './values/convert.ts';
import { isZone, timeFormats } from './values/instant.ts';

export const kinds = [
  'string',
  'id',
  'fen',
  'yuan',
  'qty',
  'bool',
  'datetime',
  'date',
  'phone',
  'enum',
] as const;
export type Kind = (typeof kinds)[number];

/** `a.b`, `a|b` (the first that is there), `$.a` from the top, `^.a` from the level above, `.` itself; a list of keys for odd names. */
export const Path = z.union(
  [z.string().min(1).max(200), z.array(z.string().min(1).max(100)).min(1).max(16)],
  {
    error: 'is a path such as "order.no", or a list of keys',
  },
);
export type PathText = z.infer<typeof Path>;

const Scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()], {
  error: 'is a text, a number, true, false or null',
});
const Words = z.union(
  [Scalar, z.array(Scalar).min(1).max(50)],
  'is a text, a number, true, false or null, or a list of 1 to 50 of these',
);

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
    ({ is, not, present, negative }) =>
      [is, not, present, negative].filter((given) => given !== undefined).length === 1,
    'has exactly one of is, not, present, negative',
  );
export type Condition = z.infer<typeof Condition>;
export const Conditions = z.array(Condition).max(20);

const common = { default: Scalar.optional(), required: z.boolean().optional() };

type Common = {
  readonly default?: z.infer<typeof Scalar> | undefined;
  readonly required?: boolean | undefined;
};
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
  | { readonly when: readonly Condition[]; readonly take: Node; readonly else?: Node | undefined };

/** The key that decides a node's kind, so that a fault is reported under the right path. */
export const Node: z.ZodType<Node> = z.lazy(() =>
  z.unknown().transform((value, context): Node => {
    const words = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const word = nodeWords.find((known) => words.includes(known));
    const parsed = word && shapes[word].safeParse(value);
    if (parsed?.success) return parsed.data;
    const issues = parsed?.error.issues ?? [{ path: [], message: `needs one of ${nodeWords.join(', ')}` }];
    for (const { path, message } of issues)
      context.issues.push({ code: 'custom', input: value, path: [...path], message });
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
    .refine(
      ({ as, values }) => (as === 'enum') === (values !== undefined),
      'an enum has values, and nothing else has',
    )
    .refine(({ as, times }) => times === undefined || as === 'qty', 'only a qty is multiplied'),
  const: z.strictObject({ const: Scalar }),
  object: z.strictObject({ object: z.record(key, Node) }),
  each: z.strictObject({ each: Path, where: Conditions.optional(), map: Node }),
  first_of: z.strictObject({ first_of: z.array(Node).min(1).max(10) }),
  concat: z.strictObject({ concat: z.array(Node).min(1).max(10), with: z.string().max(10).optional() }),
  when: z.strictObject({ when: Conditions.min(1), take: Node, else: Node.optional() }),
};
type NodeWord = keyof typeof shapes;
// Object.keys only forgets that these are the keys.
const nodeWords = Object.keys(shapes) as NodeWord[];
