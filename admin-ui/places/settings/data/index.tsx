import { Route, Routes } from 'react-router';
import { ImportList } from './import-list.js';
import { ImportPage } from './import-page.js';

/** What comes in from elsewhere. */
export function Data() {
  return (
    <Routes>
      <Route index element={<ImportList />} />
      <Route path=":id" element={<ImportPage />} />
    </Routes>
  );
}
