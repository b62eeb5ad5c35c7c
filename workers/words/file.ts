/** 档案里的选项, and what a child uses, by name. */
export const sexNames = { female: '女', male: '男' } as const;
export const incomeNames = {
  'under-3000': '3000 元以下',
  '3000-5000': '3000 到 5000 元',
  '5000-10000': '5000 到 1 万元',
  '10000-20000': '1 万到 2 万元',
  'over-20000': '2 万元以上',
} as const;
export const educationNames = {
  primary: '小学',
  middle: '初中',
  high: '高中或中专',
  college: '大专',
  bachelor: '本科',
  master: '硕士以上',
} as const;
export const goodsNames = { milk: '奶粉', nappy: '纸尿裤' } as const;
