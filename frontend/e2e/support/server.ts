import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The built program; `make build` puts it there. */
export const BIN = process.env.TRESTLE_BIN ?? resolve(import.meta.dirname, '../../../bin/trestle');

/** A data folder with the demo in it, made once per run and copied for every test. */
export const TEMPLATE = join(tmpdir(), `trestle-e2e-${process.env.TRESTLE_E2E_RUN ?? 'template'}`);

export interface Server {
  url: string;
  data: string;
  /** Ends the program as a kill -9 would, and starts it again on the same port and data. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export function seedTemplate() {
  if (!existsSync(BIN)) throw new Error(`${BIN} is missing; run make build first`);
  rmSync(TEMPLATE, { recursive: true, force: true });
  const r = spawnSync(BIN, ['seed'], { env: { ...process.env, TRESTLE_DATA: TEMPLATE }, encoding: 'utf8' });
  if (r.status !== 0) throw new Error(`trestle seed failed: ${r.stderr}${r.stdout}`);
}

/** Starts the program on a free port with a copy of the demo, or with an empty folder. */
export async function startServer(options: { empty?: boolean; env?: Record<string, string> } = {}): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'trestle-e2e-data-'));
  if (!options.empty) cpSync(TEMPLATE, data, { recursive: true });
  let child: ChildProcess;
  let addr = '127.0.0.1:0';
  const launch = () =>
    new Promise<string>((done, fail) => {
      let said = '';
      const started = spawn(BIN, ['serve'], {
        env: { ...process.env, TRESTLE_DATA: data, TRESTLE_ADDR: addr, TRESTLE_DEMO: options.empty ? '0' : '1', ...options.env },
      });
      child = started;
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
        const m = said.match(/msg=serving address=([\d.]+:\d+)/);
        if (m?.[1]) done(`http://${m[1]}`);
      };
      started.stdout?.on('data', hear);
      started.stderr?.on('data', hear);
      started.on('exit', (code) => fail(new Error(`trestle ended with ${code}: ${said}`)));
      setTimeout(() => fail(new Error(`trestle did not start: ${said}`)), 20_000).unref();
    });
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((done) => {
      if (child.exitCode !== null || child.signalCode !== null) return done();
      child.once('exit', () => done());
      child.kill(signal);
    });
  const url = await launch();
  addr = url.replace('http://', '');
  return {
    url,
    data,
    crash: () => end('SIGKILL'),
    restart: async () => {
      await launch();
    },
    stop: async () => {
      await end('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}
