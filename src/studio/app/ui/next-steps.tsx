import { nextSteps } from '../../../next-steps.js';
import { SERVICE_URL } from '../../service-url.js';
import './next-steps.css';

/** What to do next beside this page; the start screen and `okulo --help` name the same. */
export function NextSteps() {
  const [api, pictures, models] = nextSteps(SERVICE_URL);
  return (
    <ul className="next-steps" aria-label="Next steps">
      <li>
        <a href="graphql">{api.what}</a>
      </li>
      <li>
        {pictures.what}: <code>{pictures.how}</code>
      </li>
      <li>
        <a href="#models">{models.what}</a>: <code>{models.how}</code>
      </li>
    </ul>
  );
}
