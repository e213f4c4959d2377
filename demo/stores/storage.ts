import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A store's memory in one JSON file; without a file it lives as long as the process. */
export class Storage<T> {
  readonly state: T;
  private readonly file: string | null;
  private timer: NodeJS.Timeout | null = null;

  constructor(file: string | null, fresh: () => T) {
    this.file = file;
    this.state = (file && read<T>(file)) || fresh();
  }

  /** Writes soon; many changes make one write. */
  changed(): void {
    if (!this.file || this.timer) return;
    this.timer = setTimeout(() => this.flush(), 200);
    this.timer.unref();
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.file) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(this.state));
    renameSync(`${this.file}.new`, this.file);
  }
}

function read<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`cannot read the demo shop's data in ${file}; start with --reset to begin anew`, { cause: error });
  }
}
