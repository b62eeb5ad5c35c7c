/** 金额写法: the same amount reads the same on a page, in a message and in an alert. */
import { expect, test } from 'vitest';
import { yuanFigure, yuanText } from '../../../workers/decide/plain/yuan.ts';

test.each<[number, string]>([
  [1200, '12'],
  [1234, '12.34'],
  [320, '3.20'],
  [5, '0.05'],
  [0, '0'],
  [-5, '-0.05'],
  [-150, '-1.50'],
])('%d fen is written as %s', (fen, figure) => {
  expect(yuanFigure(fen)).toBe(figure);
  expect(yuanText(fen)).toBe(`${figure}元`);
});
