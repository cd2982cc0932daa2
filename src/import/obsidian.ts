/** An Obsidian vault: notes in their folders, attachments beside them, properties as front matter. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { slugify, stem } from '../paths.ts';
import { walk } from '../read/walk.ts';
import { fieldText, printFront, readFront } from './front.ts';
import { emptyPlan, type Plan, readNote, tell } from './plan.ts';

const ATTACHMENT = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|pdf|mp3|m4a|ogg|wav|flac|mp4|webm|mov)$/i;

/** What Obsidian's templates have where a note has a value. */
const PLACEHOLDER = /\{\{(?:date|time|title)\b/;
const TEMPLATER = /<%[\s\S]*?%>/;

/** @param folder the vault: the one with `.obsidian/` in it, or any folder of notes */
export function planObsidian(folder: string): Plan {
  const plan = emptyPlan();
  const templates = templateFolder(folder);
  // The vault that the author names may be a link; what lies in it may not.
  const { files, diagnostics } = walk(realpathSync(folder), folder);
  tell(plan, diagnostics);
  for (const { path } of files) {
    const from = join(folder, path);
    if (templates && path.startsWith(`${templates}/`))
      plan.lost.push({ file: path, what: 'a template of Obsidian, no note' });
    else if (/\.md$/i.test(path)) note(path, from, plan);
    else if (ATTACHMENT.test(path)) plan.files.push({ to: `posts/${path}`, from });
    else plan.lost.push({ file: path, what: 'a kind of file that no page shows' });
  }
  plan.files.unshift({
    to: 'postil.yml',
    contents: 'title: Notes\n# url: https://example.org/\nlang: zh-CN\n',
  });
  return plan;
}

function note(path: string, from: string, plan: Plan): void {
  const text = readNote(plan, path, from, `posts/${path}`);
  if (text === undefined) return;
  const properties = /^---\n[\s\S]*?\n---/.exec(text)?.[0] ?? '';
  if (PLACEHOLDER.test(properties)) {
    plan.lost.push({ file: path, what: 'a template of Obsidian, no note: its properties hold {{…}}' });
    return;
  }
  if (TEMPLATER.test(properties))
    plan.lost.push({ file: path, what: 'a Templater command stays as text in its properties' });
  const front = readFront(text);
  if ('problem' in front) {
    plan.lost.push({ file: path, what: `${front.problem}; copied as it is` });
    plan.files.push({ to: `posts/${path}`, from });
    return;
  }
  const { fields, body } = front;
  let changed = false;
  // Numbers and dates as titles, and `publish: "true"`, are what Obsidian's editor leaves behind.
  for (const key of ['publish', 'draft']) {
    const value = fields.get(key);
    if (typeof value === 'string' && /^(?:true|false)$/i.test(value)) {
      fields.set(key, value.toLowerCase() === 'true');
      changed = true;
    }
  }
  const permalink = fieldText(fields, 'permalink');
  if (permalink && !permalink.startsWith('/')) {
    fields.set('permalink', `/${permalink.replace(/\/?$/, '/')}`);
    changed = true;
  }
  for (const [pattern, what] of [
    [/^```dataview(?:js)?\b/m, 'a Dataview query, which only Obsidian can run, stays as code'],
    [TEMPLATER, 'a Templater command stays as text'],
    [/^```base\b/m, 'a base, which only Obsidian can show, stays as code'],
  ] as const) {
    if (pattern.test(body)) plan.lost.push({ file: path, what });
  }
  plan.files.push(
    changed ? { to: `posts/${path}`, contents: printFront(front) } : { to: `posts/${path}`, from },
  );
  if (changed) plan.changed.push({ file: path, what: 'properties written as YAML values' });
  const slug = slugify(fieldText(fields, 'slug') ?? stem(path as Parameters<typeof stem>[0])) ?? '';
  const now = fields.get('permalink') ? String(fields.get('permalink')) : `/posts/${slug}/`;
  // Obsidian Publish's own address of a note.
  plan.addresses.push({
    old: `/${path
      .replace(/\.md$/i, '')
      .split('/')
      .map((s) => s.replace(/ /g, '+'))
      .join('/')}`,
    now,
    note: 'as Obsidian Publish has it',
  });
}

function templateFolder(vault: string): string | undefined {
  const file = join(vault, '.obsidian', 'templates.json');
  if (!existsSync(file)) return undefined;
  try {
    const { folder } = JSON.parse(readFileSync(file, 'utf8')) as { folder?: string };
    return folder?.replace(/^\/|\/$/g, '') || undefined;
  } catch {
    return undefined;
  }
}
