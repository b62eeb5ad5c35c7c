/** 映射哪里不对: what the labs say in English, for whoever maps. */
import { faultWords } from '../../../../words/fault-words.ts';

const said: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    /^"(.*)" is no field of ours; did you mean "(.+)"\?$/s,
    (name = '', meant = '') => `没有叫 ${name} 的栏目，是不是 ${meant}？`,
  ],
  [
    /^"(.*)" is no field of ours; known here: (.+)$/s,
    (name = '', all = '') => `没有叫 ${name} 的栏目，这里只有：${all.replaceAll(', ', '、')}`,
  ],
  [/^nothing there; without it/, () => '没有取到编号：没有它，同一张单发两次会算成两张'],
  [/^no rule holds for this payload/, () => '没有一条规则的条件合这一条：改条件，或者加一条规则'],
  [/^is a path such as/, () => '请填一栏的名字，比如 order.no'],
  [/^needs one of (.+)$/, (all = '') => `要有 ${all} 中的一个`],
  [/^is nested deeper|^has more than \d+ parts/, () => '这个映射太大了'],
  [/^is a zone such as/, () => '没有这个时区，请填 Asia/Shanghai 这样的名字'],
  [
    /^it becomes (\d+) events, and (\d+) are expected$/,
    (is = '', was = '') => `读成 ${is} 张单，原来是 ${was} 张`,
  ],
  [
    /^(\S+) is (.+), and (.+) is expected$/s,
    (field = '', is = '', was = '') => `${field} 读成 ${is}，原来是 ${was}`,
  ],
  [/^none of them becomes an event$/, () => '至少要有一张单能读成我们的单据'],
  [
    /^is missing: events are read by version (\d+)/,
    (version = '') => `正在用第 ${version} 版读单，只能换成新的，不能去掉`,
  ],
  [
    /^is (\d+), and (\d+) is in use: give a changed mapping (\d+)$/,
    (is = '', was = '', next = '') => `写的是第 ${is} 版，正在用的是第 ${was} 版：改过的要写第 ${next} 版`,
  ],
  [/^is a content type such as (.+)$/, (like = '') => `应为内容类型，比如 ${like}`],
  [/^is an event, or a list of events$/, () => '应为一张单，或者几张单的列表'],
  [/^is no signature scheme that we know$/, () => '没有这种验签方式'],
  [/^has exactly one of (.+)$/, (all = '') => `${all.replaceAll(', ', '、')} 里要有一个，也只能有一个`],
  [/^is a text, a number, true, false or null$/, () => '只能是文字、数字、true、false 或 null'],
  [/^json is decoded at most (\d+) times$/, (most = '') => `json 最多拆 ${most} 层`],
  [/^only a qty is multiplied$/, () => '只有件数（qty）才能乘'],
  [/^an enum has values, and nothing else has$/, () => '只有 enum 要写 values，别的都不写'],
  [/^(\S+): (.+)$/s, (field = '', why = '') => `${field}：${specWords(why)}`],
];

export function specWords(message: string): string {
  for (const [shape, words] of said) {
    const found = shape.exec(message);
    if (found) return words(...found.slice(1));
  }
  return faultWords(message);
}
