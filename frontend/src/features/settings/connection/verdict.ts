import type { Findings } from './probes';

export type Tone = 'ok' | 'warn' | 'bad';
export type Fault =
  | 'fine'
  | 'unreachable'
  | 'notReady'
  | 'cookie'
  | 'origin'
  | 'upgrade'
  | 'upgradeDirect'
  | 'silent'
  | 'ended'
  | 'slow'
  | 'clock';

/** Names the one fault that explains most: the first broken link from this browser to the server counts. */
export function verdict(f: Findings, address: { host: string }): { fault: Fault; tone: Tone } {
  const { health, ready, signed, write, socket } = f;
  if (health && !health.reached) return { fault: 'unreachable', tone: 'bad' };
  if (ready && !ready.ok) return { fault: 'notReady', tone: 'bad' };
  if (signed && !signed.ok) return { fault: 'cookie', tone: 'bad' };
  if (write && !write.ok && write.status === 403) return { fault: 'origin', tone: 'bad' };
  if (socket && !socket.opened)
    return { fault: seemsDirect(f, address.host) ? 'upgradeDirect' : 'upgrade', tone: 'bad' };
  if (socket?.closeCode === 4401 || socket?.closeCode === 4403) return { fault: 'ended', tone: 'bad' };
  if (socket && !socket.answered) return { fault: 'silent', tone: 'bad' };
  if ((health?.ms ?? 0) > 800 || (socket?.ms ?? 0) > 800) return { fault: 'slow', tone: 'warn' };
  if (Math.abs(health?.clockAhead ?? 0) > 90) return { fault: 'clock', tone: 'warn' };
  return { fault: 'fine', tone: 'ok' };
}

/** No proxy in sight: the address is this machine or carries a port of its own, and nothing signed the answer. */
function seemsDirect(f: Findings, host: string): boolean {
  return !f.health?.proxy && (/^(localhost|127\.|\[::1\])/.test(host) || /:\d+$/.test(host));
}
