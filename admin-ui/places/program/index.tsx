import { Route, Routes } from 'react-router';
import { LinkButton } from '../../kit/button.js';
import { Page } from '../../kit/page.js';
import { Tabs } from '../../kit/tabs.js';
import { useMay, useWords } from '../../shell/desk-context.js';
import { NotFound } from '../../shell/not-found.js';
import { CheckAndPublish } from './check-and-publish.js';
import { Editor } from './editor.js';
import { LiveProgram } from './live-program.js';
import { ProgramFile } from './program-file.js';
import { Versions } from './versions.js';
import { PROGRAM } from './words.js';

/** The program: as it is, as it could be, and the way from one to the other. */
export function Component() {
  const t = useWords(PROGRAM);
  const may = useMay();
  const edit = may('edit-drafts');
  const tabs = [
    { to: '/program', text: t('live'), end: true },
    ...(edit ? [{ to: '/program/draft', text: t('draft') }] : []),
    { to: '/program/check', text: t('check') },
    { to: '/program/versions', text: t('versions') },
    { to: '/program/file', text: t('file') },
  ];
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Tabs label={t('title')} tabs={tabs} />
      <Routes>
        <Route
          index
          element={
            <LiveProgram
              action={
                edit && (
                  <LinkButton to="/program/draft" look="primary">
                    {t('edit')}
                  </LinkButton>
                )
              }
            />
          }
        />
        <Route path="draft" element={<Editor />} />
        <Route path="check" element={<CheckAndPublish />} />
        <Route path="versions" element={<Versions />} />
        <Route path="file" element={<ProgramFile />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Page>
  );
}
