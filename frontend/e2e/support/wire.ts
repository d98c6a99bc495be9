import { connect, createServer, type Socket } from 'node:net';

/** A wire between the browser and the server that can be cut in the middle of anything. */
export interface Wire {
  url: string;
  /** Points the wire at a server, by its address. */
  to(url: string): void;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function stretchWire(): Promise<Wire> {
  const pairs = new Set<[Socket, Socket]>();
  let whole = true;
  let target = { host: '127.0.0.1', port: 0 };
  const listener = createServer((near) => {
    if (!whole || target.port === 0) return near.destroy();
    const far = connect(target);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const drop = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const s of pair) s.on('error', drop).on('close', drop);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const at = listener.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${at.port}`,
    to: (url) => {
      const u = new URL(url);
      target = { host: u.hostname, port: Number(u.port) };
    },
    cut: () => {
      whole = false;
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    mend: () => {
      whole = true;
    },
    close: () => new Promise((done) => listener.close(() => done())),
  };
}
