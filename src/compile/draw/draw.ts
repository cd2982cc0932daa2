/** Source → drawing. Each library is loaded when the first drawing of its kind has to be made. */

import type { DrawingKind, Drawn } from '../../drawings.ts';

/** Draws one source; never throws. */
export type Draw = (kind: DrawingKind, source: string) => Promise<Drawn>;

const KINDS: Record<DrawingKind, () => Promise<(source: string) => Drawn | Promise<Drawn>>> = {
  dot: async () => (await import('./dot.ts')).drawDot,
  mermaid: async () => (await import('./mermaid.ts')).drawMermaid,
  'vega-lite': async () => (await import('./vega-lite.ts')).drawVegaLite,
  plot: async () => (await import('./plot.ts')).drawPlot,
};

/** Longer sources make drawings that nobody can read, and cost minutes. */
const MAX_SOURCE: Record<DrawingKind, number> = {
  dot: 20_000,
  mermaid: 10_000,
  'vega-lite': 200_000,
  plot: 50_000,
};

export const draw: Draw = async (kind, source) => {
  if (source.trim() === '') return { fault: 'error', message: 'there is nothing to draw' };
  if (source.length > MAX_SOURCE[kind])
    return {
      fault: 'error',
      message: `the source is ${source.length} characters long, at most ${MAX_SOURCE[kind]} are drawn`,
    };
  try {
    return await (await KINDS[kind]())(source);
  } catch (error) {
    return { fault: 'error', message: error instanceof Error ? error.message : String(error) };
  }
};
