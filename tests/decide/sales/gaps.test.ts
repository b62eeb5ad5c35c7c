import { expect, test } from 'vitest';
import { gapsIn } from '../../../workers/decide/sales/numbers/gaps.ts';

test.each<[string, string[], string[]]>([
  ['one after another but for one', ['A-8', 'A-9', 'A-11'], ['A-10']],
  ['with noughts before them', ['0098', '0099', '0101'], ['0100']],
  ['of two terminals', ['T1-1', 'T1-2', 'T1-4', 'T2-7', 'T2-8'], ['T1-3']],
  ['with nothing missing', ['8', '9', '10'], []],
  ['that jump', ['20261122104501', '20261122114518', '20261122124533'], []],
  ['so few that more is missing than there is', ['1', '9'], []],
  ['without figures', ['甲', '乙'], []],
])('of numbers %s', (_, numbers, missing) => {
  expect(gapsIn(numbers)).toEqual(missing);
});
