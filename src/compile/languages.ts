/** The languages that code blocks can be highlighted in: a fixed list, each loaded when a note first uses it. */

import type { LanguageRegistration } from 'shiki/core';
import { table } from '../table.ts';

type Load = () => Promise<{ default: LanguageRegistration[] }>;

export const languages: Record<string, Load> = {
  bash: () => import('@shikijs/langs/bash'),
  bibtex: () => import('@shikijs/langs/bibtex'),
  c: () => import('@shikijs/langs/c'),
  cmake: () => import('@shikijs/langs/cmake'),
  cpp: () => import('./cpp.ts'),
  csharp: () => import('@shikijs/langs/csharp'),
  css: () => import('@shikijs/langs/css'),
  diff: () => import('@shikijs/langs/diff'),
  docker: () => import('@shikijs/langs/docker'),
  glsl: () => import('@shikijs/langs/glsl'),
  go: () => import('@shikijs/langs/go'),
  haskell: () => import('@shikijs/langs/haskell'),
  html: () => import('@shikijs/langs/html'),
  http: () => import('@shikijs/langs/http'),
  ini: () => import('@shikijs/langs/ini'),
  java: () => import('@shikijs/langs/java'),
  javascript: () => import('@shikijs/langs/javascript'),
  json: () => import('@shikijs/langs/json'),
  julia: () => import('@shikijs/langs/julia'),
  kotlin: () => import('@shikijs/langs/kotlin'),
  latex: () => import('@shikijs/langs/latex'),
  lean: () => import('@shikijs/langs/lean'),
  lua: () => import('@shikijs/langs/lua'),
  make: () => import('@shikijs/langs/make'),
  markdown: () => import('@shikijs/langs/markdown'),
  matlab: () => import('@shikijs/langs/matlab'),
  nginx: () => import('@shikijs/langs/nginx'),
  perl: () => import('@shikijs/langs/perl'),
  php: () => import('@shikijs/langs/php'),
  powershell: () => import('@shikijs/langs/powershell'),
  proto: () => import('@shikijs/langs/proto'),
  python: () => import('@shikijs/langs/python'),
  r: () => import('@shikijs/langs/r'),
  ruby: () => import('@shikijs/langs/ruby'),
  rust: () => import('@shikijs/langs/rust'),
  scala: () => import('@shikijs/langs/scala'),
  sql: () => import('@shikijs/langs/sql'),
  swift: () => import('@shikijs/langs/swift'),
  toml: () => import('@shikijs/langs/toml'),
  tsx: () => import('@shikijs/langs/tsx'),
  typescript: () => import('@shikijs/langs/typescript'),
  xml: () => import('@shikijs/langs/xml'),
  yaml: () => import('@shikijs/langs/yaml'),
  zig: () => import('@shikijs/langs/zig'),
};

/** Other names of the same languages, and names of plain text. */
const SAME: Record<string, string> = table({
  'c++': 'cpp',
  'c#': 'csharp',
  bat: 'text',
  bib: 'bibtex',
  console: 'bash',
  cu: 'cpp',
  cuda: 'cpp',
  dockerfile: 'docker',
  golang: 'go',
  gradle: 'kotlin',
  js: 'javascript',
  json5: 'json',
  jsonc: 'json',
  jsonl: 'json',
  jl: 'julia',
  jsx: 'tsx',
  makefile: 'make',
  md: 'markdown',
  mjs: 'javascript',
  none: 'text',
  output: 'text',
  plain: 'text',
  plaintext: 'text',
  protobuf: 'proto',
  ps1: 'powershell',
  py: 'python',
  python3: 'python',
  pycon: 'python',
  pytorch: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  tex: 'latex',
  text: 'text',
  ts: 'typescript',
  txt: 'text',
  yml: 'yaml',
  zsh: 'bash',
});

/** @returns the language's name in `languages`, `text` for plain text, or `undefined` when it is not known */
export function languageOf(given: string): string | undefined {
  if (given === '') return 'text';
  const name = given.toLowerCase();
  const found = SAME[name] ?? name;
  return found === 'text' || Object.hasOwn(languages, found) ? found : undefined;
}
