/** 会员码认不出来: what whoever holds the scanner does about it. */

export function wrongCodeWords(wrong: 'no-code' | 'over' | 'unknown' | 'too-many'): string {
  switch (wrong) {
    case 'no-code':
      return '这不是会员码：会员码是 97 开头的 20 位数字。';
    case 'over':
      return '这个会员码过期了：会员码每分钟换一次，请顾客打开会员码再扫；截图不能用。';
    case 'unknown':
      return '没有认出这个会员码：请顾客刷新会员码再扫一次，或者报手机号。';
    case 'too-many':
      return '认不出的会员码太多了，过几分钟再扫；现在请顾客报手机号。';
    default:
      return wrong satisfies never;
  }
}
