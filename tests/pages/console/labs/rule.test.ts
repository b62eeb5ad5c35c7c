/** 映射的表: every field has its name, and whatever a form makes of a rule comes back into the form. */
import { expect, test } from 'vitest';
import { canonicalTypes } from '../../../../schema/index.ts';
import { fieldsOfType, type EventField } from '../../../../workers/pages/console/labs/mapping/fields.ts';
import { wordsOf } from '../../../../workers/pages/console/labs/mapping/leaf.tsx';
import { ruleOf } from '../../../../workers/pages/console/labs/mapping/rule.ts';
import { typeRule } from '../../../../workers/pages/console/labs/mapping/typed-rule.ts';

const all = (fields: readonly EventField[]): EventField[] =>
  fields.flatMap((one) => [one, ...all(one.inner)]);
const types = canonicalTypes.filter((type) => type !== 'ping');

test.each(types)('every field of %s has its name in Chinese, and so has every value of a choice', (type) => {
  const fields = all(fieldsOfType(type));
  expect(fields.length).toBeGreaterThan(0);
  const unnamed = fields.flatMap(({ name, values }) => {
    const words = wordsOf(type, name);
    return [
      ...(words.label === name ? [name] : []),
      ...values.filter((value) => words.values?.[value] === undefined).map((value) => `${name} = ${value}`),
    ];
  });
  expect(unnamed.filter((name) => !['unionid', 'openid'].includes(name.replace(/^.*\./, '')))).toEqual([]);
});

test('a sale needs its number, its shop, its lines and what was paid', () => {
  const needed = all(fieldsOfType('sale.completed')).filter(
    ({ isRequired, inner }) => isRequired && inner.length === 0,
  );
  expect(needed.map(({ name }) => name)).toEqual([
    'orderNo',
    'store.id',
    'lines.sku',
    'lines.quantity',
    'lines.amountFen',
    'amounts.paidFen',
  ]);
});

test.each(types)('a rule for %s in which everything is said comes back as it was typed', (type) => {
  const typed = new URLSearchParams({
    type,
    'f:~at': 'sj',
    'f:~id': 'own',
    'w:0': 'lx',
    'o:0': 'is',
    'v:0': 'XS,销售',
  });
  for (const { name, kind, values } of all(fieldsOfType(type))) {
    if (kind !== 'object') typed.set(`f:${name}`, `p.${name}`);
    if (kind === 'fen') typed.set(`u:${name}`, 'fen:abs');
    if (kind === 'qty') typed.set(`t:${name}`, 'pack');
    for (const value of values) typed.set(`e:${name}:${value}`, `它的${value}`);
    if (values[0] !== undefined) typed.set(`d:${name}`, values[0]);
  }
  const rule = ruleOf(typed);
  const back = typeRule(rule);
  expect(back && ruleOf(back)).toEqual(rule);
});

test('a rule that says more than the form can is not taken into it', () => {
  const data = { object: { orderNo: { first_of: [{ path: 'a' }, { path: 'b' }] } } };
  expect(typeRule({ type: 'sale.voided', id: { path: 'a', as: 'id' }, data })).toBeNull();
});

test('constants are written with an equals sign, money of theirs in yuan', () => {
  const typed = new URLSearchParams({
    type: 'sale.completed',
    'f:store.id': '=8005',
    'f:amounts.shippingFen': '=12.5',
    'f:lines': 'mx',
    'f:lines.pointsExcluded': '=是',
  });
  expect(ruleOf(typed)).toEqual({
    type: 'sale.completed',
    data: {
      object: {
        store: { object: { id: { const: '8005' } } },
        lines: { each: 'mx', map: { object: { pointsExcluded: { const: true } } } },
        amounts: { object: { shippingFen: { const: 1250 } } },
      },
    },
  });
});
