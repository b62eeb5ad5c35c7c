/** 生成的客户端: a program against types that are generated from the document compiles, and rings up a sale with a coupon. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Hono } from 'hono';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../../scripts/rolled.ts';
import { wholeDocument } from '../../../workers/api/openapi/files.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { serve } from '../../pages/served.ts';
import { template } from '../../support/builders.ts';
import { blocksOf } from '../../support/guide.ts';
import { till } from '../../support/shop.ts';
import { openOffice, posToken } from '../support.ts';

const run = promisify(execFile);
const dir = mkdtempSync(join(tmpdir(), 'huike-client-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The generator needs a TypeScript that can be called, which the native one is not: it gets another. */
const withTypescript = `data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from 'node:module';
   registerHooks({ resolve: (name, context, next) => next(name === 'typescript' ? '@ts-morph/common/dist/typescript.js' : name, context) });`,
)}`;

const tsconfig = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'dom'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
  },
  files: ['till.ts'],
};

async function build(): Promise<void> {
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify(tsconfig));
  writeFileSync(join(dir, 'openapi.json'), JSON.stringify(wholeDocument()));
  const program = blocksOf('docs/connect-your-erp.md').find(({ about }) => about === 'till.ts');
  writeFileSync(join(dir, 'till.ts'), program?.text ?? '');
  const generator = join(root, 'node_modules/openapi-typescript/bin/cli.js');
  const options = ['--default-non-nullable=false', '-o', join(dir, 'huike.d.ts')];
  await run(process.execPath, ['--import', withTypescript, generator, join(dir, 'openapi.json'), ...options]);
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, '-p', dir]).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
}

test('the till of the guide compiles against generated types, finds a member, quotes, redeems a coupon, and tells the sale', async () => {
  const { shop, app, admin } = await openOffice({
    templates: [template('eight', { valueFen: 800, minSpendFen: 8000 })],
  });
  // The library that signs looks at the clock of the machine.
  shop.clock.now = Date.now();
  const { json: member } = await admin('POST', '/members', { body: { phone: '13912345487', name: '王芳' } });
  const gift = { templateId: 'eight', reason: '回馈老会员' };
  const { json: given } = await admin('POST', `/members/${String(member['id'])}/coupons`, { body: gift });
  const [{ id: code } = { id: '' }] = given['items'] as { id: string }[];
  const front = new Hono();
  front.route('/api', app);
  front.post('/hooks/erp/:source', ({ req }) => receiveErp(shop.receiver, req.raw, req.param('source')));
  const [served] = await Promise.all([serve(front), build()]);
  const [{ secret } = { secret: '' }] = till.secrets;
  const { stdout } = await run(process.execPath, [join(dir, 'till.js'), served.url, posToken, secret, code]);
  await served.close();
  expect(stdout.trim()).toBe('王芳 19920 800 already_used 202');
  await shop.work();
  const { json } = await admin('GET', '/members?phone=13912345487');
  expect(json).toMatchObject({ items: [{ stats: { orders: 1, spentFen: 19920 } }] });
});
