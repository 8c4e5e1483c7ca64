import { CopyButton } from './copy-button.js';

/** A text to be read and copied. */
export function Code({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className="code">
      <div className="code-title">
        <span>{title}</span>
        <CopyButton text={text} what={title} />
      </div>
      <pre tabIndex={0} role="group" aria-label={title}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
