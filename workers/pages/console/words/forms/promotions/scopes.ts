/** 商品范围的说法, shared by campaigns, coupons and plans. */
import type { FieldWords, FormWords } from '../../../form/words.ts';

const kinds = { category: '品类', brand: '品牌', sku: '商品', tag: '商品标签' };
const ids: FieldWords = { label: '哪些', help: '打勾的都算。' };

const entries = (name: string, label: string, help: string): FormWords => ({
  [name]: { label, help, one: '范围' },
  [`${name}.kind`]: { label: '按什么', values: kinds },
  [`${name}.ids`]: ids,
});

export const scopeWords = (name: string): FormWords => ({
  [name]: { label: '哪些商品', help: '都不填，就是全部商品。', isRare: true },
  ...entries(`${name}.include`, '只算这些', '不填就是全部商品。'),
  ...entries(`${name}.exclude`, '不算这些', '比如特价区、奶粉。'),
});

export const excludeWords = (name: string): FormWords =>
  Object.fromEntries(
    Object.entries(entries(name, '不算这些商品', '算满多少的时候，不把它们算进去。')).map(([key, words]) => [
      key,
      key === name ? { ...words, isRare: true as const } : words,
    ]),
  );
