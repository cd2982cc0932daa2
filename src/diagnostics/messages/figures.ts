/** Messages about pictures, other files and drawings. */

import { define } from './define.ts';

export const imageBroken = define(
  'image/broken',
  'error',
  'A picture that a page uses cannot be decoded: the file is damaged, or is not what its name says. Readers would see an empty frame.',
  (reason: string) => ({
    message: `the picture cannot be read: ${reason}`,
    hint: 'open it in an image editor and save it again',
  }),
);

export const svgCleaned = define(
  'image/svg-active',
  'warning',
  'An SVG file holds scripts, event handlers or addresses of other files. A reader can open the file by itself, where a script in it would run with the rights of your site, so the published copy goes without.',
  (removed: string[]) => ({
    message: `the published copy of this SVG goes without ${removed.join(', ')}`,
    hint: 'save it as “plain” or “optimised” SVG',
  }),
);

export const fileActive = define(
  'file/active',
  'error',
  'A note links to an HTML page, a script, XML or another file that browsers run, as the type says that servers give to its name. Beside the notes lies what authors write; what runs with the rights of your site belongs into `public/`, where it is copied as it is.',
  () => ({
    message: 'files that browsers run are not published from posts/',
    hint: 'move it to public/ if you trust it, and link to its address there',
  }),
);

const KIND_NAMES: Record<string, string> = {
  dot: 'Graphviz graph',
  mermaid: 'Mermaid diagram',
  'vega-lite': 'Vega-Lite chart',
  plot: 'plot',
};

export const drawingFault = define(
  'drawing/source',
  'error',
  'The source of a diagram or plot cannot be drawn: it breaks the rules of its language, asks for something that lies elsewhere (data from an address), depends on the clock or on chance, or is too large. `docs/figures.md` shows every kind beside its source.',
  (kind: string, reason: string) => ({
    message: `this ${KIND_NAMES[kind]} cannot be drawn: ${reason}`,
    hint: undefined,
  }),
);

export const drawingUnsupported = define(
  'drawing/unsupported',
  'warning',
  'Mermaid diagrams are drawn at build time by a library that knows flow charts, sequence, class, state, entity and x-y diagrams, and of these the usual statements. A diagram with anything else is shown as its source. Write it as ```` ```dot ````, or leave it.',
  (kind: string, reason: string) => ({
    message: `this ${KIND_NAMES[kind]} stays source text: ${reason}`,
    hint: 'write it in other words, or as a dot block',
  }),
);

export const drawingWarning = define(
  'drawing/doubtful',
  'warning',
  'The chart was drawn, but Vega-Lite said that something in the specification was ignored or is probably not meant.',
  (kind: string, reason: string) => ({ message: `this ${KIND_NAMES[kind]} may not be as meant: ${reason}` }),
);
