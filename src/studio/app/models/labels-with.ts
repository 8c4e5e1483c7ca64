/** The labels that have all the words of a search, in any order and any case. */
export function labelsWith(labels: readonly string[], search: string): string[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return labels.filter((label) => {
    const text = label.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
