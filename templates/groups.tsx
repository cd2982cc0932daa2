import type { GroupIndexView } from '../src/emit/views.ts';
import { Layout } from './layout.tsx';
import { Overviews } from './parts/overviews.tsx';
import { type Strings, stringsFor } from './strings/strings.ts';

type Row = GroupIndexView['groups'][number];
interface Branch extends Row {
  children: Branch[];
}

/** All tags, or the tree of categories, set like the index of a book. */
export function Groups(view: GroupIndexView) {
  const t = stringsFor(view.ui);
  return (
    <Layout view={view}>
      <div class="sheet">
        <header class="masthead">
          <h1>{t[view.kind]}</h1>
          {view.description && <p class="lead">{view.description}</p>}
          <Overviews view={view} />
        </header>
        <List branches={tree(view.groups)} t={t} kind={view.kind} />
      </div>
    </Layout>
  );
}

function List({ branches, t, kind }: { branches: Branch[]; t: Strings; kind: GroupIndexView['kind'] }) {
  return (
    <ul class={`book-index ${kind}`}>
      {branches.map((branch) => (
        <li>
          <span class="row">
            <a href={branch.href}>{branch.label}</a>
            <span class="count">{t.count(branch.count)}</span>
          </span>
          {branch.children.length > 0 && <List branches={branch.children} t={t} kind={kind} />}
        </li>
      ))}
    </ul>
  );
}

/** Rows come in reading order with a depth; a row belongs to the nearest shallower one above it. */
function tree(rows: Row[]): Branch[] {
  const roots: Branch[] = [];
  const path: Branch[] = [];
  for (const row of rows) {
    const branch: Branch = { ...row, children: [] };
    while (path.length > 0 && path.at(-1)!.depth >= row.depth) path.pop();
    (path.at(-1)?.children ?? roots).push(branch);
    path.push(branch);
  }
  return roots;
}
