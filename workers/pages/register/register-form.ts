/** 注册表单: what was typed, and its faults or its parsed values. */
import type { Child, Trade } from '../../../schema/index.ts';
import { isDay } from '../../../schema/plain/plain.ts';
import { childMiss, childYearsMax, type ChildMiss } from '../../decide/members/children.ts';
import { plainPhone } from '../../decide/plain/phones.ts';
import { invitationOf, type Invitation } from '../paths.ts';

export type Typed = {
  readonly phone: string;
  readonly code: string;
  readonly name: string;
  readonly baby: string;
  readonly dueOn: string;
  readonly bornOn: string;
  readonly birthdayOn: string;
  readonly isAgreed: boolean;
  /** 换绑: the person wants the membership that the phone has under another WeChat account. */
  readonly isRebinding: boolean;
  readonly invitation: Invitation;
};

export type Field = 'phone' | 'code' | 'name' | 'baby' | 'dueOn' | 'bornOn' | 'birthdayOn' | 'agree';
export type Wrong = Readonly<Partial<Record<Field, string>>>;

/** 宝宝: only a shop for them asks; of everybody else it is none of its business. */
export const asksChildren = (trade: Trade): boolean => trade === 'maternity';

export type Registration = {
  readonly phone: string;
  readonly code: string;
  readonly name: string | null;
  readonly children: readonly Child[];
  readonly birthdayOn: string | null;
};

/** Longer than any real input; the form shows it again as typed. */
const typedLengthMax = 60;
const nameLengthMax = 20;

export function typedIn(form: URLSearchParams): Typed {
  const text = (name: string): string => (form.get(name) ?? '').slice(0, typedLengthMax).toWellFormed();
  return {
    phone: text('phone'),
    code: text('code'),
    name: text('name'),
    baby: text('baby'),
    dueOn: text('dueOn'),
    bornOn: text('bornOn'),
    birthdayOn: text('birthdayOn'),
    isAgreed: form.get('agree') === 'yes',
    isRebinding: form.get('rebind') === 'yes',
    invitation: invitationOf(form),
  };
}

export const nothingTyped = (invitation: Invitation): Typed => ({
  ...typedIn(new URLSearchParams()),
  invitation,
});

export function read(
  typed: Typed,
  { today, asksChildren }: { readonly today: string; readonly asksChildren: boolean },
): { readonly registration: Registration } | { readonly wrong: Wrong } {
  const wrong: Partial<Record<Field, string>> = {};
  const phone = mobileOf(typed.phone);
  if (phone === null) wrong.phone = typed.phone.trim() === '' ? '请填写手机号' : phoneWrong;
  const code = codeOf(typed.code);
  if (code === null)
    wrong.code = typed.code.trim() === '' ? '请点「发送验证码」，再填收到的 6 位数字' : '验证码是 6 位数字';
  const name = typed.name.trim();
  if (Array.from(name).length > nameLengthMax) wrong.name = `称呼请控制在 ${nameLengthMax} 个字以内`;
  else if (/[\p{Cc}\p{Cs}]/u.test(name)) wrong.name = '称呼里有无法显示的字符，请重新填写';
  const baby = asksChildren ? readBaby(typed, today) : { children: [] };
  if ('field' in baby) wrong[baby.field] = baby.message;
  const birthdayOn = typed.birthdayOn.trim();
  const birthdayWrong = birthdayOn === '' ? null : wrongBirthday(birthdayOn, today);
  if (birthdayWrong !== null) wrong.birthdayOn = birthdayWrong;
  if (!typed.isAgreed) wrong.agree = '请先阅读并勾选同意，我们才能保存您的资料';

  if (phone === null || code === null || 'field' in baby || Object.keys(wrong).length > 0) return { wrong };
  return {
    registration: {
      phone,
      code,
      name: name === '' ? null : name,
      children: baby.children,
      birthdayOn: birthdayOn === '' ? null : birthdayOn,
    },
  };
}

function wrongBirthday(day: string, today: string): string | null {
  if (!isDay(day) || day < '1900-01-01') return '请填写生日，例如 1990-05-20';
  return day > today ? '生日不能晚于今天' : null;
}

/** The eleven digits of a mobile number, or null. */
export function mobileOf(text: string): string | null {
  const phone = plainPhone(text);
  return phone !== null && /^1[3-9]/.test(phone) ? phone : null;
}

export const phoneWrong = '请填写 11 位手机号，例如 13912345678';

/** The six digits, or null. Chinese keyboards write full-width digits, and people group digits. */
export function codeOf(text: string): string | null {
  const digits = text.normalize('NFKC').replaceAll(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

type Baby = { readonly children: readonly Child[] } | { readonly field: Field; readonly message: string };

function readBaby({ baby, dueOn, bornOn }: Typed, today: string): Baby {
  switch (baby) {
    case 'none':
      return { children: [] };
    case 'expecting': {
      if (dueOn === '') return { field: 'dueOn', message: '请选择预产期' };
      return readChild('dueOn', { born: dueOn, isExpected: true }, today);
    }
    case 'born': {
      if (bornOn === '') return { field: 'bornOn', message: '请选择宝宝的生日' };
      return readChild('bornOn', { born: bornOn, isExpected: false }, today);
    }
    default:
      return { field: 'baby', message: '请选一项' };
  }
}

function readChild(field: Field, child: Child, today: string): Baby {
  const miss = childMiss(child, today);
  return miss ? { field, message: wordsFor(miss) } : { children: [child] };
}

function wordsFor(miss: ChildMiss): string {
  switch (miss.reason) {
    case 'not-a-day':
      return '请填写日期，例如 2026-05-20';
    case 'not-born-yet':
      return '这一天还没有到。宝宝还没出生的话，请选「孕期」并填预产期';
    case 'too-old':
      return `请填 ${childYearsMax} 岁以内宝宝的生日`;
    case 'due-too-far':
      return `预产期最晚是 ${miss.to}，请再核对一下`;
    case 'due-long-past':
      return '预产期已经过去很久了。宝宝出生了的话，请选「已出生」并填生日';
    default:
      return miss satisfies never;
  }
}
