import { followContents } from './contents.ts';
import { copyButtons } from './copy-buttons.ts';
import { copyTex } from './copy-tex.ts';
import { themeSwitch } from './theme-switch.ts';

// Nothing here is needed for reading; every part finds its own elements and does nothing without them.
themeSwitch();
copyButtons();
copyTex();
followContents();
