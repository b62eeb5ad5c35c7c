/** 导入的文档: how the calls that take files are described, which have bodies of their own. */
import * as z from 'zod';
import {
  ImportPage,
  ImportReport,
  historyModes,
  importKinds,
  importModes,
  numberings,
  pointsFroms,
  templateFormats,
} from '../../../schema/index.ts';
import { bodyExamples, shownExamples } from '../openapi/examples/shown.ts';
import { filled, filledField, said } from '../openapi/filled.ts';
import { tidy } from '../openapi/openapi-components.ts';
import type { OpenApi, Operation, Parameter, Schema } from '../openapi/openapi-types.ts';
import { parameter } from '../openapi/parameters.ts';

export const importTag = 'Imports';

const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
const problem = (codes: string) => ({
  description: codes,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const refused = {
  401: problem('unauthorized'),
  403: problem('insufficient_scope'),
  422: problem('invalid'),
  503: problem('unavailable'),
};
const common = { tags: [importTag], security: [{ token: [] }], 'x-scope': 'admin' };
const query = (name: string, isRequired: boolean, schema: Schema): Parameter =>
  parameter(name, 'query', isRequired, filledField(schema, 'imports', name));
const choice = (name: string, values: readonly string[], isRequired: boolean): Parameter =>
  query(name, isRequired, { type: 'string', enum: values });

/** Outside the table of routes, because body and answer are bytes. */
export function importPaths(): OpenApi['paths'] {
  const upload: Operation = {
    ...common,
    operationId: 'postImports',
    summary: 'Import a file of sales, members or products',
    description:
      'CSV (UTF-8 or GBK) or XLSX as the body, at most 5 MB and 20,000 rows. `preview` writes nothing; `commit` takes in what is right and reports the rest by line and column. Sending the same file again changes nothing. `numbering` says how far the numbers of its receipts reach, where the source does not say it yet: `preview` reckons with it, `commit` keeps it in the source. The report warns where numbers begin again, and names the rule that would tell them apart. `history` says which sales are history (历史单据), which count, and give and wake nothing: with `auto` those older than the setting `historyAfterDays`, with `yes` and `no` all of the file or none. Members of a file are no newcomers; the points, stored value, level, tags and associate that a file says they had are theirs once, and `balances` holds both sums, of the file and of the books. `pointsFrom` says from which day the shop’s rule reckons points whose end the file does not say.',
    parameters: [
      choice('kind', importKinds, true),
      query('source', true, { type: 'string' }),
      choice('mode', importModes, false),
      choice('numbering', numberings, false),
      choice('history', historyModes, false),
      choice('pointsFrom', pointsFroms, false),
    ],
    requestBody: { required: true, content: bytes },
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: said(tidy(z.toJSONSchema(ImportReport)), 'ImportReport') } },
      },
      ...refused,
      413: problem('too_large'),
    },
  };
  const page = filled(tidy(z.toJSONSchema(ImportPage, { io: 'input' })), 'ImportPage');
  const onePage: Operation = {
    ...common,
    operationId: 'postImportsPage',
    summary: 'Import one page of a file that was read elsewhere',
    description:
      'For large files where a call has little CPU: the file is read in the browser, and its rows are sent in pages of a few hundred. All rows of an order belong on one page; rows are cells of text, as a spreadsheet shows them. The report is of the page.',
    parameters: upload.parameters ?? [],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: page, examples: shownExamples(bodyExamples('ImportPage', page)) },
      },
    },
    responses: upload.responses,
  };
  const template: Operation = {
    ...common,
    operationId: 'getImportsTemplate',
    summary: 'A file to fill in',
    description: 'Chinese headings and one example row.',
    parameters: [choice('kind', importKinds, true), choice('format', templateFormats, false)],
    responses: { 200: { description: 'The file', content: bytes }, ...refused },
  };
  return {
    '/v1/imports': { post: upload },
    '/v1/imports/page': { post: onePage },
    '/v1/imports/template': { get: template },
  };
}
