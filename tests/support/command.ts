/** The bundled command line in this process: a process of its own costs more than most commands do. */

import { pathToFileURL } from 'node:url';
import { cli, type Ran } from './folder.ts';
import { load } from './native.mjs';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
let runs = 0;

/**
 * Runs `postil` in a folder.
 *
 * @param until for commands that serve: ended as by Ctrl-C, once this has come back from what was printed on
 * standard output
 * @returns also `all`: both streams as a terminal would show them
 */
export async function postilIn(
  folder: string,
  args: string[],
  until?: (printed: string) => Promise<unknown> | undefined,
): Promise<Ran & { all: string }> {
  const { argv, exit } = process;
  const before = process.cwd();
  const known = SIGNALS.map((name) => process.listeners(name));
  const added = () =>
    SIGNALS.flatMap((name, i) =>
      process
        .listeners(name)
        .filter((l) => !known[i]!.includes(l))
        .map((listener) => ({ name, listener })),
    );
  const ran = { code: 0, stdout: '', stderr: '', all: '' };
  let waited: Promise<unknown> | undefined;
  const streams = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name];
    const { write } = stream;
    const errors = stream.listeners('error');
    stream.write = (text: string | Uint8Array, ...rest: unknown[]) => {
      ran[name] += text;
      ran.all += text;
      waited ??= until?.(ran.stdout)?.finally(() => {
        const [stop] = added();
        stop?.listener(stop.name as never);
      });
      for (const taken of rest) if (typeof taken === 'function') queueMicrotask(taken as () => void);
      return true;
    };
    return () => {
      stream.write = write;
      for (const l of stream.listeners('error'))
        if (!errors.includes(l)) stream.off('error', l as () => void);
    };
  });
  try {
    process.chdir(folder);
    process.argv = [process.execPath, cli, ...args];
    const ended = new Promise<void>((resolve) => {
      process.exit = ((code: number) => {
        ran.code = code;
        resolve();
      }) as typeof process.exit;
    });
    // Each time another address, so that it runs again; what it imports stays loaded.
    await load(`${pathToFileURL(cli).href}?${++runs}`);
    await Promise.all([ended, waited]);
  } finally {
    process.exit = exit;
    process.argv = argv;
    process.chdir(before);
    for (const restore of streams) restore();
    for (const { name, listener } of added()) process.off(name, listener);
  }
  return ran;
}
