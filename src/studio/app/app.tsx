import { I18nProvider } from 'react-aria-components';
import { Provider } from 'urql';
import { Desk } from './desk.js';
import { useService } from './service/use-service.js';

/** The page, connected. */
export function App() {
  const { client } = useService();
  return (
    <I18nProvider locale="en-US">
      <Provider value={client}>
        <Desk />
      </Provider>
    </I18nProvider>
  );
}
