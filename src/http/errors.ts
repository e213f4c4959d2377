import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError, RetryLater } from '../lib/errors.js';
import type { Logger } from '../lib/logger.js';

/** What a caller is told of a failure; `ours` = a defect, to be logged. */
export interface ErrorAnswer {
  status: number;
  body: { error: { code: string; message: string; details?: Record<string, unknown> } };
  headers: Record<string, string>;
  ours: boolean;
}

const answer = (status: number, code: string, message: string, more: Partial<ErrorAnswer> = {}): ErrorAnswer => ({
  status,
  body: { error: { code, message } },
  headers: {},
  ours: false,
  ...more,
});

/** The one table from failures to answers. */
export function answerTo(error: unknown): ErrorAnswer {
  if (error instanceof AppError) return fromAppError(error);
  if (error instanceof RetryLater) return later(Math.max(1, Math.ceil(error.afterMs / 1000)));
  if (isUnavailable(error)) return later(2);
  const http = httpStatus(error);
  if (http === 413)
    return answer(
      413,
      'too_large',
      'The body is larger than 100 kB: send it in parts, or a program by `tallymark program apply`.',
    );
  if (http === 415)
    return answer(415, 'unsupported', 'Send JSON in UTF-8 (content-type: application/json), uncompressed.');
  if (http) return answer(400, 'malformed', 'The request cannot be read; send valid JSON and a valid path.');
  return answer(500, 'internal', 'This is a fault of ours; it has been recorded. Try again later.', { ours: true });
}

function fromAppError({ code, status, message, details }: AppError): ErrorAnswer {
  const { retryAfter, headers, ...shown } = details;
  const more = Object.keys(shown).length > 0 ? { details: shown } : {};
  return {
    status,
    body: { error: { code, message, ...more } },
    headers: {
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(headers as Record<string, string> | undefined),
    },
    ours: status === 500,
  };
}

const later = (seconds: number) =>
  answer(503, 'try_later', 'This cannot be answered right now; nothing was lost. Try again in a moment.', {
    headers: { 'retry-after': String(seconds) },
  });

/** Postgres cannot be reached, is starting or stopping, is full, or gave no connection or answer in time. */
function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0[123]|57014|53\d{3}|08\d{3})$/.test(code) ||
    /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Cannot use a pool after calling end/.test(
      error.message,
    )
  );
}

/** What Express and its body parser throw: http-errors, and URIError for a broken path. */
function httpStatus(error: unknown): number | null {
  if (error instanceof URIError) return 400;
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  return error.status >= 400 && error.status < 500 ? error.status : null;
}

/** Said for whatever has no route, whatever the method. */
export const nothingHere: RequestHandler = (_request, _response, next) => {
  next(new AppError('not_found', 404, 'There is nothing of that name here.'));
};

/** The one error handler. */
export function sayErrors(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const { status, body, headers, ours } = answerTo(error);
    if (ours) log.error({ err: error, request: response.locals['id'] as string }, 'a request failed by our fault');
    if (response.headersSent) return next(error);
    response.status(status).set(headers).json(body);
  };
}
