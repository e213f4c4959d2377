import { Route, Routes } from 'react-router';
import { Page } from '../../kit/page.js';
import { Tabs } from '../../kit/tabs.js';
import { useMay, useWords } from '../../shell/desk-context.js';
import { NotFound } from '../../shell/not-found.js';
import { Editor } from '../program/editor.js';
import { Catalogue } from './catalogue.js';
import { ToGive } from './to-give.js';
import { Redemptions } from './redemptions.js';
import { REWARDS } from './words.js';

/** What points become: the catalogue, its draft, and what members took. */
export function Component() {
  const t = useWords(REWARDS);
  const may = useMay();
  const tabs = [
    { to: '/rewards', text: t('catalogue'), end: true },
    ...(may('edit-drafts') ? [{ to: '/rewards/draft', text: t('draft') }] : []),
    { to: '/rewards/to-give', text: t('toGive') },
    { to: '/rewards/redemptions', text: t('redemptions') },
  ];
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Tabs label={t('title')} tabs={tabs} />
      <Routes>
        <Route index element={<Catalogue />} />
        <Route path="draft" element={<Editor only="rewards" />} />
        <Route path="to-give" element={<ToGive />} />
        <Route path="redemptions" element={<Redemptions />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Page>
  );
}
