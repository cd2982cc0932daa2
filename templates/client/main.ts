import { offerComments } from './comments-button.ts';
import { followContents } from './contents.ts';
import { copyButtons } from './copy-buttons.ts';
import { copyTex } from './copy-tex.ts';
import { closeDrawers } from './drawers.ts';
import { listenForKeys } from './keys.ts';
import { readOffline } from './offline.ts';
import { previews } from './previews.ts';
import { stopWhereItScrolls } from './scrollers.ts';
import { openSearch } from './search-open.ts';
import { sortTables } from './sort-table.ts';
import { themeSwitch } from './theme-switch.ts';
import { zoom } from './zoom.ts';

// Nothing here is needed for reading; every part finds its own elements and does nothing without them.
themeSwitch();
copyTex();
openSearch();
listenForKeys();
previews();
closeDrawers();
readOffline();
offerComments();

const { count } = document.body.dataset;
if (count) {
  const [service = '', id = '', endpoint = ''] = count.split(' ');
  void import('./count.ts').then(({ countView }) => countView(service, id, endpoint));
}

const found = new URLSearchParams(location.search).get('mark');
// Without a network it may not be there: the page is whole without its marks.
if (found)
  import('./found.ts').then(
    ({ markFound }) => markFound(found),
    () => {},
  );

/** What is added to the article; `postil dev` changes the article in place and has it added again. */
const enrich = () => {
  copyButtons();
  followContents();
  sortTables();
  zoom();
  stopWhereItScrolls();
};
enrich();
document.addEventListener('postil:changed', enrich);
