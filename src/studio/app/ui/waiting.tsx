import './waiting.css';

/** Says that an answer is awaited, to eyes and to screen readers. */
export function Waiting({ words }: { readonly words: string }) {
  return (
    <p className="waiting" role="status">
      <span className="waiting-eye" aria-hidden="true" />
      {words}
    </p>
  );
}
