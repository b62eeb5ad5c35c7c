/**
 * What a member's level should be, worked out of the list of her purchases every time it is asked for. Written without a look at the
 * sums by day, the largest purchases and the places among the rules that the engine keeps.
 */
export type Rule = {
  readonly name: string;
  readonly amountFen: number | null;
  readonly orders: number | null;
  readonly withinDays: number | null;
  readonly singleFen: number | null;
};
export type Keeping =
  | { readonly mode: 'always' }
  | { readonly mode: 'months'; readonly months: number; readonly afterwards: 'down' | 'earned' };
export type Rules = { readonly list: readonly Rule[]; readonly keeping: Keeping };

export type Standing = {
  readonly level: string | null;
  readonly isByHand: boolean;
  /** The last day. */
  readonly until: string | null;
};

type Person = Standing & {
  /** Something came back since a purchase looked at the level. */
  readonly owes: number;
};
type Purchase = { buyer: number; readonly on: string; fen: number };

const nobody: Person = { level: null, isByHand: false, until: null, owes: 0 };

export function shifted(day: string, by: { readonly days?: number; readonly months?: number }): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const whole = year * 12 + month - 1 + (by.months ?? 0);
  const daysIn = new Date(Date.UTC(Math.floor(whole / 12), (whole % 12) + 1, 0)).getUTCDate();
  const kept = Math.min(date, by.months === undefined ? date : daysIn) + (by.days ?? 0);
  return new Date(Date.UTC(Math.floor(whole / 12), whole % 12, kept)).toISOString().slice(0, 10);
}

export class LevelsModel {
  rules: Rules;
  readonly heirs: number[];
  private readonly people: Person[];
  private readonly purchases = new Map<string, Purchase>();

  constructor(rules: Rules, people: number) {
    this.rules = rules;
    this.heirs = Array.from({ length: people }, (_, one) => one);
    this.people = this.heirs.map(() => nobody);
  }

  heir = (who: number): number => this.heirs[who] ?? who;

  private placeOf = (level: string | null): number => this.rules.list.findIndex(({ name }) => name === level);

  /** The level that her purchases reach, seen from the end of a day. */
  private reachedOn(who: number, day: string): number {
    const { list, keeping } = this.rules;
    const own = [...this.purchases.values()].filter(({ buyer, fen }) => this.heir(buyer) === who && fen > 0);
    const counts = (on: string, days: number | null): boolean => {
      const isWithin = days === null || (on <= day && on > shifted(day, { days: -days }));
      const isOfPeriod =
        keeping.mode === 'always' || (on <= day && on > shifted(day, { months: -keeping.months }));
      return isWithin && isOfPeriod;
    };
    return list.findLastIndex(({ amountFen, orders, withinDays, singleFen }) => {
      const all = own.filter(({ on }) => counts(on, withinDays));
      const sum = all.reduce((total, { fen }) => total + fen, 0);
      const isSingle = own.some(
        ({ on, fen }) => counts(on, null) && on <= day && fen >= (singleFen ?? Infinity),
      );
      const isFree = amountFen === null && orders === null && singleFen === null;
      return isFree || isSingle || sum >= (amountFen ?? Infinity) || all.length >= (orders ?? Infinity);
    });
  }

  /** Each time that is over was followed by what the shop's policy says. */
  private seenOn(who: number, today: string): Person {
    const { list, keeping } = this.rules;
    let person = this.people[who] ?? nobody;
    while (person.until !== null && person.until < today && (person.isByHand || keeping.mode === 'months')) {
      const place = this.placeOf(person.level);
      const reached = this.reachedOn(who, person.until);
      const fallen = keeping.mode === 'months' && keeping.afterwards === 'down' ? place - 1 : reached;
      const next = person.isByHand ? reached : reached < place ? fallen : place;
      const until =
        keeping.mode === 'months' && next >= 0 ? shifted(person.until, { months: keeping.months }) : null;
      person = { ...person, level: list[next]?.name ?? null, isByHand: false, until };
    }
    return person;
  }

  standing(who: number, today: string): Standing {
    const { level, isByHand, until } = this.seenOn(who, today);
    return { level, isByHand, until };
  }

  /** Told, corrected, or come back: what the order is worth from now on. Only a purchase looks at the level. */
  worth(orderNo: string, { buyer, on, fen }: Purchase, look: boolean, today: string): void {
    const who = this.heir(buyer);
    const person = this.seenOn(who, today);
    const known = this.purchases.get(orderNo);
    const change = fen - (known?.fen ?? 0);
    const owes = person.owes + Math.max(0, -change);
    if (known) known.fen = fen;
    else this.purchases.set(orderNo, { buyer, on, fen });
    this.people[who] = look && fen > 0 ? this.looked(who, { ...person, owes }, today) : { ...person, owes };
  }

  private looked(who: number, person: Person, today: string): Person {
    const { list, keeping } = this.rules;
    const place = this.placeOf(person.level);
    const reached = this.reachedOn(who, today);
    const ends = (one: number): string | null =>
      keeping.mode === 'months' && one >= 0 ? shifted(today, { months: keeping.months }) : null;
    if (reached > place || (reached < place && person.owes > 0 && !person.isByHand))
      return { level: list[reached]?.name ?? null, isByHand: false, until: ends(reached), owes: 0 };
    return { ...person, until: person.isByHand ? person.until : (person.until ?? ends(place)), owes: 0 };
  }

  byHand(who: number, level: string | null, until: string | null): void {
    const isByHand = level !== null;
    this.people[who] = { level, isByHand, until: isByHand ? until : null, owes: 0 };
  }

  /** The one who stays has the higher level, and of two that are equal the one that stands longer. */
  merge(from: number, into: number, today: string): void {
    const [theirs, own] = [this.seenOn(from, today), this.seenOn(into, today)];
    const [one, other] = [this.placeOf(theirs.level), this.placeOf(own.level)];
    const isTheirs = one > other || (one === other && (theirs.until ?? '9') > (own.until ?? '9'));
    this.people[into] = { ...(isTheirs ? theirs : own), owes: theirs.owes + own.owes };
    this.heirs.forEach((heir, who) => {
      if (heir === from) this.heirs[who] = into;
    });
  }
}
