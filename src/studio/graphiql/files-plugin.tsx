import { useSyncExternalStore, type FC } from 'react';
import type { GraphiQLPlugin } from '@graphiql/react';
import type { Files } from './files.js';

/** A panel with the files that variables can name, the samples among them, and a way to add one's own. */
export function filesPlugin(files: Files): GraphiQLPlugin {
  const Panel: FC = () => {
    const all = useSyncExternalStore(
      (listener) => files.subscribe(listener),
      () => files.all,
    );
    return (
      <section className="okulo-files" aria-label="Files">
        <h2>Files</h2>
        <p>
          Variables name a file with an @ ahead: <code>{'{"image": {"upload": "@picture.jpg"}}'}</code>
        </p>
        <label className="okulo-files-choose">
          Choose files
          <input
            type="file"
            accept="image/*"
            multiple
            onChange={({ currentTarget }) => {
              files.add([...(currentTarget.files ?? [])]);
              // The same file can be chosen again after it was changed.
              currentTarget.value = '';
            }}
          />
        </label>
        <ul>
          {all.map(({ name }) => (
            <li key={name}>
              <code>@{name}</code>
            </li>
          ))}
        </ul>
      </section>
    );
  };
  return { title: 'Files', icon: PictureIcon, content: Panel };
}

const PictureIcon: FC = () => (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <rect x="3" y="4" width="18" height="16" rx="2" />
    <circle cx="8.5" cy="9.5" r="1.5" />
    <path d="m4 18 5-5 3 3 4-5 4 5" strokeLinejoin="round" />
  </svg>
);
