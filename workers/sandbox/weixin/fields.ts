/** 模板的字段: the values of a template message or a subscription notice, checked field by field. */
import * as z from 'zod';
import type { Template } from '../state/templates.ts';
import { faultOf } from './field-rules.ts';

/** Numbers are taken for the text they are. */
export const Values = z.record(
  z.string(),
  z.object({ value: z.union([z.string(), z.number().transform(String)]).optional() }),
);
type Values = z.infer<typeof Values>;

/** The end of WeChat's sentence for the first field that is wrong; what the template does not have is not looked at. */
export function faultIn({ fields }: Template, data: Values): string | null {
  for (const { key, values } of fields) {
    const value = data[key]?.value;
    const fault = faultOf(key, value);
    if (fault !== null) return fault;
    if (values !== undefined && !values.includes(value ?? '')) return `data.${key}.value invalid`;
  }
  return null;
}

export function render({ title, fields }: Template, data: Values): string {
  const lines = fields.map(({ key, label }) => `${label}：${data[key]?.value ?? ''}`);
  return [title, ...lines].join('\n');
}
