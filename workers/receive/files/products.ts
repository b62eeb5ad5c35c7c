/** 商品: one row for each; the last row about a product counts. */
import * as cells from './cells.ts';
import { numberIn, textIn, type Column, type Row } from './columns.ts';
import { given, grouped, type FileKind, type ImportRecord } from './kind.ts';

const columns: readonly Column[] = [
  {
    key: 'sku',
    heading: '商品编码',
    aliases: ['编码', '货号', '商品货号', '条码', '商品条码', '商品编号', 'barcode'],
    kind: cells.id,
    isRequired: true,
    example: '6901234567892',
  },
  {
    key: 'name',
    heading: '商品名称',
    aliases: ['名称', '品名', 'productName'],
    kind: cells.text,
    isRequired: true,
    example: '有机奶粉 1 段 800g',
  },
  {
    key: 'categoryIds',
    heading: '分类编号',
    aliases: ['类别编号', '分类编码', '品类编码', 'categoryId'],
    kind: cells.text,
    example: '01/0101',
  },
  {
    key: 'categoryNames',
    heading: '分类名称',
    aliases: ['分类', '类别', '品类', '商品分类', 'category', 'categoryName'],
    kind: cells.text,
    example: '奶粉/婴儿奶粉',
  },
  { key: 'brand', heading: '品牌', aliases: ['商品品牌'], kind: cells.text, example: '爱他美' },
  { key: 'tags', heading: '标签', aliases: ['商品标签', 'tag'], kind: cells.text, example: '奶粉客,高端' },
  { key: 'pointsFactor', heading: '积分倍数', aliases: ['积分系数'], kind: cells.factor, example: '1' },
  {
    key: 'status',
    heading: '状态',
    aliases: ['商品状态'],
    kind: cells.word({
      active: ['在售', '上架', '正常', '启用', '1'],
      removed: ['下架', '停售', '停用', '删除', '0'],
    }),
    example: '在售',
  },
];

export const products: FileKind = {
  kind: 'products',
  title: '商品',
  columns,
  isNumbered: false,
  past: 'none',
  momentHeading: null,
  together: null,
  headKeys: [],
  sameBy: ['sku'],
  group: (rows) => {
    const groups = [...grouped(rows, ({ values }) => textIn(values, 'sku') ?? '')];
    const errors = groups.flatMap(([sku, [, ...more]]) =>
      more.map(({ line }) => ({
        line,
        column: '商品编码',
        message: `${sku} 在文件中出现了多次，只导入第一次`,
      })),
    );
    return { records: groups.flatMap(([sku, [row]]) => (row ? [toRecord(sku, row)] : [])), errors };
  },
};

function toRecord(sku: string, { line, values }: Row): ImportRecord {
  const ids = parts(textIn(values, 'categoryIds'), /[/>＞]/);
  const names = parts(textIn(values, 'categoryNames'), /[/>＞]/);
  const depth = Math.max(ids.length, names.length);
  // A till without category numbers uses the names.
  const categoryPath = Array.from({ length: depth }, (_, place) => ({
    id: ids[place] ?? names.slice(0, place + 1).join('/'),
    name: names[place] ?? '',
  }));
  const data = given({
    sku,
    name: textIn(values, 'name'),
    categoryPath,
    brand: textIn(values, 'brand'),
    tags: parts(textIn(values, 'tags'), /[,，、;；|]/),
    pointsFactor: numberIn(values, 'pointsFactor'),
    status: textIn(values, 'status'),
  });
  return {
    name: `product:${sku}`,
    lines: [line],
    type: 'product.upserted',
    occurredAt: null,
    data,
    takesVersion: false,
  };
}

const parts = (text: string | undefined, separator: RegExp): string[] =>
  (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);
