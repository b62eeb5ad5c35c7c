/** 发不出券: why no more of a template may be given, with its numbers. */

export type Bar =
  | {
      readonly limit: 'stock' | 'perMember' | 'perMemberPerDay' | 'perDay';
      readonly used: number;
      readonly cap: number;
    }
  /** It would be over already when it is given. */
  | { readonly limit: 'over'; readonly validTo: number }
  /** The template is no more. */
  | { readonly limit: 'gone' };
