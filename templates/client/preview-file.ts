/** The small files beside each page: what a link's preview shows of it, and what search does. */

/** `preview.json`. */
export interface PreviewFile {
  title: string;
  /** Venue and year of the paper, or the note's date: one line above the title. */
  facts: string;
  text: string;
  lang: string;
}

/** `search.json`, of a note that can be searched. */
export interface SearchedFile {
  title: string;
  /** Venue and year of the paper, or the note's date; tags. */
  facts: string;
  description: string;
  /** What else the note is called, and what is said of its papers: a name in a line. */
  names: string;
  /** `cited`: titles of what the section cites. */
  sections: [id: string, heading: string, text: string, cited?: string][];
}

/** @param page the address of a page, without query and fragment: `/posts/detr/preview.json` is that of `/posts/detr/` */
export const previewAddress = (page: string): string => beside(page, 'preview');

/** @param page as for `previewAddress` */
export const searchedAddress = (page: string): string => beside(page, 'search');

function beside(page: string, name: string): string {
  return `${page}${page.endsWith('/') ? '' : '.'}${name}.json`;
}
