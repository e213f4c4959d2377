import type { Allowance } from '../program-rules.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{each, select, month {each month} other {each year}} {pts} to use within it{tiers, select, none {} other {, at {tiers} level}}{paid, select, yes {, with a paid membership} other {}}',
  nl: '{each, select, month {elke maand} other {elk jaar}} {pts}, te gebruiken binnen {each, select, month {die maand} other {dat jaar}}{tiers, select, none {} other {, op niveau {tiers}}}{paid, select, yes {, met een betaald lidmaatschap} other {}}',
  nb: '{each, select, month {hver måned} other {hvert år}} {pts} til bruk i løpet av {each, select, month {måneden} other {året}}{tiers, select, none {} other {, på nivået {tiers}}}{paid, select, yes {, med betalt medlemskap} other {}}',
  pl: '{each, select, month {co miesiąc} other {co rok}} {pts} do wykorzystania w tym okresie{tiers, select, none {} other {, na poziomie {tiers}}}{paid, select, yes {, z płatnym członkostwem} other {}}',
};

export const allowanceText: Tell<Allowance> = ({ unit, gives, each, tiers, membership }, speaker) =>
  speaker.say(said, {
    each,
    pts: speaker.count(unit, gives),
    tiers: tiers ? speaker.any(tiers.map((id) => speaker.name('tier', id))) : 'none',
    paid: membership ? 'yes' : 'no',
  });
