/** Columns that a text takes on a terminal: combining marks take none, East Asian wide characters two. */
export function visibleWidth(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text))
    width += /\p{Script=Han}|\p{Emoji_Presentation}/u.test(segment) ? 2 : 1;
  return width;
}
