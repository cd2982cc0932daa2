/** Breaks a TypeScript file in every small way that its tests ought to notice. */

import { parseAst } from 'vite';

const SWAPS = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&': '|',
  '>>': '<<',
  '>>>': '<<',
  '+=': '-=',
  '-=': '+=',
  '||=': '&&=',
  '??=': '&&=',
};
const METHODS = {
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  add: 'delete',
  push: 'unshift',
  toLowerCase: 'toUpperCase',
};

/**
 * @param {string} text a TypeScript file
 * @returns {{ start: number, end: number, by: string, line: number, was: string }[]} one for each way to break it:
 * the text from `start` to `end` becomes `by`
 */
export function mutantsOf(text) {
  const out = [];
  const replace = (start, end, by) => {
    const was = text.slice(start, end);
    if (by !== was)
      out.push({
        start,
        end,
        by,
        line: text.slice(0, start).split('\n').length,
        was: was.replace(/\s+/g, ' ').slice(0, 60),
      });
  };
  const whole = (node, by) => replace(node.start, node.end, by);
  const of = (node) => text.slice(node.start, node.end);
  const operator = (node) => {
    const by = SWAPS[node.operator];
    const between = text.slice(node.left.end, node.right.start);
    const from = node.left.end + between.indexOf(node.operator);
    if (by) replace(from, from + node.operator.length, by);
  };
  const kinds = {
    BinaryExpression: operator,
    LogicalExpression: operator,
    AssignmentExpression: operator,
    UnaryExpression: (n) => n.operator === '!' && whole(n, of(n.argument)),
    IfStatement: (n) => {
      whole(n.test, 'true');
      whole(n.test, 'false');
    },
    ConditionalExpression: (n) => {
      whole(n, `(${of(n.consequent)})`);
      whole(n, `(${of(n.alternate)})`);
    },
    TemplateLiteral: (n) => n.expressions.length > 0 && whole(n, '``'),
    MemberExpression: (n, parent) =>
      parent?.type === 'CallExpression' &&
      Object.hasOwn(METHODS, n.property.name ?? '') &&
      whole(n.property, METHODS[n.property.name]),
    ExpressionStatement: (n) => /^(?:Call|Assignment)Expression$/.test(n.expression.type) && whole(n, ';'),
    ReturnStatement: (n, parent) => n.argument && parent.body?.length > 1 && whole(n, ';'),
    Literal: (n, parent) => {
      if (n.regex) for (const by of regexes(n.raw)) whole(n, by);
      else if (typeof n.value === 'boolean') whole(n, String(!n.value));
      else if (typeof n.value === 'number') whole(n, `(${n.raw} + 1)`);
      else if (typeof n.value === 'string' && parent?.type !== 'Property')
        whole(n, n.value === '' ? "'mutant'" : "''");
    },
  };
  const visit = (node, parent) => {
    // Types and imports are no behaviour.
    if (
      /^(?:TS(?!As|NonNull|Satisfies)|Import|Export(?:All|Named)Declaration$)/.test(node.type) &&
      !node.declaration
    )
      return;
    kinds[node.type]?.(node, parent);
    for (const [key, value] of Object.entries(node)) {
      if (
        key === 'typeAnnotation' ||
        key === 'returnType' ||
        key === 'typeParameters' ||
        key === 'typeArguments'
      )
        continue;
      for (const child of Array.isArray(value) ? value : [value])
        if (child && typeof child.type === 'string') visit(child, node);
    }
  };
  visit(parseAst(text, { lang: 'ts' }), undefined);
  return out;
}

/** Other expressions that match a little more or less. */
function regexes(literal) {
  const end = literal.lastIndexOf('/');
  const body = literal.slice(1, end);
  const flags = literal.slice(end + 1);
  const out = new Set();
  if (body.startsWith('^')) out.add(body.slice(1));
  if (body.endsWith('$') && !body.endsWith('\\$')) out.add(body.slice(0, -1));
  out.add(body.replace(/(?<!\\)\+/, ''));
  out.add(body.replace(/\[\^/, '['));
  out.add(body.replace(/\[(?!\^)/, '[^'));
  const valid = [...out].filter((b) => {
    try {
      new RegExp(b, flags);
      return b !== body && b !== '';
    } catch {
      return false;
    }
  });
  const all = valid.map((b) => `/${b}/${flags}`);
  if (flags.includes('i')) all.push(`/${body}/${flags.replace('i', '')}`);
  if (flags.includes('g')) all.push(`/${body}/${flags.replace('g', '')}`);
  return all;
}
