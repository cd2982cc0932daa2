import type { Diagnostic } from '../model.ts';

/** A template failed while it was loaded or while a page was made. */
export class TemplateError extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
  }
}
