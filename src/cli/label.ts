/** The first of a label's names: label lists give synonyms, `police van, police wagon, paddy wagon`. */
export function firstName(label: string): string {
  return label.split(', ', 1)[0] ?? label;
}
