import { memberOfAward } from './goal-awards.js';
import type { Known } from './known.js';

/**
 * What is known, parted into groups that have nothing to do with each other: members of one person, sides of a referral,
 * whoever used another's code, the same mailbox or phone. Each is a whole to replay, and the books of all of them are those of
 * the replay of everything at once; the cost of a replay grows faster than its group, so parting saves more than it takes.
 */
export function closedGroups(known: Known): Known[] {
  const bonds = bondsOf(known);
  const groups = new Map<string, Known>();
  for (const fact of Object.keys(WHOSE) as Fact[]) part(known, fact, bonds, groups);
  return [...groups.values()];
}

type Fact = Exclude<keyof Known, 'rules'>;
type One<F extends Fact> = NonNullable<Known[F]>[number];

/** With whom or with what each kind of fact belongs: a new kind has its line here, or it would be lost. */
const WHOSE: { [F in Fact]-?: (one: One<F>) => string } = {
  members: ({ id }) => `m${id}`,
  links: ({ member }) => `m${member}`,
  claims: ({ member }) => `m${member}`,
  merges: ({ from }) => `m${from}`,
  orders: ({ id }) => `o${id}`,
  reviews: ({ customer }) => `c${customer}`,
  referrals: ({ advocate }) => `m${advocate}`,
  reservations: ({ member }) => `m${member}`,
  adjustments: ({ member }) => `m${member}`,
  visits: ({ member }) => `m${member}`,
  deeds: ({ member }) => `m${member}`,
  gifts: ({ member }) => `m${member}`,
  awards: ({ of, member }) => `m${memberOfAward(of) ?? member}`,
  // the two sides of a sending have nothing to ask of each other: both are recorded
  sent: ({ member }) => `m${member}`,
  received: ({ member }) => `m${member}`,
  households: ({ member }) => `m${member}`,
};

function part<F extends Fact>(known: Known, fact: F, bonds: Bonds, groups: Map<string, Known>): void {
  const all: readonly One<F>[] = known[fact] ?? [];
  const whose = WHOSE[fact] as (one: One<F>) => string;
  for (const one of all) {
    const root = bonds.rootOf(whose(one));
    let group = groups.get(root);
    if (!group) groups.set(root, (group = emptyOf(known)));
    const own: One<F>[] = (group[fact] ??= []);
    own.push(one);
  }
}

function bondsOf(known: Known): Bonds {
  const bonds = new Bonds();
  const person = (thing: string, { mailbox, phone }: { mailbox: string | null; phone: string | null }) => {
    if (mailbox !== null) bonds.tie(thing, `e${mailbox}`);
    if (phone !== null) bonds.tie(thing, `p${phone}`);
  };
  for (const one of known.members) person(`m${one.id}`, one);
  for (const one of known.links) bonds.tie(`m${one.member}`, `c${one.customer}`);
  for (const one of known.claims) bonds.tie(`m${one.member}`, `o${one.order}`);
  for (const one of known.gifts ?? []) bonds.tie(`m${one.member}`, `o${one.order}`);
  for (const one of known.households ?? []) bonds.tie(`m${one.member}`, `m${one.head}`);
  for (const one of known.merges) bonds.tie(`m${one.from}`, `m${one.into}`);
  for (const one of known.orders) {
    person(`o${one.id}`, one);
    if (one.customer !== null) bonds.tie(`o${one.id}`, `c${one.customer}`);
    for (const { id } of one.redemptions) bonds.tie(`o${one.id}`, `r${id}`);
  }
  for (const one of known.referrals) bonds.tie(`m${one.advocate}`, `c${one.customer}`);
  for (const one of known.reservations) bonds.tie(`m${one.member}`, `r${one.id}`);
  return bonds;
}

const emptyOf = ({ rules }: Known): Known => ({
  ...{ rules, members: [], links: [], claims: [], merges: [], orders: [], reviews: [] },
  ...{ referrals: [], reservations: [], adjustments: [], visits: [], deeds: [] },
});

/** Disjoint sets, by whoever stands for all of one. */
class Bonds {
  private readonly above = new Map<string, string>();

  rootOf(thing: string): string {
    let root = thing;
    for (let next = this.above.get(root); next !== undefined; next = this.above.get(root)) root = next;
    for (let one = thing; one !== root;) {
      const next = this.above.get(one) ?? root;
      this.above.set(one, root);
      one = next;
    }
    return root;
  }

  tie(a: string, b: string): void {
    const [one, other] = [this.rootOf(a), this.rootOf(b)];
    if (one !== other) this.above.set(one, other);
  }
}
