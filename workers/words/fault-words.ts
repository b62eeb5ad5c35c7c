/** 哪里不对: what is wrong with a field or a body, as the shop reads it. What checks a value says so in English, for the API. */

type Said = readonly [RegExp, (...parts: string[]) => string];

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '一组数据',
  object: '一段数据',
  null: '空值',
  undefined: '没有填',
  date: '日期',
};
const kind = (name: string): string => kinds[name] ?? name;
const units: Readonly<Record<string, string>> = { string: '个字', array: '项' };

const unitOf = (origin: string): string => units[origin] ?? '';
const offered = (options: string): string =>
  options
    .replaceAll("'", '"')
    .split(/ ?\| ?/)
    .join('、');

/** What the checks of values say. */
const ofValues: readonly Said[] = [
  [/^Invalid input: expected (\w+), received undefined$/, (is = '') => `没有填，应为${kind(is)}`],
  [
    /^Invalid input: expected (\w+), received (\w+)$/,
    (is = '', got = '') => `应为${kind(is)}，收到的是${kind(got)}`,
  ],
  [/^Invalid option: expected one of (.+)$/, (options = '') => `只能是 ${offered(options)} 之一`],
  [/^Invalid input: expected (".+")$/, (only = '') => `只能是 ${only}`],
  [/^Invalid discriminator value\. Expected (.+)$/, (options = '') => `只能是 ${offered(options)} 之一`],
  [/^Too small: expected string to have >=1 characters$/, () => '不能为空'],
  [
    /^Too small: expected (string|array) to have >=(\d+) \w+$/,
    (of = '', least = '') => `至少 ${least} ${unitOf(of)}`,
  ],
  [
    /^Too big: expected (string|array) to have <=(\d+) \w+$/,
    (of = '', most = '') => `最多 ${most} ${unitOf(of)}`,
  ],
  [/^Too small: expected \w+ to be >=(-?[\d.]+)$/, (least = '') => `不能小于 ${least}`],
  [/^Too small: expected \w+ to be >(-?[\d.]+)$/, (least = '') => `要大于 ${least}`],
  [/^Too big: expected \w+ to be <=?(-?[\d.]+)$/, (most = '') => `不能大于 ${most}`],
  [/^Unrecognized keys?: (.+)$/, (keys = '') => `有不认识的字段 ${keys}`],
  [/^Invalid\b/, () => '格式不对'],
];

/** What our own checks of an event say. */
const ofEvents: readonly Said[] = [
  [/^must be a decimal string/, () => '应为最多三位小数的数字，比如 "2" 或 "0.515"'],
  [/^must be a date such as (\S+)$/, (like = '') => `应为日期，比如 ${like}`],
  [/^must be a day from (\d+) to (\d+)$/, (from = '', to = '') => `应在 ${from} 年到 ${to} 年之间`],
  [/^must be a list of at least one line$/, () => '至少要有一行商品'],
  [/^must be a whole number of fen/, () => '应为整数的分，比如 19.99 元写 1999'],
  [/^must not contain control characters/, () => '里面有看不见的控制字符或半个字'],
  [/^give a time with its offset/, () => '应为时间，比如 2026-11-22T14:59:00+08:00'],
  [/^nothing was put in$/, () => '本金和赠送都是 0'],
  [/^nothing is paid out$/, () => '退的本金是 0'],
  [/^two items have the same id$/, () => '有两个项目编号一样'],
  [
    /^give either amountFen, or principalFen and bonusFen$/,
    () => '要么给总额 amountFen，要么给 principalFen 和 bonusFen',
  ],
  [
    /^is needed to know which part was spent/,
    () => '没有它分不清花的是本金还是赠送；或者给 principalFen 和 bonusFen',
  ],
];

