/** Spaces between the parts of a row: a sign or letter beside a space has it as its own. */

import { IN_LINE, type Names, NONE, namesOf } from './katex-names.ts';
import { type Box, isBox, type Kid, makeBox } from './katex-tree.ts';

const SPACE: Names = namesOf(['mspace']);

/** The names of what has a space before it, after it, or on both sides. */
interface Space {
  before: Names;
  after: Names;
  around: Names | undefined;
}

const spaceNamed = (letter: string, around?: Names): Space => ({
  before: namesOf([`ks${letter}`]),
  after: namesOf([`k${letter}s`]),
  around,
});

/** TeX's thin, medium and thick space, by what KaTeX says of it. */
const SPACES = new Map([
  ['margin-right:0.1667em', spaceNamed('t')],
  ['margin-right:0.2222em', spaceNamed('m', namesOf(['km']))],
  ['margin-right:0.2778em', spaceNamed('r', namesOf(['kr']))],
]);

/** On which sides a part has a space of its own. */
const SIDES = new Map<Names, { before: boolean; after: boolean }>();
for (const { before, after, around } of SPACES.values()) {
  SIDES.set(before, { before: true, after: false });
  SIDES.set(after, { before: false, after: true });
  if (around) SIDES.set(around, { before: true, after: true });
}

/** @returns on which sides an element with these names has a space; nothing for one that has none */
export function sidesOf(names: Names): { before: boolean; after: boolean } | undefined {
  return SIDES.get(names);
}

function spaceOf(kid: Kid | undefined): Space | undefined {
  return isBox(kid) && kid.names === SPACE && kid.kids.length === 0 ? SPACES.get(kid.style) : undefined;
}

/**
 * Gives spaces to the sign or letter beside them.
 *
 * @param kids the parts, changed in place
 * @param start where the row begins among them
 */
export function withSpaces(kids: Kid[], start: number): void {
  let end = start;
  for (let i = start; i < kids.length; i++) {
    const kid = kids[i]!;
    const space = spaceOf(kid);
    if (!space) {
      kids[end++] = kid;
      continue;
    }
    const next = kids[i + 1];
    // A sign between two equal spaces has both.
    if (space.around && typeof next === 'string' && spaceOf(kids[i + 2]) === space) {
      kids[end++] = named(next, space.around);
      i += 2;
      continue;
    }
    const last = end > start ? kids[end - 1] : undefined;
    if (takesSpace(last)) kids[end - 1] = named(last, space.after);
    else if (takesSpace(next)) {
      kids[end++] = named(next, space.before);
      i++;
    } else kids[end++] = makeBox('span', space.after, []);
  }
  kids.length = end;
}

/** Whether it is a text, or a box of nothing but text, that has no space yet. */
function takesSpace(kid: Kid | undefined): kid is Box | string {
  if (!isBox(kid)) return typeof kid === 'string';
  if (kid.isFixed || kid.style !== '' || (kid.names !== NONE && kid.names !== IN_LINE)) return false;
  return kid.tag !== 'a' && kid.rest === '' && kid.kids.length === 1 && typeof kid.kids[0] === 'string';
}

function named(kid: Box | string, names: Names): Box {
  if (typeof kid === 'string') return makeBox('span', names, [kid]);
  kid.names = names;
  return kid;
}
