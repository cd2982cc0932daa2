/** What stands on the picture that other sites show beside a link to a note. */

import type { Config } from '../config/config.ts';
import type { Card } from '../images/card.ts';
import { inLetters } from '../letters.ts';
import type { LinkedNote } from '../model.ts';
import type { Url } from '../paths.ts';

/** Who draws them. */
export interface Cards {
  /** Whether Chinese letters can be drawn. */
  chinese: boolean;
  /** Changes with what a card looks like. */
  version: string;
  /** @returns a PNG file */
  draw(card: Card): Promise<Uint8Array>;
}

/** @returns title, and in one line the venue of the paper or the day of the note */
export function cardOf({ index: { meta } }: LinkedNote, config: Config): Card {
  const paper = meta.papers.length === 1 ? meta.papers[0] : undefined;
  const facts = paper ? [paper.venue, paper.year].filter(Boolean).join(' ') : (meta.date?.day ?? '');
  return { title: inLetters(meta.title), facts, site: config.title, lang: meta.lang ?? config.lang };
}

/** The address of a note's cover, where it is a picture that other sites can show: no card is drawn then. */
export function shownCover({ cover }: LinkedNote): Url | undefined {
  return cover && /\.(?:png|jpe?g|webp|gif)$/i.test(cover.url) ? cover.url : undefined;
}

/** Whether every letter of a card can be drawn. */
export function canDraw(card: Card, { chinese }: Cards): boolean {
  return chinese || !/\p{Script=Han}/u.test(card.title + card.facts + card.site);
}
