import type { Known } from './known.js';

/**
 * What is known, parted into groups that have nothing to do with each other: members of one person, sides of a referral,
 * whoever used another's code, the same mailbox or phone. Each is a whole to replay, and the books of all of them are those of
 * the replay of everything at once; the cost of a replay grows faster than its group, so parting saves more than it takes.
 */
export function closedGroups(known: Known): Known[] {
  const bonds = bondsOf(known);
  const groups = new Map<string, Known>();
  const of = (thing: string): Known => {
    const root = bonds.rootOf(thing);
    let group = groups.get(root);
    if (!group) groups.set(root, (group = emptyOf(known)));
    return group;
  };
  for (const one of known.members) of(`m${one.id}`).members.push(one);
  for (const one of known.links) of(`m${one.member}`).links.push(one);
  for (const one of known.claims) of(`m${one.member}`).claims.push(one);
  for (const one of known.merges) of(`m${one.from}`).merges.push(one);
  for (const one of known.orders) of(`o${one.id}`).orders.push(one);
  for (const one of known.reviews) of(`c${one.customer}`).reviews.push(one);
  for (const one of known.referrals) of(`m${one.advocate}`).referrals.push(one);
  for (const one of known.reservations) of(`m${one.member}`).reservations.push(one);
  for (const one of known.adjustments) of(`m${one.member}`).adjustments.push(one);
  for (const one of known.visits) of(`m${one.member}`).visits.push(one);
  return [...groups.values()];
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
  ...{ referrals: [], reservations: [], adjustments: [], visits: [] },
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
