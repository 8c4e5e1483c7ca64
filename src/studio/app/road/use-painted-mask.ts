import { useEffect, useState } from 'react';
import type { PaintedMask } from './mask.worker.js';

/** The layers of a mask, painted by a worker; undefined until they are there. */
export function usePaintedMask(base64: string | undefined): PaintedMask {
  const [painted, setPainted] = useState<{ readonly of: string; readonly layers: PaintedMask }>();
  useEffect(() => {
    if (base64 === undefined) return;
    const worker = new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<PaintedMask>) => {
      setPainted({ of: base64, layers: data });
      worker.terminate();
    });
    worker.postMessage(base64);
    return () => worker.terminate();
  }, [base64]);
  return painted?.of === base64 ? painted?.layers : undefined;
}
