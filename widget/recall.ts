/** An answer and when it was given, kept in the shop's own storage for when nobody answers. */
interface Answer {
  at: number;
  said: unknown;
}

const LONGEST = 30 * 86_400_000;

/** What this page remembers under a name; a page without storage forgets, that is all. */
export function told(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers; null = forgets. */
export function tell(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // as above
  }
}

/**
 * The last answers of one service in one language. Nothing of a shopper outlives their visit: what was kept of one goes as
 * soon as the service names another, or nobody. That somebody was nobody is not kept: they may have signed in since.
 */
export class Recall {
  private readonly front: string;

  constructor(front: string) {
    this.front = `tally:${front}:`;
  }

  /** What was last said of this, if it is not too old. */
  read(path: string): Answer | null {
    const answer = JSON.parse(told(this.front + path) ?? 'null') as Answer | null;
    return answer && Date.now() - answer.at < LONGEST ? answer : null;
  }

  write(path: string, said: unknown): void {
    const who = (answer: unknown) => (answer as { customer?: string } | null)?.customer ?? '';
    if (path === 'member' && who(this.read(path)?.said) !== who(said)) tell(this.front + 'history', null);
    const kept = path !== 'member' || who(said) ? JSON.stringify({ at: Date.now(), said }) : null;
    tell(this.front + path, kept);
  }
}
