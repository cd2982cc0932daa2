/** Configurations of other tools: the few fields that an import needs, checked as those of `postil.yml` are. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml, TomlError } from 'smol-toml';
import { stringify } from 'yaml';
import type { At } from '../diagnostics/messages/define.ts';
import { configType, configYaml } from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { decode } from '../read/decode.ts';
import { describe, type Kind, plain, readFields } from '../schema.ts';
import { parseYaml, type Span } from '../yaml.ts';
import { Refused } from './plan.ts';

type Kinds = Record<string, Kind<unknown>>;

/** The values of such fields, as far as they are given. */
export type Settings<K extends Kinds> = { [N in keyof K]?: K[N] extends Kind<infer T> ? T : never };

/** A path, or a pattern of paths, that stays where it is. Numbers are no paths. */
export function pathLike(example: string): Kind<string> {
  return {
    expected: `a path such as ${example}`,
    read: (yaml) =>
      yaml.kind === 'scalar' && typeof yaml.value === 'string' && !yaml.value.split('/').includes('..')
        ? yaml.value
        : undefined,
  };
}

/** Whatever it is, as plain data: what is of no use is passed over. */
export const anything: Kind<unknown> = { expected: 'anything', read: plain };

/**
 * Reads a configuration.
 *
 * @param folder the old site
 * @param names what the file may be called, best first
 * @param kinds what is needed of it; other fields are passed over
 * @returns the values; none when there is no such file
 * @throws Refused when the file cannot be read, or a field has a value of the wrong kind: addresses depend on it
 */
export function readSettings<K extends Kinds>(folder: string, names: string[], kinds: K): Settings<K> {
  const file = names.map((name) => join(folder, name)).find((f) => existsSync(f));
  if (!file) return {};
  const read = decode(readFileSync(file), file);
  if ('problem' in read) throw new Refused([read.problem]);
  const toml = file.endsWith('.toml');
  const text = toml ? asYaml(read.text, file) : read.text;
  // TOML's values have lost their places.
  const here = ({ line, column, length }: Span): At =>
    toml ? { file } : { file, text, line, column, length };
  // Themes keep their settings here too.
  const { root, errors } = parseYaml(text, { length: 2_000_000, nodes: 200_000 });
  const wrong: Diagnostic[] = errors.map((e) => configYaml(here(e.span), e.message, e.hint));
  if (root && root.kind !== 'map')
    wrong.push(configType(here(root.span), file, '“key: value” lines', describe(root)));
  const fields = Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { kind, doc: '' }]));
  const values =
    root?.kind === 'map'
      ? readFields(fields, root, {
          wrongType: (name, expected, found, span) =>
            wrong.push(configType(here(span), name, expected, found)),
          unknown: () => {},
          conflict: () => {},
        })
      : {};
  if (wrong.length > 0) throw new Refused(wrong);
  return values as Settings<K>;
}

function asYaml(text: string, file: string): string {
  try {
    return stringify(parseToml(text));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column, message } = error;
    throw new Refused([configYaml({ file, text, line, column }, message.split('\n')[0]!)]);
  }
}
