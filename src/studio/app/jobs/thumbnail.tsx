import { useRef, useState } from 'react';

/** A picture small enough for a list; an empty frame where there is none, or nobody sends it. */
export function Thumbnail({ url }: { readonly url: string | undefined }) {
  // Its address is signed anew each time; the picture is the same.
  const kept = useRef(url);
  const [lost, setLost] = useState<string>();
  if (kept.current === undefined || kept.current === lost) kept.current = url;
  const shown = kept.current === lost ? undefined : kept.current;
  return (
    <span className="job-thumbnail">
      {shown !== undefined && <img src={shown} alt="" loading="lazy" onError={() => setLost(shown)} />}
    </span>
  );
}
