import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answered } from '../../api/client.js';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Note } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import type { Format } from '../../words/format.js';
import { useApi, useDesk, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { type Cost, dearestDay, goodCeiling, valueOf } from './figures.js';
import { changedPromotions, promotionName, type Promotion, withPromotion } from './program-file.js';
import { Block, type BlocksProps } from './block.js';
import { ConflictText } from './conflict-text.js';
import { useMoreWarnings } from './more-warnings.js';
import { REPORT } from './report-words.js';
import { type Draft, type Programs, useSaveDraft } from './use-programs.js';

/** What keeps a draft from being published, by its own check: a failing example, a fault. */
export function useBlocking(draft: Draft) {
  const api = useApi();
  const locale = useLanguage();
  return useQuery({
    queryKey: ['promotions', 'check', draft.hash, locale],
    queryFn: () => answered(api.POST('/api/v1/draft/check', { params: { query: { locale } } })),
  });
}

/** What to look at before publishing: what forbids it, and what somebody should know. Each with what can be done. */
export function LookFirst({ report, programs, draft, cost }: BlocksProps & { cost: Cost }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const language = useLanguage();
  const api = useApi();
  const check = useBlocking(draft);
  const conflicts = useQuery({
    queryKey: ['promotions', 'conflicts', draft.hash],
    queryFn: () => answered(api.GET('/api/v1/conflicts', { params: { query: { of: 'draft', locale: language } } })),
  });
  const changed = changedPromotions(programs.live.file, draft.file);
  const past = changed.filter(({ when }) => when?.to !== undefined && when.to.slice(0, 16) <= wallClock(format));
  const more = useMoreWarnings({ report, programs, draft, cost });
  const blocking: ReactNode[] = [
    ...more.blocking,
    ...(check.data?.problems ?? []).map(({ problem, fix }) => `${problem}. ${fix}`),
    ...(check.data?.failures ?? []).map(({ example, what, expected, got }) =>
      t('example', { example, what, expected, got }),
    ),
    ...past.map(({ id }) => t('inPast', { name: promotionName(draft.file, id, language) })),
  ];
  const mine = (conflicts.data?.conflicts ?? []).filter(({ first, second }) =>
    changed.some(({ id }) => id === first || id === second),
  );
  const endless = changed.filter(({ ceiling }) => ceiling === undefined);
  const warnings: ReactNode[] = [
    ...(report.members.worse > 0 ? [t('someLose', { n: report.members.worse })] : []),
    ...mine.map((conflict) => (
      <ConflictText key={`${conflict.first} ${conflict.second}`} conflict={conflict} file={draft.file} />
    )),
    ...more.warnings,
    ...(check.data?.traps ?? []).map(({ problem, fix }) => `${problem}. ${fix}`),
    ...endless.map((promotion) => (
      <NoCeiling
        key={promotion.id}
        promotion={promotion}
        programs={programs}
        draft={draft}
        report={report}
        cost={cost}
      />
    )),
  ];
  return (
    <Block nth={5} title={t('lookFirst', { blocking: blocking.length, warnings: warnings.length })}>
      {check.isError && <Failed error={check.error} />}
      {blocking.map((text, at) => (
        <Note key={`b${at}`} tone="bad">
          {text}
        </Note>
      ))}
      {warnings.map((text, at) => (
        <Note key={`w${at}`} tone="warning">
          {text}
        </Note>
      ))}
      {blocking.length + warnings.length === 0 && <p>{t('allFine')}</p>}
    </Block>
  );
}

interface CeilingProps extends Pick<BlocksProps, 'programs' | 'draft' | 'report'> {
  promotion: Promotion;
  cost: Cost;
}

/** Without a ceiling: what the dearest day would have cost, and one that leaves room. */
function NoCeiling({ promotion, programs, draft, report, cost }: CeilingProps) {
  const t = useWords(REPORT);
  const format = useFormat();
  const { me } = useDesk();
  const language = useLanguage();
  const may = useMay()('edit-drafts');
  const tell = useToast();
  const save = useSaveDraft();
  const day = dearestDay(report, cost.unit);
  const value = valueOf(draft.file.rules.units[cost.unit]?.value);
  const money = goodCeiling(Math.max(cost.face, 10 ** me.program.exponent), me.program.exponent);
  const name = promotionName(draft.file, promotion.id, language);
  const set = (ceiling: { money: number } | null, from: Programs) =>
    save.mutate(
      {
        programs: from,
        change: (file) => withPromotion(file, ceiling ? { ...promotion, ceiling } : promotion, {}),
      },
      { onSuccess: () => tell(t('ceilingSet', { name, money: format.money(money) })) },
    );
  return (
    <>
      <p>
        {t('noCeiling', { name })}{' '}
        {day &&
          value > 0 &&
          t('dearest', { date: format.date(day.date), money: format.money(Math.round(day.points * value)) })}
      </p>
      {save.isError && <Failed error={save.error} />}
      {may && cost.face > 0 && (
        <Button isPending={save.isPending} onPress={() => set({ money }, programs)}>
          {t('stopAt', { money: format.money(money) })}
        </Button>
      )}
    </>
  );
}

/** The wall clock of the shop, as the rules write it. */
function wallClock({ zone: timeZone, now }: Format): string {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return clock.format(now()).replace(' ', 'T');
}
