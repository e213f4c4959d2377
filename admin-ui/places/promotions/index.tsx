import { Route, Routes } from 'react-router';
import { CheckPage } from './check-page.js';
import { DraftPage } from './draft-page.js';
import { FormPage } from './form-page.js';
import { NotFound } from '../../shell/not-found.js';
import { Overview } from './overview.js';

export function Component() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path="new" element={<FormPage />} />
      <Route path="edit/:id" element={<FormPage />} />
      <Route path="draft" element={<DraftPage />} />
      <Route path="publish" element={<CheckPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
