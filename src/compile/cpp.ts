/**
 * C++ and CUDA, read as C with their own words added. The grammar that Shiki has of C++ makes two hundred regular
 * expressions, 700 characters long on average, before the first word has its colour: more than two seconds of
 * processor time, in each thread.
 */

import c from '@shikijs/langs/c';
import type { LanguageRegistration } from 'shiki/core';

const words = (list: string) => `\\b(?:${list.trim().split(/\s+/).join('|')})\\b`;

const CONTROL = words(
  'try catch throw new delete co_await co_return co_yield static_cast dynamic_cast const_cast reinterpret_cast',
);
const OPERATORS = words(
  'and and_eq bitand bitor compl not not_eq or or_eq xor xor_eq alignof decltype noexcept sizeof typeid',
);
const STORAGE = words(
  `alignas auto bool char8_t char16_t char32_t class concept consteval constexpr constinit decltype explicit export
   final friend import module mutable namespace operator override private protected public requires static_assert
   template thread_local typename using virtual wchar_t
   __constant__ __device__ __global__ __host__ __launch_bounds__ __managed__ __restrict__ __shared__`,
);

const grammar: LanguageRegistration = {
  name: 'cpp',
  scopeName: 'source.cpp',
  patterns: [{ include: 'source.c' }],
  repository: {},
  injections: {
    'L:source.cpp - comment - string': {
      patterns: [
        {
          // Nothing is escaped in it, and it ends where its own word stands again.
          begin: '(?:u8|[uUL])?R"([^\\s()\\\\]{0,16})\\(',
          end: '\\)\\1"',
          name: 'string.quoted.double.raw.cpp',
        },
        { match: "\\b\\d[\\da-fA-FxXbB]*(?:'[\\da-fA-F]+)+[uUlLzZ]*\\b", name: 'constant.numeric.cpp' },
        { match: words('true false nullptr'), name: 'constant.language.cpp' },
        { match: '\\bthis\\b', name: 'variable.language.this.cpp' },
        { match: CONTROL, name: 'keyword.control.cpp' },
        { match: OPERATORS, name: 'keyword.operator.cpp' },
        { match: STORAGE, name: 'storage.modifier.cpp' },
      ],
    },
    // C's grammar has one scope for a whole call: only what is called is to have its colour.
    'R:source.cpp meta.function-call - comment - string': {
      patterns: [
        { match: '[A-Za-z_]\\w*(?!\\w|\\s*\\()', name: 'meta.group.braces.round.function.arguments' },
      ],
    },
  },
};

export default [...c, grammar];
