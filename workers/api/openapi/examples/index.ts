/** 请求示例: bodies that are more than what has to be given. */
import type { Json } from '../fields/define.ts';

/** By the name of the body, each with its own name. */
export type BodyExamples = Readonly<Record<string, Readonly<Record<string, Json>>>>;

const bodies: ReadonlyMap<string, Readonly<Record<string, Json>>> = new Map(
  ([] as readonly BodyExamples[]).flatMap((examples) => Object.entries(examples)),
);

export const bodiesOf = (name: string): Readonly<Record<string, Json>> | undefined => bodies.get(name);
