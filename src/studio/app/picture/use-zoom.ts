import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { select } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform, type ZoomBehavior } from 'd3-zoom';
import { constrained, scalesOf, type Viewport } from './zoom.js';

/** From this many CSS pixels on, a pixel of a picture is shown as the square that it is. */
const SHARP_FROM = 3;
const STEP = 1.5;
const KEY_MOVE_PX = 60;
/** Less is a click with a shaky hand. */
const CLICK_PX = 4;

type Behaviour = ZoomBehavior<HTMLDivElement, unknown>;

export interface UsedZoom {
  /** The element whose size the picture is fitted to; keys count while it has the focus. */
  readonly window: RefObject<HTMLDivElement | null>;
  readonly isZoomed: boolean;
  readonly isSharp: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  /** A pixel of the picture as a CSS pixel. */
  readonly actual: () => void;
}

/**
 * Zooms and pans by wheel, pinch, drag, keys and buttons. What moves are the properties `--zoom`, `--pan-x` and
 * `--pan-y` of the window: nothing is rendered anew on the way.
 * @param width of the picture, in pixels of its file
 */
export function useZoom(width: number): UsedZoom {
  const window = useRef<HTMLDivElement>(null);
  const behaviour = useRef<Behaviour>(undefined);
  const [isZoomed, setZoomed] = useState(false);
  const [isSharp, setSharp] = useState(false);

  useEffect(() => {
    const element = window.current;
    if (!element) return;
    const view = (): Viewport | undefined => viewOf(element, width);
    const isWhole = (): boolean => zoomTransform(element).k === 1;
    const used: Behaviour = zoom<HTMLDivElement, unknown>()
      .clickDistance(CLICK_PX)
      .filter((event: Event) => isForPicture(event, isWhole()))
      .constrain((transform) => {
        const now = view();
        if (!now) return transform;
        const { x, y } = constrained(transform, now);
        return zoomIdentity.translate(x, y).scale(transform.k);
      })
      .on('zoom', ({ transform: { k, x, y } }: { transform: { k: number; x: number; y: number } }) => {
        element.style.setProperty('--zoom', String(k));
        element.style.setProperty('--pan-x', `${x}px`);
        element.style.setProperty('--pan-y', `${y}px`);
        setZoomed(k !== 1);
        setSharp(k * (view()?.perPixel ?? 0) >= SHARP_FROM);
      });
    behaviour.current = used;
    const selected = select(element);
    selected.call(used).on('dblclick.zoom', (event: MouseEvent) => {
      if (isControl(event.target)) return;
      if (isWhole()) used.scaleBy(selected, STEP * STEP, pointIn(element, event));
      else used.transform(selected, zoomIdentity);
    });
    // The picture is another size in another window: what is seen of it stays within its edges.
    const sizes = new ResizeObserver(() => {
      const now = view();
      if (!now) return;
      used.scaleExtent(scalesOf(now));
      used.translateBy(selected, 0, 0);
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      selected.on('.zoom', null);
    };
  }, [width]);

  const act = useCallback((change: (used: Behaviour, element: HTMLDivElement) => void) => {
    if (behaviour.current && window.current) change(behaviour.current, window.current);
  }, []);
  const zoomIn = useCallback(() => act((used, element) => used.scaleBy(select(element), STEP)), [act]);
  const zoomOut = useCallback(() => act((used, element) => used.scaleBy(select(element), 1 / STEP)), [act]);
  const fit = useCallback(() => act((used, element) => used.transform(select(element), zoomIdentity)), [act]);
  const actual = useCallback(
    () => act((used, element) => used.scaleTo(select(element), 1 / (viewOf(element, width)?.perPixel ?? 1))),
    [act, width],
  );

  useEffect(() => {
    const element = window.current;
    if (!element) return;
    const move = (x: number, y: number) => (): void =>
      act((used) => {
        const { k } = zoomTransform(element);
        used.translateBy(select(element), x / k, y / k);
      });
    const keys: Readonly<Record<string, () => void>> = {
      ...{ '+': zoomIn, '=': zoomIn, '-': zoomOut, '0': fit, '1': actual },
      ...{ ArrowLeft: move(KEY_MOVE_PX, 0), ArrowRight: move(-KEY_MOVE_PX, 0) },
      ...{ ArrowUp: move(0, KEY_MOVE_PX), ArrowDown: move(0, -KEY_MOVE_PX) },
    };
    const press = (event: KeyboardEvent): void => {
      // Sliders and boxes inside have keys of their own.
      if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = keys[event.key];
      if (!key || (event.key.startsWith('Arrow') && zoomTransform(element).k === 1)) return;
      event.preventDefault();
      key();
    };
    element.addEventListener('keydown', press);
    return () => element.removeEventListener('keydown', press);
  }, [act, actual, fit, zoomIn, zoomOut]);

  return { window, isZoomed, isSharp, zoomIn, zoomOut, fit, actual };
}

function viewOf(element: HTMLElement, width: number): Viewport | undefined {
  const content = element.querySelector<HTMLElement>('.zoom-content');
  if (!content || content.offsetWidth === 0) return undefined;
  return {
    window: { width: element.clientWidth, height: element.clientHeight },
    fitted: { width: content.offsetWidth, height: content.offsetHeight },
    perPixel: content.offsetWidth / width,
  };
}

/**
 * Whether the picture takes an event for itself. The page scrolls by one finger while the picture is whole, and by a
 * wheel that has nothing to do: away from a whole picture, or while the page is on its way up.
 */
function isForPicture(event: Event, isWhole: boolean): boolean {
  if (event.target instanceof Element && event.target.closest('[data-rcs="handle-root"]')) return false;
  if (event instanceof WheelEvent) {
    return event.ctrlKey || !isWhole || (event.deltaY < 0 && scrollY === 0);
  }
  if (event instanceof MouseEvent) return event.button === 0 && !isWhole;
  // Touches come by the finger.
  return !isWhole || ('touches' in event && (event.touches as TouchList).length > 1);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, [role="slider"]') !== null;
}

function pointIn(element: HTMLElement, { clientX, clientY }: MouseEvent): [number, number] {
  const { left, top } = element.getBoundingClientRect();
  return [clientX - left, clientY - top];
}
