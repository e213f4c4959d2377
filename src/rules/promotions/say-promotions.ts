import { Calendar, clockText } from '../calendar.js';
import type { Said, Speaker } from '../how-it-works/speaker.js';
import type { ProgramRules } from '../program-rules.js';
import { missedText } from '../sentences.js';
import type { ExampleOrder } from './example-order.js';
import type { Stacking, StackingStep } from './explain-stacking.js';
import type { Conflict } from './find-conflicts.js';

const ORDER: Said = {
  en: 'an order of {money}{what, select, none {} other { ({what})}} on {at}{level, select, none {} other {, at {level} level}}',
  nl: 'een bestelling van {money}{what, select, none {} other { ({what})}} op {at}{level, select, none {} other {, op niveau {level}}}',
  nb: 'en bestilling for {money}{what, select, none {} other { ({what})}} {at}{level, select, none {} other {, på nivået {level}}}',
  pl: 'zamówienie za {money}{what, select, none {} other { ({what})}}, {at}{level, select, none {} other {, na poziomie {level}}}',
};
const HEAD: Record<Conflict['kind'] | 'equal', Said> = {
  swallows: {
    en: 'where both apply, “{idle}” changes nothing: “{other}” takes its place',
    nl: 'waar beide gelden, verandert ‘{idle}’ niets: ‘{other}’ komt ervoor in de plaats',
    nb: 'der begge gjelder, endrer «{idle}» ingenting: «{other}» brukes i stedet',
    pl: 'gdzie obowiązują obie, „{idle}” nic nie zmienia: zastępuje ją „{other}”',
  },
  equal: {
    en: '“{first}” and “{second}” are worth the same where both apply: only one of them counts',
    nl: '‘{first}’ en ‘{second}’ zijn evenveel waard waar beide gelden: er telt er maar één',
    nb: '«{first}» og «{second}» er verdt like mye der begge gjelder: bare én av dem teller',
    pl: '„{first}” i „{second}” są warte tyle samo tam, gdzie obowiązują obie: liczy się tylko jedna',
  },
  raises: {
    en: '“{first}” and “{second}” together give more than either of them alone',
    nl: '‘{first}’ en ‘{second}’ geven samen meer dan elk van beide apart',
    nb: '«{first}» og «{second}» gir mer sammen enn hver for seg',
    pl: '„{first}” i „{second}” razem dają więcej niż każda z osobna',
  },
  lowers: {
    en: '“{first}” and “{second}” together give less than the better of them alone',
    nl: '‘{first}’ en ‘{second}’ geven samen minder dan de beste van de twee alleen',
    nb: '«{first}» og «{second}» gir mindre sammen enn den beste av dem alene',
    pl: '„{first}” i „{second}” razem dają mniej niż sama lepsza z nich',
  },
};
const SHOWN: Said = {
  en: '{head}. For example, {order}: {none} without them, {a} with “{first}”, {b} with “{second}”, {both} with both.',
  nl: '{head}. Bijvoorbeeld {order}: {none} zonder deze acties, {a} met ‘{first}’, {b} met ‘{second}’, {both} met beide.',
  nb: '{head}. For eksempel {order}: {none} uten dem, {a} med «{first}», {b} med «{second}», {both} med begge.',
  pl: '{head}. Na przykład {order}: {none} bez nich, {a} z „{first}”, {b} z „{second}”, {both} z obiema.',
};
const STEPS: Record<'plain' | 'raises' | 'idle' | 'lowers' | 'missed' | 'level', Said> = {
  plain: {
    en: 'Without promotions: {total}.',
    nl: 'Zonder acties: {total}.',
    nb: 'Uten kampanjer: {total}.',
    pl: 'Bez promocji: {total}.',
  },
  raises: {
    en: '“{id}”: +{gain}, which makes {total}.',
    nl: '‘{id}’: +{gain}, dat maakt {total}.',
    nb: '«{id}»: +{gain}, det blir {total}.',
    pl: '„{id}”: +{gain}, razem {total}.',
  },
  idle: {
    en: '“{id}” changes nothing here; alone it would give {alone} more.',
    nl: '‘{id}’ verandert hier niets; alleen zou die {alone} extra geven.',
    nb: '«{id}» endrer ingenting her; alene ville den gitt {alone} ekstra.',
    pl: '„{id}” nic tu nie zmienia; sama dałaby dodatkowo {alone}.',
  },
  lowers: {
    en: '“{id}” takes the place of what is better: −{loss}, which makes {total}.',
    nl: '‘{id}’ komt in de plaats van wat beter is: −{loss}, dat maakt {total}.',
    nb: '«{id}» brukes i stedet for noe bedre: −{loss}, det blir {total}.',
    pl: '„{id}” zastępuje to, co lepsze: −{loss}, razem {total}.',
  },
  missed: {
    en: '“{id}” does not apply: {why}.',
    nl: '‘{id}’ geldt niet: {why}.',
    nb: '«{id}» gjelder ikke: {why}.',
    pl: '„{id}” nie obowiązuje: {why}.',
  },
  level: {
    en: '{id} level: +{gain}, which makes {total}.',
    nl: 'Niveau {id}: +{gain}, dat maakt {total}.',
    nb: 'Nivået {id}: +{gain}, det blir {total}.',
    pl: 'Poziom {id}: +{gain}, razem {total}.',
  },
};

