/** 我的模板: chooses templates from the library, lists them, and gives them up; 25 may be in use. */
import * as z from 'zod';
import { wordOf } from '../plain/random.ts';
import { library, listTemplates, type Field } from '../state/templates.ts';
import type { Call } from './endpoint.ts';
import { done, refusal } from './errors.ts';

const inUseMax = 25;

const Add = z.object({ template_id_short: z.string(), keyword_name_list: z.array(z.string()).default([]) });

/** 类目模板 want their keywords named, in the order in which they shall stand. */
export async function addTemplate({ here: { db }, body }: Call): Promise<Response> {
  const parsed = Add.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { template_id_short: shortId, keyword_name_list: names } = parsed.data;
  const found = library.find((template) => template.shortId === shortId);
  if (found === undefined) return refusal(40037);
  const fields = names.map((name) => found.fields.find(({ label }) => label === name));
  if (fields.length === 0 || !fields.every((field): field is Field => field !== undefined)) {
    return refusal(40246);
  }
  const id = wordOf(32);
  const { meta } = await db
    .prepare(
      `INSERT INTO templates (id, kind, title, fields) SELECT ?, 'template', ?, ?
       WHERE (SELECT count(*) FROM templates WHERE kind = 'template') < ?`,
    )
    .bind(id, found.title, JSON.stringify(fields), inUseMax)
    .run();
  return meta.changes > 0 ? done({ template_id: id }) : refusal(45026);
}

export async function allTemplates({ here: { db } }: Call): Promise<Response> {
  const templates = await listTemplates(db, 'template');
  const list = templates.map(({ id, title, fields }) => ({
    template_id: id,
    title,
    primary_industry: '',
    deputy_industry: '',
    content: fields.map(({ key, label }) => `${label}:{{${key}.DATA}}\n`).join(''),
    example: fields.map(({ label }) => `${label}:示例\n`).join(''),
  }));
  return Response.json({ template_list: list });
}

export async function deleteTemplate({ here: { db }, body }: Call): Promise<Response> {
  const parsed = z.object({ template_id: z.string() }).safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { meta } = await db
    .prepare(`DELETE FROM templates WHERE kind = 'template' AND id = ?`)
    .bind(parsed.data.template_id)
    .run();
  return meta.changes > 0 ? done() : refusal(40037);
}
