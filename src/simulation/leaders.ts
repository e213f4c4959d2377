/** The first few of many, in one fixed order, however they come: by rank downwards, of equals by key. */
export class Leaders<T> {
  private readonly kept: { rank: bigint; key: string; of: T }[] = [];
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** `make` is called only for what is kept. */
  offer(rank: bigint, key: string, make: () => T): void {
    const { kept, most } = this;
    const last = kept.at(-1);
    const behind = (one: { rank: bigint; key: string }) => one.rank > rank || (one.rank === rank && one.key < key);
    if (kept.length >= most && (last === undefined || behind(last))) return;
    let place = kept.length;
    while (place > 0) {
      const before = kept[place - 1];
      if (!before || behind(before)) break;
      place--;
    }
    kept.splice(place, 0, { rank, key, of: make() });
    if (kept.length > most) kept.pop();
  }

  list(): T[] {
    return this.kept.map(({ of }) => of);
  }
}
