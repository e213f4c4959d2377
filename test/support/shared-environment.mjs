import fc from 'fast-check';
import { ModuleMocker } from 'jest-mock';

const CIRCUS = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL'].map((name) => Symbol.for(name));

/** One code has one verdict: properties begin at one seed, LAW_SEED=$(date +%s) looks elsewhere. */
fc.configureGlobal({ seed: Number(process.env.LAW_SEED ?? 1_795_422_321) });

/** A test file runs in the realm of its worker (shared-runtime.cjs); what jest lays there for the file is taken away after it. */
export default class SharedEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #before = { console: globalThis.console, exit: process.exit };

  async setup() {}

  async teardown() {
    globalThis.console = this.#before.console;
    process.exit = this.#before.exit;
    for (const name of CIRCUS) delete globalThis[name];
  }

  getVmContext() {
    return null;
  }
}
