-- A reservation of points in one round trip. It runs with the caller's rights: row-level security holds inside too.
-- One member, few lots: small statements whose plans stay cached beat the batch statement, whose start alone takes longer.
-- Every statement of a function sees what was committed before it began, so what follows the lock is what the lock meets.
create function ledger_hold(
  p_program bigint, p_member bigint, p_unit text, p_points bigint, p_cause text, p_at timestamptz,
  out outcome text, out draws json
) language plpgsql as $$
declare
  v_available account;
  v_held account;
  v_lot record;
  v_take bigint;
  v_need bigint := p_points;
  v_transfer bigint;
  v_count bigint := 0;
begin
  perform from member where program_id = p_program and id = p_member for no key update;

  select json_agg(json_build_object('of', t.lot, 'points', t.points::text) order by t.id) into draws from transfer t
  where t.program_id = p_program and t.member_id = p_member and t.unit = p_unit and t.cause = p_cause and t.kind = 'hold'
    and t.from_account = 'available';
  if draws is not null then
    outcome := 'held_before';
    return;
  end if;

  -- what fell due must be settled first: a lot that ended is nobody's to spend, one that matured is
  if exists (
    select from lot l where l.program_id = p_program and l.member_id = p_member and l.unit = p_unit and l.remaining > 0
      and l.matured and l.ends_at <= p_at
  ) or exists (
    select from lot l where l.program_id = p_program and l.member_id = p_member and l.unit = p_unit and l.remaining > 0
      and not l.matured and l.usable_at <= p_at
  ) then
    outcome := 'due';
    return;
  end if;

  select * into v_available from account
  where program_id = p_program and member_id = p_member and unit = p_unit and kind = 'available' for no key update;
  if not found or v_available.balance < p_points then
    outcome := 'short';
    return;
  end if;
  insert into account (program_id, member_id, unit, kind) values (p_program, p_member, p_unit, 'held') on conflict do nothing;
  select * into v_held from account
  where program_id = p_program and member_id = p_member and unit = p_unit and kind = 'held' for no key update;

  draws := '[]';
  for v_lot in
    select l.of, l.remaining from lot l
    where l.program_id = p_program and l.member_id = p_member and l.unit = p_unit and l.remaining > 0 and l.matured
    -- as rules/lots.ts has it: an order's lot goes by the order's own id, a card's without its member
    order by l.ends_at, l.earned_at, case when l.of like 'order:%' then substr(l.of, 7) else regexp_replace(l.of, '^card:[^:]*:', 'card:') end collate "C", l.of
  loop
    v_take := least(v_lot.remaining, v_need);
    v_need := v_need - v_take;
    v_count := v_count + 1;
    insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
    values (p_program, p_at, p_member, p_unit, p_cause, 'hold', p_member, 'available', p_member, 'held', v_lot.of, v_take)
    returning id into v_transfer;
    insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after) values
      (p_program, v_available.id, v_available.version + v_count, v_transfer, -v_take, v_available.balance - p_points + v_need),
      (p_program, v_held.id, v_held.version + v_count, v_transfer, v_take, v_held.balance + p_points - v_need);
    update lot l set remaining = l.remaining - v_take, drawn = l.drawn + v_take
    where l.program_id = p_program and l.member_id = p_member and l.unit = p_unit and l.of = v_lot.of;
    insert into lot_use (program_id, member_id, unit, spending, lot, points)
    values (p_program, p_member, p_unit, p_cause, v_lot.of, v_take);
    draws := (draws::jsonb || jsonb_build_object('of', v_lot.of, 'points', v_take::text))::json;
    exit when v_need = 0;
  end loop;
  if v_need > 0 then
    raise exception 'lots of member % hold % points less than the balance says', p_member, v_need using errcode = 'XX001';
  end if;

  update account set balance = balance - p_points, version = version + v_count where id = v_available.id
    and program_id = p_program and member_id = p_member and unit = p_unit and kind = 'available';
  update account set balance = balance + p_points, version = version + v_count where id = v_held.id
    and program_id = p_program and member_id = p_member and unit = p_unit and kind = 'held';
  insert into member_books as b (program_id, member_id, unit, disturbed_at, version) values (p_program, p_member, p_unit, p_at, 1)
  on conflict (program_id, member_id, unit) do update
    set disturbed_at = greatest(b.disturbed_at, excluded.disturbed_at), version = b.version + 1;
  outcome := 'held';
end $$;
