/** The browser's files of a site of which no page is looked at in a browser. */
export const CLIENT = {
  styles: ['assets/site.css'],
  scripts: ['assets/main.js'],
  theme: '',
  themeHash: '',
  math: '',
  mathml: '',
  titleFont: [],
  mathFonts: [],
  worker: { off: { path: '', hash: '' }, on: { path: '', hash: '' } },
  picture: '',
  files: [],
};
