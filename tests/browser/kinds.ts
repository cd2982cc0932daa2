/** Every kind of page, by an address of the repository's own site. */
export const KINDS = {
  index: '',
  note: 'posts/detr/',
  'a note full of tables': 'posts/dl-interview/',
  'page of its own': 'about/',
  'tag page': 'tags/目标检测/',
  'tag index': 'tags/',
  'category page': 'categories/计算机视觉/',
  archive: 'archives/',
  'map of lineage': 'graph/',
  glossary: 'glossary/',
  'reading log': 'reading-log/',
  'open questions': 'questions/',
  papers: 'papers/',
  'papers by venue': 'venues/',
  'paper page': 'papers/carion2020detr/',
  'search page': 'search/',
  'offline page': 'offline/',
  '404 page': 'no/such/page/',
} as const;

export type Kind = keyof typeof KINDS;
