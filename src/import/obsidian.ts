/** An Obsidian vault: notes in their folders, attachments beside them, properties as front matter. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import {
  collisionKey,
  decoded,
  fold,
  foldersAround,
  isDraftPath,
  type NotePath,
  noteUrl,
  slugify,
  stem,
  type Url,
  url,
} from '../paths.ts';
import { walk } from '../read/walk.ts';
import { type Front, fieldText, printFront, readFront } from './front.ts';
import { emptyPlan, type Plan, readNote, tell, tellFrames } from './plan.ts';

const ATTACHMENT = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|pdf|mp3|m4a|ogg|wav|flac|mp4|webm|mov)$/i;

/** What only Obsidian shows, whoever links to it. */
const OWN_KIND = /\.(?:canvas|base)$/i;

/** Notes in which a plugin keeps something else than text. */
const PLUGINS = { excalidraw: 'a drawing of Excalidraw, no note', kanban: 'a board of Kanban, no note' };

/** What Obsidian's templates have where a note has a value. */
const PLACEHOLDER = /\{\{(?:date|time|title)\b/;
const TEMPLATER = /<%[\s\S]*?%>/;

/** Code of a language that is run where it stands, in whatever list or callout. */
const block = (languages: string) =>
  new RegExp(
    `^(?:[ \\t>]|[-*+][ \\t]|\\d+[.)][ \\t])*(?:\`{3,}|~{3,})[ \\t]*(?:${languages})(?![\\w-])`,
    'm',
  );

const RUN_BY_OBSIDIAN: [RegExp, string][] = [
  [block('dataview(?:js)?'), 'a Dataview query, which only Obsidian can run, stays as code'],
  // `= this.file.name`, `$= dv.current()`
  [
    /(?<!`)`(?:\$=|=(?:[ \t]|this\.|\[\[))[^`\n]+`(?!`)/,
    'a Dataview value, which only Obsidian can work out, stays as code',
  ],
  [block('tasks'), 'a query of Tasks, which only Obsidian can run, stays as code'],
  [block('query'), 'a search, which only Obsidian can run, stays as code'],
  [TEMPLATER, 'a Templater command stays as text'],
  [block('base'), 'a base, which only Obsidian can show, stays as code'],
];

/** A note with properties that could be read. */
interface ReadNote {
  path: string;
  from: string;
  text: string;
  front: Front;
  changed: boolean;
}

/** @param folder the vault: the one with `.obsidian/` in it, or any folder of notes */
export function planObsidian(folder: string): Plan {
  const plan = emptyPlan();
  const templates = templateFolder(folder);
  // The vault that the author names may be a link; what lies in it may not.
  const { files, diagnostics } = walk(realpathSync(folder), folder);
  tell(plan, diagnostics);
  const notes: ReadNote[] = [];
  const others: string[] = [];
  for (const { path } of files) {
    const from = join(folder, path);
    if (templates && path.startsWith(`${templates}/`))
      plan.lost.push({ file: path, what: 'a template of Obsidian, no note' });
    else if (/\.md$/i.test(path)) notes.push(...note(path, from, plan));
    else if (ATTACHMENT.test(path)) plan.files.push({ to: `posts/${path}`, from });
    else others.push(path);
  }
  const linked = others.length > 0 ? namesInLinks(notes.map((n) => n.text)) : new Set<string>();
  for (const path of others) {
    if (OWN_KIND.test(path)) plan.lost.push({ file: path, what: 'a kind of file that no page shows' });
    else if (linked.has(nameOf(path))) plan.files.push({ to: `posts/${path}`, from: join(folder, path) });
    else
      plan.lost.push({ file: path, what: 'a kind of file that no page shows, and no note has a link to it' });
  }
  const byPath = address(notes, plan);
  for (const { path, from, front, changed } of notes) {
    plan.files.push(
      changed ? { to: `posts/${path}`, contents: printFront(front) } : { to: `posts/${path}`, from },
    );
  }
  plan.files.unshift({
    to: 'postil.yml',
    contents: `title: Notes\n# url: https://example.org/\nlang: zh-CN\n${byPath ? '# Notes in different folders have one name.\npermalink: /posts/:path/\n' : ''}`,
  });
  return plan;
}

/** Reads a note; what is none, or cannot be read, is put into the plan. */
function note(path: string, from: string, plan: Plan): ReadNote[] {
  const text = readNote(plan, path, from, `posts/${path}`);
  if (text === undefined) return [];
  const properties = /^---\n[\s\S]*?\n---/.exec(text)?.[0] ?? '';
  const lost = (what: string): ReadNote[] => {
    plan.lost.push({ file: path, what });
    return [];
  };
  const plugin = /^(excalidraw|kanban)-plugin[ \t]*:/m.exec(properties)?.[1];
  if (/\.excalidraw\.md$/i.test(path)) return lost(PLUGINS.excalidraw);
  if (plugin) return lost(PLUGINS[plugin as keyof typeof PLUGINS]);
  if (PLACEHOLDER.test(properties)) return lost('a template of Obsidian, no note: its properties hold {{…}}');
  if (TEMPLATER.test(properties))
    plan.lost.push({ file: path, what: 'a Templater command stays as text in its properties' });
  const front = readFront(text, { opened: true });
  if ('problem' in front) {
    plan.files.push({ to: `posts/${path}`, from });
    return lost(`${front.problem}; copied as it is`);
  }
  const { fields, body } = front;
  let changed = false;
  // Numbers and dates as titles, and `publish: "true"`, are what Obsidian's editor leaves behind.
  for (const key of ['publish', 'published', 'draft']) {
    const value = fields.get(key);
    if (typeof value === 'string' && /^(?:true|false)$/i.test(value)) {
      fields.set(key, value.toLowerCase() === 'true');
      changed = true;
    }
  }
  const permalink = fieldText(fields, 'permalink');
  if (permalink && !permalink.startsWith('/') && noteUrl(permalink, 'permalink') !== undefined) {
    fields.set('permalink', fields.createNode(`/${permalink.replace(/\/?$/, '/')}`));
    changed = true;
  }
  for (const [pattern, what] of RUN_BY_OBSIDIAN) if (pattern.test(body)) plan.lost.push({ file: path, what });
  tellFrames(plan, path, body);
  if (changed) plan.changed.push({ file: path, what: 'properties written as YAML values' });
  return [{ path, from, text, front, changed }];
}

/** Gives every note an address of its own, and says so: by its folders where a name is that of several notes. */
function address(all: ReadNote[], plan: Plan): boolean {
  const notes = all.filter((n) => {
    if (isPrivate(n)) return false;
    const fault = addressOf(n, false) === undefined && faultOf(n);
    if (fault) plan.lost.push({ file: n.path, what: `the build will refuse it: ${fault}` });
    return !fault;
  });
  const keys = (byPath: boolean) => notes.map((n) => collisionKey(addressOf(n, byPath) ?? ''));
  const short = keys(false);
  const long = keys(true);
  const byPath = !long.includes('') && new Set(short).size < new Set(long).size;
  if (byPath) {
    const uses = new Map<string, number>();
    for (const key of short) uses.set(key, (uses.get(key) ?? 0) + 1);
    const twice = notes.filter((_, i) => uses.get(short[i]!)! > 1);
    plan.changed.push({
      file: 'postil.yml',
      what: `“permalink: /posts/:path/”, for one name would give several notes one address: ${twice.map((n) => n.path).join(', ')}`,
    });
  }
  const taken = new Set<string>();
  for (const n of notes) {
    const { fields } = n.front;
    const slug = slugOf(n);
    const wanted = addressOf(n, byPath)!;
    let now = wanted;
    for (let i = 2; taken.has(collisionKey(now)) && !ownAddress(n); i++) {
      fields.set('slug', fields.createNode(`${slug}-${i}`));
      now = addressOf(n, byPath)!;
    }
    if (now !== wanted) {
      n.changed = true;
      plan.changed.push({
        file: n.path,
        what: `another note has the address ${wanted}: its “slug” makes it ${now}`,
      });
    }
    taken.add(collisionKey(now));
    // Obsidian Publish's own address of a note.
    const old = n.path.replace(/\.md$/i, '').replace(/ /g, '+');
    plan.addresses.push({ old: `/${old}`, now, note: 'as Obsidian Publish has it' });
  }
  return byPath;
}

const pathOf = ({ path }: ReadNote) => path.replace(/\.md$/i, '.md') as NotePath;

/** Whether a note is kept out of the site. */
function isPrivate({ path, front: { fields } }: ReadNote): boolean {
  const publish = fields.get('publish') ?? fields.get('published');
  return publish === false || fields.get('draft') === true || isDraftPath(path);
}

const nameIn = ({ front: { fields } }: ReadNote) =>
  fieldText(fields, 'slug') ?? fieldText(fields, 'abbrlink');

const slugOf = (n: ReadNote) => slugify(nameIn(n) ?? stem(pathOf(n)));

/** The address that a note asks for. */
function ownAddress({ front: { fields } }: ReadNote): Url | undefined {
  for (const field of ['permalink', 'url', 'path']) {
    const text = fieldText(fields, field)?.trim();
    const found = text ? noteUrl(text, field) : undefined;
    if (found !== undefined || (text && field === 'permalink')) return found;
  }
  return undefined;
}

/** @returns the address that a build gives to a note; nothing where it gives none */
function addressOf(n: ReadNote, byPath: boolean): Url | undefined {
  const { fields } = n.front;
  const own = ownAddress(n);
  const slug = slugOf(n);
  if (slug === undefined) return undefined;
  if (own !== undefined) return own;
  const permalink = fieldText(fields, 'permalink');
  const isPage = fields.get('type') === 'page';
  const folders = isPage || byPath ? foldersAround(pathOf(n)).map(slugify) : [];
  if (permalink || folders.includes(undefined)) return undefined;
  return url(...(isPage ? [] : ['posts']), ...(folders as string[]), slug);
}

/** Why a note has no address. */
function faultOf(n: ReadNote): string {
  if (slugOf(n) === undefined)
    return `no address can be made of the name “${nameIn(n) ?? stem(pathOf(n))}”, so give it a “slug”`;
  if (fieldText(n.front.fields, 'permalink')) return 'its “permalink” is no address on the site';
  const folder = foldersAround(pathOf(n)).find((f) => slugify(f) === undefined);
  return `no address can be made of the folder’s name “${folder}”`;
}

/** What links name: wikilinks, Markdown's, those of HTML, and definitions. */
const LINKS =
  /\[\[([^[\]\n|#]+)|\]\(<?([^()<>\n]+)|\b(?:src|href)=["']?([^"'<>\n]+)|^ {0,3}\[[^[\]\n]+\]:[ \t]*<?([^<>\n]+)/gm;

/** @returns the names of the files that links lead to, in whatever folder they are */
function namesInLinks(texts: string[]): Set<string> {
  const names = new Set<string>();
  for (const text of texts)
    for (const m of text.matchAll(LINKS)) {
      const target = (m[1] ?? m[2] ?? m[3] ?? m[4]!).replace(/[ \t]+(?:"[^"]*"|'[^']*')[ \t]*$/, '');
      names.add(nameOf(target));
      names.add(nameOf(decoded(target.replace(/[?#].*$/, ''))));
    }
  return names;
}

const nameOf = (path: string) =>
  fold(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));

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
