/** 通用拉取的设置: how a JSON list over HTTP is requested, signed and read page by page, as data without code. */
import * as z from 'zod';
import { Instant } from '../../../schema/index.ts';
import { isTimezone } from '../../decide/plain/dates.ts';

/** `{from}`, `{to}`, `{page}`, `{size}`, `{cursor}`, `{now}`, `{seconds}`, `{time}`, `{nonce}` are filled in; `{secret}` in fields and headers. */
const Template = z.string().max(2000);
const Name = z.string().min(1).max(100);
/** A path such as `data.list`; empty for the whole answer. */
const Path = z
  .string()
  .max(200)
  .transform((path) => (path === '' ? [] : path.split('.')));

/** 中式签名: a digest over the sorted fields and the secret. */
const KeyValueSign = z.strictObject({
  kind: z.literal('kv'),
  hash: z.enum(['md5', 'sha1', 'sha256', 'sha512']).default('md5'),
  /** The text between name and value, and between pairs: `=` and `&`, or nothing. */
  equals: z.string().max(4).default('='),
  joiner: z.string().max(4).default('&'),
  /** The text before and after the pairs; `{secret}` is filled in. */
  before: Template.default(''),
  after: Template.default('&key={secret}'),
  skipEmpty: z.boolean().default(true),
  letters: z.enum(['upper', 'lower']).default('upper'),
  field: Name.default('sign'),
  in: z.enum(['fields', 'header']).default('fields'),
});

/** An HMAC over a text made of `{body}`, `{query}`, `{path}`, `{method}` and the moment. */
const CodeSign = z.strictObject({
  kind: z.literal('hmac'),
  hash: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
  over: Template.default('{now}.{body}'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  header: Name.default('x-signature'),
  prefix: z.string().max(40).default(''),
});

const Paging = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('page'), first: z.int().min(0).max(1).default(1) }),
  z.strictObject({ by: z.literal('cursor'), at: Path }),
  z.strictObject({ by: z.literal('none') }),
]);

export const HttpSettings = z
  .strictObject({
    kind: z.literal('http'),
    url: z.url({ protocol: /^https?$/ }).max(1000),
    method: z.enum(['GET', 'POST']).default('GET'),
    /** How the fields of a POST are encoded. */
    encoding: z.enum(['json', 'form']).default('json'),
    /** Sent with every request; in JSON, a template that is filled with a number stays text. */
    fields: z
      .record(Name, z.union([Template, z.number(), z.boolean()], 'is a text, a number, true or false'))
      .default({}),
    headers: z.record(Name, Template).default({}),
    sign: z.discriminatedUnion('kind', [KeyValueSign, CodeSign]).nullable().default(null),
    /** How `{from}` and `{to}` are written. */
    times: z.enum(['local', 'iso', 's', 'ms']).default('local'),
    zone: z.string().refine(isTimezone, 'is not a timezone, such as Asia/Shanghai').default('Asia/Shanghai'),
    /** A list that can be requested by time. */
    isWindowed: z.boolean().default(true),
    windowMaxHours: z
      .int()
      .min(1)
      .max(24 * 366)
      .default(24),
    paging: Paging.default({ by: 'page', first: 1 }),
    pageSize: z.int().min(1).max(500).default(100),
    records: Path.default([]),
    /** Where the answer reports success, for systems that report errors with HTTP 200. */
    success: z
      .strictObject({ at: Path, is: z.array(z.string().max(40)).min(1).max(10) })
      .nullable()
      .default(null),
    since: Instant.transform((at) => Date.parse(at))
      .nullable()
      .default(null),
    everyMinutes: z.int().min(1).max(10_080).default(10),
    overlapMinutes: z.int().min(0).max(1440).default(30),
    lookBackDays: z.int().min(0).max(31).default(1),
    requestsPerDay: z.int().min(1).max(1_000_000).nullable().default(null),
  })
  .refine(({ windowMaxHours, overlapMinutes }) => windowMaxHours * 60 > overlapMinutes, {
    path: ['windowMaxHours'],
    message: 'must be longer than overlapMinutes, or nothing new is ever read',
  });
export type HttpSettings = z.infer<typeof HttpSettings>;
