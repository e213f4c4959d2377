import type { Tiers } from '../program-rules.js';
import { withBase } from './base.js';
import { withTerms } from './expiry/index.js';
import { perkTexts } from './perks.js';
import { factorText } from './promotion.js';
import type { Said, Speaker } from './speaker.js';

type Level = Tiers['levels'][number];

const everybody: Said = {
  en: '{level}: for every member',
  nl: '{level}: voor elk lid',
  nb: '{level}: for alle medlemmer',
  pl: '{level}: dla każdego uczestnika',
};
const enter: Said = {
  en: '{level}: from {amount} {window}',
  nl: '{level}: vanaf {amount} {window}',
  nb: '{level}: fra {amount} {window}',
  pl: '{level}: od {amount} {window}',
};
const kept: Said = {
  en: 'kept with {amount}',
  nl: 'behouden met {amount}',
  nb: 'beholdes med {amount}',
  pl: 'do utrzymania: {amount}',
};
const back: Said = {
  en: 'back on it with {amount}',
  nl: 'terug erop met {amount}',
  nb: 'tilbake på det med {amount}',
  pl: 'powrót przy: {amount}',
};
const once: Said = {
  en: '{pts} once when you reach it{stays, select, yes { (yours to keep)} other {}}',
  nl: 'eenmalig {pts} als je het bereikt{stays, select, yes { (die hou je)} other {}}',
  nb: '{pts} én gang når du når det{stays, select, yes { (du beholder dem)} other {}}',
  pl: 'jednorazowo {pts} za wejście{stays, select, yes { (na stałe)} other {}}',
};
const basis: Record<Exclude<Tiers['basis'], 'points'>, Said> = {
  spend: { en: '{money} spent', nl: '{money} aan bestellingen', nb: '{money} i kjøp', pl: '{money} wydanych' },
  orders: {
    en: '{n, plural, one {# order} other {# orders}}',
    nl: '{n, plural, one {# bestelling} other {# bestellingen}}',
    nb: '{n, plural, one {# bestilling} other {# bestillinger}}',
    pl: '{n, plural, one {# zamówienia} other {# zamówień}}',
  },
  referrals: {
    en: '{n, plural, one {# friend} other {# friends}} who stayed',
    nl: '{n, plural, one {# vriend die bleef} other {# vrienden die bleven}}',
    nb: '{n, plural, one {# venn} other {# venner}} som ble værende',
    pl: '{n, plural, one {# znajomej osoby, która została} other {# znajomych osób, które zostały}}',
  },
  visits: {
    en: '{n, plural, one {# day} other {# days}} with a visit or an order',
    nl: '{n, plural, one {# dag} other {# dagen}} met een bezoek of bestelling',
    nb: '{n, plural, one {# dag} other {# dager}} med besøk eller bestilling',
    pl: '{n, plural, one {# dnia} other {# dni}} z wizytą lub zamówieniem',
  },
};
const windows: Record<Tiers['window']['kind'], Said> = {
  lifetime: { en: 'in all', nl: 'in totaal', nb: 'til sammen', pl: 'łącznie' },
  'calendar-year': {
    en: 'in a calendar year',
    nl: 'in een kalenderjaar',
    nb: 'i løpet av et kalenderår',
    pl: 'w roku kalendarzowym',
  },
  'program-year': {
    en: 'in a year from {from} on',
    nl: 'in een jaar vanaf {from}',
    nb: 'i løpet av et år fra {from}',
    pl: 'w roku liczonym od {from}',
  },
  'member-year': {
    en: 'in a year counted from the day of joining',
    nl: 'in een jaar, gerekend vanaf de dag van aanmelding',
    nb: 'i løpet av et år regnet fra innmeldingsdagen',
    pl: 'w roku liczonym od dnia dołączenia',
  },
  rolling: {
    en: 'within {days, plural, one {# day} other {# days}}',
    nl: 'binnen {days, plural, one {# dag} other {# dagen}}',
    nb: 'i løpet av {days, plural, one {# dag} other {# dager}}',
    pl: 'w ciągu {days, plural, one {# dnia} other {# dni}}',
  },
};
const drops: Said = {
  en: 'if you no longer reach what a level takes, you go {step, select, yes {down one level at a time} other {to the level that fits}}{days, plural, =0 {} one {, a day later} other {, # days later}}',
  nl: 'wie niet meer genoeg heeft voor een niveau, zakt {step, select, yes {één niveau tegelijk} other {naar het niveau dat past}}{days, plural, =0 {} one {, een dag later} other {, # dagen later}}',
  nb: 'den som ikke lenger har nok for et nivå, går {step, select, yes {ned ett nivå om gangen} other {til nivået som passer}}{days, plural, =0 {} one {, en dag senere} other {, # dager senere}}',
  pl: 'kto nie spełnia już warunków poziomu, spada {step, select, yes {o jeden poziom naraz} other {na odpowiedni poziom}}{days, plural, =0 {} one {, po # dniu} other {, po # dniach}}',
};

