/** What preparing a model is at just now. */
export type Progress =
  | {
      readonly step: 'download';
      readonly file: string;
      readonly url: string;
      readonly bytes: number;
      /** Absent where neither the manifest nor the server tells it. */
      readonly total: number | undefined;
    }
  | { readonly step: 'convert' }
  | { readonly step: 'verify' };

export type OnProgress = (model: string, progress: Progress) => void;
