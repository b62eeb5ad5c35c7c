/** 猜怎么拆: what a till packs into what is found by how it looks. */
import { expect, test } from 'vitest';
import { guessSteps } from '../../../workers/receive/mapping/values/guess.ts';

const list = '[{"sku":"1","je":"9.90"}]';
const encoded = encodeURIComponent(list);

test.each<[string, string, object[]]>([
  ['JSON', '{"no":"A1"}', [{ do: 'json' }]],
  ['a form', 'no=A1&je=9.90', [{ do: 'form' }]],
  ['a form with JSON in a field', `no=A1&mx=${encoded}`, [{ do: 'form' }, { do: 'json', at: 'mx' }]],
  [
    'a form with a whole order in a field, and a list as text within it',
    `biz=${encodeURIComponent(JSON.stringify({ no: 'A1', mx: list }))}`,
    [{ do: 'form' }, { do: 'json', at: 'biz' }, { do: 'json', at: 'biz.mx' }],
  ],
  ['XML', '<order><no>A1</no></order>', [{ do: 'xml' }]],
  [
    'a body that is escaped as a whole',
    encodeURIComponent('{"no":"A1"}'),
    [{ do: 'url_decode' }, { do: 'json' }],
  ],
  [
    'base64 in a field',
    `no=A1&data=${encodeURIComponent(btoa('{"je":"9.90"}'))}`,
    [{ do: 'form' }, { do: 'base64', at: 'data' }, { do: 'json', at: 'data' }],
  ],
  [
    'a remark that begins with a bracket stays a remark',
    `no=A1&memo=${encodeURIComponent('[急] 送货')}`,
    [{ do: 'form' }],
  ],
  ['a key with a dot is left to a person', `${encodeURIComponent('a.b')}=${encoded}`, [{ do: 'form' }]],
])('%s', (_, body, steps) => {
  expect(guessSteps(body)).toEqual(steps);
});

test('what is packed deeper than a mapping may go is left as it is', () => {
  let packed = '{"no":"A1"}';
  for (let depth = 0; depth < 9; depth += 1) packed = JSON.stringify({ a: packed });
  expect(guessSteps(packed)).toHaveLength(3);
});