/** Of levels that are reached within a year: `own` = it does not begin on 1 January. */
const lasts: Said = {
  en: 'a level holds as soon as you reach it, and until the end of the next {own, select, yes {such year} other {year}}',
  nl: 'een niveau geldt zodra je het bereikt en tot het einde van het volgende {own, select, yes {van die jaren} other {jaar}}',
  nb: 'et nivå gjelder så snart du når det, og ut det neste {own, select, yes {slike året} other {året}}',
  pl: 'poziom obowiązuje od razu po osiągnięciu i do końca następnego {own, select, yes {takiego roku} other {roku}}',
};

const reviewed: Record<NonNullable<Tiers['downgradeEach']>, Said> = {
  month: {
    en: 'only on the first day of a month',
    nl: 'alleen op de eerste dag van een maand',
    nb: 'bare den første dagen i en måned',
    pl: 'tylko pierwszego dnia miesiąca',
  },
  quarter: {
    en: 'only on the first day of a quarter',
    nl: 'alleen op de eerste dag van een kwartaal',
    nb: 'bare den første dagen i et kvartal',
    pl: 'tylko pierwszego dnia kwartału',
  },
  year: {
    en: 'only on 1 January',
    nl: 'alleen op 1 januari',
    nb: 'bare 1. januar',
    pl: 'tylko 1 stycznia',
  },
};

/** Each level: what reaches and keeps it, and what it gives; then how one leaves it. */
export function tiersText(tiers: Tiers, speaker: Speaker): { id: string; text: string }[] {
  const levels = tiers.levels.map((level, at) => ({ id: level.id, text: levelText(tiers, level, at === 0, speaker) }));
  const { downgradeEach: each } = tiers;
  if (tiers.window.kind === 'lifetime' && each === undefined) return levels;
  const text = speaker.say(drops, { step: tiers.downgrade === 'one-step' ? 'yes' : 'no', days: tiers.graceDays });
  return [
    ...levels,
    ...lastsText(tiers, speaker),
    { id: 'downgrade', text: each === undefined ? text : `${text}, ${speaker.say(reviewed[each], {})}` },
  ];
}

function lastsText(
  { window: { kind }, downgradeEach, levels }: Tiers,
  speaker: Speaker,
): { id: string; text: string }[] {
  const isYear = kind === 'calendar-year' || kind === 'program-year' || kind === 'member-year';
  if (!isYear || downgradeEach !== undefined || levels.length < 2) return [];
  return [{ id: 'lasts', text: speaker.say(lasts, { own: kind === 'calendar-year' ? 'no' : 'yes' }) }];
}

function levelText(tiers: Tiers, level: Level, lowest: boolean, speaker: Speaker): string {
  const { window } = tiers;
  const name = speaker.name('tier', level.id);
  const reached = speaker.say(enter, {
    level: name,
    amount: amountText(tiers, level.enter, speaker),
    window: windowText(window, speaker),
  });
  const gives =
    level.multiplier === undefined
      ? []
      : tiers.multiplies.map((unit) => factorText(level.multiplier ?? 1, unit, speaker));
  const keeps =
    level.keep === undefined || lowest ? [] : [speaker.say(kept, { amount: amountText(tiers, level.keep, speaker) })];
  const comesBack =
    level.reenter === undefined || lowest
      ? []
      : [speaker.say(back, { amount: amountText(tiers, level.reenter, speaker) })];
  return [
    lowest ? speaker.say(everybody, { level: name }) : withBase(reached, tiers.base, speaker),
    ...keeps,
    ...comesBack,
    ...gives,
    ...perkTexts(level.perks, speaker),
    ...entryTexts(level.entry, speaker),
  ].join(', ');
}

function entryTexts(entry: Level['entry'], speaker: Speaker): string[] {
  if (!entry) return [];
  const { unit, gives, undone, expiry } = entry;
  const text = speaker.say(once, { pts: speaker.count(unit, gives), stays: undone === 'keep' ? 'yes' : 'no' });
  return [withTerms(text, unit, expiry, speaker)];
}

function windowText(window: Tiers['window'], speaker: Speaker): string {
  const days = window.kind === 'rolling' ? window.days : 0;
  const from = window.kind === 'program-year' ? speaker.monthDay(window.from) : '';
  return speaker.say(windows[window.kind], { days, from });
}

function amountText({ basis: of, unit }: Tiers, amount: number, speaker: Speaker): string {
  if (of === 'points') return speaker.count(unit, amount);
  return speaker.say(basis[of], { money: speaker.money(amount), n: amount });
}
