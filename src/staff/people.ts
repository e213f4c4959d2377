import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { audit } from '../loyalty/store-life.js';
import type { Role } from './roles.js';

/** Somebody who works with a program. */
export interface StaffMember {
  id: string;
  email: string | null;
  name: string;
  role: Role;
  locale: string;
}

export interface ListedStaff extends StaffMember {
  added: Date;
  /** When they were last at the desk. */
  seen: Date | null;
  /** How many they enrolled by hand. */
  enrolled: number;
}

const COLUMNS = 'id, email, name, role, locale';

/** As mailboxes are compared. */
export const mailbox = (email: string): string => email.trim().toLowerCase();

/**
 * Lets somebody in, or in again, under a role.
 * @throws AppError `already_staff` (409) when the mailbox has a place already
 */
export async function addStaff(
  tx: Tx,
  program: string,
  { email, name, role, locale }: Omit<StaffMember, 'id' | 'email'> & { email: string },
  by: string,
): Promise<StaffMember> {
  const [row] = await tx.prepared<StaffMember>(
    'staff_add',
    `insert into staff as s (program_id, email, name, role, locale) values ($1, $2, $3, $4, $5)
     on conflict (program_id, email) do update
       set name = excluded.name, role = excluded.role, locale = excluded.locale, removed_at = null
       where s.removed_at is not null
     returning ${COLUMNS}`,
    [program, mailbox(email), name, role, locale],
  );
  if (!row)
    throw new AppError('already_staff', 409, `${mailbox(email)} is on the list already: change the role there.`);
  await audit(tx, program, by, 'staff.added', { staff: row.id, name, role });
  return row;
}

/** Somebody whom the shop's own admin vouches for. */
export interface ShopUser {
  /** Who they are there. */
  user: string;
  name: string;
  /** null = the shop tells none. */
  email: string | null;
  locale: string;
}

/**
 * Whoever opens the desk from inside the shop's own admin: the first is its owner, those after are admins until the owner
 * says otherwise. Null for one who was removed. Only the owner's mailbox is kept, and only when nobody has it: the others come
 * in through the shop or not at all, so that they are out when they are out there; and a mailbox typed into a profile of the
 * shop makes nobody somebody else.
 */
export async function staffFromShop(tx: Tx, program: string, shopUser: ShopUser): Promise<StaffMember | null> {
  // asked at each of their requests: in turn only for who is new
  const known = await ofShop(tx, program, shopUser.user);
  if (known) return known.removed ? null : known.person;
  const { user: platformUser, name, email, locale } = shopUser;
  await tx.prepared('staff_turn', 'select pg_advisory_xact_lock(hashtext($1))', [`staff/${program}`]);
  const [made] = await tx.prepared<{ id: string; role: Role }>(
    'staff_from_shop',
    `insert into staff (program_id, platform_user, name, locale, role, email)
     select $1, $2, $3, $4, case when first then 'owner' else 'admin' end,
       case when first and not exists (select from staff where program_id = $1 and email = $5) then $5 end
     from (select not exists (select from staff where program_id = $1 and role = 'owner' and removed_at is null) as first) s
     on conflict (program_id, platform_user) do nothing returning id, role`,
    [program, platformUser, name, locale, email === null ? null : mailbox(email)],
  );
  if (made) await audit(tx, program, 'platform', 'staff.added', { staff: made.id, name, role: made.role });
  const now = await ofShop(tx, program, platformUser);
  return now && !now.removed ? now.person : null;
}

/** Whoever is known by that name at the shop, also one who was removed; null = they never came. */
async function ofShop(
  tx: Tx,
  program: string,
  platformUser: string,
): Promise<{ person: StaffMember; removed: boolean } | null> {
  const [row] = await tx.prepared<StaffMember & { removed: boolean }>(
    'staff_of_shop',
    `select ${COLUMNS}, removed_at is not null as removed from staff where program_id = $1 and platform_user = $2`,
    [program, platformUser],
  );
  if (!row) return null;
  const { removed, ...person } = row;
  return { person, removed };
}

