/**
 * 记录: what is only ever added, in the order in which it was decided: messages, contacts, receipts, permissions, alerts. A new
 * note is its line here and its shelf in db/shelves/notes.ts.
 */
import type {
  Alert,
  Arrival,
  AssociateId,
  Contact,
  CouponId,
  CouponMove,
  Erasure,
  FileWritten,
  MassCounts,
  MemberFileFields,
  MemberId,
  PointsEnd,
  ReferralDueAt,
  ReferralMark,
} from '../../../schema/index.ts';

export type QueuedMessage = {
  readonly cause: string;
  readonly kind: string;
  readonly memberId: MemberId | null;
  readonly associateId: AssociateId | null;
  /** For somebody who is no member, or for one openid of a member; usually left out. */
  readonly openid?: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly dueAt: number;
};

export type PermissionChange = {
  readonly openid: string;
  readonly templateId: string;
  readonly by: number | 'none';
  readonly refusedAt: number | null;
};

export type Receipt = {
  readonly receipt: string;
  readonly arrival: Arrival;
  readonly why: string | null;
  readonly mass?: MassCounts;
};

/** 领取: whoever was offered it has it now. */
export type PushClaim = {
  readonly pushId: string;
  readonly memberId: MemberId;
  readonly couponId: CouponId;
  readonly at: number;
};

/** As a person changed it. */
export type FileChanged = { readonly memberId: MemberId; readonly written: FileWritten };

export type FileTold = { readonly memberId: MemberId; readonly told: Partial<MemberFileFields> };

/** Each note by the verb that adds it. */
type NoteByVerb = {
  readonly 'message.queue': QueuedMessage;
  readonly 'contact.add': Omit<Contact, 'seq'>;
  readonly 'message.arrive': Receipt;
  readonly 'permission.change': PermissionChange;
  /** Bodies of events that were about a deleted member are emptied later. */
  readonly 'erasure.ask': Erasure;
  readonly 'alert.raise': Alert;
  /** Added with the step itself (`coupons/folds.ts`), so that none is forgotten. */
  readonly 'coupon-move.add': Omit<CouponMove, 'seq'>;
  readonly 'push.claim': PushClaim;
  /** 档案 as a system told it: it fills blanks, and takes no word of a person's away. */
  readonly 'member-file.tell': FileTold;
  readonly 'member-file.write': FileChanged;
  /** Added with the posting (`money/post.ts`): the first day on which points of the member's end. */
  readonly 'points-end.add': PointsEnd;
  /** Something of an invitation is due then. */
  readonly 'referral-due.add': ReferralDueAt;
  readonly 'referral-mark.add': ReferralMark;
};

const names = {
  'message.queue': 'messages',
  'contact.add': 'contacts',
  'message.arrive': 'receipts',
  'permission.change': 'permissions',
  'erasure.ask': 'erasures',
  'alert.raise': 'alerts',
  'coupon-move.add': 'couponMoves',
  'push.claim': 'pushClaims',
  'member-file.tell': 'filesTold',
  'member-file.write': 'filesWritten',
  'points-end.add': 'pointsEnds',
  'referral-due.add': 'referralDues',
  'referral-mark.add': 'referralMarks',
} as const satisfies Record<keyof NoteByVerb, string>;

type Verb = keyof NoteByVerb;
export type NoteName = (typeof names)[Verb];
export type NoteOf<Name extends NoteName> = {
  [V in Verb]: (typeof names)[V] extends Name ? NoteByVerb[V] : never;
}[Verb];
export type Notes = { readonly [Name in NoteName]: NoteOf<Name>[] };
/** `contact.add`, with the note. */
export type Note = { [V in Verb]: { readonly type: V; readonly note: NoteByVerb[V] } }[Verb];

const verbs = Object.keys(names) as Verb[];

// Every name has its list.
export const noNotes = (): Notes =>
  Object.fromEntries(verbs.map((verb) => [names[verb], []])) as unknown as Notes;

export const isNote = (effect: { readonly type: string }): effect is Note =>
  Object.hasOwn(names, effect.type);

export function add(notes: Notes, { type, note }: Note): void {
  // The note is of the kind that its verb names.
  (notes[names[type]] as unknown[]).push(note);
}
