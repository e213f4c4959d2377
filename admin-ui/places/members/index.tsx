import { Route, Routes } from 'react-router';
import { BulkList } from './bulk-list.js';
import { BulkPage } from './bulk-page.js';
import { MemberList } from './member-list.js';
import { MemberPage } from './member-page.js';
import { NotFound } from '../../shell/not-found.js';
import { Waiting } from './waiting.js';

/** Who collects, and what stands behind each of their points. */
export function Component() {
  return (
    <Routes>
      <Route index element={<MemberList />} />
      <Route path="waiting" element={<Waiting />} />
      <Route path="together" element={<BulkList />} />
      <Route path="together/:id" element={<BulkPage />} />
      <Route path=":id" element={<MemberPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
