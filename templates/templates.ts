import type { VNode } from 'preact';
import type {
  ArchiveView,
  GlossaryView,
  GraphView,
  GroupIndexView,
  GroupView,
  IndexView,
  NoteView,
  NotFoundView,
  PageView,
  PaperPageView,
  PapersView,
  QuestionsView,
  ReadingLogView,
  RedirectView,
  SearchView,
} from '../src/emit/views.ts';
import { Archive } from './archive.tsx';
import { Glossary } from './glossary.tsx';
import { Graph } from './graph.tsx';
import { Group } from './group.tsx';
import { Groups } from './groups.tsx';
import { Index } from './index.tsx';
import { NotFound } from './not-found.tsx';
import { Note } from './note.tsx';
import { Offline } from './offline.tsx';
import { Paper } from './paper.tsx';
import { PaperList } from './papers.tsx';
import { Questions } from './questions.tsx';
import { ReadingLog } from './reading-log.tsx';
import { Redirect } from './redirect.tsx';
import { Search } from './search.tsx';

/** One function for each kind of page: a view goes in, the whole document comes out. */
export interface Templates {
  note: (view: NoteView) => VNode;
  index: (view: IndexView) => VNode;
  group: (view: GroupView) => VNode;
  groups: (view: GroupIndexView) => VNode;
  archive: (view: ArchiveView) => VNode;
  paper: (view: PaperPageView) => VNode;
  papers: (view: PapersView) => VNode;
  search: (view: SearchView) => VNode;
  graph: (view: GraphView) => VNode;
  questions: (view: QuestionsView) => VNode;
  glossary: (view: GlossaryView) => VNode;
  readingLog: (view: ReadingLogView) => VNode;
  redirect: (view: RedirectView) => VNode;
  notFound: (view: NotFoundView) => VNode;
  offline: (view: PageView) => VNode;
}

export const templates: Templates = {
  note: Note,
  index: Index,
  group: Group,
  groups: Groups,
  archive: Archive,
  paper: Paper,
  papers: PaperList,
  search: Search,
  graph: Graph,
  questions: Questions,
  glossary: Glossary,
  readingLog: ReadingLog,
  redirect: Redirect,
  notFound: NotFound,
  offline: Offline,
};
