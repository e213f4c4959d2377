import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of ours: a server, a worker or a load generator, so that they share nothing but the machine. */
export interface Child {
  pid: number;
  ask<Reply>(name: string, argument?: unknown): Promise<Reply>;
  stop(): Promise<void>;
}

/** What a child can be asked. */
export type Answers = Record<string, (argument: never) => Promise<unknown>>;

/** Starts `bench/<file>` and resolves when it is ready. */
export async function startChild(file: string, settings: object): Promise<Child> {
  const child = fork(fileURLToPath(new URL(`./${file}`, import.meta.url)), { serialization: 'advanced' });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  child.on('message', ({ id, reply, error }: { id: number; reply?: unknown; error?: string }) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(reply);
    else one?.reject(new Error(`${file}: ${error}`));
  });
  child.on('exit', () => {
    for (const one of waiting.values()) one.reject(new Error(`${file} ended before it answered`));
    waiting.clear();
  });
  const ask = <Reply>(name: string, argument?: unknown): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      child.send({ id, name, argument });
    });
  await ask('begin', settings);
  return {
    pid: child.pid ?? 0,
    ask,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The other side: `begin` is told the settings and gives what may be asked from then on. */
export function beChild<Settings>(begin: (settings: Settings) => Promise<Answers>): void {
  let answers: Record<string, (argument: unknown) => Promise<unknown>> = {
    begin: async (settings) => {
      answers = (await begin(settings as Settings)) as typeof answers;
    },
  };
  process.on('message', ({ id, name, argument }: { id: number; name: string; argument: unknown }) => {
    const answer = answers[name] ?? (async () => Promise.reject(new Error(`cannot be asked for ${name}`)));
    answer(argument)
      .then((reply) => process.send?.({ id, reply }))
      .catch((error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }));
  });
  process.on('disconnect', () => process.exit(0));
}
