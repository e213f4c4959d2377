import { AppError } from '../lib/errors.js';
import type { ProgramRules } from '../rules/program-rules.js';

type Money = ProgramRules['money'];

/**
 * What members have is counted in a program's money, so no version of it is in another: neither published, nor planned, nor
 * simulated, for every order of the past would be in a currency that gives nothing.
 * @throws AppError `money_fixed` (422)
 */
export function refuseOtherMoney({ code, exponent }: Money, next: Money): void {
  if (next.code === code && next.exponent === exponent) return;
  const other = next.code === code ? `with ${next.exponent} decimals` : `in ${next.code}`;
  throw new AppError(
    'money_fixed',
    422,
    `This program is kept in ${code} with ${exponent} decimals, and what members have rests on that: a program ${other} is another program. Write money: { code: ${code}, exponent: ${exponent} }, or found another one (program apply --new).`,
  );
}
