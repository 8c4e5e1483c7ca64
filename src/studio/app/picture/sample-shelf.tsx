import { Button } from 'react-aria-components';
import { useWorkbench } from '../workbench.js';
import type { SampleGroup } from './samples.js';

/** Samples of one kind, side by side. */
export function SampleShelf({ title, samples }: SampleGroup) {
  const { openSample } = useWorkbench();
  return (
    <section className="shelf" aria-label={`Samples: ${title}`}>
      <h3>{title}</h3>
      <ul>
        {samples.map((sample) => (
          <li key={sample.url}>
            <Button className="sample" onPress={() => openSample(sample)}>
              <img src={sample.url} alt="" loading="lazy" decoding="async" />
              <span>{sample.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
