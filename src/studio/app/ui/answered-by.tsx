interface AnsweredByProps {
  readonly model: { readonly id: string };
  /** Milliseconds. */
  readonly timing?: { readonly total: number };
}

/** Which model it was, and how long the service took. */
export function AnsweredBy({ model, timing }: AnsweredByProps) {
  return (
    <p className="answered-by">
      {model.id}
      {timing && `, ${Math.max(1, Math.round(timing.total))} ms in the service`}
    </p>
  );
}
