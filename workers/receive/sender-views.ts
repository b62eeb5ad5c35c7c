/** 对接方式: adapters, schemes and secrets as shown to the person who sets up a source. */
import * as z from 'zod';
import type { Adapter } from './erp/define.ts';
import type { Scheme } from './verify/define.ts';
import { schemeNamed, schemes } from './verify/index.ts';
import type { SecretForm } from './verify/kernel/secret-forms.ts';

/** Null when only the sender can make a secret of this form. */
export const makerOf = (form: SecretForm, { issuesSecret }: Pick<Adapter, 'issuesSecret'>) =>
  form.form === 'text' && !issuesSecret ? form.make : undefined;

export function viewForm(form: SecretForm, adapter: Pick<Adapter, 'issuesSecret'>) {
  const { form: kind } = form;
  const isOurs = kind === 'address' || makerOf(form, adapter) !== undefined;
  const madeBy = isOurs ? ('us' as const) : ('sender' as const);
  switch (kind) {
    case 'text':
      return { form: kind, looksLike: form.looksLike, names: [], madeBy };
    case 'named': {
      const names = Object.keys(form.parts);
      return { form: kind, looksLike: `an object of ${names.join(', ')}`, names, madeBy };
    }
    case 'address':
      return { form: kind, looksLike: 'the address itself, shown once', names: [], madeBy };
    default:
      return kind satisfies never;
  }
}

export function viewKind(adapter: Adapter) {
  const usual = adapter.signing(null)?.scheme;
  const names = adapter.schemes ?? new Set([...(usual ? [usual] : []), ...schemes.map(({ name }) => name)]);
  return {
    name: adapter.name,
    label: adapter.label,
    schemes: [...names].flatMap((name) => viewScheme(schemeNamed(name), adapter)),
    config: () => jsonSchema(adapter.settings),
  };
}

/** A source that describes its own scheme also describes the secret. */
function viewScheme(scheme: Scheme | null, adapter: Adapter) {
  if (!scheme) return [];
  const form = scheme.secretForm(adapter.signing(null)?.params) ?? scheme.secretForm({}) ?? anyForm;
  return [{ scheme: scheme.name, params: () => jsonSchema(scheme.params), secret: viewForm(form, adapter) }];
}
const anyForm: SecretForm = {
  form: 'text',
  looksLike: 'what the settings of the scheme say',
  fits: () => true,
};

const jsonSchema = (schema: z.ZodType): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
