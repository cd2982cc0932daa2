/**
 * Where a bare address begins and ends. GFM lets one run to the next blank, so that in `见 https://example.org，**下文**`
 * the rest of the sentence would be part of the link. Here it ends before Chinese punctuation, and what follows is read
 * as any text. All else is as in micromark-extension-gfm-autolink-literal, whose tokens these are.
 */

import type { Code, Construct, Effects, Event, State, TokenizeContext } from 'micromark-util-types';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    literalAutolink: 'literalAutolink';
    literalAutolinkHttp: 'literalAutolinkHttp';
    literalAutolinkWww: 'literalAutolinkWww';
  }
  interface Token {
    /** No bracket was open before it. */
    _gfmAutolinkLiteralWalkedInto?: boolean | undefined;
  }
}

/** Chinese punctuation ends an address; a Chinese letter does only in the host: `/wiki/语义分割` is a path. */
const END = /[\u3001-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u2018-\u201d\u2026]/u;
/** Letters beyond the BMP come as two halves. */
const HAN = /[\p{Script=Han}\ud840-\ud8bf]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;
/** No part of an address when nothing of it comes after them. */
const TRAILING = /[!"'),*.:;?_~]/;

const is = (pattern: RegExp, code: Code) =>
  code !== null && code > 0 && pattern.test(String.fromCharCode(code));
const isEnd = (code: Code) => code === null || code < 0 || is(/\s/, code) || is(END, code);
const isLetter = (code: Code) => is(/[A-Za-z]/, code);

/** `www` of an address whose host goes on with nothing: `www.例子.com`. */
const BARE = /(?:https?:\/\/)?www(?=\.(?![._]*(?!\p{Script=Han})[\p{L}\p{M}\p{N}-]))/u;
/** What the end of an address in a text depends on. */
const MARKS = new RegExp(
  `(${BARE.source})|(https?://|www\\.)|(\\s)|(/)|(${END.source})|(\\p{Script=Han})`,
  'giu',
);

/**
 * Cuts a text where its addresses end before Chinese, so that whoever looks for addresses up to a blank finds these; and
 * before the dot of one that has no host but `www`, which is none then.
 *
 * @returns the parts in order; the text itself when nothing is cut
 */
export function cutAtAddressEnds(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let within: 'host' | 'path' | undefined;
  for (const { index, 1: bare, 2: begins, 3: blank, 4: slash, 5: end, 6: han } of text.matchAll(MARKS)) {
    if (within === undefined) {
      if (begins) within = 'host';
      if (bare) {
        parts.push(text.slice(from, index + bare.length));
        from = index + bare.length;
      }
    } else if (slash) within = 'path';
    else if (blank) within = undefined;
    else if (end || (han && within === 'host')) {
      parts.push(text.slice(from, index));
      from = index;
      within = undefined;
    }
  }
  return [...parts, text.slice(from)];
}

/**
 * Punctuation after an address, up to where it ends.
 *
 * @param failed gets how many characters were read when the address goes on after them
 */
const trail = (ends: (code: Code) => boolean, failed: (size: number) => void): Construct => ({
  partial: true,
  tokenize(effects: Effects, ok: State, nok: State): State {
    let size = 0;
    return inside;

    function consume(code: Code): void {
      size++;
      effects.consume(code);
    }
    function fail(code: Code): State | undefined {
      failed(size);
      return nok(code);
    }
    function inside(code: Code): State | undefined {
      if (code === 38) {
        consume(code);
        return (next) => (isLetter(next) ? reference(next) : fail(next));
      }
      if (code === 93) {
        consume(code);
        return bracket;
      }
      if (is(TRAILING, code)) {
        consume(code);
        return inside;
      }
      return code === 60 || ends(code) ? ok(code) : fail(code);
    }
    /** > | https://a.b&amp;
     *                  ^^^^  */
    function reference(code: Code): State | undefined {
      if (code !== 59 && !isLetter(code)) return fail(code);
      consume(code);
      return code === 59 ? inside : reference;
    }
    /** > | https://a.b](
     *                  ^ */
    function bracket(code: Code): State | undefined {
      return code === 40 || code === 91 || ends(code) ? ok(code) : inside(code);
    }
  },
});

const wwwPrefix: Construct = {
  partial: true,
  tokenize(effects: Effects, ok: State, nok: State): State {
    let size = 0;
    return start;

    function start(code: Code): State | undefined {
      if (code !== (size === 3 ? 46 : 119) && (size === 3 || code !== 87)) return nok(code);
      effects.consume(code);
      return ++size < 4 ? start : (next) => (next === null ? nok(next) : ok(next));
    }
  },
};

/** @param gfm the construct of GFM that is replaced: `protocolAutolink` or `wwwAutolink` */
export const addressIn = (gfm: Construct): Construct => ({
  ...gfm,
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const self = this;
    const token = gfm.name === 'wwwAutolink' ? 'literalAutolinkWww' : 'literalAutolinkHttp';
    let scheme = '';
    let seen = false;
    /** How the host begins. */
    let name = '';
    /** Underscores in the last part of the host, and in the one before it. */
    let [last, lastButOne] = [false, false];
    let inPath = false;
    let [opened, closed] = [0, 0];
    const ends = (code: Code) => isEnd(code) || (!inPath && is(HAN, code));
    /** Characters ahead that no trail begins at: one that began before them has failed, and would fail from each. */
    let noTrail = 0;
    const trailing = trail(ends, (size) => {
      noTrail = size;
    });
    return start;

    function start(code: Code): State | undefined {
      if (!gfm.previous!.call(self, self.previous) || inLabel(self.events)) return nok(code);
      effects.enter('literalAutolink');
      effects.enter(token);
      return token === 'literalAutolinkWww' ? effects.check(wwwPrefix, host, nok)(code) : protocol(code);
    }
    /** > | https://a.b
     *      ^^^^^^^^    */
    function protocol(code: Code): State | undefined {
      if (code === null || code < 0) return nok(code);
      scheme += String.fromCharCode(code).toLowerCase();
      if (!'https://'.startsWith(scheme) && !'http://'.startsWith(scheme)) return nok(code);
      effects.consume(code);
      return scheme.endsWith('//') ? afterProtocol : protocol;
    }
    function afterProtocol(code: Code): State | undefined {
      const begins = code !== null && code > 31 && code !== 127 && !ends(code) && !is(PUNCTUATION, code);
      return begins ? host(code) : nok(code);
    }
    function host(code: Code): State | undefined {
      if (code === 46 || code === 95)
        return noTrail > 0 ? markInHost(code) : effects.check(trailing, afterHost, markInHost)(code);
      if (ends(code) || (code !== 45 && is(PUNCTUATION, code))) return afterHost(code);
      seen = true;
      return inHost(code);
    }
    function markInHost(code: Code): State | undefined {
      [last, lastButOne] = code === 95 ? [true, lastButOne] : [false, last];
      return inHost(code);
    }
    function consume(code: Code): void {
      if (noTrail > 0) noTrail--;
      effects.consume(code);
    }
    function inHost(code: Code): State {
      if (name.length < 5) name += String.fromCharCode(code!).toLowerCase();
      consume(code);
      return host;
    }
    function afterHost(code: Code): State | undefined {
      const bare = name === 'www.' || (name === 'www' && code === 46);
      return last || lastButOne || !seen || bare ? nok(code) : path(code);
    }
    function path(code: Code): State | undefined {
      const inBrackets = code === 41 && closed < opened;
      if (noTrail === 0 && !inBrackets && (code === 38 || code === 60 || code === 93 || is(TRAILING, code)))
        return effects.check(trailing, after, inside)(code);
      return ends(code) ? after(code) : inside(code);
    }
    function inside(code: Code): State | undefined {
      if (code === 40) opened++;
      else if (code === 41) closed++;
      else if (code === 47) inPath = true;
      consume(code);
      return path;
    }
    function after(code: Code): State | undefined {
      effects.exit(token);
      effects.exit('literalAutolink');
      return ok(code);
    }
  },
});

/** Whether a bracket is open that may begin a link: an address in it is not looked for yet. */
function inLabel(events: Event[]): boolean {
  for (let i = events.length - 1; i >= 0; i--) {
    const token = events[i]![1];
    if ((token.type === 'labelLink' || token.type === 'labelImage') && !token._balanced) return true;
    if (token._gfmAutolinkLiteralWalkedInto) break;
  }
  if (events.length > 0) events.at(-1)![1]._gfmAutolinkLiteralWalkedInto = true;
  return false;
}
