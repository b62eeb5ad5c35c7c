/** 一人名下: rows by key that know whose they are, so that to ask for one owner's costs nothing for everybody else's. */

export class OwnedRows<Key, Row, Owner> extends Map<Key, Row> {
  readonly #ownerOf: (row: Row) => Owner | null;
  /** Made when first asked for: most nouns of most groups are never asked so. */
  #byOwner: Map<Owner | null, Map<Key, Row>> | null = null;

  constructor(ownerOf: (row: Row) => Owner | null) {
    super();
    this.#ownerOf = ownerOf;
  }

  /** In no order that means anything: whoever needs one sorts. */
  of(owner: Owner): readonly Row[] {
    return [...this.#own(owner).values()];
  }

  keysOf(owner: Owner): readonly Key[] {
    return [...this.#own(owner).keys()];
  }

  override set(key: Key, row: Row): this {
    if (this.#byOwner !== null) {
      this.#leave(key);
      this.#join(this.#byOwner, key, row);
    }
    return super.set(key, row);
  }

  override delete(key: Key): boolean {
    this.#leave(key);
    return super.delete(key);
  }

  override clear(): void {
    this.#byOwner = null;
    super.clear();
  }

  #own(owner: Owner): ReadonlyMap<Key, Row> {
    if (this.#byOwner === null) {
      this.#byOwner = new Map();
      for (const [key, row] of this) this.#join(this.#byOwner, key, row);
    }
    return this.#byOwner.get(owner) ?? new Map<Key, Row>();
  }

  #join(byOwner: Map<Owner | null, Map<Key, Row>>, key: Key, row: Row): void {
    const owner = this.#ownerOf(row);
    const own = byOwner.get(owner);
    if (own) own.set(key, row);
    else byOwner.set(owner, new Map([[key, row]]));
  }

  /** A row that changes hands is found under its new owner alone. */
  #leave(key: Key): void {
    const row = this.#byOwner === null ? undefined : this.get(key);
    if (row !== undefined) this.#byOwner?.get(this.#ownerOf(row))?.delete(key);
  }
}
