import { useEffect } from 'react';
import { isLikeAddress } from './picture.js';

interface Taking {
  readonly takeFiles: (files: readonly File[]) => void;
  /** Of any kind: also those that are not fetched. */
  readonly takeAddress: (text: string) => void;
}

/** Takes pictures, and addresses of pictures, that are pasted or dropped anywhere on the page; fields and drop zones come first. */
export function useIncoming({ takeFiles, takeAddress }: Taking): void {
  useEffect(() => {
    const takeFrom = (event: Event, data: DataTransfer | null): void => {
      if (event.defaultPrevented || !data) return;
      const files = [...data.files];
      const text = isField(event.target) ? '' : data.getData('text/plain');
      if (files.length === 0 && !isLikeAddress(text)) return;
      event.preventDefault();
      if (files.length > 0) takeFiles(files);
      else takeAddress(text);
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
  }, [takeFiles, takeAddress]);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
