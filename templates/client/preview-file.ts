/** The small file beside each page: what a link's preview shows of it, and what search does. */

export interface PreviewFile {
  title: string;
  /** Venue and year of the paper, or the note's date: one line above the title. */
  facts: string;
  text: string;
  lang: string;
  /** Of a note that can be searched. */
  search?: {
    /** Venue, year, tags. */
    facts: string;
    description: string;
    sections: [id: string, heading: string, text: string][];
  };
}

/** @param page the address of a page, without query and fragment: `/posts/detr/preview.json` is that of `/posts/detr/` */
export function previewAddress(page: string): string {
  return `${page}${page.endsWith('/') ? '' : '.'}preview.json`;
}
