/** Diagnostics as SARIF 2.1.0 (OASIS), which GitHub shows beside the lines of a pull request. */

import { definitions } from '../diagnostics/messages/define.ts';
import type { Diagnostic } from '../model.ts';

/**
 * @param file what a message about the whole site is put at: GitHub refuses a log in which one has no place
 * @returns the log, as one JSON document
 */
export function sarif(diagnostics: Diagnostic[], version: string, file: string): string {
  const used = new Set(diagnostics.map((d) => d.id));
  const rules = definitions
    .filter((d) => used.has(d.id))
    .map((d) => ({
      id: d.id,
      shortDescription: { text: d.explanation.split(/(?<=\.)\s/)[0] },
      fullDescription: { text: d.explanation },
      defaultConfiguration: { level: d.severity },
    }));
  const results = diagnostics.map((d) => ({
    ruleId: d.id,
    level: d.severity,
    message: { text: d.hint ? `${d.message} (${d.hint})` : d.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: (d.file ?? file).split('/').map(encodeURIComponent).join('/') },
          region:
            d.line === undefined
              ? { startLine: 1 }
              : {
                  startLine: d.line,
                  startColumn: d.column ?? 1,
                  endColumn: (d.column ?? 1) + (d.length ?? 1),
                },
        },
      },
    ],
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Postil', version, rules } }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 1)}\n`;
}
