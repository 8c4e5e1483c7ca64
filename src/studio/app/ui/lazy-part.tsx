import { Component, lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import './problem-note.css';
import { useOnReturn } from './use-on-return.js';
import { Waiting } from './waiting.js';

interface LazyPartOptions<Props> {
  /** What it is called when it does not come. */
  readonly name: string;
  readonly load: () => Promise<ComponentType<Props>>;
  /** Shown until it has come, and while it cannot be had. */
  readonly Meanwhile?: ComponentType<Props>;
}

/**
 * A part of the page that is fetched when it is first shown. Where that fails (nobody answers, or the service was
 * upgraded and its files have other names), it says so in its own place and can be tried again.
 */
export function lazyPart<Props extends object>(options: LazyPartOptions<Props>): ComponentType<Props> {
  const { name, load, Meanwhile } = options;
  const fetchPart = () => lazy(async () => ({ default: await load() }));
  // Shared: what has come once is there at once when it is shown again.
  let newest = fetchPart();
  return function LazyPart(props: Props) {
    const [{ Part, round }, setTry] = useState({ Part: newest as ComponentType<Props>, round: 1 });
    const again = (): void => {
      // A part that has failed keeps its failure; only a new one asks anew.
      newest = fetchPart();
      setTry({ Part: newest as ComponentType<Props>, round: round + 1 });
    };
    const meanwhile = Meanwhile && <Meanwhile {...props} />;
    return (
      <Boundary
        key={round}
        instead={
          <>
            {meanwhile}
            <NotLoaded name={name} hasTriedAgain={round > 1} onRetry={again} />
          </>
        }
      >
        <Suspense fallback={meanwhile ?? <Waiting words="One moment" />}>
          <Part {...props} />
        </Suspense>
      </Boundary>
    );
  };
}

interface NotLoadedProps {
  readonly name: string;
  readonly hasTriedAgain: boolean;
  readonly onRetry: () => void;
}

function NotLoaded({ name, hasTriedAgain, onRetry }: NotLoadedProps) {
  useOnReturn(onRetry);
  return (
    <div className="problem" role="alert">
      <p className="problem-words">
        {name} cannot be loaded. Check that the service is running, or load the page again.
      </p>
      <div className="problem-foot">
        <span className="buttons">
          <Button className="button small" autoFocus={hasTriedAgain} onPress={onRetry}>
            Try again
          </Button>
          {/* Some browsers remember that a file could not be fetched, and files have other names after an upgrade. */}
          {hasTriedAgain && (
            <Button className="button small" onPress={() => location.reload()}>
              Load the page again
            </Button>
          )}
        </span>
      </div>
    </div>
  );
}

interface BoundaryProps {
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

/** Keeps a failure of what is inside of it from taking the whole page along. */
class Boundary extends Component<BoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? this.props.instead : this.props.children;
  }
}
