import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { Skeleton } from '../../kit/asked.js';
import { Page } from '../../kit/page.js';
import { Tabs } from '../../kit/tabs.js';
import { useWords } from '../../shell/desk-context.js';
import { NotFound } from '../../shell/not-found.js';
import { REPORTS } from './words.js';
import { Working } from './working.js';

// each report comes when it is opened, with the charts that it alone has
const Ahead = lazy(() => import('./ahead.js').then(({ Ahead }) => ({ default: Ahead })));
const Clearing = lazy(() => import('./clearing.js').then(({ Clearing }) => ({ default: Clearing })));
const Cohorts = lazy(() => import('./cohorts.js').then(({ Cohorts }) => ({ default: Cohorts })));
const Hours = lazy(() => import('./hours.js').then(({ Hours }) => ({ default: Hours })));
const Levels = lazy(() => import('./levels.js').then(({ Levels }) => ({ default: Levels })));
const Rewards = lazy(() => import('./rewards.js').then(({ Rewards }) => ({ default: Rewards })));
const Trials = lazy(() => import('./trials.js').then(({ Trials }) => ({ default: Trials })));
const Use = lazy(() => import('./use.js').then(({ Use }) => ({ default: Use })));
const Worth = lazy(() => import('./value.js').then(({ Worth }) => ({ default: Worth })));

/** Whether it brings people back and what they bring, how it is used, whether rewards are reached, when people buy. */
export function Component() {
  const t = useWords(REPORTS);
  const tabs = [
    { to: '/reports', text: t('working'), end: true },
    { to: '/reports/cohorts', text: t('cohorts') },
    { to: '/reports/value', text: t('value') },
    { to: '/reports/use', text: t('use') },
    { to: '/reports/ahead', text: t('ahead') },
    { to: '/reports/levels', text: t('levels') },
    { to: '/reports/rewards', text: t('rewards') },
    { to: '/reports/trials', text: t('trials') },
    { to: '/reports/hours', text: t('hours') },
    { to: '/reports/clearing', text: t('clearing') },
  ];
  return (
    <Page title={t('title')}>
      <Tabs label={t('title')} tabs={tabs} />
      <Suspense fallback={<Skeleton rows={6} />}>
        <Routes>
          <Route index element={<Working />} />
          <Route path="cohorts" element={<Cohorts />} />
          <Route path="value" element={<Worth />} />
          <Route path="use" element={<Use />} />
          <Route path="ahead" element={<Ahead />} />
          <Route path="levels" element={<Levels />} />
          <Route path="rewards" element={<Rewards />} />
          <Route path="trials" element={<Trials />} />
          <Route path="hours" element={<Hours />} />
          <Route path="clearing" element={<Clearing />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Page>
  );
}
