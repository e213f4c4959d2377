import { Navigate, Route, Routes } from 'react-router';
import { Page } from '../../kit/page.js';
import { Tabs } from '../../kit/tabs.js';
import { useMay, useWords } from '../../shell/desk-context.js';
import { NotFound } from '../../shell/not-found.js';
import { Data } from './data/index.js';
import { DATA } from './data/words.js';
import { AuditLog } from './audit-log.js';
import { Keys } from './keys.js';
import { LIMITS } from './limits-words.js';
import { Limits } from './limits.js';
import { Mail } from './mail.js';
import { MAIL_TAB } from './mail-words.js';
import { Staff } from './staff.js';
import { Stores } from './stores.js';
import { Trouble } from './trouble.js';
import { SETTINGS } from './words.js';

/** Who works here, on which stores, with which keys; and what they did. */
export function Component() {
  const t = useWords(SETTINGS);
  const l = useWords(LIMITS);
  const d = useWords(DATA);
  const m = useWords(MAIL_TAB);
  const may = useMay();
  const tabs = [
    { to: '/settings/stores', text: t('stores') },
    ...(may('see-audit') ? [{ to: '/settings/staff', text: t('staff') }] : []),
    { to: '/settings/mail', text: m('mail') },
    ...(may('adjust-points') ? [{ to: '/settings/limits', text: l('limits') }] : []),
    ...(may('import-data') ? [{ to: '/settings/data', text: d('data') }] : []),
    ...(may('manage-keys') ? [{ to: '/settings/keys', text: t('keys') }] : []),
    ...(may('see-audit') ? [{ to: '/settings/audit', text: t('audit') }] : []),
  ];
  return (
    <Page title={t('title')}>
      <Tabs label={t('title')} tabs={tabs} />
      <Routes>
        <Route index element={<Navigate to="stores" replace />} />
        <Route path="stores" element={<Stores />} />
        <Route path="stores/:store/trouble" element={<Trouble />} />
        <Route path="staff" element={<Staff />} />
        <Route path="mail" element={<Mail />} />
        <Route path="limits" element={<Limits />} />
        <Route path="data/*" element={<Data />} />
        <Route path="keys" element={<Keys />} />
        <Route path="audit" element={<AuditLog />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Page>
  );
}
