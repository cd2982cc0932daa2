/**
 * What the notes of a site have of their own in each part of the search index. To look at all of it takes longer than
 * anything else that word files need, and can be done before the notes are linked.
 */

import { PARTS } from '../../templates/client/search-words.ts';
import { hash } from '../hash.ts';
import type { NoteParts } from './note-words.ts';

export class OwnWords {
  /** In order of paths. */
  readonly notes: NoteParts[];
  /** Of each part: hash of the lines that notes have there, one note after the other. */
  readonly #digests: string[];

  /** @param notes in order of paths: what comes of it depends on the order */
  constructor(notes: NoteParts[]) {
    this.notes = notes;
    const lengths = Array.from({ length: PARTS }, (_, part) =>
      notes.reduce((sum, note) => sum + note.lengthOf(part), 0),
    );
    const room = Buffer.allocUnsafe(Math.max(...lengths));
    this.#digests = lengths.map((length, part) => {
      let at = 0;
      for (const note of notes) at += note.copy(part, room, at);
      return hash(room.subarray(0, length));
    });
  }

  /**
   * All that notes have of their own in a part; one that has nothing there leaves no trace.
   *
   * @param numbers of the notes
   * @returns a text that changes when it does
   */
  keyOf(part: number, numbers: number[]): string {
    // Numbers and lengths as they lie in memory: to print a quarter of a million of them took longer than all else.
    const room = new Uint32Array(2 * this.notes.length);
    let at = 0;
    for (let i = 0; i < this.notes.length; i++) {
      const length = this.notes[i]!.lengthOf(part);
      if (length === 0) continue;
      room[at++] = numbers[i]!;
      room[at++] = length;
    }
    return hash(this.#digests[part]!, new Uint8Array(room.buffer, 0, 4 * at));
  }
}
