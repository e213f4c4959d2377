import * as z from 'zod';
import { gallery, readyProgram } from '../../gallery/gallery.js';
import { localeOf } from '../../rules/sentences.js';
import { type Route, route } from '../contract.js';
import { BASE } from './owner-route.js';
import * as api from './schemas.js';

const open = { kind: 'open', why: 'ready programs are the same for everybody, and no secret' } as const;

const readyAnswer = z.strictObject({
  programs: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      like: z.string().meta({ description: 'the kind of program that people know it as' }),
      sentence: z.string(),
    }),
  ),
});

/** Ready programs to begin with: the list in one language, and each as a program file. */
export function galleryRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: `${BASE}/gallery`,
      name: 'gallery',
      summary: 'Ready programs to begin with',
      policy: open,
      limit: 'outside',
      query: z.strictObject({ language: z.string().max(35).optional() }),
      answers: { 200: readyAnswer, 400: api.errorAnswer, 429: api.errorAnswer },
      handle: async ({ query }) => ({ status: 200, body: { programs: gallery(localeOf(query.language)) } }),
    }),
    route({
      method: 'get',
      path: `${BASE}/gallery/:id`,
      name: 'readyProgram',
      summary: 'A ready program, as a file',
      policy: open,
      limit: 'outside',
      params: z.strictObject({ id: z.string().max(60) }),
      answers: { 200: z.strictObject({ file: api.file }), 404: api.errorAnswer, 429: api.errorAnswer },
      handle: async ({ params }) => ({ status: 200, body: { file: await readyProgram(params.id) } }),
    }),
  ];
}
