import shown from '../../../../images/samples.json';
import { samplesIn, type Sample } from './samples.js';

/** The pictures of the images folder, found when the page is built. */
export const SAMPLES = samplesIn(
  import.meta.glob<string>(['../../../../images/*/*.{jpg,png}', '!../../../../images/render/*'], {
    query: '?url',
    eager: true,
    import: 'default',
  }),
  shown,
);

/** Fetches a sample as the file that it is. @throws TypeError where the service cannot be reached */
export async function sampleFile({ name, url }: Sample): Promise<File> {
  const response = await fetch(url);
  if (!response.ok) throw new TypeError(`The sample came with status ${response.status}`);
  const blob = await response.blob();
  const extension = blob.type === 'image/png' ? 'png' : 'jpg';
  return new File([blob], `${name.replaceAll(' ', '-')}.${extension}`, { type: blob.type });
}
