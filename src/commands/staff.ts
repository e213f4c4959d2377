import { inTransaction, type Tx } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { addStaff, type ListedStaff, listStaff, mailbox, removeStaff } from '../staff/people.js';
import { type Role, ROLES } from '../staff/roles.js';
import { makeSignInLink } from '../staff/sign-in.js';
import { type Command } from './command.js';
import { openLedger } from './open-ledger.js';

const USAGE = `staff add <program> <e-mail> <${ROLES.join('|')}> [name], staff list <program>, staff link <program> <e-mail>, or staff remove <program> <e-mail>.`;

/** The people of a program, from the command line: the first owner of one, and a way in where no mail goes out. */
export const command: Command = async (invocation) => {
  const { args, say, config } = invocation;
  const [act, program = '', email = '', role = '', ...name] = args;
  if (!/^\d{1,18}$/.test(program)) throw new AppError('usage', 400, `Say which program, by its number: ${USAGE}`);
  const db = await openLedger(invocation);
  await inTransaction(db, { programs: [program] }, async (tx) => {
    if (act === 'list') for (const person of await listStaff(tx, program)) say(lineOf(person));
    else if (act === 'add' && email.includes('@') && isRole(role)) {
      const wish = { email, role, name: name.join(' ') || email, locale: 'en' };
      say(`${mailbox(email)} is ${(await addStaff(tx, program, wish, 'command')).role} now`);
    } else if (act === 'link') {
      const token = await makeSignInLink(tx, program, (await theOne(tx, program, email)).id, Date.now());
      say(`${config.publicUrl ?? `http://127.0.0.1:${config.port}`}/admin/enter#${token}`);
      invocation.complain('it works once, for 15 minutes');
    } else if (act === 'remove') {
      await removeStaff(tx, program, (await theOne(tx, program, email)).id, Date.now(), 'command');
      say(`${mailbox(email)} is let in no more`);
    } else throw new AppError('usage', 400, `Say what to do: ${USAGE}`);
  });
  return 'done';
};

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

async function theOne(tx: Tx, program: string, email: string): Promise<ListedStaff> {
  const found = (await listStaff(tx, program)).find((person) => person.email === mailbox(email));
  if (!found) throw new AppError('no_such_staff', 404, `Nobody of program ${program} has the mailbox ${email}.`);
  return found;
}

const lineOf = ({ email, name, role, seen }: ListedStaff): string =>
  `${role.padEnd(10)} ${name} (${email ?? 'by the shop’s admin'}), ${seen ? `last here ${seen.toISOString()}` : 'never here'}`;
