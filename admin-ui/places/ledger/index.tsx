import { Route, Routes } from 'react-router';
import { Page } from '../../kit/page.js';
import { Tabs } from '../../kit/tabs.js';
import { useWords } from '../../shell/desk-context.js';
import { NotFound } from '../../shell/not-found.js';
import { Books } from './books.js';
import { Journal } from './journal.js';
import { Proof } from './proof.js';
import { LEDGER } from './words.js';

/** What stands in the books, what moved, and the proof that it adds up. */
export function Component() {
  const t = useWords(LEDGER);
  const tabs = [
    { to: '/ledger', text: t('books'), end: true },
    { to: '/ledger/proof', text: t('proof') },
    { to: '/ledger/journal', text: t('journal') },
  ];
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Tabs label={t('title')} tabs={tabs} />
      <Routes>
        <Route index element={<Books />} />
        <Route path="proof" element={<Proof />} />
        <Route path="journal" element={<Journal />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Page>
  );
}
