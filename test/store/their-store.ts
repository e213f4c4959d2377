import { type WooAnswer, type WooClient, wooClient } from '../../src/platforms/woocommerce/client.js';

export interface Keys {
  consumerKey: string;
  consumerSecret: string;
}

type Body = Record<string, unknown>;

/** The store over REST, remembering what was made in it, so that nothing of it stays. */
export class TheirStore {
  readonly #client: WooClient;
  /** What to remove, newest first: orders before their customers and products. */
  readonly #made: { path: string; what: string }[] = [];

  constructor(access: { url: string } & Keys) {
    this.#client = wooClient(access, { guard: { allowPrivate: true }, timeoutMs: 60_000 });
  }

  /** Makes something and notes it for removal. */
  async make<T extends Body>(path: string, body: Body): Promise<T & { id: number }> {
    const made = this.#expect<T & { id: number }>(await this.#client.post(path, body), `POST ${path}`);
    this.#made.unshift({ path: `${path}/${made.id}`, what: `${path}/${made.id}` });
    return made;
  }

  /** Something that the store's own checkout made. */
  note(path: string): void {
    this.#made.unshift({ path, what: path });
  }

  /** Changes something that is removed with what it belongs to. */
  async change<T extends Body>(path: string, body: Body): Promise<T> {
    return this.#expect<T>(await this.#client.put(path, body), `PUT ${path}`);
  }

  async add<T extends Body>(path: string, body: Body): Promise<T> {
    return this.#expect<T>(await this.#client.post(path, body), `POST ${path}`);
  }

  async remove(path: string): Promise<void> {
    this.#expect(await this.#client.delete(path, { force: true }), `DELETE ${path}`);
  }

  async read<T>(path: string, params: Record<string, string | number> = {}): Promise<T> {
    return this.#expect<T>(await this.#client.get(path, params), `GET ${path}`);
  }

  /** Removes all that was made; gives what would not go. */
  async leaveNothing(): Promise<string[]> {
    const stayed: string[] = [];
    for (const { path, what } of this.#made.splice(0)) {
      const force = path.startsWith('customers/') ? { force: true, reassign: 0 } : { force: true };
      const status = await this.#client.delete(path, force).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status !== 200 && status !== 404 && status !== 410) stayed.push(`${what} (${status || 'no answer'})`);
    }
    return stayed;
  }

  #expect<T>(answer: WooAnswer, what: string): T {
    if (answer.status < 300) return answer.body as T;
    throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
  }
}
