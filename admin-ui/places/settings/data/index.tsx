import { Route, Routes } from 'react-router';
import { useMay } from '../../../shell/desk-context.js';
import { NotFound } from '../../../shell/not-found.js';
import { ExportAll } from './export-all.js';
import { ImportList } from './import-list.js';
import { ImportPage } from './import-page.js';

/** What comes in from elsewhere, and what is taken along. */
export function Data() {
  const may = useMay();
  return (
    <Routes>
      <Route
        index
        element={
          <>
            <ImportList />
            {may('export-everything') && <ExportAll />}
          </>
        }
      />
      <Route path=":id" element={<ImportPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
