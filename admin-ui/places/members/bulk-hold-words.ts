import { defineWords } from '../../words/words.js';

/** What is said of putting many members on hold at once, and of its end. */
export const BULK_HOLD = defineWords({
  en: {
    kind_hold: 'Put on hold',
    kind_release: 'End the hold',
    leftOut_hold: '{n, plural, one {# member is} other {# members are}} left out: on hold already, or erased.',
    leftOut_release: '{n, plural, one {# member is} other {# members are}} left out: not on hold.',
    holdReasonHelp: 'For the log: the members don’t read it.',
    lookHoldHelp: 'Nothing changes yet: you see how many members it is about.',
    go_hold: 'Put {n, plural, one {# member} other {# members}} on hold',
    go_release: 'End the hold of {n, plural, one {# member} other {# members}}',
    stoppedHold: 'Stopped. What was changed stays, and can be undone.',
    summaryDone_hold: '{n, plural, one {# member is} other {# members are}} on hold.',
    summaryDone_release: '{n, plural, one {# member is} other {# members are}} no longer on hold.',
    summaryStopped_hold:
      'Stopped after {n, plural, one {# member} other {# members}} of {all}. The others are not on hold.',
    summaryStopped_release:
      'Stopped after {n, plural, one {# member} other {# members}} of {all}. The others are still on hold.',
    summaryUndoneHold: 'Undone for {n, plural, one {# member} other {# members}}.',
    changedSince:
      '{n, plural, one {# member was} other {# members were}} changed by somebody since, and stay as they are.',
    undoSure_hold: 'Whoever it put on hold can use points again. Who was changed by somebody since stays as they are.',
    undoSure_release: 'Whoever it released is on hold again. Who was changed by somebody since stays as they are.',
  },
  nl: {
    kind_hold: 'Blokkeren',
    kind_release: 'Blokkering opheffen',
    leftOut_hold: '{n, plural, one {# lid doet} other {# leden doen}} niet mee: al geblokkeerd, of gewist.',
    leftOut_release: '{n, plural, one {# lid doet} other {# leden doen}} niet mee: niet geblokkeerd.',
    holdReasonHelp: 'Voor het logboek: de leden lezen dit niet.',
    lookHoldHelp: 'Er verandert nog niets: je ziet om hoeveel leden het gaat.',
    go_hold: '{n, plural, one {# lid} other {# leden}} blokkeren',
    go_release: 'Blokkering van {n, plural, one {# lid} other {# leden}} opheffen',
    stoppedHold: 'Gestopt. Wat veranderd is blijft, en kan ongedaan worden gemaakt.',
    summaryDone_hold: '{n, plural, one {# lid is} other {# leden zijn}} geblokkeerd.',
    summaryDone_release: '{n, plural, one {# lid is} other {# leden zijn}} niet meer geblokkeerd.',
    summaryStopped_hold:
      'Gestopt na {n, plural, one {# lid} other {# leden}} van {all}. De anderen zijn niet geblokkeerd.',
    summaryStopped_release:
      'Gestopt na {n, plural, one {# lid} other {# leden}} van {all}. De anderen zijn nog geblokkeerd.',
    summaryUndoneHold: 'Teruggedraaid voor {n, plural, one {# lid} other {# leden}}.',
    changedSince: 'Bij {n, plural, one {# lid} other {# leden}} heeft iemand sindsdien iets veranderd: dat blijft zo.',
    undoSure_hold:
      'Wie hierdoor geblokkeerd werd, kan weer punten gebruiken. Wat iemand sindsdien heeft veranderd, blijft zo.',
    undoSure_release: 'Wie hierdoor vrij kwam, is weer geblokkeerd. Wat iemand sindsdien heeft veranderd, blijft zo.',
  },
  nb: {
    kind_hold: 'Sperr',
    kind_release: 'Opphev sperringen',
    leftOut_hold: '{n, plural, one {# medlem er} other {# medlemmer er}} utelatt: allerede sperret eller slettet.',
    leftOut_release: '{n, plural, one {# medlem er} other {# medlemmer er}} utelatt: ikke sperret.',
    holdReasonHelp: 'Til loggen: medlemmene leser det ikke.',
    lookHoldHelp: 'Ingenting endres ennå: du ser hvor mange medlemmer det gjelder.',
    go_hold: 'Sperr {n, plural, one {# medlem} other {# medlemmer}}',
    go_release: 'Opphev sperringen av {n, plural, one {# medlem} other {# medlemmer}}',
    stoppedHold: 'Stoppet. Det som er endret, blir stående og kan angres.',
    summaryDone_hold: '{n, plural, one {# medlem er} other {# medlemmer er}} sperret.',
    summaryDone_release: '{n, plural, one {# medlem er} other {# medlemmer er}} ikke lenger sperret.',
    summaryStopped_hold:
      'Stoppet etter {n, plural, one {# medlem} other {# medlemmer}} av {all}. De andre er ikke sperret.',
    summaryStopped_release:
      'Stoppet etter {n, plural, one {# medlem} other {# medlemmer}} av {all}. De andre er fortsatt sperret.',
    summaryUndoneHold: 'Angret for {n, plural, one {# medlem} other {# medlemmer}}.',
    changedSince: '{n, plural, one {# medlem er} other {# medlemmer er}} endret av noen siden og blir som de er.',
    undoSure_hold: 'De som ble sperret, kan bruke poeng igjen. Det noen har endret siden, blir stående.',
    undoSure_release: 'De som ble frigitt, sperres igjen. Det noen har endret siden, blir stående.',
  },
  pl: {
    kind_hold: 'Wstrzymanie kont',
    kind_release: 'Koniec wstrzymania',
    leftOut_hold:
      '{n, plural, one {Pominięto # uczestnika} few {Pominięto # uczestników} many {Pominięto # uczestników} other {Pominięto # uczestnika}}: już wstrzymani albo usunięci.',
    leftOut_release:
      '{n, plural, one {Pominięto # uczestnika} few {Pominięto # uczestników} many {Pominięto # uczestników} other {Pominięto # uczestnika}}: konto nie jest wstrzymane.',
    holdReasonHelp: 'Do dziennika: uczestnicy tego nie czytają.',
    lookHoldHelp: 'Nic się jeszcze nie zmienia: zobaczysz, ilu uczestników to dotyczy.',
    go_hold: 'Wstrzymaj {n, plural, one {# konto} few {# konta} many {# kont} other {# konta}}',
    go_release: 'Zakończ wstrzymanie {n, plural, one {# konta} few {# kont} many {# kont} other {# konta}}',
    stoppedHold: 'Zatrzymano. To, co zmieniono, zostaje i można to cofnąć.',
    summaryDone_hold:
      '{n, plural, one {# konto jest wstrzymane} few {# konta są wstrzymane} many {# kont jest wstrzymanych} other {# konta jest wstrzymane}}.',
    summaryDone_release:
      '{n, plural, one {# konto nie jest już wstrzymane} few {# konta nie są już wstrzymane} many {# kont nie jest już wstrzymanych} other {# konta nie jest już wstrzymane}}.',
    summaryStopped_hold:
      'Zatrzymano po {n, plural, one {# koncie} few {# kontach} many {# kontach} other {# konta}} z {all}. Pozostałe nie są wstrzymane.',
    summaryStopped_release:
      'Zatrzymano po {n, plural, one {# koncie} few {# kontach} many {# kontach} other {# konta}} z {all}. Pozostałe są nadal wstrzymane.',
    summaryUndoneHold: 'Cofnięto dla {n, plural, one {# konta} few {# kont} many {# kont} other {# konta}}.',
    changedSince:
      '{n, plural, one {# konto ktoś zmienił później: zostaje, jak jest} few {# konta ktoś zmienił później: zostają, jak są} many {# kont ktoś zmienił później: zostają, jak są} other {# konta ktoś zmienił później: zostają, jak są}}.',
    undoSure_hold: 'Wstrzymani w ten sposób znów mogą używać punktów. To, co ktoś później zmienił, zostaje.',
    undoSure_release: 'Zwolnieni w ten sposób będą znów wstrzymani. To, co ktoś później zmienił, zostaje.',
  },
});
