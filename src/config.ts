import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { AppError } from './lib/errors.js';
import { keptKeys, parseKeys, type SealingKey } from './lib/key-file.js';

/**
 * The environment, read and checked once, at start. Nothing else reads process.env; .env.example names every variable
 * and a test holds the two together. An empty value counts as not set.
 */
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);
const flag = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((value) => value === 'true')
  .default(false);
const link = (protocols: string[], example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL such as ${example}`,
  });

export const environment = z.object({
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: link(['postgres:', 'postgresql:'], 'postgresql://name:password@host:5432/tallymark').optional(),
  REDIS_URL: link(['redis:', 'rediss:'], 'redis://host:6379').optional(),
  PUBLIC_URL: link(['http:', 'https:'], 'https://points.example.com').optional(),
  HOST: z.string().optional(),
  PORT: whole(0, 65_535).default(3000),
  TRUST_PROXY: whole(0, 10).default(0),
  SHARDS: whole(1, 256).default(4),
  WORKER_CONCURRENCY: whole(1, 64).default(2),
  DATABASE_POOL: whole(2, 200).default(10),
  KEYS: z.string().optional(),
  SHOPIFY_API_KEY: z.string().optional(),
  SHOPIFY_API_SECRET: z.string().optional(),
  SHOPIFY_API_SECRET_PREVIOUS: z.string().optional(),
  SHOPIFY_WEBHOOKS: z.enum(['app', 'shop']).default('app'),
  ALLOW_PRIVATE_STORES: flag,
  SMTP_URL: link(['smtp:', 'smtps:'], 'smtps://name:password@mail.example.com:465').optional(),
  MAIL_FROM: z.string().max(200).optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATA_DIR: z.string().default('data'),
});
type Environment = z.infer<typeof environment>;

export interface ShopifyApp {
  apiKey: string;
  apiSecret: string;
  /** Still honoured for a while after a rotation. */
  previousSecret: string | null;
  /** False = each shop is subscribed through the API, as where no shopify.app.toml was deployed. */
  declaresWebhooks: boolean;
}

export interface Config {
  production: boolean;
  /** Null = embedded: a Postgres from npm in `dataDir`, everything on loopback, demo stores beside it. */
  databaseUrl: string | null;
  /** Null = the queue runs on the database. */
  redisUrl: string | null;
  /** Where platforms and shoppers reach us, without a slash at the end; null = http://host:port as bound. */
  publicUrl: string | null;
  host: string;
  port: number;
  /** How many proxies of ours stand in front; decides whose X-Forwarded-For is believed. */
  trustProxy: number;
  shards: number;
  workerConcurrency: number;
  databasePool: number;
  /** Sealing keys; the first seals, all open. */
  keys: readonly SealingKey[];
  shopify: ShopifyApp | null;
  allowPrivateStores: boolean;
  /** Null = no mail goes out; what would have gone is in the log. */
  mail: { url: string; from: string } | null;
  metricsToken: string | null;
  logLevel: Environment['LOG_LEVEL'];
  dataDir: string;
}

/**
 * Reads the environment. Throws AppError('config_invalid') whose message lists every problem with what to do about it.
 * Outside production, keys that are not configured are made once and kept in `DATA_DIR/keys` (mode 0600).
 */
export function readConfig(source: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(present);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const values = parsed.data ?? lenient(present);
  problems.push(...contradictions(values, parsed.success ? null : present));
  if (problems.length > 0) throw invalid(problems);
  return configFrom(values);
}

/** What each variable says on its own when others are wrong, so that every problem is found in one go. */
function lenient(present: Record<string, string | undefined>): Environment {
  const good = Object.entries(environment.shape).flatMap(([name, type]) => {
    const one = type.safeParse(present[name]);
    return one.success ? [[name, one.data]] : [];
  });
  return Object.fromEntries(good) as Environment;
}

/** `unparsed` holds the raw values when some of them are malformed: malformed is not missing. */
function contradictions(env: Environment, unparsed: Record<string, string | undefined> | null): string[] {
  const problems: string[] = [];
  const missing = (name: keyof Environment) => env[name] === undefined && unparsed?.[name] === undefined;
  const need = (name: keyof Environment, why: string) => missing(name) && problems.push(`${name} is not set: ${why}`);
  if (env.NODE_ENV === 'production') {
    need('DATABASE_URL', 'give the Postgres that holds the ledger (postgresql://...)');
    need('PUBLIC_URL', 'give the https address under which stores and shoppers reach this service');
    need('KEYS', 'give the sealing keys; make one with: echo "k1:$(openssl rand -base64 32)"');
    if (env.PUBLIC_URL?.startsWith('http:')) problems.push('PUBLIC_URL must begin with https:// in production');
    if (env.ALLOW_PRIVATE_STORES) problems.push('ALLOW_PRIVATE_STORES must not be true in production');
  }
  if (missing('DATABASE_URL') && env.HOST !== undefined && !LOOPBACK.includes(env.HOST))
    problems.push(`HOST ${env.HOST} needs DATABASE_URL: without it everything binds to 127.0.0.1 only`);
  if (missing('SHOPIFY_API_KEY') !== missing('SHOPIFY_API_SECRET'))
    problems.push('SHOPIFY_API_KEY and SHOPIFY_API_SECRET: set both (Partner Dashboard, app credentials), or neither');
  if (missing('SMTP_URL') !== missing('MAIL_FROM'))
    problems.push('SMTP_URL and MAIL_FROM: set both (the mail server, and who its mails are from), or neither');
  if (env.KEYS !== undefined) problems.push(...keyProblems(env.KEYS));
  return problems;
}

function keyProblems(text: string): string[] {
  try {
    parseKeys(text);
    return [];
  } catch (error) {
    return [`KEYS: ${(error as Error).message}`];
  }
}

function invalid(problems: string[]): AppError {
  const message = `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((line) => `  - ${line}`).join('\n')}\nEvery variable is explained in .env.example.`;
  return new AppError('config_invalid', 500, message, { problems });
}

function configFrom(env: Environment): Config {
  const dataDir = resolve(env.DATA_DIR);
  return {
    production: env.NODE_ENV === 'production',
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    host: env.HOST ?? (env.DATABASE_URL ? '0.0.0.0' : '127.0.0.1'),
    port: env.PORT,
    trustProxy: env.TRUST_PROXY,
    shards: env.SHARDS,
    workerConcurrency: env.WORKER_CONCURRENCY,
    databasePool: env.DATABASE_POOL,
    keys: env.KEYS === undefined ? keptKeys(join(dataDir, 'keys')) : parseKeys(env.KEYS),
    shopify:
      env.SHOPIFY_API_KEY && env.SHOPIFY_API_SECRET
        ? {
            apiKey: env.SHOPIFY_API_KEY,
            apiSecret: env.SHOPIFY_API_SECRET,
            previousSecret: env.SHOPIFY_API_SECRET_PREVIOUS ?? null,
            declaresWebhooks: env.SHOPIFY_WEBHOOKS === 'app',
          }
        : null,
    allowPrivateStores: env.ALLOW_PRIVATE_STORES,
    mail: env.SMTP_URL && env.MAIL_FROM ? { url: env.SMTP_URL, from: env.MAIL_FROM } : null,
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
    dataDir,
  };
}

/** Where the package lies: what is built for browsers is found from here, whatever the working directory. */
export function packageFolder(): string {
  return fileURLToPath(new URL('..', import.meta.url));
}

/** The version of this program, from the package. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
