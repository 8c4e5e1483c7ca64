"""Writes imagenet.txt: `background`, then the 1000 classes of ILSVRC-2012 as WordNet 3.0 names them.

A class is a WordNet id: `n` and the offset of the synset's line in WordNet's data.noun. The ids are read from
imagenet.txt itself, so the script makes the names anew, or with `--check` tells whether they are right:

  apt-get install wordnet-base
  python3 models/labels/imagenet.py --check
"""

import argparse
import re
import sys
from pathlib import Path

LIST = Path(__file__).with_name('imagenet.txt')
CLASSES = 1000


def read_ids(path: Path) -> list[str]:
    """Returns the WordNet ids that lines of the file begin with."""
    return re.findall(r'^n\d{8}\b', path.read_text(), re.MULTILINE)


def read_names(data_noun: Path, ids: list[str]) -> list[str]:
    """Returns the lemmas of each synset in WordNet's order, joined by commas.

    The fields of a line (wndb(5WN)): offset, lexicographer file, `n`, the count of lemmas in hex, and for
    each lemma the word and its sense's number. An offset counts the bytes before its line.
    """
    names = []
    with data_noun.open('rb') as database:
        for synset in ids:
            database.seek(int(synset[1:]))
            fields = database.readline().decode('ascii').split()
            if fields[:1] != [synset[1:]]:
                raise SystemExit(f'{data_noun} has no synset {synset}: it is not of WordNet 3.0')
            words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            names.append(', '.join(words).replace('_', ' '))
    return names


def main() -> None:
    """Writes the list, or compares it with what would be written."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument('--data-noun', type=Path, default=Path('/usr/share/wordnet/data.noun'))
    parser.add_argument('--check', action='store_true', help='write nothing; exit code 1 if the list differs')
    arguments = parser.parse_args()

    ids = sorted(read_ids(LIST))
    if len(set(ids)) != CLASSES:
        raise SystemExit(f'expected {CLASSES} WordNet ids in {LIST}, and it has {len(set(ids))}')
    names = read_names(arguments.data_noun, ids)
    lines = ['background', *(f'{synset} {name}' for synset, name in zip(ids, names, strict=True))]
    text = ''.join(f'{line}\n' for line in lines)
    if not arguments.check:
        LIST.write_text(text)
    elif LIST.read_text() != text:
        sys.exit(f'{LIST} is not what WordNet says')


if __name__ == '__main__':
    main()
