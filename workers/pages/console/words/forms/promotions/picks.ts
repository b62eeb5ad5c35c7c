/** 选商品的说法. */
import type { GoodsKind } from '../../../../../db/shop/goods.ts';

export const goodsNames: Readonly<Record<GoodsKind, string>> = {
  category: '品类',
  brand: '品牌',
  sku: '商品',
  tag: '商品标签',
  store: '门店',
};

export const unseenWords = {
  again: '还没有存：有的编码店里还没见过，下面标出来了。写错了就去掉勾；没有写错，就再存一次。',
  mark: '没见过',
  help: '标“没见过”的，收银机和商品资料里都还没有。写错了就去掉勾；没写错就留着，等卖到它时会算进去。',
};

export const findWords = {
  label: (name: string) => `按名字或编码找${name}`,
  help: '比如“奶粉”。什么都不填，就列出最常见的。',
  found: (part: string, name: string) => (part === '' ? `店里的${name}：` : `“${part}”找到的${name}：`),
  none: (part: string, name: string) => `店里没有叫“${part}”的${name}。换一个词再找，或者在下面直接写编码。`,
  noneAtAll: (name: string) =>
    `店里还没有见过${name}。等收银机发来，或者导入商品资料；也可以在下面直接写编码。`,
  more: '还有更多，把名字写得再全一点。',
  typed: '直接写编码',
  typedHelp: '照收银机里的写，一行一个。',
};
