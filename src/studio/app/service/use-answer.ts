import { use, useEffect, useRef } from 'react';
import type { AnyVariables } from 'urql';
import type { ImageInput } from '../../../client/operations.js';
import type { TypedDocumentString } from '../../../client/typed-document-string.js';
import { imageInputOf, type Picture } from '../picture/picture.js';
import { InFrontContext, useApp } from '../app-context.js';
import { useAction, type UsedAction } from './use-action.js';

/**
 * The answer about the picture on the page. It is asked for while the view is in front, and again when the
 * picture or another variable changes.
 * @param variables all of them but the image; plain values only
 */
export function useAnswer<Data, Variables extends AnyVariables & { readonly image: ImageInput }>(
  document: TypedDocumentString<Data, Variables>,
  variables: Omit<Variables, 'image'>,
): UsedAction<Data, Variables> {
  const { picture } = useApp();
  const inFront = use(InFrontContext);
  const used = useAction(document);
  const { run } = used;
  const asked = useRef<{ readonly picture: Picture; readonly key: string; readonly run: unknown }>(undefined);
  const key = JSON.stringify(variables);
  useEffect(
    () => () => {
      asked.current = undefined;
    },
    [],
  );
  useEffect(() => {
    if (!inFront || picture === undefined) return;
    const last = asked.current;
    if (last?.picture === picture && last.key === key && last.run === run) return;
    asked.current = { picture, key, run };
    const others = JSON.parse(key) as Omit<Variables, 'image'>;
    run({ ...others, image: imageInputOf(picture.source) } as unknown as Variables, picture);
  }, [inFront, picture, key, run]);
  return used;
}
