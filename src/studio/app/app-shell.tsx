import { useEffect, useRef, type ComponentType } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { KeyMenu } from './auth/key-menu.js';
import { ClassifyView } from './classify/classify-view.js';
import './app-shell.css';
import { useIncoming } from './picture/incoming.js';
import { Announcer } from './ui/announce.js';
import { lazyPart } from './ui/lazy-part.js';
import { NextSteps } from './ui/next-steps.js';
import { ThemeSwitch } from './ui/theme-switch.js';
import { useMoreAside } from './ui/use-more-aside.js';
import { useAppState } from './use-app-state.js';
import { VIEWS, type ViewId } from './views.js';
import { InFrontContext, AppContext } from './app-context.js';

/** What each tab shows; all but the first are fetched when they are first looked at. */
const CONTENTS: Readonly<Record<ViewId, ComponentType>> = {
  classify: ClassifyView,
  road: lazyView(async () => (await import('./road/road-view.js')).RoadView),
  detect: lazyView(async () => (await import('./detect/detect-view.js')).DetectView),
  'super-resolution': lazyView(
    async () => (await import('./super-resolution/super-resolution-view.js')).SuperResolutionView,
  ),
  analyze: lazyView(async () => (await import('./analyze/analyze-view.js')).AnalyzeView),
  jobs: lazyView(async () => (await import('./jobs/jobs-view.js')).JobsView),
  models: lazyView(async () => (await import('./models/models-view.js')).ModelsView),
};

/** Header, views and footer. A view that was looked at once keeps its state. */
export function AppShell() {
  const app = useAppState();
  const { view, openFiles, openAddress, show } = app;
  useIncoming({ takeFiles: openFiles, takeAddress: openAddress });
  const tabs = useRef<HTMLDivElement>(null);
  useMoreAside(tabs);
  useEffect(() => {
    // On a phone there are more tabs than fit; the list itself scrolls back when one of them is pressed.
    const frame = requestAnimationFrame(() => {
      tabs.current
        ?.querySelector(`[data-key='${view}']`)
        ?.scrollIntoView({ block: 'nearest', inline: 'center' });
    });
    return () => cancelAnimationFrame(frame);
  }, [view]);
  const visited = useRef(new Set<ViewId>()).current.add(view);

  return (
    <AppContext value={app}>
      <Tabs className="app-shell" selectedKey={view} onSelectionChange={(key) => show(key as ViewId)}>
        <header className="top">
          <h1 className="brand">
            <svg viewBox="0 0 32 32" aria-hidden="true">
              <path className="brand-eye" d="M2 16c4-7 9-10 14-10s10 3 14 10c-4 7-9 10-14 10S6 23 2 16Z" />
              <circle className="brand-white" cx="16" cy="16" r="6.5" />
              <circle className="brand-pupil" cx="16" cy="16" r="3.5" />
            </svg>
            Okulo
          </h1>
          <TabList ref={tabs} className="tabs" aria-label="Views">
            {VIEWS.map(({ id, title }) => (
              <Tab key={id} id={id} className="tab">
                {title}
              </Tab>
            ))}
          </TabList>
          <div className="tools">
            <KeyMenu />
            <ThemeSwitch />
          </div>
        </header>
        <main>
          {VIEWS.map(({ id }) => {
            const Content = CONTENTS[id];
            return (
              <TabPanel key={id} id={id} className="panel" shouldForceMount={visited.has(id)}>
                <InFrontContext value={id === view}>
                  <Content />
                </InFrontContext>
              </TabPanel>
            );
          })}
        </main>
        <footer className="foot">
          <NextSteps />
          <span>Pictures go to this service and nowhere else.</span>
        </footer>
      </Tabs>
      <Announcer />
    </AppContext>
  );
}

function lazyView(load: () => Promise<ComponentType>): ComponentType {
  return lazyPart({ name: 'This view', load });
}
