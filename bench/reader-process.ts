import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { beChild } from './child.js';

/** Reads balances by key, so many a second whatever else happens, and tells how long each took. */
export interface ReaderSettings {
  url: string;
  rate: number;
  members: number;
}

const LANES = 4;
const READ = `select kind, balance from account where program_id = 1 and member_id = $1 and unit = 'points'`;

beChild(async ({ url, rate, members }: ReaderSettings) => {
  let durations: number[] = [];
  const every = (1000 / rate) * LANES;
  for (let lane = 0; lane < LANES; lane++) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    void (async () => {
      for (let next = performance.now() + lane; ; next += every) {
        if (next > performance.now()) await sleep(next - performance.now());
        else next = performance.now();
        const before = performance.now();
        await client.query({ name: 'read', text: READ, values: [1 + Math.floor(Math.random() * members)] });
        durations.push(performance.now() - before);
      }
    })();
  }
  return {
    async take() {
      const taken = Float64Array.from(durations);
      durations = [];
      return taken;
    },
  };
});
