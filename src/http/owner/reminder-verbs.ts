import type * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import { peopleOf } from '../../loyalty/names-of.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import { readEndings } from '../../reports/read-reminders.js';
import { Calendar, parseDate } from '../../rules/calendar.js';
import { mayDo } from '../../staff/roles.js';
import { worthOf } from '../storefront/member-view.js';
import type * as api from './reminder-schemas.js';
import type { Asking } from './verbs.js';
import { type OwnerParts, within } from './within.js';

export interface ReminderVerbs {
  reminders(asking: Asking, query: z.infer<typeof api.remindersQuery>): Promise<z.infer<typeof api.remindersAnswer>>;
}

export function reminderVerbs(parts: OwnerParts): ReminderVerbs {
  return {
    reminders: (asking, query) =>
      within(parts, asking, async (tx, program) => {
        const { owner, now } = asking;
        const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
        const calendar = Calendar.of(rules.zone);
        const from = query.from === undefined ? calendar.dayOf(now) : parseDate(query.from);
        const to = query.to === undefined ? from : parseDate(query.to);
        const period = { after: calendar.startOf(from), until: calendar.startOf(to + 1), zone: rules.zone };
        if (period.until <= period.after)
          throw new AppError('days_reversed', 422, '`to` is before `from`: name the earlier day first.');
        const beyond = query.after === undefined ? null : lineOf(query.after);
        const rows = await readEndings(tx, program, { ...period, beyond, limit: query.limit });
        const named = mayDo(owner.role, 'see-names') ? rows.map(({ member }) => member) : [];
        const people = await peopleOf(tx, program, named, parts.loyalty);
        const last = rows.length === query.limit ? rows.at(-1) : undefined;
        return {
          reminders: rows.map(({ member, publicId, unit, day, points }) => ({
            ...{ member: publicId, unit, points: `${points}`, worth: worthOf(rules, unit, points), lastDay: day },
            ...{ name: people.get(member)?.name ?? null, email: people.get(member)?.email ?? null },
          })),
          next: last ? `${last.day}.${last.member}.${last.unit}` : null,
        };
      }),
  };
}

function lineOf(cursor: string): { day: string; member: string; unit: string } {
  const [day = '', member = '', ...unit] = cursor.split('.');
  return { day, member, unit: unit.join('.') };
}
