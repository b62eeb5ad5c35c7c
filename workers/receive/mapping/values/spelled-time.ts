/** 时间的写法: 上午, 下午, PM, 时, 分, full-width digits and days of the week, as the 24-hour time that they mean. */

/** Direction marks and zero widths, which are copied along. */
const unseen = /\p{Cf}+/gu;
const weekday = /[(（]?(?:星期|礼拜|周)[一二三四五六日天][)）]?/;
const half = /上午|凌晨|清晨|早晨|早上|下午|傍晚|晚上|中午|(?<![a-z])[ap]\.?m\.?(?![a-z])/i;
const clock = /(\d{1,2})([:.]\d{2}(?:[:.]\d{2})?\s*)$/;
const lengthMax = 60;

/** Null when it says nothing more than it did. */
export function spelledTime(text: string): string | null {
  if (text.length > lengthMax) return null;
  const plain = text
    .normalize('NFKC')
    .replaceAll(unseen, '')
    .replace(weekday, ' ')
    .replace(/(\d)\s*[时点]\s*(?=\d)/, '$1:')
    .replace(/(\d)\s*[时点]整?\s*$/, '$1:00')
    .replace(/(\d)\s*分\s*(?=\d)/, '$1:')
    .replace(/(\d)\s*[分秒]\s*$/, '$1')
    .trim();
  const [marker] = half.exec(plain) ?? [];
  const told = marker === undefined ? plain : inHalf(plain.replace(half, ' ').trim(), marker.toLowerCase());
  return told === text ? null : told;
}

function inHalf(text: string, marker: string): string | null {
  const [all, hours = '', rest = ''] = clock.exec(text) ?? [];
  if (all === undefined) return null;
  const hour = hourOf(Number(hours), marker);
  return hour === null ? null : `${text.slice(0, -all.length)}${String(hour).padStart(2, '0')}${rest}`;
}

function hourOf(hour: number, marker: string): number | null {
  if (/^[上凌清早a]/.test(marker)) return hour === 12 ? 0 : hour < 12 ? hour : null;
  if (marker === '中午') return hour < 4 ? hour + 12 : hour <= 14 ? hour : null;
  // Twelve in the evening is the next day to some.
  if (marker === '晚上' && hour === 12) return null;
  return hour < 12 ? hour + 12 : hour;
}
