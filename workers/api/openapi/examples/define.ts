/** 请求示例: whole bodies by the name of the body, each with a name of its own. */
import type { Json } from '../fields/define.ts';

export type BodyExamples = Readonly<Record<string, Readonly<Record<string, Json>>>>;
