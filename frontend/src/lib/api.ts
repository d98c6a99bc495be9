import type { Problem } from '../api/types';
import { noteServerDate } from './server-clock';

/** The server answered, and said no. `detail` is a sentence for people, `code` a stable word for programs. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** What is wrong with which field; `location` is a path such as "body.name". */
  readonly errors: readonly { location: string; message: string }[];
  /** Extension members of the problem document: `limit`, `needs`, `current`, `fields`, … */
  readonly extra: Partial<Problem> & Record<string, unknown>;
  readonly requestId: string | undefined;
  /** Seconds until another try makes sense (429, 503). */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: Partial<Problem> & Record<string, unknown>, headers?: Headers) {
    const detail = body.detail || body.title || `The server answered ${status}.`;
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.detail = detail;
    this.errors = body.errors ?? [];
    this.extra = body;
    this.requestId = body.requestId ?? headers?.get('X-Request-Id') ?? undefined;
    const after = Number(headers?.get('Retry-After'));
    this.retryAfter = Number.isFinite(after) && after > 0 ? after : undefined;
  }
}

/** No answer came: the network is away, or the server is. Nothing is known about whether the request arrived. */
export class NetworkError extends Error {
  constructor(cause?: unknown) {
    super('The server could not be reached.', { cause });
    this.name = 'NetworkError';
  }
}

export interface CallOptions {
  /** Idempotency key: sending the same key and body again is safe for 24 hours. Writes get one by themselves. */
  key?: string;
  signal?: AbortSignal;
  /** It arrives even if the page is left meanwhile; for small bodies. */
  keepalive?: boolean;
  /** Sent as If-None-Match; the answer is then `undefined` when nothing changed. */
  etag?: string;
  /** Sent instead of the cookie's session; whether it is accepted says nothing about who is signed in. */
  bearer?: string;
}

const BASE = '/api/v1';
const signedOut = new Set<() => void>();

/** Called when a request other than signing in is refused because nobody is signed in. Returns the way to stop. */
export function onSignedOut(fn: () => void): () => void {
  signedOut.add(fn);
  return () => signedOut.delete(fn);
}

/** 128 random bits as base32-like text. Works on plain http, where crypto.randomUUID does not exist. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

function refused(path: string, status: number, text: string, headers?: Headers, bearer = false): ApiError {
  let body: Partial<Problem> & Record<string, unknown> = {};
  try {
    const parsed: unknown = text ? JSON.parse(text) : {};
    if (parsed && typeof parsed === 'object') body = parsed as typeof body;
  } catch {
    // A proxy answered in its own words; the status has to do.
  }
  if (!body.detail && (status === 502 || status === 503 || status === 504))
    body = {
      code: 'unavailable',
      ...body,
      detail: 'The server is not answering right now. Try again in a moment.',
    };
  const error = new ApiError(status, body, headers);
  if (status === 401 && path !== '/session' && !bearer) for (const fn of signedOut) fn();
  return error;
}

async function call<T>(method: string, path: string, body: unknown, opts: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') headers['Idempotency-Key'] = opts.key ?? newId();
  if (opts.etag) headers['If-None-Match'] = opts.etag;
  if (opts.bearer) headers.Authorization = `Bearer ${opts.bearer}`;
  let res: Response;
  let text: string;
  try {
    res = await fetch(BASE + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: opts.signal,
      keepalive: opts.keepalive,
      credentials: 'same-origin',
    });
    noteServerDate(res.headers.get('Date'));
    text = res.status === 204 || res.status === 304 ? '' : await res.text();
  } catch (cause) {
    if (opts.signal?.aborted) throw cause;
    throw new NetworkError(cause);
  }
  if (res.status === 304) return undefined as T;
  if (!res.ok) throw refused(path, res.status, text, res.headers, Boolean(opts.bearer));
  if (!text) return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError(res.status, {
      code: 'not_json',
      detail: 'Something between here and the server changed its answer.',
    });
  }
}

/** Sends a form with files. fetch cannot report how much has left, XMLHttpRequest can. */
function upload<T>(
  path: string,
  form: FormData,
  onProgress?: (done: number) => void,
  opts: CallOptions = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', BASE + path);
    xhr.setRequestHeader('Accept', 'application/json');
    xhr.setRequestHeader('Idempotency-Key', opts.key ?? newId());
    xhr.upload.onprogress = (e) => e.lengthComputable && onProgress?.(e.loaded / e.total);
    xhr.onerror = () => reject(new NetworkError());
    xhr.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300)
        resolve(xhr.responseText ? JSON.parse(xhr.responseText) : undefined);
      else
        reject(
          refused(
            path,
            xhr.status,
            xhr.responseText,
            new Headers({ 'X-Request-Id': xhr.getResponseHeader('X-Request-Id') ?? '' }),
          ),
        );
    };
    opts.signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(form);
  });
}

const ahead = new Map<string, Promise<unknown>>();
/** An answer that nobody fetched within this time is too old to be one. */
const AHEAD_MS = 10_000;

/** Asks already for what a part of the page that is still on its way will ask for: its first `get` has this answer. */
export function askAhead(path: string): void {
  const forget = () => ahead.delete(path);
  const answer = call('GET', path, undefined);
  answer.catch(forget); // whoever asks then asks anew
  setTimeout(forget, AHEAD_MS);
  ahead.set(path, answer);
}

function get<T>(path: string, opts?: CallOptions): Promise<T> {
  const answer = opts ? undefined : ahead.get(path);
  ahead.delete(path);
  return (answer as Promise<T> | undefined) ?? call<T>('GET', path, undefined, opts);
}

/** Every request of the page. Paths are without /api/v1. Throws ApiError or NetworkError, nothing else. */
export const api = {
  get,
  post: <T>(path: string, body?: unknown, opts?: CallOptions) => call<T>('POST', path, body, opts),
  patch: <T>(path: string, body?: unknown, opts?: CallOptions) => call<T>('PATCH', path, body, opts),
  put: <T>(path: string, body?: unknown, opts?: CallOptions) => call<T>('PUT', path, body, opts),
  del: <T = void>(path: string, opts?: CallOptions) => call<T>('DELETE', path, undefined, opts),
  upload,
};