const nameOf = (id: string, speaker: Speaker): string => speaker.name('rule', id);

/** "an order of €100.00 (“Coffee”) on 28 November 2026, 12:00, at Gold level" */
export function exampleText(rules: ProgramRules, { order, pins }: ExampleOrder, speaker: Speaker): string {
  const [line] = order.lines;
  const labels = [
    ...(line?.product && line.product !== 'example' ? [speaker.name('product', line.product)] : []),
    ...(line?.categories ?? []),
    ...(line?.tags ?? []),
  ];
  return speaker.say(ORDER, {
    money: speaker.moneyOf(line?.net ?? 0, order.money),
    what: labels.length === 0 ? 'none' : labels.join(', '),
    at: speaker.moment(clockText(Calendar.of(rules.zone).wallClock(pins.moment))),
    level: pins.tier === null ? 'none' : speaker.name('tier', pins.tier),
  });
}

/** What becomes of two promotions that meet, and the order that shows it. */
export function conflictText(rules: ProgramRules, conflict: Conflict, speaker: Speaker): string {
  const { unit, points, idle } = conflict;
  const [first, second] = [nameOf(conflict.first, speaker), nameOf(conflict.second, speaker)];
  const head = speaker.say(HEAD[conflict.kind === 'swallows' && idle === null ? 'equal' : conflict.kind], {
    ...{ first, second },
    idle: idle === conflict.first ? first : second,
    other: idle === conflict.first ? second : first,
  });
  const count = (n: bigint) => speaker.count(unit, Number(n));
  return speaker.say(SHOWN, {
    head: `${head.charAt(0).toUpperCase()}${head.slice(1)}`,
    order: exampleText(rules, conflict.example, speaker),
    ...{
      first,
      second,
      none: count(points.none),
      a: count(points.first),
      b: count(points.second),
      both: count(points.both),
    },
  });
}

/** How an order comes to its points: a sentence a step, in the order in which they are applied. */
export function stackingSteps({ unit, steps }: Stacking, speaker: Speaker): string[] {
  return steps.map((step) => {
    const count = (n: bigint) => speaker.count(unit, Number(n));
    return speaker.say(STEPS[sayingOf(step)], {
      id: step.kind === 'level' ? speaker.name('tier', step.id) : nameOf(step.id, speaker),
      total: count(step.total),
      gain: count(step.gain),
      loss: count(-step.gain),
      alone: count(step.alone),
      why: step.missed === null ? '' : missedText(speaker.locale, step.missed),
    });
  });
}

function sayingOf({ kind, gain, missed }: StackingStep): keyof typeof STEPS {
  if (kind === 'plain') return 'plain';
  if (missed !== null) return 'missed';
  if (gain < 0n) return 'lowers';
  if (gain === 0n) return 'idle';
  return kind === 'level' ? 'level' : 'raises';
}
