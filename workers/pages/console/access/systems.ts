/** 登记一个系统要填的: its form, read from the registry of systems, and the settings that come of it. */
import * as z from 'zod';
import type { SecretInput } from '../../../commands/sources/source-secret.ts';
import { slug, type SourceInput } from '../../../commands/sources/register.ts';
import type { Senders, SecretView, SenderKind } from '../../../commands/sources/sender-ports.ts';
import { hookOf } from '../../../commands/sources/source-address.ts';
import type { Problem } from '../../../platform/problem.ts';
import type { FormSpec } from '../form/form.tsx';
import type { FormWords } from '../form/words.ts';
import { systemWords } from '../words/systems.ts';

/** `id`, `name` and what else the system asks are texts. */
export type Filled = { readonly secret?: SecretInput | undefined } & {
  readonly [asked: string]: SecretInput | undefined;
};
const Text = z.string().trim().min(1).max(1000);

/** Besides the secret; nothing for a system that needs no more. */
const settingsOf: Readonly<Record<string, (filled: Filled, address: string) => SourceInput['config']>> = {
  youzan: () => ({ signedBy: 'event' }),
  pospal: ({ host, appId }) => ({
    signedBy: 'v1',
    poll: { kind: 'pospal', host, appId, streams: ['tickets', 'customers', 'products'] },
  }),
  weimob: ({ shopId }) => ({ poll: { kind: 'weimob', shopId } }),
  qimen: ({ storeId }) => ({ store: { id: storeId } }),
  meituan: (_, address) => ({ manner: 'waimai', url: address }),
  square: (_, address) => ({ url: address }),
  hmac: () => ({ signedBy: 'md5-body-suffix' }),
  // What is sent can be looked at before anybody knows how it is signed.
  mapping: () => ({ verifier: { scheme: 'url-token' } }),
};

const textsOf = (names: readonly string[]): Record<string, typeof Text> =>
  Object.fromEntries(names.map((name) => [name, Text]));

const askLengthMax = 80;
const asksOf = (names: readonly string[]): Record<string, typeof Text> =>
  Object.fromEntries(names.map((name) => [name, Text.max(askLengthMax)]));

/** The secret of a system is typed where only the system can make it: one text, or each of several. */
const secretField = (secret: SecretView | undefined): { readonly secret?: z.ZodType<SecretInput> } => {
  if (!secret || secret.madeBy === 'us') return {};
  return { secret: secret.names.length > 0 ? z.strictObject(textsOf(secret.names)) : Text };
};

export const secretForm = (secret: SecretView | undefined): z.ZodType<Pick<Filled, 'secret'>> =>
  // What is asked is named by the system: its shape is not known here.
  z.strictObject({ ...secretField(secret) }) as unknown as z.ZodType<Pick<Filled, 'secret'>>;

/** As it will be signed with the settings that we give it. */
const secretOf = (
  senders: Pick<Senders, 'verifier'>,
  { name, schemes }: SenderKind,
): SecretView | undefined =>
  senders.verifier({ adapter: name, config: settingsOf[name]?.({}, '') ?? null })?.secret ??
  schemes[0]?.secret;

export const systemForm = (senders: Pick<Senders, 'verifier'>, kind: SenderKind): z.ZodType<Filled> =>
  z.strictObject({
    name: z.string().trim().min(1).max(60),
    id: slug('an id'),
    ...secretField(secretOf(senders, kind)),
    ...asksOf(Object.keys(systemWords[kind.name]?.asks ?? {})),
  }) as unknown as z.ZodType<Filled>;

export function wordsOfSystem({ name }: Pick<SenderKind, 'name'>): FormWords {
  const { secrets = {}, asks = {} } = systemWords[name] ?? {};
  const help = '照对方后台显示的原样粘贴，前后不要有空格。';
  return {
    name: { label: '名称', help: '给自己看的，比如“天河店收银”。' },
    id: { label: '编号', help: '推送地址里用它：小写字母、数字和短横线，比如 till。登记以后不能改。' },
    secret: { label: secrets['secret'] ?? '密钥', help },
    ...Object.fromEntries(Object.entries(secrets).map(([key, label]) => [`secret.${key}`, { label }])),
    ...asks,
  };
}

/** What the command is given. */
export function sourceOf(
  kind: SenderKind,
  filled: Filled,
  origin: string,
): SourceInput & { readonly id: string } {
  const textOf = (part: SecretInput | undefined): string => (typeof part === 'string' ? part : '');
  const [id, name] = [textOf(filled['id']), textOf(filled['name'])];
  const config = settingsOf[kind.name]?.(filled, hookOf(origin, id));
  const { secret } = filled;
  return {
    id,
    name,
    adapter: kind.name,
    ...(config !== undefined && { config }),
    ...(secret !== undefined && { secret }),
  };
}

/** A fault of what the form asks stands at its field; of what it sets by itself, above the form. */
export function inForm<Input>(problem: Problem, spec: FormSpec<Input>): Problem {
  const asked = new Set(Object.keys((spec.schema as unknown as { readonly shape: object }).shape));
  const paths = problem.issues?.map(({ field }) => field) ?? [problem.field ?? ''];
  const field =
    paths.find((path) => asked.has(path.split('.')[0] ?? '')) ??
    [...asked].find((name) => paths.some((path) => path.endsWith(`.${name}`))) ??
    '';
  const { issues: _, ...rest } = problem;
  return { ...rest, field };
}
