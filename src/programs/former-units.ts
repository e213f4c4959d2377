import type { ProgramFile } from './program-file.js';

/** Whether an earlier version of a program had a unit that a later one has not. */
export const lostUnit = (units: object, before: object): boolean =>
  Object.keys(before).some((unit) => !Object.hasOwn(units, unit));

/**
 * A program with the names of units that it had before and that are gone from its rules: what members were given in one is still
 * spoken of. `before` in ascending order, the last name counts. Units that it has keep the names that it gives them, or none.
 */
export function withFormerUnitNames(file: ProgramFile, before: readonly ProgramFile[]): ProgramFile {
  const units = { ...file.names.units };
  for (const { names } of [...before].reverse())
    for (const [unit, named] of Object.entries(names.units))
      if (!Object.hasOwn(units, unit) && !Object.hasOwn(file.rules.units, unit)) units[unit] = named;
  return { ...file, names: { ...file.names, units } };
}
