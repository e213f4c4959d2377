/** Every promise that `verify` checks; $1 is the program, each query gives the rows that break it, worst to find first. */
export const INVARIANTS = [
  {
    rule: 'two_entries_a_transfer',
    says: 'A transfer has two entries, minus its points where they come from and plus them where they go.',
    sql: `
      select t.id as transfer, t.points, e.entries, e.sum
      from transfer t
      left join (
        select e.transfer_id, count(*) as entries, sum(e.points) as sum,
          bool_and(a.unit = t.unit and case
            when e.points = -t.points then (a.member_id, a.kind) = (t.from_member, t.from_account)
            when e.points = t.points then (a.member_id, a.kind) = (t.to_member, t.to_account)
            else false end) as at_home
        from entry e
        join transfer t on t.id = e.transfer_id and t.program_id = e.program_id
        left join account a on a.program_id = e.program_id and a.id = e.account_id
        where e.program_id = $1
        group by e.transfer_id
      ) e on e.transfer_id = t.id
      where t.program_id = $1 and (e.entries is distinct from 2 or e.sum <> 0 or e.at_home is not true)
      order by t.id`,
  },
  {
    rule: 'entries_have_transfers',
    says: 'An entry belongs to a transfer and to an account.',
    sql: `
      select e.account_id as account, e.account_seq as seq, e.transfer_id as transfer
      from entry e
      left join transfer t on t.id = e.transfer_id and t.program_id = e.program_id
      left join account a on a.id = e.account_id and a.program_id = e.program_id
      where e.program_id = $1 and (t.id is null or a.id is null)
      order by e.account_id, e.account_seq`,
  },
  {
    rule: 'balances_equal_entries',
    says: 'The balance of an account is the sum of its entries, its version their number.',
    sql: `
      select a.id as account, a.member_id as member, a.unit, a.kind, a.balance, coalesce(e.sum, 0) as entries
      from account a
      left join (select account_id, sum(points) as sum, count(*) as n from entry where program_id = $1 group by account_id) e
        on e.account_id = a.id
      where a.program_id = $1 and (a.balance <> coalesce(e.sum, 0) or a.version <> coalesce(e.n, 0))
      order by a.id`,
  },
  {
    rule: 'running_balances',
    says: 'Entries of an account are numbered without a gap, and each says the balance after it.',
    sql: `
      select account_id as account, account_seq as seq, balance_after, sum as running
      from (
        select account_id, account_seq, balance_after, sum(points) over w as sum, row_number() over w as n
        from entry where program_id = $1
        window w as (partition by account_id order by account_seq rows unbounded preceding)
      ) e
      where account_seq <> n or balance_after <> sum
      order by account_id, account_seq`,
  },
  {
    rule: 'program_sums_to_zero',
    says: 'The accounts of a program sum to zero in each unit: points come from somewhere and go somewhere.',
    sql: `select unit, sum(balance) as sum from account where program_id = $1 group by unit having sum(balance) <> 0`,
  },
  {
    rule: 'lots_add_up',
    says: 'What a lot gave is what is left, what lapsed and what was drawn.',
    sql: `
      select member_id as member, unit, of as lot, given, remaining, lapsed, drawn
      from lot where program_id = $1 and given <> remaining + lapsed + drawn
      order by member_id, unit, of`,
  },
  {
    rule: 'lots_equal_balances',
    says: 'Available is what is left in matured lots, pending what is left in the others.',
    sql: `
      select a.member_id as member, a.unit, a.available, l.available as lots, a.pending, l.pending as lots_pending
      from (
        select member_id, unit, sum(balance) filter (where kind = 'available') as available, sum(balance) filter (where kind = 'pending') as pending
        from account where program_id = $1 and member_id <> 0 group by member_id, unit
      ) a
      full join (
        select member_id, unit, sum(remaining) filter (where matured) as available, sum(remaining) filter (where not matured) as pending
        from lot where program_id = $1 group by member_id, unit
      ) l using (member_id, unit)
      where coalesce(a.available, 0) <> coalesce(l.available, 0) or coalesce(a.pending, 0) <> coalesce(l.pending, 0)
      order by 1, 2`,
  },
  {
    rule: 'uses_equal_draws',
    says: 'What was drawn from a lot is the sum of what spendings took of it.',
    sql: `
      select l.member_id as member, l.unit, l.of as lot, l.drawn, coalesce(u.points, 0) as uses
      from (select member_id, unit, of, drawn from lot where program_id = $1) l
      full join (
        select member_id, unit, lot as of, sum(points) as points from lot_use where program_id = $1 group by member_id, unit, lot
      ) u using (member_id, unit, of)
      where coalesce(l.drawn, 0) <> coalesce(u.points, 0)
      order by 1, 2, 3`,
  },
  {
    rule: 'held_equals_reservations',
    says: 'Held are the points of reservations that are neither captured nor released; a merged member’s are the other’s.',
    sql: `
      select member_id as member, unit, a.balance as held, coalesce(r.points, 0) as reserved
      from (select member_id, unit, balance from account where program_id = $1 and kind = 'held') a
      full join (
        select coalesce(m.merged_into, m.id) as member_id, r.unit, sum(r.points) as points
        from redemption r join member m on m.program_id = r.program_id and m.id = r.member_id
        where r.program_id = $1 and r.state = 'held' group by 1, 2
      ) r using (member_id, unit)
      where coalesce(a.balance, 0) <> coalesce(r.points, 0)
      order by 1, 2`,
  },
  {
    rule: 'what_is_sent_arrives',
    says: 'What a member gave to another, the other was given: no more and no less.',
    sql: `
      select unit, cause, sum(case when to_account = 'issued' then points else -points end) as lost
      from transfer where program_id = $1 and kind in ('send', 'receive')
      group by unit, cause having sum(case when to_account = 'issued' then points else -points end) <> 0
      order by unit, cause`,
  },
  {
    rule: 'household_earns_for_head',
    says: 'What somebody earned for a household stands in the account of its head, and in nobody else’s.',
    sql: `
      select coalesce(m.merged_into, m.id) as member, t.unit, t.cause,
        sum(case when t.from_account = 'issued' then t.points when t.to_account = 'issued' then -t.points else 0 end) as astray
      from decision d
      join member h on h.program_id = d.program_id and h.id = (d.explanation ->> 'household')::bigint
      join transfer t on t.program_id = d.program_id and t.cause = d.activity
      join member m on m.program_id = t.program_id and m.id = t.member_id
      where d.program_id = $1 and d.explanation ->> 'household' is not null
        and coalesce(m.merged_into, m.id) <> coalesce(h.merged_into, h.id)
      group by 1, 2, 3
      having sum(case when t.from_account = 'issued' then t.points when t.to_account = 'issued' then -t.points else 0 end) <> 0
      order by 1, 2, 3`,
  },
  {
    rule: 'no_debt_beside_points',
    says: 'A member who owes has no usable points: they pay first.',
    sql: `
      select d.member_id as member, d.unit, d.balance as debt, a.balance as available
      from account d
      join account a on a.program_id = d.program_id and a.member_id = d.member_id and a.unit = d.unit and a.kind = 'available'
      where d.program_id = $1 and d.kind = 'debt' and d.balance < 0 and a.balance > 0
      order by d.member_id, d.unit`,
  },
  {
    rule: 'one_decision_an_order',
    says: 'Every order has a decision, also when it gave nothing.',
    sql: `
      select o.store_id as store, o.order_id as "order"
      from order_state o
      left join decision d on d.program_id = o.program_id and d.activity = 'order:' || o.store_id || '/' || o.order_id
      where o.program_id = $1 and d.activity is null
      order by o.store_id, o.order_id`,
  },
  {
    rule: 'ceilings_equal_parts',
    says: 'What was granted under a ceiling is the sum of the parts that orders, deeds and goals have of it.',
    sql: `
      select promotion, coalesce(c.granted, 0) as granted, coalesce(o.parts, 0) as parts
      from (select promotion, granted from ceiling where program_id = $1) c
      full join (
        select promotion, sum(part) as parts from (
          select g.key as promotion, (g.value ->> 'part')::bigint as part
          from order_state o cross join lateral jsonb_each(o.grants) g
          where o.program_id = $1 and o.grants <> '{}'
          union all
          select t.place, 1 from activity a cross join lateral jsonb_array_elements_text(a.facts -> 'turns') t(place)
          where a.program_id = $1 and a.facts ? 'turns'
        ) p group by 1
      ) o using (promotion)
      where coalesce(c.granted, 0) <> coalesce(o.parts, 0)
      order by promotion`,
  },
  {
    rule: 'stock_equals_pieces',
    says: 'What is taken of a stock is what redemptions have that are held or used.',
    sql: `
      select reward, coalesce(s.taken, 0) as taken, coalesce(r.pieces, 0) as pieces
      from (select reward, taken from reward_stock where program_id = $1) s
      full join (
        select reward, count(*) as pieces from redemption
        where program_id = $1 and of_stock and state in ('held', 'captured') group by reward
      ) r using (reward)
      where coalesce(s.taken, 0) <> coalesce(r.pieces, 0)
      order by reward`,
  },
  {
    rule: 'no_stuck_delivery',
    says: 'No delivery waits for a quarter of an hour after its time.',
    sql: `
      select id as delivery, store_id as store, topic, attempts, error
      from inbox where program_id = $1 and status = 0 and greatest(received_at, next_at) < now() - interval '15 minutes'
      order by id`,
  },
  {
    rule: 'no_stuck_effect',
    says: 'No effect on a platform waits for a quarter of an hour after its time.',
    sql: `
      select id as effect, store_id as store, kind, subject, attempts, error
      from outbox where program_id = $1 and status = 0 and greatest(created_at, next_at) < now() - interval '15 minutes'
      order by id`,
  },
] as const;

export type Rule = (typeof INVARIANTS)[number]['rule'];
