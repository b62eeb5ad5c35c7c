/** 发不出券: why no more of a template may be given, with its numbers. */

export type Bar =
  | {
      readonly limit: 'stock' | 'perMember' | 'perMemberPerDay' | 'perDay';
      readonly used: number;
      readonly cap: number;
    }
  /** It would be over already when it is given. */
  | { readonly limit: 'over'; readonly validTo: number }
  /** 同超级会员有效期: whoever would get it is none; was one until then, or never (0). */
  | { readonly limit: 'notSuper'; readonly superUntil: number }
  /** The template is no more. */
  | { readonly limit: 'gone' };
