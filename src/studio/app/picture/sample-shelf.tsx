import { Button } from 'react-aria-components';
import { ServiceImage } from '../ui/service-image.js';
import { useApp } from '../app-context.js';
import { SAMPLES } from './sample-files.js';
import { samplesFor } from './samples.js';
import { useKnownLabels } from './use-known-labels.js';

/** Samples that the view in front has an answer to, side by side. */
export function SampleShelf() {
  const { view, openSample } = useApp();
  const labels = useKnownLabels(view);
  if (labels === 'unknown yet') return <div className="shelf" aria-hidden="true" />;
  return (
    <section className="shelf" aria-label="Samples">
      <h3>Or try one of these</h3>
      <ul>
        {samplesFor(view, SAMPLES, labels).map((sample) => (
          <li key={sample.url}>
            <Button className="sample" onPress={() => openSample(sample)}>
              <ServiceImage src={sample.url} alt="" />
              <span>{sample.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
