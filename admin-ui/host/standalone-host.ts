import { forgetHere } from '../shell/was-here.js';
import type { Host } from './host.js';

/** In a browser of its own: a cookie that script cannot read goes along by itself. */
export const standaloneHost: Host = {
  embedded: false,
  base: '/admin',
  token: async () => null,
  async leave() {
    await fetch('/admin/leave', { method: 'POST' });
    forgetHere();
    location.assign('/admin/sign-in');
  },
};
