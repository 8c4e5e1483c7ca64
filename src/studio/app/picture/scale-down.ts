import type { Scaled, Scaling } from './scale.worker.js';

/**
 * A smaller copy of a picture, which keeps its shape.
 * @param name of the file that it is a copy of
 * @throws where this browser cannot read the picture
 */
export async function scaledDown(scaling: Scaling, name: string): Promise<File> {
  const worker = new Worker(new URL('./scale.worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = await new Promise<Scaled>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Scaled>) => resolve(data);
      worker.onerror = () => reject(new Error('This browser cannot scale pictures'));
      worker.postMessage(scaling);
    });
    if ('problem' in answer) throw new Error(answer.problem);
    const { blob, width, height } = answer;
    const extension = blob.type === 'image/jpeg' ? 'jpg' : 'png';
    const stem = name.replace(/\.[^.]*$/, '');
    return new File([blob], `${stem}-${width}x${height}.${extension}`, { type: blob.type });
  } finally {
    worker.terminate();
  }
}
