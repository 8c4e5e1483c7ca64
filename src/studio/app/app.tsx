import { I18nProvider } from 'react-aria-components';
import { Provider } from 'urql';
import { AppShell } from './app-shell.js';
import { useService } from './service/use-service.js';

/** The page, connected. */
export function App() {
  const { client } = useService();
  return (
    <I18nProvider locale="en-US">
      <Provider value={client}>
        <AppShell />
      </Provider>
    </I18nProvider>
  );
}
