import { useEffect } from 'react';

/** Takes pictures that are pasted or dropped anywhere on the page; fields and drop zones come first. */
export function useIncomingFiles(take: (file: File) => void): void {
  useEffect(() => {
    const takeFrom = (event: Event, data: DataTransfer | null): void => {
      if (event.defaultPrevented) return;
      const file = [...(data?.files ?? [])][0];
      if (file === undefined) return;
      event.preventDefault();
      take(file);
    };
    const paste = (event: ClipboardEvent): void => takeFrom(event, event.clipboardData);
    const drop = (event: DragEvent): void => takeFrom(event, event.dataTransfer);
    // Without this the browser would leave the page and open the file.
    const allow = (event: DragEvent): void => event.preventDefault();
    window.addEventListener('paste', paste);
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('paste', paste);
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', drop);
    };
  }, [take]);
}
