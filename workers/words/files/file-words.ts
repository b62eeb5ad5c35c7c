/** 文件的话: what the merchant is told of a file: what it is instead of a table, what stands in a cell instead of a value. */

/** By what a file turns out to be: how to make a table of it. */
export const otherFiles = {
  xls: '这是旧版 .xls 文件，请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV 再上传',
  locked: '这个工作簿有打开密码，请在 Excel 里去掉密码、另存后再上传',
  html: '这是改名为 .xls 的网页（HTML）表格，请用 Excel 打开，另存为 .xlsx 再上传',
  mhtml: '这是单个文件网页（MHTML），请用 Excel 打开，另存为 .xlsx 再上传',
  xml2003: '这是 Excel 2003 的 XML 表格，请用 Excel 打开，另存为 .xlsx 再上传',
  xml: '这是 XML 文件，不是表格；请导出为 .xlsx 或 CSV 再上传',
  json: '这是 JSON 文件，不是表格；请导出为 .xlsx 或 CSV 再上传',
  xlsb: '这是二进制工作簿（.xlsb），请用 Excel 打开，另存为 .xlsx 再上传',
  ods: '这是 OpenDocument 表格（.ods），请打开后另存为 .xlsx 再上传',
  numbers: '这是苹果 Numbers 表格，请打开后导出为 Excel（.xlsx）再上传',
  word: '这是 Word 文档，不是表格；请把表格导出为 .xlsx 或 CSV 再上传',
  zip: '这是压缩包，里面没有工作簿；请解压后上传其中的 .xlsx 或 CSV 文件',
  rar: '这是压缩包，请解压后上传其中的 .xlsx 或 CSV 文件',
  pdf: '这是 PDF 文件，不是表格；请导出为 .xlsx 或 CSV 再上传',
} as const;
export type OtherFile = keyof typeof otherFiles;

export const withoutResult =
  '是没有结果的公式：生成文件的程序没有计算它；请用 Excel 或 WPS 打开文件，保存后再上传';
export const cellFailed = (cell: string): string => `公式出错（${cell}），请改正后再上传`;

export const tooManyCells = (cells: number, headings: number): string =>
  `有 ${cells} 格，比表头的 ${headings} 列多：内容里有逗号的（例如 1,234.50）要加引号，或去掉逗号`;
export const soldBelowZero =
  '写的是销售，钱却是退出去的：如果是退货，请把单据类型写成“退货”；如果是换货，请写清整单实收';
export const moreOutThanBack =
  '是退货，换出的商品却比退回的贵：请把单据类型写成“销售”，退回的商品数量写成负数';
export const unknownUnit = (said: readonly string[]): string =>
  `括号里的“${said.join('、').slice(0, 30)}”不能确定是不是以元或分为单位；请换算成元，把表头改成例如“金额(元)”，或删去这一列`;

const linesShown = 5;

const shown = (lines: readonly number[]): string =>
  `第 ${lines.slice(0, linesShown).join('、')}${lines.length > linesShown ? ` 等 ${lines.length}` : ''} 行`;

export const totalsLeftOut = (lines: readonly number[]): string =>
  `${shown(lines)}是合计，不是数据，没有导入`;

const notStanding = { void: '已取消、作废或关闭', returned: '已经退款', unpaid: '还没有付款' } as const;
export type LeftOutState = keyof typeof notStanding;

export const statesLeftOut = (state: LeftOutState, lines: readonly number[]): string =>
  `${shown(lines)}的订单${notStanding[state]}，没有导入；${state === 'unpaid' ? '付款后请再导入' : '如果以前导入过，请另外导入它的退货单'}`;

export const stateUnclear = (cell: string): string =>
  `“${cell}”说不清这一单还算不算：仍然算的请写“已完成”，退回的部分请另写退货单`;

export const otherSheets = (read: string, others: readonly string[]): string =>
  `只读取了工作表“${read}”；${others.map((name) => `“${name}”`).join('、')}也有这些列，请另存为单独的文件再上传`;
