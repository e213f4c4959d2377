/** Writes docs/program.schema.json, the schema of program files, from the schemas that check them: npm run program-schema */
import { writeFileSync } from 'node:fs';
import { schemaText } from '../src/programs/json-schema.js';

if (process.argv[1]?.endsWith('write-program-schema.ts')) writeFileSync('docs/program.schema.json', schemaText());
