/** One line that says what goes on, on a terminal; nothing elsewhere. */

import type { BuildOptions } from '../build-options.ts';
import { fitted } from '../diagnostics/columns.ts';

/** Shown only when a build takes longer than this, and no oftener. */
const EVERY_MS = 100;
const WORDS = {
  read: 'reading',
  compile: 'compiling',
  emit: 'printing',
  write: 'writing',
  wait: 'waiting for',
} as const;

/**
 * @param wanted whether progress is shown at all; that another build is waited for is said in any case
 * @returns `show` takes what goes on, `clear` removes the line before something else is printed
 */
export function progressLine(
  stream: NodeJS.WriteStream,
  wanted: boolean,
): { show: NonNullable<BuildOptions['progress']>; clear: () => void } {
  if (!wanted || stream.isTTY !== true) {
    return {
      show: (stage, _done, _total, detail) => {
        if (stage === 'wait') stream.write(`waiting for another build (${detail})\n`);
      },
      clear: () => {},
    };
  }
  let last = performance.now();
  let shown = false;
  return {
    show: (stage, done, total, detail) => {
      const now = performance.now();
      if (stage !== 'wait' && now - last < EVERY_MS) return;
      last = now;
      shown = true;
      const count = total > 0 ? ` ${done}/${total}` : '';
      const text = `${WORDS[stage]}${count}${detail ? ` ${detail}` : ''}`;
      stream.write(`\r\u001b[K${fitted(text, (stream.columns || 80) - 1)}`);
    },
    clear: () => {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
