/** Messages about overviews. */

import { define } from './define.ts';
import { didYouMean } from './words.ts';

export const relationUnknown = define(
  'relation/unknown',
  'warning',
  'A relation in front matter (`builds-on`, `compares`, `uses`, `refutes`, `improves`) names neither a note nor a paper of the bibliography.',
  (kind: string, target: string, near: string[], page?: string) => ({
    message: `${kind}: “${target}” is neither a note nor a citation key`,
    hint: page ? `${page} is a page: relations join notes and papers` : didYouMean(near),
  }),
);

export const termDuplicate = define(
  'glossary/duplicate',
  'warning',
  'Two notes define one term. The glossary has both; what readers are shown where the term is used is the first, by path.',
  (name: string, first: string) => ({
    message: `the term “${name}” is defined twice`,
    hint: `it is defined in ${first} already: define it once, or call one of the two differently`,
  }),
);

export const resultsIncomplete = define(
  'results/incomplete',
  'warning',
  'A `results` block needs the data set and the metric whose numbers it shall compare.',
  (field: string) => ({
    message: `the results block says no “${field}”`,
    hint: 'write “dataset: COCO val2017” and “metric: box AP”, a line each',
  }),
);

export const resultsField = define(
  'results/field',
  'warning',
  'A line of a `results` block says none of what such a block has: `dataset`, `metric` and `order`. It is passed over.',
  (found: string, near: string[]) => ({
    message: `a results block has no “${found}”`,
    hint: didYouMean(near) ?? 'it has “dataset”, “metric” and “order”, a line each',
  }),
);

export const resultsOrder = define(
  'results/order',
  'warning',
  'The `order` of a `results` block is `ascending`, for errors and times, or `descending`, as it is without one. Anything else is passed over, so that the table may begin with the worst.',
  (found: string, near: string[]) => ({
    message: `“order” must be ascending or descending, not “${found}”`,
    hint: didYouMean(near),
  }),
);

export const resultsNone = define(
  'results/none',
  'warning',
  'No note reports a number for the data set and metric of a `results` block.',
  (dataset: string, metric: string, near: string[]) => ({
    message: `no note has results for “${dataset}”, “${metric}”`,
    hint: didYouMean(near),
  }),
);
