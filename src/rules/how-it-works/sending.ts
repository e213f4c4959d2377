import type { ProgramRules } from '../program-rules.js';
import { SENDING_PERIODS } from '../sending.js';
import { limitTexts } from './limits.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: 'you can give {units} to another member{how}: they keep the day on which they end, and what was given stays given{limits}',
  nl: 'je kunt {units} aan een ander lid geven{how}: ze houden hun einddatum, en gegeven blijft gegeven{limits}',
  nb: 'du kan gi {units} til et annet medlem{how}: de beholder utløpsdatoen, og gitt er gitt{limits}',
  pl: 'możesz przekazać {units} innemu uczestnikowi{how}: zachowują datę ważności, a co przekazane, tego nie można cofnąć{limits}',
};
const least: Said = { en: '{pts} or more', nl: '{pts} of meer', nb: '{pts} eller mer', pl: 'co najmniej {pts}' };
const most: Said = {
  en: 'at most {pts} at once',
  nl: 'hoogstens {pts} per keer',
  nb: 'høyst {pts} om gangen',
  pl: 'najwyżej {pts} naraz',
};
const steps: Said = {
  en: 'in steps of {pts}',
  nl: 'in stappen van {pts}',
  nb: 'i trinn på {pts}',
  pl: 'co {pts}',
};

export const sendingText: Tell<NonNullable<ProgramRules['sending']>> = ({ unit, min, max, step, limits }, speaker) => {
  const count = (points: number) => ({ pts: speaker.count(unit, points) });
  const how = [
    ...(min > 1 ? [speaker.say(least, count(min))] : []),
    ...(max === undefined ? [] : [speaker.say(most, count(max))]),
    ...(step > 1 ? [speaker.say(steps, count(step))] : []),
  ];
  const own = SENDING_PERIODS.flatMap((per) => {
    const points = limits?.[per];
    return points === undefined ? [] : limitTexts([{ per, of: 'member', points }], unit, speaker);
  });
  const values = { how: how.length > 0 ? ` (${how.join(', ')})` : '', limits: own.map((text) => `; ${text}`).join('') };
  return speaker.say(said, { units: speaker.units(unit), ...values });
};
