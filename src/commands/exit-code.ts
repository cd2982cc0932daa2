/** What a command ends with when it has looked at a site (docs/commands.md, Exit codes). */

import { CONFIG_FILE } from '../config/file.ts';
import type { Diagnostic } from '../model.ts';

/** Faults of the configuration and of how a command was called. */
const OF_CONFIG = /^(?:config|out)\/|^(?:plugin\/load|theme\/lang)$/;

/** @returns 0 without errors, 4 when a file cannot be read, 2 when the configuration is wrong, else 1 */
export function exitCodeOf(diagnostics: Diagnostic[]): number {
  const errors = diagnostics.filter((d) => d.severity === 'error');
  if (errors.length === 0) return 0;
  if (errors.some((d) => d.id === 'fs/unreadable')) return 4;
  return errors.some((d) => OF_CONFIG.test(d.id) || d.file === CONFIG_FILE) ? 2 : 1;
}
