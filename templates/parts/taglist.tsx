import type { LinkView } from '../../src/emit/views.ts';

export function TagList({
  tags,
  label,
  lang,
}: {
  tags: LinkView[];
  label: string;
  lang?: string | undefined;
}) {
  if (tags.length === 0) return null;
  return (
    <ul class="tags" aria-label={label} lang={lang}>
      {tags.map((tag) => (
        <li>
          <a href={tag.href} rel="tag">
            {tag.label}
          </a>
        </li>
      ))}
    </ul>
  );
}