/** Everybody of the program, owners first. */
export async function listStaff(tx: Tx, program: string): Promise<ListedStaff[]> {
  return tx.prepared<ListedStaff>(
    'staff_list',
    `select ${COLUMNS}, added_at as added,
       (select max(seen_at) from desk_session d where d.program_id = s.program_id and d.staff_id = s.id) as seen,
       (select count(*)::int from member m where m.program_id = $1 and m.enrolled_by = 'staff:' || s.id) as enrolled
     from staff s where program_id = $1 and removed_at is null
     order by array_position(array['owner', 'admin', 'support', 'till', 'read-only'], role), name, id`,
    [program],
  );
}

/** @throws AppError `no_such_staff` (404), `last_owner` (409) */
export async function changeStaff(
  tx: Tx,
  program: string,
  id: string,
  change: { role?: Role | undefined; name?: string | undefined; locale?: string | undefined },
  by: string,
): Promise<StaffMember> {
  const before = await one(tx, program, id);
  if (before.role === 'owner' && change.role !== undefined && change.role !== 'owner')
    await refuseLastOwner(tx, program, id);
  const [row] = await tx.prepared<StaffMember>(
    'staff_change',
    `update staff set role = coalesce($3, role), name = coalesce($4, name), locale = coalesce($5, locale)
     where program_id = $1 and id = $2 and removed_at is null returning ${COLUMNS}`,
    [program, id, change.role ?? null, change.name ?? null, change.locale ?? null],
  );
  if (!row) throw noSuchStaff(id);
  if (change.role !== undefined && change.role !== before.role)
    await audit(tx, program, by, 'staff.role', { staff: id, before: before.role, after: row.role });
  return row;
}

/** From now on they are let in no more; what they did stays under their name. @throws AppError as `changeStaff` */
export async function removeStaff(tx: Tx, program: string, id: string, now: Millis, by: string): Promise<void> {
  const { role, name } = await one(tx, program, id);
  if (role === 'owner') await refuseLastOwner(tx, program, id);
  await tx.prepared('staff_remove', 'update staff set removed_at = $3 where program_id = $1 and id = $2', [
    program,
    id,
    new Date(now),
  ]);
  // ended rather than forgotten: whoever still has the desk open is told why it shut
  await tx.prepared(
    'staff_end_sessions',
    'update desk_session set ends_at = least(ends_at, $3) where program_id = $1 and staff_id = $2',
    [program, id, new Date(now)],
  );
  for (const table of ['sign_in_link', 'passkey'])
    await tx.prepared(`staff_forget_${table}`, `delete from ${table} where program_id = $1 and staff_id = $2`, [
      program,
      id,
    ]);
  await audit(tx, program, by, 'staff.removed', { staff: id, name });
}

async function one(tx: Tx, program: string, id: string): Promise<StaffMember> {
  await tx.prepared('staff_turn', 'select pg_advisory_xact_lock(hashtext($1))', [`staff/${program}`]);
  const [row] = await tx.prepared<StaffMember>(
    'staff_one',
    `select ${COLUMNS} from staff where program_id = $1 and id = $2 and removed_at is null`,
    [program, id],
  );
  if (!row) throw noSuchStaff(id);
  return row;
}

async function refuseLastOwner(tx: Tx, program: string, id: string): Promise<void> {
  const [other] = await tx.prepared(
    'staff_other_owner',
    `select id from staff where program_id = $1 and id <> $2 and role = 'owner' and removed_at is null limit 1`,
    [program, id],
  );
  if (!other) throw new AppError('last_owner', 409, 'A program needs one owner: make somebody else an owner first.');
}

const noSuchStaff = (id: string) => new AppError('no_such_staff', 404, `There is nobody ${id} among the staff.`);
