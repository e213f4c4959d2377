import { Route, Routes } from 'react-router';
import { Page } from '../../kit/page.js';
import { Tabs } from '../../kit/tabs.js';
import { useWords } from '../../shell/desk-context.js';
import { Clearing } from './clearing.js';
import { Cohorts } from './cohorts.js';
import { Hours } from './hours.js';
import { Levels } from './levels.js';
import { Rewards } from './rewards.js';
import { Trials } from './trials.js';
import { Use } from './use.js';
import { Worth } from './value.js';
import { REPORTS } from './words.js';
import { Working } from './working.js';

/** Whether it brings people back and what they bring, how it is used, whether rewards are reached, when people buy. */
export function Component() {
  const t = useWords(REPORTS);
  const tabs = [
    { to: '/reports', text: t('working'), end: true },
    { to: '/reports/cohorts', text: t('cohorts') },
    { to: '/reports/value', text: t('value') },
    { to: '/reports/use', text: t('use') },
    { to: '/reports/levels', text: t('levels') },
    { to: '/reports/rewards', text: t('rewards') },
    { to: '/reports/trials', text: t('trials') },
    { to: '/reports/hours', text: t('hours') },
    { to: '/reports/clearing', text: t('clearing') },
  ];
  return (
    <Page title={t('title')}>
      <Tabs label={t('title')} tabs={tabs} />
      <Routes>
        <Route index element={<Working />} />
        <Route path="cohorts" element={<Cohorts />} />
        <Route path="value" element={<Worth />} />
        <Route path="use" element={<Use />} />
        <Route path="levels" element={<Levels />} />
        <Route path="rewards" element={<Rewards />} />
        <Route path="trials" element={<Trials />} />
        <Route path="hours" element={<Hours />} />
        <Route path="clearing" element={<Clearing />} />
      </Routes>
    </Page>
  );
}
