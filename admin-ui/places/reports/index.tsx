import { Route, Routes } from 'react-router';
import { Page } from '../../kit/page.js';
import { Tabs } from '../../kit/tabs.js';
import { useWords } from '../../shell/desk-context.js';
import { Hours } from './hours.js';
import { Use } from './use.js';
import { REPORTS } from './words.js';
import { Working } from './working.js';

/** Whether it brings people back, how it is used, when people buy. */
export function Component() {
  const t = useWords(REPORTS);
  const tabs = [
    { to: '/reports', text: t('working'), end: true },
    { to: '/reports/use', text: t('use') },
    { to: '/reports/hours', text: t('hours') },
  ];
  return (
    <Page title={t('title')}>
      <Tabs label={t('title')} tabs={tabs} />
      <Routes>
        <Route index element={<Working />} />
        <Route path="use" element={<Use />} />
        <Route path="hours" element={<Hours />} />
      </Routes>
    </Page>
  );
}
