/** What a browser can do with a file, by its name. */

const KINDS = {
  image: /\.(?:png|apng|jpe?g|jfif|gif|webp|avif|svg|bmp|ico)$/i,
  audio: /\.(?:mp3|wav|m4a|aac|ogg|oga|opus|flac)$/i,
  video: /\.(?:mp4|m4v|webm|mov|mkv|ogv)$/i,
};

/**
 * @param path a file's path or name
 * @returns how a page shows the file; `undefined` when it can only be linked to
 */
export function mediaKind(path: string): keyof typeof KINDS | undefined {
  for (const [kind, pattern] of Object.entries(KINDS)) {
    if (pattern.test(path)) return kind as keyof typeof KINDS;
  }
  return undefined;
}

/** Pages of films and posts on other hosts, which other tools show in a frame. */
const PLAYER =
  /^(?:https?:)?\/\/(?:(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com\/(?:watch\?|shorts\/|live\/|embed\/|playlist\?)|youtu\.be\/[\w-]|(?:www\.)?vimeo\.com\/(?:[\w-]+\/)*\d|player\.vimeo\.com\/video\/|(?:www\.|m\.)?bilibili\.com\/(?:video|bangumi)\/|player\.bilibili\.com\/|b23\.tv\/\w|(?:www\.|mobile\.)?(?:twitter|x)\.com\/\w+\/status\/\d)/i;

/** @returns whether an address is plainly that of a page with a player, and no file that a page could show */
export const isPlayerPage = (address: string): boolean =>
  PLAYER.test(address) && mediaKind(address) === undefined;
