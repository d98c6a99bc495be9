import { ApiError, api, NetworkError } from '../../../lib/api';

// Small experiments from this browser to the server, each with what it found in plain data.

export interface Health {
  reached: boolean;
  status?: number;
  ms?: number;
  /** What a machine in between calls itself, from the Via and Server headers. */
  proxy?: string;
  /** Seconds by which this clock is ahead of the server's. */
  clockAhead?: number;
}
export interface Ready {
  ok: boolean;
  said?: string;
}
export interface Signed {
  ok: boolean;
  status?: number;
}
export interface Write {
  ok: boolean;
  status?: number;
  code?: string;
  detail?: string;
}
export interface Socket {
  opened: boolean;
  answered: boolean;
  ms?: number;
  closeCode?: number;
}
export interface Findings {
  health?: Health;
  ready?: Ready;
  signed?: Signed;
  write?: Write;
  socket?: Socket;
}

const median = (xs: number[]) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];

/** Five quiet requests: reachable, how far, and who stands in between. */
export async function probeHealth(): Promise<Health> {
  const times: number[] = [];
  let last: Response | undefined;
  try {
    for (let i = 0; i < 5; i++) {
      const from = performance.now();
      last = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
      times.push(performance.now() - from);
    }
  } catch {
    return { reached: false };
  }
  const h = last!.headers;
  const date = Date.parse(h.get('Date') ?? '');
  return {
    reached: true,
    status: last!.status,
    ms: Math.round(median(times)!),
    proxy: h.get('Via') ?? h.get('Server') ?? undefined,
    clockAhead: Number.isFinite(date) ? Math.round((Date.now() - date) / 1000) : undefined,
  };
}

export async function probeReady(): Promise<Ready> {
  try {
    const res = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    return { ok: res.ok, said: res.ok ? undefined : (await res.text()).slice(0, 300) };
  } catch {
    return { ok: false };
  }
}

/** Does the session's cookie travel? */
export async function probeSigned(): Promise<Signed> {
  try {
    const res = await fetch('/api/v1/me', { cache: 'no-store', credentials: 'same-origin' });
    return { ok: res.ok, status: res.status };
  } catch {
    return { ok: false };
  }
}

/** A write that changes nothing: a ticket for the socket, which lapses unused. The server looks at Origin first. */
export async function probeWrite(): Promise<Write> {
  try {
    await api.post('/live/ticket', {});
    return { ok: true };
  } catch (e) {
    if (e instanceof ApiError) return { ok: false, status: e.status, code: e.code, detail: e.detail };
    return { ok: false, detail: e instanceof NetworkError ? undefined : String(e) };
  }
}

/** Opens a socket of its own, follows the topic `me`, and times the answer. */
export function probeSocket(url: string, patience = 8_000): Promise<Socket> {
  return new Promise((resolve) => {
    let opened = false;
    let sent = 0;
    let socket: WebSocket;
    const done = (found: Omit<Socket, 'opened'>) => {
      clearTimeout(timer);
      resolve({ opened, ...found });
      try {
        socket.close(1000);
      } catch {
        // it was never open
      }
    };
    const timer = setTimeout(() => done({ answered: false }), patience);
    try {
      socket = new WebSocket(url);
    } catch {
      done({ answered: false });
      return;
    }
    socket.onopen = () => {
      opened = true;
      sent = performance.now();
      socket.send(JSON.stringify({ op: 'subscribe', topic: 'me' }));
    };
    socket.onmessage = () => done({ answered: true, ms: Math.round(performance.now() - sent) });
    socket.onclose = (e) => done({ answered: false, closeCode: e.code });
  });
}