/** What reading by a mapping or an adapter says. */
const ofReading: readonly Said[] = [
  [/^is required and not there$/, () => '必须有，没有取到'],
  [/^takes more than (\d+) steps$/, (most = '') => `一条数据要走的步骤超过 ${most} 步`],
  [/^has more than (\d+) elements$/, (most = '') => `超过 ${most} 项`],
  [/^is a list or an object, not a value$/, () => '是一组数据，不是一个值'],
  [/^(.+) was written as a float and lost digits$/s, (text = '') => `${text} 被写成了浮点数，丢了位数`],
  [/^is longer than (\d+) characters$/, (most = '') => `最多 ${most} 个字`],
  [/^(".*") is neither yes nor no$/s, (text = '') => `${text} 既不是“是”也不是“否”`],
  [/^(".*") is not a count of seconds$/s, (text = '') => `${text} 不是秒数`],
  [/^(".*") is not a time such as (.+)$/s, (text = '', like = '') => `${text} 不是时间，应像 ${like}`],
  [/^(".*") is not a day and hour that exist$/s, (text = '') => `${text} 没有这一天或这个钟点`],
  [/^(".*") is not a time of our days$/s, (text = '') => `${text} 不是这些年的时间`],
  [/^(".*") is not a decimal number$/s, (text = '') => `${text} 不是数字`],
  [
    /^(".*") is finer than the unit; say how to round it$/s,
    (text = '') => `${text} 比分还细，请说明怎么取整`,
  ],
  [/^(".*") is too large$/s, (text = '') => `${text} 太大`],
  [/^(".*") is none of the values that were listed$/s, (text = '') => `${text} 不在列出的值里`],
  [/^a transfer cannot be (.+)$/s, (word = '') => `转账单没有 ${word} 这种状态`],
];

/** What taking a body apart says. */
const ofBodies: readonly Said[] = [
  [
    /^(form|json|xml|base64|url_decode)(?: at (\S+))?: (.+)$/s,
    (step = '', at = '', why = '') => `${step}${at && `（${at}）`}：${faultWords(why)}`,
  ],
  [/^(?:it ends too early|a string does not end)$/, () => '没有写完'],
  [/^(?:it is not JSON at character (\d+))$/, (at = '') => `第 ${at} 个字起不是 JSON`],
  [/^(?:the body is not JSON)$/, () => '不是 JSON'],
  [/^it has a key called __proto__$/, () => '有一个字段叫 __proto__'],
  [
    /^a string holds (?:a line break or another control character|an unknown escape)$/,
    () => '文字里有不合规的字符',
  ],
  [/^it is nested deeper than (\d+)/, (most = '') => `嵌套超过 ${most} 层`],
  [/^it is longer than (\d+) characters$/, (most = '') => `超过 ${most} 个字`],
  [/^it declares a document type or entities$/, () => '声明了文档类型或实体'],
  [/^it is not XML at line (\d+)$/, (line = '') => `第 ${line} 行起不是 XML`],
  [/^it has not exactly one root$/, () => '应当只有一个根节点'],
  [/^what was decoded is text, not fields$/, () => '拆开以后是一段文字，没有字段'],
  [/^(\w+) has no text to decode$/, (step = '') => `没有可以用 ${step} 拆的文字`],
  [/^(".*") stands twice with different values$/s, (field = '') => `${field} 出现了两次且值不同`],
  [/^(\S+) is not there$/, (path = '') => `没有 ${path}`],
  [/^(\S+) has more than (\d+) elements$/, (path = '', most = '') => `${path} 超过 ${most} 项`],
  [/^it is not a form, or a field stands twice$/, () => '不是表单，或有字段出现了两次'],
  [/^an escape is broken$/, () => '转义不完整'],
  [/^it is not base64 of text$/, () => '不是 base64 编码的文字'],
];

const all = [...ofValues, ...ofEvents, ...ofReading, ...ofBodies];

/** In Chinese; what is not known here, and what an adapter says in Chinese already, stays as it is. */
export function faultWords(says: string): string {
  for (const [pattern, words] of all) {
    const found = pattern.exec(says);
    if (found) return words(...found.slice(1).map((part: string | undefined) => part ?? ''));
  }
  return says;
}
