import { useLayoutEffect, useRef } from 'react';

/** One class, painted; shown at the size of the picture. */
export function MaskLayer({ layer, isShown }: { readonly layer: ImageBitmap; readonly isShown: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(layer, 0, 0);
  }, [layer]);
  return (
    <canvas ref={canvas} className="stage-over" width={layer.width} height={layer.height} hidden={!isShown} />
  );
}
