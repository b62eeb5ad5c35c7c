/**
 * 参数值内容限制: what WeChat accepts in a field of each type. Written from WeChat's table and not from the code that
 * fits values into it, so that each of the two checks the other.
 */

/** A trailing count is the longest it may be, in characters. */
const shapes: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/u,
  short_thing: /^.{1,5}$/u,
  number: /^(?=.{1,32}$)[0-9]+([.][0-9]+)?$/,
  letter: /^[a-zA-Z]{1,32}$/,
  symbol: /^[^\p{L}\p{N}\s]{1,5}$/u,
  character_string: /^[ -~]{1,32}$/,
  time: /^([^~]*\d{1,2}:\d\d(:\d\d)?)(~[^~]*\d{1,2}:\d\d(:\d\d)?)?$/,
  date: /^(?=.*(月|\d[-/.]\d))[\d年月日\-/. :]+(~[\d年月日\-/. :]+)?$/,
  amount: /^[¥￥$€£]?(?=[0-9.]{1,11}元?$)[0-9]{1,10}([.][0-9]+)?元?$/,
  phone_number: /^[0-9+*#() -]{1,17}$/,
  car_number: /^(?=.{1,8}$)[\p{sc=Han}A-Za-z0-9][A-Za-z0-9]*\p{sc=Han}?$/u,
  name: /^(?:[ -~]{1,20}|[^\p{N}\p{C}]{1,10})$/u,
  phrase: /^\p{sc=Han}{1,5}$/u,
  const: /^.{1,20}$/u,
};

/** `null` for a value that may be sent, else the end of WeChat's sentence: `data.thing1.value invalid`. */
export function faultOf(key: string, value: string | undefined): string | null {
  // The misspelling is WeChat's.
  if (value === undefined || value.trim() === '') return `data.${key}.value is emtpy`;
  const shape = shapes[key.replace(/\d+$/, '')];
  const isOneLine = !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value);
  return shape?.test(value) === true && isOneLine ? null : `data.${key}.value invalid`;
}
